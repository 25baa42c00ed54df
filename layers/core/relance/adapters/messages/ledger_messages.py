"""Sentences for the codes of the legal ledger (FEC): refusals, rejected rows, warnings."""

LEDGER_SENTENCES: dict[str, tuple[str, str]] = {
    # Refusals
    "ledger-columns-missing": (
        "Ce fichier est un journal comptable (FEC) auquel il manque des colonnes ({columns}) : "
        "exportez le FEC complet, ou déposez la liste des pièces clients ouvertes.",
        "This file is an accounting ledger (FEC) that lacks columns ({columns}): export the whole "
        "FEC, or drop the list of open customer items.",
    ),
    "ledger-without-customers": (
        "Ce journal comptable (FEC, {rows} lignes) n'a aucune écriture sur un compte client "
        "(411 et voisins) : rien ne peut en être tiré.",
        "This accounting ledger (FEC, {rows} rows) has no entry on a customer account (411 and its "
        "kin): nothing can be drawn from it.",
    ),
    "ledger-xml-malformed": (
        "Ce FEC en XML est mal formé à la ligne {line}. Exportez-le de nouveau, ou en texte.",
        "This FEC in XML is malformed at line {line}. Export it again, or as text.",
    ),
    "ledger-xml-entities": (
        "Ce fichier XML déclare des entités ou un DOCTYPE, qu'un FEC n'a jamais : il n'a pas été "
        "lu.",
        "This XML file declares entities or a DOCTYPE, which a FEC never has: it was not read.",
    ),
    # Rejected rows
    "bad-account": ("numéro de compte illisible", "unreadable account number"),
    "bad-side": (
        "sens illisible (ni débit ni crédit)",
        "unreadable side (neither debit nor credit)",
    ),
    "missing-date": ("date absente", "missing date"),
    "too-few-cells-in-row": ("moins de cellules que l'en-tête", "fewer cells than the header"),
    "letter-has-refused-row": (
        "lettrée avec une ligne refusée : ce qui reste dû est inconnu",
        "lettered with a rejected row: what is left open is unknown",
    ),
    # Warnings
    "accruals-left-out": (
        "Des factures à établir ou des avoirs à établir (comptes 418 et 4198) ont été laissés de "
        "côté : aucune pièce n'existe encore.",
        "Accruals to be invoiced or credited (accounts 418 and 4198) were left out: no document "
        "exists yet.",
    ),
    "as-of-last-entry": (
        "La date de la balance est celle de la dernière écriture du FEC.",
        "The date of the balance is that of the last entry of the FEC.",
    ),
    "bills-in-portfolio": (
        "Des effets à recevoir (compte 413) sont en portefeuille : couverts jusqu'à leur échéance, "
        "ils ne seront pas relancés.",
        "Bills receivable (account 413) are in portfolio: covered until maturity, they will not be "
        "chased.",
    ),
    "collective-account": (
        "Un compte collectif ou un client « divers » porte des pièces : personne ne peut y être "
        "relancé. Donnez un compte auxiliaire à chaque client.",
        "A collective account or a “sundry” customer holds items: there is nobody to chase. Give "
        "each customer an auxiliary account.",
    ),
    "doubtful-accounts": (
        "Des clients douteux (compte 416) ont des pièces ouvertes : ils ne sont relancés que si "
        "quelqu'un le décide.",
        "Doubtful customers (account 416) have open items: they are chased only if a person says "
        "so.",
    ),
    "due-dates-from-terms": (
        "Un FEC n'a pas d'échéances : elles ont été calculées avec le délai de paiement convenu.",
        "A FEC has no due dates: they were computed from the payment terms.",
    ),
    "entries-unbalanced": (
        "Des écritures ne sont pas équilibrées : le FEC est peut-être incomplet.",
        "Some entries do not balance: the FEC may be incomplete.",
    ),
    "foreign-currency-in-books": (
        "Des pièces sont libellées en devise : leur montant est celui de la comptabilité, pas "
        "celui de la facture.",
        "Some documents are in a foreign currency: their amount is the bookkeeping one, not the "
        "one invoiced.",
    ),
    "ledger-other-lines-unreadable": (
        "Des lignes d'autres comptes sont illisibles : elles ne changent pas les pièces clients.",
        "Some lines of other accounts are unreadable: they do not change the customer items.",
    ),
    "ledger-unbalanced": (
        "Le total des débits du FEC n'est pas celui des crédits : le fichier est incomplet ou "
        "abîmé.",
        "The debits of the FEC do not equal its credits: the file is incomplete or damaged.",
    ),
    "lettered-elsewhere": (
        "Des factures sont lettrées sans leur règlement, qui figure sans doute dans l'exercice "
        "suivant : elles restent ouvertes à cette date et sont suspendues.",
        "Some invoices are lettered without their payment, which is probably in the next year's "
        "books: they are open on that date, and held.",
    ),
    "unusual-customer-account": (
        "Des comptes clients inhabituels (ni 411, ni 413, 416, 418 ou 419) ont été lus comme des "
        "comptes 411.",
        "Unusual customer accounts (not 411, 413, 416, 418 or 419) were read like accounts 411.",
    ),
}
