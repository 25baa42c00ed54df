"""What the words of a row without date make of it: a total, a balance carried, or nothing."""

import re
from collections.abc import Sequence
from enum import Enum

from relance.adapters.balance_files.table import Cell
from relance.adapters.balance_files.words import plain

_EXACT = re.compile(
    r"(?:grand |sous[ -]?|sub[ -]?)?tota(?:l|ux)(?: (?:general|generaux|des|du|de|la|clients?|"
    r"customers?|debiteurs?|debtors?|comptes?|factures?|invoices?|creances|receivables?|balance|"
    r"due|open|ttc|report|page|eur|euros?|usd|gbp|cad|chf|all|tiers|account|\d+))*\W*"
)
_STARTS = re.compile(
    r"(?:grand |sous[ -]?|sub[ -]?)?tota(?:l|ux)\b|cumul\b|solde\b|balance\b|nouveau solde\b|"
    r"closing balance\b"
)
_SURE = re.compile(
    r"(?:sous|sub)[ -]?tota(?:l|ux)\b|total (?:du |de )?(?:client|compte|tiers|customer|account)\b|"
    r"solde (?:du |de )?(?:compte|client|tiers|final)\b|nouveau solde\b|closing balance\b"
)
_OPENING = re.compile(
    r"(?:reports? a nouveau|a nouveaux?|solde (?:initial|anterieur|precedent|d ouverture|"
    r"a nouveau|reporte|de depart)|opening balance|balance brought forward|brought forward|"
    r"previous balance)\b"
)
_CARRIED = re.compile(
    r"(?:a reporter|report|(?:sous[ -]?)?total (?:de (?:la )?)?page|page total|"
    r"balance carried forward|carried forward|percentage of total|% (?:du )?total|pourcentage|"
    r"tie-out)\b"
)
_SUB = re.compile(
    r"(?:sous|sub)[ -]?tota|^tota(?:l|ux) (?:du )?(?:client|compte|tiers|customer|account|debiteur)"
    r"\b(?!s)|^solde\b|^nouveau solde|^closing",
    re.MULTILINE,
)
_GRAND = re.compile(
    r"general|grand total|generaux|\btotal (?:clients|customers|all|balance|tiers|debiteurs|"
    r"receivables|creances)",
    re.MULTILINE,
)


class RowLabel(Enum):
    TOTAL = "total"
    PERHAPS = "perhaps"
    OPENING = "opening"
    CARRIED = "carried"
    NONE = "none"
    SILENT = "silent"


def texts_of(row: Sequence[Cell]) -> list[str]:
    return [plain(cell) for cell in row if isinstance(cell, str) and any(map(str.isalpha, cell))]


def label_of(row: Sequence[Cell]) -> RowLabel:
    """SILENT without any word; PERHAPS for words that a customer's name may start with."""
    texts = texts_of(row)
    if not texts:
        return RowLabel.SILENT
    if any(_OPENING.match(text) for text in texts):
        return RowLabel.OPENING
    if any(_CARRIED.match(text) for text in texts):
        return RowLabel.CARRIED
    if any(_EXACT.fullmatch(text) or _SURE.match(text) for text in texts):
        return RowLabel.TOTAL
    return RowLabel.PERHAPS if any(_STARTS.match(text) for text in texts) else RowLabel.NONE


def is_subtotal(row: Sequence[Cell]) -> bool | None:
    """By its words: a part of the file, the whole of it (False), or not said (None)."""
    text = "\n".join(texts_of(row))
    if _SUB.search(text):
        return True
    return False if _GRAND.search(text) else None
