"""Words in the cells: what a document is, and whether anything of it is still owed."""

import re
import unicodedata
from enum import Enum
from functools import cache

from relance.domain.open_item import ItemKind


class NotOwed(Enum):
    """Rows that are no claim on a customer."""

    PAYABLE = "payables-left-out"
    QUOTE = "quotes-left-out"
    DRAFT = "drafts-left-out"


class State(Enum):
    SETTLED = "settled"
    CANCELLED = "cancelled"
    DRAFT = "draft"


_CODE_LISTS: tuple[tuple[ItemKind | NotOwed, str], ...] = (
    (ItemKind.INVOICE, "f fa fac fc fact inv in ri rv dr vt ve vte accrec out_invoice si vente "
                       "ventes sales sale debit"),
    (ItemKind.CREDIT_NOTE, "a av avo avr cn cm crn dg nc accreccredit arcredit out_refund refund "
                           "credit sc"),
    (ItemKind.DOWN_PAYMENT, "ac aco acp dpa"),
    (ItemKind.PAYMENT, "rg rgl reg pay pmt pmnt dz zp bq bqe bn vir chq ca cb receipt cash "
                       "prelevement lcr traite remise encaissement"),
    (ItemKind.OPENING_BALANCE, "ran an anv ouv rep"),
    (ItemKind.RETENTION, "rgar rdg"),
    (ItemKind.OTHER, "od odo ab sa kr kg kz da"),
    (NotOwed.PAYABLE, "accpay accpaycredit in_invoice in_refund bill"),
)  # fmt: skip
_CODES = {code: kind for kind, codes in _CODE_LISTS for code in codes.split()}
_STARTS: tuple[tuple[str, ItemKind | NotOwed], ...] = (
    ("facture d acompte", ItemKind.DOWN_PAYMENT),
    ("facture fournisseur", NotOwed.PAYABLE),
    ("facture proforma", NotOwed.QUOTE),
    ("facture pro forma", NotOwed.QUOTE),
    ("facture d avoir", ItemKind.CREDIT_NOTE),
    ("facture avoir", ItemKind.CREDIT_NOTE),
    ("facture", ItemKind.INVOICE),
    ("invoice", ItemKind.INVOICE),
    ("sales invoice", ItemKind.INVOICE),
    ("tax invoice", ItemKind.INVOICE),
    ("customer invoice", ItemKind.INVOICE),
    ("avoir", ItemKind.CREDIT_NOTE),
    ("credit note", ItemKind.CREDIT_NOTE),
    ("credit memo", ItemKind.CREDIT_NOTE),
    ("note de credit", ItemKind.CREDIT_NOTE),
    ("note credit", ItemKind.CREDIT_NOTE),
    ("acompte", ItemKind.DOWN_PAYMENT),
    ("avance", ItemKind.DOWN_PAYMENT),
    ("down payment", ItemKind.DOWN_PAYMENT),
    ("advance", ItemKind.DOWN_PAYMENT),
    ("deposit", ItemKind.DOWN_PAYMENT),
    ("prepayment", ItemKind.DOWN_PAYMENT),
    ("reglement", ItemKind.PAYMENT),
    ("paiement", ItemKind.PAYMENT),
    ("payment", ItemKind.PAYMENT),
    ("virement", ItemKind.PAYMENT),
    ("vir ", ItemKind.PAYMENT),
    ("cheque", ItemKind.PAYMENT),
    ("banque", ItemKind.PAYMENT),
    ("a nouveau", ItemKind.OPENING_BALANCE),
    ("a nouveaux", ItemKind.OPENING_BALANCE),
    ("report", ItemKind.OPENING_BALANCE),
    ("opening", ItemKind.OPENING_BALANCE),
    ("solde initial", ItemKind.OPENING_BALANCE),
    ("solde anterieur", ItemKind.OPENING_BALANCE),
    ("solde d ouverture", ItemKind.OPENING_BALANCE),
    ("balance brought forward", ItemKind.OPENING_BALANCE),
    ("brought forward", ItemKind.OPENING_BALANCE),
    ("retenue", ItemKind.RETENTION),
    ("retention", ItemKind.RETENTION),
    ("holdback", ItemKind.RETENTION),
    ("operation", ItemKind.OTHER),
    ("devis", NotOwed.QUOTE),
    ("quote", NotOwed.QUOTE),
    ("estimate", NotOwed.QUOTE),
    ("proforma", NotOwed.QUOTE),
    ("pro forma", NotOwed.QUOTE),
    ("supplier", NotOwed.PAYABLE),
    ("vendor", NotOwed.PAYABLE),
)
_STATE_LISTS = (
    (State.SETTLED, "paye;payee;paid;closed;clos;close;cloture;cloturee;cleared;settled;solde;"
                    "soldee;regle;reglee;lettre;lettree;encaisse;encaissee;acquitte;acquittee;"
                    "fully paid;fully_paid;paid in full;totalement payee;payee en totalite"),
    (State.CANCELLED, "void;voided;deleted;annule;annulee;cancelled;canceled;cancel;supprime;"
                      "supprimee;reversed"),
    (State.DRAFT, "draft;brouillon"),
)  # fmt: skip
_STATES = {word: state for state, words in _STATE_LISTS for word in words.split(";")}
_NUMBER_START = re.compile(r"([A-Za-z]+)")
_RETENTION = re.compile(r"\bretenues? (?:de |sur )?garantie|\bretention\b|\bholdback\b")
_YES = frozenset({"yes", "y", "oui", "o", "true", "vrai", "1", "x", "paid"})
_NO = frozenset({"no", "n", "non", "false", "faux", "0"})


@cache
def plain(text: str) -> str:
    """Lower case, no accents, single spaces."""
    letters = unicodedata.normalize("NFKD", text.replace("'", " ").replace("’", " ").lower())
    return " ".join(letters.encode("ascii", "ignore").decode().replace(".", " ").split())


@cache
def kind_of(text: str) -> ItemKind | NotOwed | None:
    """What a type, journal or label cell says; None when it says nothing known."""
    words = plain(text)
    if words in _CODES:
        return _CODES[words]
    return next((kind for start, kind in _STARTS if words.startswith(start)), None)


@cache
def special_kind(text: str) -> ItemKind | None:
    """Retention money or an opening balance, wherever the words say so."""
    words = plain(text)
    if _RETENTION.search(words):
        return ItemKind.RETENTION
    found = kind_of(text) if " " in words else None
    return found if found is ItemKind.OPENING_BALANCE else None


@cache
def is_rg(text: str) -> bool:
    """RG is *règlement* in one tool and *retenue de garantie* in another."""
    return plain(text) == "rg"


@cache
def kind_of_number(number: str) -> ItemKind | None:
    """What the letters before a number say of it: FA 12, AV-3."""
    letters = _NUMBER_START.match(number)
    kind = kind_of(letters.group(1)) if letters else None
    return kind if isinstance(kind, ItemKind) else None


def credit_kind(number: str, label: str, *, by_credit_column: bool) -> ItemKind:
    """What lowers the account, when no type column says it.

    Its label, then the letters of its number, then the custom of collection tools: a credit entry
    is a payment, a negative document is a credit note (`reference/input-formats.md` §1.4).
    """
    letters = _NUMBER_START.match(number)
    for text in (label, letters.group(1) if letters else ""):
        kind = kind_of(text) if text else None
        if isinstance(kind, ItemKind) and kind is not ItemKind.INVOICE:
            return kind
    return ItemKind.PAYMENT if by_credit_column or not number else ItemKind.CREDIT_NOTE


@cache
def state_of(text: str) -> State | None:
    """Whole words only: "not_paid" and "partially paid" are not paid."""
    return _STATES.get(plain(text))


@cache
def is_yes(text: str) -> bool:
    return plain(text) in _YES


@cache
def is_no(text: str) -> bool:
    return plain(text) in _NO
