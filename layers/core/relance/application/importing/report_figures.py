"""The figures of a report, from what a balance changed: aged balance, settled sums, who moved most,
who is late.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.domain.aged_balance import (
    STANDARD_BUCKETS,
    UNDATED,
    AgedTotals,
    aged_balance,
    days_late,
)
from relance.domain.open_item import OpenItem, Settlement
from relance.domain.reconciliation.changes import ChangeKind, ItemChange
from relance.domain.reconciliation.reconcile import Reconciliation
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from relance.domain.release import begins_to_wait

TOP = 10
"""Debtors that a report names: the largest movements, the latest ones."""

_NOT_LATE = {UNDATED, STANDARD_BUCKETS[0].key}
_PLACES = {bucket.key: place for place, bucket in enumerate(STANDARD_BUCKETS)}


@dataclass(frozen=True, slots=True)
class AgedLine:
    """key: of the bucket, or the label that the file prints; last None: without end."""

    key: str
    amount: Decimal
    items: int = 0
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class AgedReport:
    """One currency. late: what is past its due date, None when the file only gives labels."""

    currency: str
    total: Decimal
    late: Decimal | None
    lines: tuple[AgedLine, ...]


@dataclass(frozen=True, slots=True)
class SettledSum:
    """cause: a settlement of `OpenItem`, or "part-paid"."""

    cause: str
    currency: str
    amount: Decimal
    items: int


@dataclass(frozen=True, slots=True)
class WaitingSum:
    """What this balance shows for the first time and is old: it waits until a person releases it.
    amount: open, credits apart.
    """

    currency: str
    amount: Decimal
    items: int


@dataclass(frozen=True, slots=True)
class DebtorMovement:
    """before, after: what the debtor owes in this currency, credits deducted."""

    code: str
    name: str
    currency: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class LateDebtor:
    """late: past due, credits apart; days: of its oldest item."""

    code: str
    name: str
    currency: str
    late: Decimal
    days: int
    items: int


def aged_report(snapshot: BalanceSnapshot, on: date) -> tuple[AgedReport, ...]:
    """The balance as it is once the file is applied, what was left as it was included."""
    items = (item for _, item in snapshot.each())
    return tuple(_aged(totals) for totals in aged_balance(items, on).values())


def _aged(totals: AgedTotals) -> AgedReport:
    late = sum((a for k, a in totals.buckets.items() if k not in _NOT_LATE), Decimal())
    lines = tuple(
        AgedLine(key, amount, totals.counts.get(key, 0), *_ends(key))
        for key, amount in totals.buckets.items()
    )
    return AgedReport(totals.currency, totals.total, late, lines)


def _ends(key: str) -> tuple[int | None, int | None]:
    if key not in _PLACES:
        return None, None
    bucket = STANDARD_BUCKETS[_PLACES[key]]
    return bucket.first, bucket.last


def printed_buckets(buckets: dict[str, dict[str, Decimal]]) -> tuple[AgedReport, ...]:
    """The file's own columns, as it labels them."""
    return tuple(
        AgedReport(
            currency,
            sum(labels.values(), Decimal()),
            None,
            tuple(AgedLine(label, amount) for label, amount in labels.items()),
        )
        for currency, labels in sorted(buckets.items())
        if labels
    )


def settled_sums(found: Reconciliation) -> tuple[SettledSum, ...]:
    """What the claims lost, by cause: "cause unknown" until the next balance confirms it."""
    sums: dict[tuple[str, str], tuple[Decimal, int]] = {}
    for cause, change, lost in _losses(found):
        place = (cause, change.after.currency)
        amount, count = sums.get(place, (Decimal(), 0))
        sums[place] = (amount + lost, count + 1)
    return tuple(SettledSum(*place, *sums[place]) for place in sorted(sums))


def _losses(found: Reconciliation) -> Iterator[tuple[str, ItemChange, Decimal]]:
    """An item that came back under another number is not settled."""
    moved = {(code, one.was) for code, one in found.item_changes() if one.was is not None}
    for code, change in found.item_changes():
        before, after = change.before, change.after
        if before is None or not before.is_claim or (code, before.key) in moved:
            continue
        lost = before.open_amount - max(after.open_amount, Decimal())
        if change.kind is ChangeKind.SETTLED:
            yield str(after.settlement or Settlement.UNKNOWN_CAUSE), change, lost
        elif change.kind is ChangeKind.PART_PAID:
            yield "part-paid", change, lost


def waiting_sums(found: Reconciliation, on: date) -> tuple[WaitingSum, ...]:
    """What came under another code with its debtor is no newer there."""
    changes = found.changes.values()
    moved = {(c.merged_into, one.now) for c in changes for one in c.items if c.merged_into}
    sums: dict[str, tuple[Decimal, int]] = {}
    for code, change in found.item_changes():
        item = change.after
        if begins_to_wait(change, on) and (code, item.key) not in moved:
            amount, count = sums.get(item.currency, (Decimal(), 0))
            sums[item.currency] = (amount + item.open_amount, count + 1)
    return tuple(WaitingSum(currency, *sums[currency]) for currency in sorted(sums))


def debtor_movements(found: Reconciliation) -> tuple[DebtorMovement, ...]:
    """The debtors whose balance moved most, the largest first."""
    deltas: dict[tuple[str, str], Decimal] = {}
    for code, change in found.item_changes():
        before = change.before.open_amount if change.before else Decimal()
        place = (code, change.after.currency)
        deltas[place] = deltas.get(place, Decimal()) + change.after.open_amount - before
    largest = sorted((p for p in deltas if deltas[p]), key=lambda p: (-abs(deltas[p]), p))[:TOP]
    return tuple(_movement(found, place, deltas[place]) for place in largest)


def _movement(found: Reconciliation, place: tuple[str, str], delta: Decimal) -> DebtorMovement:
    code, currency = place
    items = found.after.items_of(code).values()
    after = sum((i.open_amount for i in items if i.currency == currency), Decimal())
    return DebtorMovement(code, found.changes[code].name, currency, after - delta, after)


def late_debtors(snapshot: BalanceSnapshot, on: date) -> tuple[LateDebtor, ...]:
    """The debtors who owe most past its due date, the largest first, currencies apart."""
    late: list[LateDebtor] = []
    for code, debtor in snapshot.debtors.items():
        late += _late_of(code, debtor.name, debtor.items.values(), on)
    return tuple(sorted(late, key=lambda one: (-one.late, one.code, one.currency))[:TOP])


def _late_of(code: str, name: str, items: Iterable[OpenItem], on: date) -> Iterator[LateDebtor]:
    found: dict[str, list[OpenItem]] = {}
    for item in items:
        if item.is_claim and item.due_date is not None and item.due_date < on:
            found.setdefault(item.currency, []).append(item)
    for currency, owed in found.items():
        days = max(days_late(item.due_date, on) for item in owed if item.due_date)
        amount = sum((item.open_amount for item in owed), Decimal())
        yield LateDebtor(code, name, currency, amount, days, len(owed))
