"""The aged balance (*balance âgée*): what is owed, by how late it is on one day.

An item not yet due, and one due on the very day, is *non échu*; credits and payments age with
their own date and lower the bucket that they fall in (`reference/input-formats.md` §1.2: the
boundaries differ from one export to another, ours are printed with the figures).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relance.domain.open_item import OpenItem

_ZERO = Decimal()


@dataclass(frozen=True, slots=True)
class Bucket:
    """Days late, both ends included. first None: not due; last None: without end."""

    first: int | None
    last: int | None

    @property
    def key(self) -> str:
        if self.first is None:
            return "not-due"
        return f"{self.first}-{self.last}" if self.last is not None else f"over-{self.first - 1}"

    def holds(self, days_late: int) -> bool:
        above = self.first is None or days_late >= self.first
        return above and (self.last is None or days_late <= self.last)


STANDARD_BUCKETS = (
    Bucket(None, 0),
    Bucket(1, 30),
    Bucket(31, 60),
    Bucket(61, 90),
    Bucket(91, None),
)
"""The columns of the seeds: 0-30, 31-60, 61-90, 90 and more, behind what is not due."""

UNDATED = "undated"
"""The bucket of what has no due date: shown apart, never counted as late."""


@dataclass(frozen=True, slots=True)
class AgedTotals:
    """One currency. buckets: key to amount, in the order of the buckets, `UNDATED` last; counts:
    key to number of items, the empty buckets left out.
    """

    currency: str
    buckets: dict[str, Decimal] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return sum(self.buckets.values(), _ZERO)


def days_late(due: date, as_of: date) -> int:
    """Negative before the due date."""
    return (as_of - due).days


def aged_balance(
    items: Iterable[OpenItem], as_of: date, buckets: tuple[Bucket, ...] = STANDARD_BUCKETS
) -> dict[str, AgedTotals]:
    """Totals per currency; the buckets of one currency add up to its balance, to the cent."""
    found: dict[str, AgedTotals] = {}
    known: dict[date | None, str] = {}
    for item in items:
        if not item.is_open:
            continue
        day = item.due_date or _own_date(item)
        key = known.get(day) or known.setdefault(day, bucket_key(day, as_of, buckets))
        if item.currency not in found:
            empty = {bucket.key: _ZERO for bucket in buckets}
            found[item.currency] = AgedTotals(item.currency, empty)
        totals = found[item.currency]
        totals.buckets[key] = totals.buckets.get(key, _ZERO) + item.open_amount
        totals.counts[key] = totals.counts.get(key, 0) + 1
    return dict(sorted(found.items()))


def bucket_key(due: date | None, as_of: date, buckets: tuple[Bucket, ...]) -> str:
    if due is None:
        return UNDATED
    late = days_late(due, as_of)
    return next((bucket.key for bucket in buckets if bucket.holds(late)), UNDATED)


def _own_date(item: OpenItem) -> date | None:
    """A payment or a credit note has no due date: it ages from the day it was booked."""
    return item.issue_date if item.open_amount < 0 else None
