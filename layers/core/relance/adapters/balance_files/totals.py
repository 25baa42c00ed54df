"""Total and subtotal rows: recognised by their words or their sums, never taken for items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from relance.adapters.balance_files.amounts import read_amount
from relance.adapters.balance_files.entries import Entry
from relance.adapters.balance_files.table import Cell, is_blank
from relance.adapters.balance_files.words import plain

_EXACT = re.compile(
    r"(?:grand |sous[ -]?|sub[ -]?)?tota(?:l|ux)(?: (?:general|generaux|des|du|de|la|clients?|"
    r"customers?|debiteurs?|debtors?|comptes?|factures?|invoices?|creances|receivables?|balance|"
    r"due|open|ttc|report|page|eur|euros?|usd|gbp|cad|chf|all|\d+))*\W*"
)
_STARTS = re.compile(r"(?:grand |sous[ -]?|sub[ -]?)?tota(?:l|ux)\b|cumul\b|solde\b|balance\b")
_CARRIED = re.compile(
    r"(?:a reporter|report(?: a nouveau)?|solde (?:initial|final|anterieur|precedent|d ouverture)|"
    r"(?:opening|closing) balance|balance (?:brought|carried) forward|percentage of total|"
    r"% (?:du )?total|pourcentage|tie-out)\b"
)
_ZERO = Decimal()


class RowLabel(Enum):
    TOTAL = "total"
    PERHAPS = "perhaps"
    CARRIED = "carried"
    NONE = "none"
    SILENT = "silent"


def label_of(row: Sequence[Cell]) -> RowLabel:
    """What the words of a row without number and date make of it; SILENT without any word."""
    texts = [plain(cell) for cell in row if isinstance(cell, str) and any(map(str.isalpha, cell))]
    if not texts:
        return RowLabel.SILENT
    if any(_CARRIED.match(text) for text in texts):
        return RowLabel.CARRIED
    if any(_EXACT.fullmatch(text) for text in texts):
        return RowLabel.TOTAL
    return RowLabel.PERHAPS if any(_STARTS.match(text) for text in texts) else RowLabel.NONE


@dataclass(slots=True)
class TotalCheck:
    """Sums of the rows so far, per currency, against the totals the file prints."""

    overall: dict[str, Decimal] = field(default_factory=dict)
    group: dict[str, Decimal] = field(default_factory=dict)
    printed: dict[str, Decimal] = field(default_factory=dict)
    warnings: set[str] = field(default_factory=set)
    pending: list[tuple[str, Decimal]] = field(default_factory=list)

    def add(self, currency: str, value: Decimal) -> None:
        self.pending.append((currency, value))

    def settle_sums(self) -> None:
        """Add what came since the last total; whatever was printed before it was no grand total."""
        for currency, value in self.pending:
            self.overall[currency] = self.overall.get(currency, _ZERO) + value
            self.group[currency] = self.group.get(currency, _ZERO) + value
        if self.pending:
            self.printed.clear()
            self.pending.clear()

    def accepts(self, entry: Entry, label: RowLabel) -> bool:
        """Whether the row is a total; records what it prints."""
        if label is RowLabel.CARRIED:
            return True
        self.settle_sums()
        currency = entry.currency if isinstance(entry.currency, str) else ""
        for value in _values(entry):
            if self._is_overall(currency, value):
                return True
        if label is RowLabel.NONE:
            return False
        if any(self._is_group(currency, value) for value in _values(entry)):
            return True
        if label is not RowLabel.TOTAL:
            return False
        self._record_difference(currency, entry)
        return True

    def _is_overall(self, currency: str, value: Decimal) -> bool:
        known = [currency] if currency else list(self.overall)
        sums = {code: self.overall.get(code, _ZERO) for code in known}
        if len(sums) > 1 and _same(value, sum(sums.values(), _ZERO)):
            self.warnings.add("total-mixes-currencies")
            return True
        match = next((code for code, total in sums.items() if _same(value, total)), None)
        if match is None:
            return False
        self.printed[match] = value
        self.group.clear()
        return True

    def _is_group(self, currency: str, value: Decimal) -> bool:
        known = [currency] if currency else list(self.group)
        if not any(_same(value, self.group.get(code, _ZERO)) for code in known):
            return False
        self.group.clear()
        return True

    def _record_difference(self, currency: str, entry: Entry) -> None:
        known = [currency] if currency else list(self.overall)
        if len(known) == 1 and isinstance(entry.open, Decimal):
            self.printed[known[0]] = entry.open
        self.warnings.add("total-differs")
        self.group.clear()


def _same(value: Decimal, total: Decimal) -> bool:
    """To the cent: exports print a rounded total of unrounded rows."""
    return abs(value - total) < Decimal("0.01")


def _values(entry: Entry) -> list[Decimal]:
    """What is open first; else any amount of the row, as totals are often misplaced."""
    if isinstance(entry.open, Decimal):
        return [entry.open]
    cells = [cell for cell in entry.row if not is_blank(cell)]
    read = [read_amount(cell, mark) for cell in cells for mark in ",."]
    return [value for value in read if isinstance(value, Decimal)]
