"""Columns of a FEC by their legal names, however they are spelled."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relance.adapters.balance_files.errors import BalanceRefused
from relance.domain.balance_reading import ReadColumn

_NOT_NAME = re.compile(r"[^a-z0-9]+")


class Col(StrEnum):
    """The fields of article A. 47 A-1 of the Livre des procédures fiscales that serve here."""

    JOURNAL = "journalcode"
    JOURNAL_NAME = "journallib"
    ENTRY = "ecriturenum"
    BOOKED = "ecrituredate"
    ACCOUNT = "comptenum"
    ACCOUNT_NAME = "comptelib"
    AUXILIARY = "compauxnum"
    AUXILIARY_NAME = "compauxlib"
    PIECE = "pieceref"
    PIECE_DATE = "piecedate"
    LABEL = "ecriturelib"
    DEBIT = "debit"
    CREDIT = "credit"
    AMOUNT = "montant"
    SIDE = "sens"
    LETTER = "ecriturelet"
    LETTER_DATE = "datelet"
    VALID_DATE = "validdate"
    FOREIGN_AMOUNT = "montantdevise"
    FOREIGN_CURRENCY = "idevise"
    PAID_ON = "daterglt"
    PAID_BY = "moderglt"
    NATURE = "natop"
    CLIENT = "idclient"
    DUE = "dateecheance"
    """No field of the law: some tools add it after the others."""


_OTHER_NAMES = {
    "compteauxnum": Col.AUXILIARY,
    "compteauxlib": Col.AUXILIARY_NAME,
    "comptauxnum": Col.AUXILIARY,
    "comptauxlib": Col.AUXILIARY_NAME,
    "comptnum": Col.ACCOUNT,
    "comptlib": Col.ACCOUNT_NAME,
    "comptenumero": Col.ACCOUNT,
    "comptelibelle": Col.ACCOUNT_NAME,
    "journallibelle": Col.JOURNAL_NAME,
    "ecriturenumero": Col.ENTRY,
    "ecriturelibelle": Col.LABEL,
    "ecriturelettrage": Col.LETTER,
    "ecriturelettre": Col.LETTER,
    "lettrage": Col.LETTER,
    "piecereference": Col.PIECE,
    "montantendevise": Col.FOREIGN_AMOUNT,
    "iddevise": Col.FOREIGN_CURRENCY,
    "devise": Col.FOREIGN_CURRENCY,
    "modereglement": Col.PAID_BY,
    "echeance": Col.DUE,
    "dateech": Col.DUE,
    "datedecheance": Col.DUE,
    "duedate": Col.DUE,
}
_NAMES: Mapping[str, Col] = {col.value: col for col in Col} | _OTHER_NAMES
_MEANINGS = {
    Col.BOOKED: "as_of", Col.ACCOUNT: "account", Col.AUXILIARY: "debtor_code",
    Col.AUXILIARY_NAME: "debtor_name", Col.PIECE: "number", Col.PIECE_DATE: "issue_date",
    Col.LABEL: "label", Col.DEBIT: "debit", Col.CREDIT: "credit", Col.AMOUNT: "amount",
    Col.SIDE: "side", Col.DUE: "due_date", Col.LETTER: "letter",
    Col.JOURNAL: "kind", Col.JOURNAL_NAME: "kind", Col.PAID_BY: "payment_method",
}  # fmt: skip
_TELLTALE = frozenset({Col.ACCOUNT, Col.BOOKED})
_KNOWN_ENOUGH = 5


def fold(text: str) -> str:
    """Lower case, no accents: "Écriture Lib " and "EcritureLib" are one name."""
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()


def column_of(name: str) -> Col | None:
    return _NAMES.get(_NOT_NAME.sub("", fold(name)))


def is_header(names: Sequence[str]) -> bool:
    """An account, the date of its entry and three more fields of a ledger: no other list has."""
    known = {column_of(name) for name in names} - {None}
    return known >= _TELLTALE and len(known) >= _KNOWN_ENOUGH


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands. width: cells of a row, trailing blank ones left out."""

    names: tuple[str, ...]
    at: Mapping[Col, int]

    @property
    def width(self) -> int:
        return len(self.names)

    def described(self) -> tuple[ReadColumn, ...]:
        meant = {index: _MEANINGS.get(col, "") for col, index in self.at.items()}
        return tuple(
            ReadColumn(index, name, meant.get(index, ""), 100, "legal-name")
            for index, name in enumerate(self.names)
        )


def find_columns(header: Sequence[str]) -> Columns:
    """Raises BalanceRefused when the ledger lacks what open items are made of."""
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    at: dict[Col, int] = {}
    for index, name in enumerate(names):
        col = column_of(name)
        if col is not None:
            at.setdefault(col, index)
    missing = [col.name for col in (Col.BOOKED, Col.ACCOUNT, Col.LETTER) if col not in at]
    if not ({Col.DEBIT, Col.CREDIT} <= at.keys() or {Col.AMOUNT, Col.SIDE} <= at.keys()):
        missing.append("DEBIT/CREDIT")
    if missing:
        raise BalanceRefused("ledger-columns-missing", {"columns": _legal(missing)})
    return Columns(tuple(names), at)


def _legal(missing: Sequence[str]) -> str:
    legal = {"BOOKED": "EcritureDate", "ACCOUNT": "CompteNum", "LETTER": "EcritureLet",
             "DEBIT/CREDIT": "Debit/Credit"}  # fmt: skip
    return ", ".join(legal[name] for name in missing)
