"""The words of a header row: what each column means, in French and English.

Names come from the exports listed in `reference/input-formats.md` §1.1. Within a field the first
name is the best one when a file has several.
"""

from enum import StrEnum

from relance.adapters.balance_files.state_names import ASSIGNED, CHASED, INSURED, NOT_CHASED


class Field(StrEnum):
    CODE = "debtor_code"
    NAME = "debtor_name"
    PARTY = "party"
    """A code or a name: the values tell."""
    WEAK_NAME = "weak_name"
    """A name, unless another column names the debtor better."""
    ACCOUNT = "account"
    NUMBER = "number"
    KIND = "kind"
    LABEL = "label"
    ISSUE = "issue_date"
    DUE = "due_date"
    DUE_OR_OPEN = "due_or_open"
    """"Due": a date or an amount, the values tell."""
    AMOUNT = "amount"
    OPEN = "open_amount"
    PAID = "paid"
    DEBIT = "debit"
    CREDIT = "credit"
    SIDE = "side"
    CURRENCY = "currency"
    STATUS = "status"
    IS_OPEN = "is_open"
    IS_PAID = "is_paid"
    """A column of amounts paid by its name, of yes and no by its values."""
    SETTLED_ON = "settled_on"
    CLEARED_ON = "cleared_on"
    ORDER = "order_number"
    CREDITS = "credits_number"
    METHOD = "payment_method"
    FLAG = "flag"
    REMINDER = "reminder_level"
    REMINDED = "reminded_on"
    SALES = "salesperson"
    COLLECTOR = "collector"
    PAYER = "payer"
    INSURER = "insurer"
    FACTOR = "factor"
    """Who, yes or no, or an amount of cover or assigned: `third_parties` reads the values."""
    COMPANY_AMOUNT = "company_amount"
    COMPANY_OPEN = "company_open_amount"
    """Amounts in the company's currency, beside the document's own."""
    BUCKET = "bucket"
    SUPPLIER = "supplier"
    TOTAL = "total"
    """Open amount beside bucket columns, original amount elsewhere."""


COLUMN_NAMES: dict[Field, str] = {
    Field.CODE: """code client; code tiers; code debiteur; numero client; n° client; identifiant
        client; client id; id client; compte client; compte tiers; compte auxiliaire; comp aux num;
        compte aux num; auxiliaire; ref client; reference client; code partenaire; tiers code;
        customer code; customer no; customer number; customer id; cust number; cust no; cust id;
        account number; account no; customer account; debtor code; debtor no; debtor number;
        debtor id; client code; client number; party code; partner code; partner ref; contact id;
        customer ref; sold to; sold to party; orig acct; origacct; payer; payer account;
        bill to customer no; account code; a c; a c no; code compte client""",
    Field.NAME: """nom client; nom du client; client nom; raison sociale; nom tiers; tiers nom;
        nom debiteur; intitule; intitule client; intitule tiers; intitule compte; libelle tiers;
        libelle client; libelle compte; comp aux lib; compte aux lib; denomination; nom societe;
        organisme; customer name; name customer; cust name; client name; debtor name; account name;
        partner name; party name; company name; bill to name; organization; organisation;
        name 1; nom 1; customer full name; display name""",
    Field.PARTY: """client; customer; debiteur; debtor; tiers; partenaire; partner; party; contact;
        customer account name; customer project; customer job; client projet""",
    Field.WEAK_NAME: "name; nom; societe; contact name; nom contact; company",
    Field.ACCOUNT: """compte; n° compte; numero compte; account; compte num; gl account; general;
        compte general""",
    Field.NUMBER: """n° facture; numero facture; num facture; facture n°; n° de facture; n° piece;
        numero piece; num piece; n° document; numero document; n° doc; piece ref; ref piece;
        reference piece; ref facture; reference facture; code facture; piece comptable;
        invoice number; invoice no; invoice num; invoice #; inv no; inv number; document number;
        document no; doc no; doc number; document ref; document id; doc id; bill number;
        transaction number; transaction no; voucher no; voucher number; nota fiscal number;
        invoice id; id facture; facture id; facture; invoice; piece; mouvement; move; entry;
        entry number; numero; number; num; no; ecriture num; n° ecriture; reference; ref;
        invoice ref; document; credit note number""",
    Field.KIND: """type; type piece; type document; type de piece; type facture; nature;
        nature piece; type ecriture; type mouvement; document type; doc type; transaction type;
        invoice type; voucher type; move type; item type; doctype; type doc; journal; code journal;
        journal code; activity; type d operation; type operation;
        type transaction; operation""",
    Field.LABEL: """libelle; libelle ecriture; ecriture lib; description; texte; text; memo; objet;
        details""",
    Field.ISSUE: """date facture; date de facture; date de facturation; date piece; date document;
        date emission; date d emission; invoice date; document date; doc date; issue date;
        issued on; issued; date issued; bill date; transaction date; document create date;
        date creation; date; posting date; date ecriture; ecriture date; date comptable;
        date comptabilisation; entry date; date effective; effective date; piece date;
        baseline create date; invoice issue date; date operation; emise le; emis le; facturee le;
        facture le; date d envoi""",
    Field.DUE: """date echeance; date d echeance; echeance; date limite; date limite de paiement;
        date limite paiement; echeance nette; date echeance nette; echeance le; a payer le;
        date de reglement prevue; due date; due in date; date due; net due date; net due; duedate;
        due date net; due on; payment due date; payment due; pduedate; maturity date; invoice due
        date; date maturite; date exigibilite; a regler avant le; a regler le; a payer avant le;
        reglement avant le; payable le; date limite reglement; pay by""",
    Field.DUE_OR_OPEN: "due; du",
    Field.AMOUNT: """montant ttc; montant facture; montant total ttc; total ttc; montant initial;
        montant origine; montant original; montant document; montant piece; montant devise;
        invoice amount; original amount; initial amount; initial amount inc tax; gross amount;
        document amount; bill total; amount in doc curr; amount in document currency;
        amount in transaction currency; invoice total; grand total; total amount; amount total;
        total invoice amount; amount incl tax; amount including tax; total incl tax; montant;
        montant total; amount; value; converted; amount in local currency;
        montant devise piece; montant devise document;
        montant devise interne; montant en devise locale; valeur""",
    Field.OPEN: """reste du; restant du; reste a payer; reste a regler; reste a recouvrer;
        solde devise; solde en devise; reste du en devise; montant residuel en devise; residual
        amount in currency; amount residual currency; residual in currency; remaining amount fcy;
        montant du; montant restant; montant restant du; montant ouvert; solde du; solde facture;
        solde piece; solde restant; residuel; montant residuel; montant dus; total du; solde ttc;
        encours; en cours; solde; outstanding; outstanding amount; outstanding value;
        outstanding balance;
        amount outstanding; open amount; open balance; open advance; amount due; amount open;
        balance due; total due; due amount; remaining amount; amount remaining; remaining;
        residual; residual amount; amount residual; total open amount; unpaid amount;
        amount unpaid; balance amount; unpaid; impaye; montant impaye; balance; open; reste;
        o s amount; o s; o s balance; os amount; o s value""",
    Field.PAID: """applied; montant regle; montant paye; deja regle; deja paye; regle; paye;
        acompte verse; encaisse; montant encaisse; total regle; paye le; regle le; amount paid;
        paid amount; paid;
        total paid; payments; amount applied; applied amount; payments applied; paid to date;
        received; amount received; reglements; reglement recu; recu; encaissements""",
    Field.DEBIT: "debit; montant debit; debit amount; mouvement debit; debits",
    Field.CREDIT: "credit; montant credit; credit amount; mouvement credit; credits",
    Field.SIDE: "sens; d c; dr cr; debit credit; sens ecriture; debit credit indicator; drcr; dc",
    Field.CURRENCY: """devise; code devise; monnaie; devise document; devise piece; currency;
        currency code; document currency; transaction currency; invoice currency; doc currency;
        curr; crcy; iso currency; devise code; local currency; devise locale""",
    Field.STATUS: """statut; etat; statut facture; etat facture; statut paiement; etat paiement;
        statut reglement; status; state; invoice status; payment status; payment state;
        document status; inv status""",
    Field.IS_OPEN: "is open; isopen; ouvert; ouverte",
    Field.SETTLED_ON: """date reglement; date de reglement; date paiement; date de paiement;
        date encaissement; date lettrage; settled date; settlement date;
        date settled; paid date; date paid; payment date; paid on; closed date; clearing date;
        fully paid on date; closed at; date rapprochement""",
    Field.CLEARED_ON: "clear date",
    Field.ORDER: """n° commande; numero commande; num commande; bon de commande; n° bon commande;
        commande; ref commande; reference commande; order number; order no; purchase order; po;
        po number; po no; customer po number; customer po; customer po no; po num; order ref""",
    Field.CREDITS: """facture origine; facture d origine; n° facture origine; facture liee;
        facture rectifiee; avoir sur facture; original invoice; original invoice number;
        applies to; credited invoice; reversed entry; applied to invoice; invoice credited""",
    Field.BUCKET: "aging bucket; bucket; tranche; tranche age; age bucket; ageing bucket",
    Field.SUPPLIER: """fournisseur; code fournisseur; nom fournisseur; supplier; supplier name;
        supplier code; vendor; vendor name; vendor code; vendor no; vendor id""",
    Field.TOTAL: "total; total general; totaux; total balance",
    Field.METHOD: """mode reglement; mode de reglement; mode paiement; mode de paiement; moyen
        paiement; moyen de paiement; moyen de reglement; type reglement; type de paiement; mode
        regl; mode rglt; reglement mode; payment method; payment mode; payment type; method of
        payment; payment method code; pay method; pymt method; paymt meth;
        mode paie; mode de paie""",
    Field.FLAG: f"""litige; en litige; litigieux; motif litige; code litige; statut litige; montant
        litige; montant en litige; disputed; dispute; in dispute; is disputed; dispute flag;
        dispute reason; dispute status; dispute code; disputed amount; amount disputed;
        contentieux; en contentieux; au contentieux; dossier contentieux; litigation; legal action;
        bloque; bloquee; client bloque; blocage; code blocage; blocked; on hold;
        payment block; pbk; pmnt block; blocking reason; flag; flags; signalement;
        {NOT_CHASED}; {CHASED}""",
    Field.REMINDER: """niveau relance; niveau de relance; relance; nb relances; nombre de relances;
        nombre relances; derniere relance niveau; niveau derniere relance; code relance; reminder
        level; reminder; reminders; dunn; dunning level; dunn level; last reminder level; dunning;
        last issued reminder level; nb of reminders""",
    Field.REMINDED: """date relance; date de relance; date derniere relance; derniere relance;
        date de derniere relance; relance le; reminder date; last reminder; last reminder date;
        dunning date; last dunned; last dunning; last dunning date; last dunn""",
    Field.SALES: """representant; commercial; vendeur; code representant; nom representant; code
        commercial; nom commercial; charge d affaires; charge affaires; salesperson; sales person;
        salesman; sales rep; sales representative; account manager; salesperson code; rep""",
    Field.COLLECTOR: """charge de recouvrement; charge recouvrement; recouvreur; gestionnaire;
        gestionnaire recouvrement; responsable recouvrement; collaborateur recouvrement; collector;
        credit controller; controller; collection agent; collections agent; credit analyst;
        accounting clerk""",
    Field.PAYER: """tiers payeur; client payeur; code payeur; payeur; code client payeur; compte
        payeur; societe mere; client groupe; code groupe; parent; parent customer; parent account;
        paid by; paying customer; payer code; payer number""",
    Field.INSURER: INSURED,
    Field.FACTOR: ASSIGNED,
}  # fmt: skip
