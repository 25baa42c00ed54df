"""Total and subtotal rows: recognised by their words or their sums, never taken for items."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from relance.adapters.balance_files.amounts import read_amount
from relance.adapters.balance_files.entries import Entry
from relance.adapters.balance_files.groups import names_owner
from relance.adapters.balance_files.labels import RowLabel, is_subtotal, label_of
from relance.adapters.balance_files.table import is_blank
from relance.domain.balance_reading import Difference

Owner = tuple[str, str]
_ZERO = Decimal()
_TOTALS = (RowLabel.TOTAL, RowLabel.PERHAPS)


@dataclass(slots=True)
class TotalCheck:
    """Sums of the rows so far, per currency, against the totals the file prints.

    short: what the rejected rows of the group amount to; doubts: totals that differ from their
    rows, and are the whole file's unless items follow.
    """

    overall: dict[str, Decimal] = field(default_factory=dict)
    group: dict[str, Decimal] = field(default_factory=dict)
    short: dict[str, Decimal] = field(default_factory=dict)
    printed: dict[str, Decimal] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    warnings: set[str] = field(default_factory=set)
    differences: list[Difference] = field(default_factory=list)
    doubts: list[Difference] = field(default_factory=list)
    pending: list[tuple[str, Decimal]] = field(default_factory=list)
    ended: dict[str, Decimal] = field(default_factory=dict)
    """The group that ended last, until a row follows: its balance may be printed again."""

    def add(self, currency: str, value: Decimal) -> None:
        self.pending.append((currency, value))

    def add_rejected(self, currency: str, value: Decimal) -> None:
        """It is part of what the file adds up, and of nothing that is read."""
        self.settle_sums()
        self.add(currency, value)
        self.settle_sums()
        self.short[currency] = self.short.get(currency, _ZERO) + value

    def settle_sums(self) -> None:
        """Add what came since the last total; whatever was printed before it was no grand total."""
        for currency in {currency for currency, _ in self.pending}:
            value = sum([value for one, value in self.pending if one == currency], _ZERO)
            self.overall[currency] = self.overall.get(currency, _ZERO) + value
            self.group[currency] = self.group.get(currency, _ZERO) + value
        if self.pending:
            self.ended.clear()
            self.printed.clear()
            self.pending.clear()
            self.differences += self.doubts
            self.doubts.clear()

    def accepts(self, entry: Entry, label: RowLabel, owner: Owner | None = None) -> bool:
        """Whether the row is a total; records what it prints. owner: of the group it ends."""
        if label is RowLabel.CARRIED:
            return True
        self.settle_sums()
        currency = entry.currency if isinstance(entry.currency, str) else ""
        sub = is_subtotal(entry.row)
        values = _values(entry)
        partial = label is not RowLabel.NONE and sub is not False
        if partial and (sub or owner) and self._any_group(currency, values, entry, owner):
            return True
        if any(self._is_overall(currency, value, entry.line) for value in values):
            return True
        if label is RowLabel.NONE:
            return False
        if partial and self._any_group(currency, values, entry, owner):
            return True
        if label is not RowLabel.TOTAL and not _names(entry, owner):
            return False
        self._record_difference(currency, entry, owner, sub=sub)
        return True

    def _is_overall(self, currency: str, value: Decimal, line: int) -> bool:
        known = [currency] if currency else list(self.overall)
        sums = {code: self.overall.get(code, _ZERO) for code in known}
        if len(sums) > 1 and _same(value, sum(sums.values(), _ZERO)):
            self.warnings.add("total-mixes-currencies")
            return True
        match = next((code for code, total in sums.items() if _same(value, total)), None)
        if match is None:
            return False
        self.printed[match] = value
        self.lines[match] = line
        self._end_group()
        return True

    def _any_group(
        self, currency: str, values: Sequence[Decimal], entry: Entry, owner: Owner | None
    ) -> bool:
        return any(self._is_group(currency, value, entry, owner) for value in values)

    def _is_group(self, currency: str, value: Decimal, entry: Entry, owner: Owner | None) -> bool:
        sums = self.group or self.ended
        known = [currency] if currency else list(sums)
        match = next((c for c in known if self._explains(value, c, sums)), None)
        if match is None:
            return False
        missing = self.short.get(match, _ZERO)
        if missing and _same(value, sums.get(match, _ZERO)):
            self.differences.append(_difference(match, value, value - missing, entry, owner))
        if _same(value, self.overall.get(match, _ZERO)):
            self.printed[match], self.lines[match] = value, entry.line
        self._end_group()
        return True

    def _explains(self, value: Decimal, currency: str, sums: dict[str, Decimal]) -> bool:
        """With the rejected rows, which the file counts, or without: they may be of no group."""
        total = sums.get(currency, _ZERO)
        return _same(value, total) or _same(value, total - self.short.get(currency, _ZERO))

    def _end_group(self) -> None:
        if self.group:
            self.ended = dict(self.group)
        self.group.clear()
        self.short.clear()

    def _record_difference(
        self, currency: str, entry: Entry, owner: Owner | None, *, sub: bool | None
    ) -> None:
        known = [currency] if currency else list(self.group or self.overall)
        named = bool(sub) or (
            names_owner(entry.row, owner)
            if owner
            else bool(entry.code or entry.name) and sub is None and _names(entry, owner)
        )
        if len(known) == 1 and isinstance(entry.open, Decimal):
            read = self.group.get(known[0], _ZERO) - self.short.get(known[0], _ZERO)
            differs = _difference(known[0], entry.open, read, entry, owner)
            if named:
                self.differences.append(differs)
            else:
                self.doubts.append(differs)
                self.printed[known[0]] = entry.open
                self.lines[known[0]] = entry.line
        elif len(known) > 1:
            self.warnings.add("total-mixes-currencies")
        self._end_group()


def _difference(
    currency: str, printed: Decimal, read: Decimal, entry: Entry, owner: Owner | None
) -> Difference:
    scope = _scope(entry, owner)
    code = "customer-total-differs" if scope else "subtotal-differs"
    return Difference(code, currency, printed, read, scope, entry.line)


def _scope(entry: Entry, owner: Owner | None) -> str | None:
    """A total may print its label where the customers stand: that names nobody."""
    parts = owner or tuple(
        part for part in (entry.code, entry.name) if label_of([part]) not in _TOTALS
    )
    return " ".join(part for part in parts if part) or None


def _names(entry: Entry, owner: Owner | None) -> bool:
    """The row is a total by its place: it ends a group, or its label is in no customer's cell."""
    if owner is not None:
        return True
    own = {entry.code, entry.name}
    cells = [cell for cell in entry.row if isinstance(cell, str) and cell.strip() not in own]
    return label_of(cells) in _TOTALS


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
