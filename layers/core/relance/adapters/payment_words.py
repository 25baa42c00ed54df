"""The words of lists of receipts, in French and English: headers, means of payment, returns."""

import re
import unicodedata
from enum import StrEnum

from relance.adapters.balance_files.buckets import is_bucket
from relance.adapters.balance_files.meanings import column_meaning, header_key
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row
from relance.domain.open_item import PaymentMethod


class Column(StrEnum):
    """Values: the field names that reports show."""

    DATE = "date"
    AMOUNT = "amount"
    DEBIT = "debit"
    CODE = "debtor_code"
    NAME = "debtor_name"
    NUMBER = "number"
    LABEL = "label"
    METHOD = "payment_method"
    CURRENCY = "currency"


RECEIVED_ON = """date encaissement; date reglement; date paiement; date virement; date valeur;
    date operation; date remise; date credit; date versement; payment date; paid on; paid date;
    date paid; received on; date received; receipt date; received date; value date;
    booking date; bank date; settlement date"""
RECEIVED = """montant recu; montant encaisse; montant regle; montant paye; montant paiement;
    montant reglement; montant virement; montant versement; encaissement; encaissements;
    somme recue; somme encaissee; recu; encaisse; regle; paye; reglement; paiement; versement;
    amount received; received amount; received; amount paid; paid amount; paid; payment amount;
    payment; receipt amount; receipt; paid in; money in; amount credited"""
_GENERIC: dict[Column, str] = {
    Column.DATE: "date; jour; day",
    Column.AMOUNT: "montant; somme; amount; sum; credit; montant credit; credit amount; valeur; "
    "montant eur; amount eur; montant euros",
    Column.DEBIT: "debit; montant debit; debit amount; paid out; money out; decaissement",
    Column.CODE: "code; code client; code tiers; numero client; compte client; compte tiers; "
    "compte auxiliaire; ref client; customer code; customer number; customer id; client code; "
    "debtor code; code debiteur; customer account",
    Column.NAME: "client; nom client; nom; raison sociale; tiers; nom tiers; debiteur; customer; "
    "customer name; name; debtor; debtor name; payer; payeur; emetteur; donneur ordre; remitter; "
    "counterparty; contrepartie; societe; company; originator; ordering party; payor",
    Column.NUMBER: "facture; factures; numero facture; numero piece; piece; pieces; document; "
    "documents; ref facture; reference facture; factures reglees; factures payees; invoice; "
    "invoices; invoice number; invoice numbers; document number; invoice ref; invoice reference; "
    "invoices paid; paid invoices; numero factures; applied to; lettrage facture",
    Column.LABEL: "libelle; label; description; details; motif; communication; objet; memo; texte; "
    "reference; ref; remittance information; remittance; narrative; commentaire; comment; "
    "libelle operation; information; reference paiement; payment reference",
    Column.METHOD: "mode; mode reglement; mode paiement; moyen paiement; moyen reglement; "
    "type paiement; type reglement; means; payment method; payment mode; payment type; method; "
    "mode encaissement",
    Column.CURRENCY: "devise; code devise; monnaie; currency; currency code",
}
_BALANCE = {Field.OPEN, Field.DUE_OR_OPEN, Field.BUCKET, Field.TOTAL}
_INVOICED = {Field.DUE}
_LEDGER = {Field.ACCOUNT, Field.SIDE}

_METHODS: dict[PaymentMethod, str] = {
    PaymentMethod.TRANSFER: "virement; vir; vrt; virement sepa; sct; transfer; bank transfer; "
    "wire; wire transfer; sepa transfer; sepa credit transfer; bacs; ach; faster payment",
    PaymentMethod.CHEQUE: "cheque; chq; chqs; check; cheques; remise cheque; remise cheques",
    PaymentMethod.DIRECT_DEBIT: "prelevement; prlv; prelevement sepa; sdd; direct debit; "
    "sepa direct debit; prelevement automatique; debit automatique",
    PaymentMethod.BILL_OF_EXCHANGE: "lcr; traite; bor; billet ordre; effet; effet commerce; "
    "lettre change; lettre change relevee; bill exchange; bill of exchange; promissory note; "
    "lcr magnetique; effets",
    PaymentMethod.CARD: "carte; cb; carte bancaire; carte bleue; card; credit card; debit card",
    PaymentMethod.CASH: "especes; cash; liquide; numeraire",
    PaymentMethod.OTHER: "autre; other; compensation; paypal; affacturage; factoring",
}
_RETURNED = re.compile(r"\b(rejet|rejete|impaye|retour|returned|unpaid|bounced|chargeback|refus)")
_ON_A_DAY = re.compile(r"\sle\s*$", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def _keys(words: str) -> frozenset[str]:
    return frozenset(header_key(word) for word in words.split(";"))


_RECEIVED_ON, _RECEIVED = _keys(RECEIVED_ON), _keys(RECEIVED)
_COLUMN_OF = {key: column for column, words in _GENERIC.items() for key in _keys(words)}
_METHOD_OF = {
    _NOT_WORD.sub(" ", word.strip()): method
    for method, words in _METHODS.items()
    for word in words.split(";")
}


def plain(text: str) -> str:
    """Lower-case words without accents nor marks."""
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _NOT_WORD.sub(" ", letters).strip()


def names_receipt_date(header: str) -> bool:
    """ "Payé le" is a day and "payé" an amount: `header_key` drops that article."""
    key = header_key(header)
    return key in _RECEIVED_ON or (key in _RECEIVED and _ON_A_DAY.search(header) is not None)


def names_receipt(header: str) -> bool:
    return header_key(header) in _RECEIVED and not names_receipt_date(header)


def column_of(header: str) -> Column | None:
    if names_receipt_date(header):
        return Column.DATE
    if names_receipt(header):
        return Column.AMOUNT
    return _COLUMN_OF.get(header_key(header))


def is_balance_word(header: str) -> bool:
    """What only a list of what is still owed, or a ledger, has."""
    meaning = column_meaning(header)
    return is_bucket(header) or (meaning is not None and meaning[0] in _BALANCE | _LEDGER)


def is_invoice_word(header: str) -> bool:
    """What a list of invoices has, paid or not: a due date, an invoice's own date."""
    meaning, key = column_meaning(header), header_key(header).split()
    dated = "date" in key and bool({"facture", "invoice", "facturation", "emission"} & set(key))
    return dated or (meaning is not None and meaning[0] in _INVOICED)


def is_total_row(row: Row) -> bool:
    first = next((cell for cell in row if isinstance(cell, str) and cell.strip()), "")
    return plain(first).startswith(("total", "sous total", "subtotal", "grand total"))


def method_of(text: str) -> PaymentMethod | None:
    """The means of payment by one of its names; None when nobody knows it."""
    words = plain(text)
    if words in _METHOD_OF:
        return _METHOD_OF[words]
    return next((m for name, m in _METHOD_OF.items() if words.startswith(f"{name} ")), None)


def tells_return(text: str) -> bool:
    """A receipt taken back: a rejected direct debit, an unpaid bill or cheque."""
    return _RETURNED.search(plain(text)) is not None
