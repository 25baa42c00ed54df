"""Each entry goes to one place: item, quarantine, settled, or recognised as no item."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.checks import Problem, problem_of, state
from relance.adapters.balance_files.entries import Body, Entry
from relance.adapters.balance_files.groups import Owner, is_title_again, names_owner
from relance.adapters.balance_files.headers import Layout, is_header_again
from relance.adapters.balance_files.labels import RowLabel, label_of
from relance.adapters.balance_files.money import Money
from relance.adapters.balance_files.plain_rows import PlainRows
from relance.adapters.balance_files.sound import doubtful_rows
from relance.adapters.balance_files.table import is_blank, is_blank_row
from relance.adapters.balance_files.totals import TotalCheck
from relance.adapters.balance_files.values import Bad
from relance.adapters.balance_files.words import (
    NotOwed,
    State,
    credit_kind,
    is_rg,
    kind_of,
    kind_of_number,
    special_kind,
)
from relance.domain.balance_reading import ReadItem, RejectedRow, SettledRow
from relance.domain.open_item import ItemKind

_CREDITS = frozenset({ItemKind.CREDIT_NOTE, ItemKind.PAYMENT})
_BY_LABEL = (None, ItemKind.INVOICE, ItemKind.OTHER)
_TOTALS = (RowLabel.TOTAL, RowLabel.PERHAPS)


@dataclass(slots=True)
class Sorter:
    """currency: of the rows that state none."""

    layout: Layout
    money: Money
    currency: str
    items: list[ReadItem] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    settled: int = 0
    settled_totals: dict[str, Decimal] = field(default_factory=dict)
    settled_items: list[SettledRow] = field(default_factory=list)
    non_items: int = 0
    check: TotalCheck = field(default_factory=TotalCheck)
    warnings: set[str] = field(default_factory=set)
    used_default: bool = False
    """Some item states no currency of its own."""
    title_keys: frozenset[str] = frozenset()
    last: Entry | None = None
    """The row above: a total may name its customer."""
    special: bool = True
    """Some label of the file says retention money or opening balance."""

    def sort(self, body: Body) -> None:
        doubtful = doubtful_rows(body, len(self.layout.names))
        groups = body.groups
        words = {*body.column("label"), *body.column("kind")}
        self.special = any(special_kind(str(text)) for text in words)
        plain = PlainRows(body, self.currency, signed=self.money.signed, special=self.special)
        odd = plain.others(doubtful)
        for index in odd:
            self._keep_plain(plain, index)
            entry = body.entry(index)
            if index not in doubtful:
                kind = kind_of(entry.kind) if entry.kind else None
                self._keep(entry, kind, entry.amount, entry.open)  # type: ignore[arg-type]
            elif index in groups.heads or self._is_no_item(entry, groups.owners.get(index)):
                self.non_items += 1
            else:
                self._sort_item(entry)
        self._keep_plain(plain, len(body.rows))
        self.check.settle_sums()

    def _keep_plain(self, plain: PlainRows, end: int) -> None:
        """The plain rows up to here, all at once."""
        start, plain.done = plain.done, end + 1
        if start < end:
            self.items.extend(plain.items(start, end))
            self.check.pending.extend(plain.sums(start, end))
            self.last = plain.body.entry(end - 1)
            self.used_default = self.used_default or not all(plain.stated[start:end])

    def _is_no_item(self, entry: Entry, owner: Owner | None) -> bool:
        if is_blank_row(entry.row) or is_header_again(entry.row, self.layout):
            return True
        if isinstance(entry.issue, date) or isinstance(entry.due, date):
            return False
        if is_title_again(entry.row, self.title_keys):
            return True
        label = label_of(entry.row)
        if label is RowLabel.OPENING:
            return not (entry.open and (entry.code or entry.name))
        if owner is None and label in _TOTALS and self.last is not None:
            above = (self.last.code, self.last.name)
            owner = above if names_owner(entry.row, above) else None
        # A total may print its label in any column, that of the numbers included.
        if (owner or not entry.number or label is RowLabel.TOTAL) and self.check.accepts(
            entry, label, owner
        ):
            return True
        return _is_note(entry, label)

    def _sort_item(self, entry: Entry) -> None:
        kind = _kind(entry)
        if isinstance(kind, NotOwed):
            self._leave_out(kind.value)
            return
        problem = problem_of(entry, self.layout, kind, explicit=self.money.explicit)
        if problem:
            self._reject(entry, problem)
        elif not isinstance(entry.open, Decimal) or not isinstance(entry.amount, Decimal):
            self._reject(entry, Problem("missing-amount", "open_amount"))
        else:
            self._accept(entry, kind, entry.amount, entry.open)

    def _leave_out(self, warning: str) -> None:
        self.non_items += 1
        self.warnings.add(warning)

    def _reject(self, entry: Entry, problem: Problem) -> None:
        self.rejected.append(
            RejectedRow(
                entry.line, problem.reason, problem.field, problem.value,
                entry.number or None, entry.code or None, entry.name or None,
            )
        )  # fmt: skip
        if entry.code or entry.name:
            self.last = entry
        if isinstance(entry.open, Decimal) and isinstance(entry.currency, str):
            self.check.add_rejected(entry.currency or self.currency, entry.open)

    def _accept(self, entry: Entry, kind: ItemKind | None, amount: Decimal, open_: Decimal) -> None:
        found = state(entry)
        if found is State.DRAFT:
            self._leave_out("drafts-left-out")
        elif found or not open_:
            currency = str(entry.currency or self.currency)
            self.settled += 1
            total = self.settled_totals.get(currency, Decimal())
            self.settled_totals[currency] = total + amount
            self.check.add(currency, open_)
            if isinstance(entry.settled_on, date):
                item = self._item(entry, kind, amount, open_, currency)
                self.settled_items.append(SettledRow(item, entry.settled_on))
        else:
            self._keep(entry, kind, amount, open_)

    def _keep(self, entry: Entry, kind: ItemKind | None, amount: Decimal, open_: Decimal) -> None:
        currency = str(entry.currency or self.currency)
        if kind in _CREDITS and open_ > 0 and not self.money.signed:
            amount, open_ = -amount, -open_
            self.warnings.add("credits-without-sign")
        self.check.add(currency, open_)
        self.last = entry
        self.used_default = self.used_default or not entry.currency
        self.items.append(self._item(entry, kind, amount, open_, currency))

    def _item(
        self,
        entry: Entry,
        kind: ItemKind | None,
        amount: Decimal,
        open_: Decimal,
        currency: str,
    ) -> ReadItem:
        # The rows of a balance are many: what most of them do not need is not called.
        if kind is not ItemKind.INVOICE or self.special or amount < 0:
            kind = self._final_kind(entry, kind, amount, open_)
        issue, due = entry.issue, entry.due
        return ReadItem(
            entry.line, entry.code or None, entry.name or None, entry.number or None, kind,
            issue if isinstance(issue, date) else None, due if isinstance(due, date) else None,
            amount, open_, currency, entry.order or None, entry.credits or None,
            *(entry.facts or ()),
        )  # fmt: skip

    def _final_kind(
        self, entry: Entry, kind: ItemKind | None, amount: Decimal, open_: Decimal
    ) -> ItemKind:
        if kind is ItemKind.OPENING_BALANCE and entry.number:
            # A journal of opening entries lists last year's documents under their numbers.
            kind = kind_of_number(entry.number) or kind
        if kind is ItemKind.PAYMENT and open_ > 0 and self.money.signed and is_rg(entry.kind):
            return ItemKind.RETENTION
        if self.special and kind in _BY_LABEL:
            kind = special_kind(entry.label) or special_kind(entry.kind) or kind
        if kind is None or (kind is ItemKind.INVOICE and amount < 0):
            if open_ < 0 and amount <= 0:
                by_side = self.money.by_side
                return credit_kind(entry.number, entry.label, by_credit_column=by_side)
            return ItemKind.INVOICE
        return kind


def _kind(entry: Entry) -> ItemKind | NotOwed | None:
    found = kind_of(entry.kind) if entry.kind else None
    if found is None and not entry.number and label_of(entry.row) is RowLabel.OPENING:
        return ItemKind.OPENING_BALANCE
    return found


def _is_note(entry: Entry, label: RowLabel) -> bool:
    """A title, a footnote, a group's name: words, and neither a number nor an amount."""
    if isinstance(entry.open, Decimal) or isinstance(entry.amount, Decimal):
        return False
    filled = sum(1 for cell in entry.row if not is_blank(cell))
    if not entry.number and (entry.code or entry.name) and not _is_bad(entry):
        return True
    return filled <= 1 or (not entry.number and label in _TOTALS)


def _is_bad(entry: Entry) -> bool:
    return any(isinstance(cell, Bad) for cell in (entry.open, entry.amount, entry.issue, entry.due))
