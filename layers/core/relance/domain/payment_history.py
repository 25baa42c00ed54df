"""How a debtor has paid: bounded, whatever its age (docs/payment-history.md).

The last items keep their dates; older ones are added up by the month they were issued in. An item
is settled on the date of the balance that no longer shows it: the true day lies after the last
balance that did (`open_until`). A credit note or a write-off settles too: a balance does not tell.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from relance.domain.open_item import ItemKey, PaymentMethod

RECENT = 50
"""Settled items kept with their dates, per debtor."""
MONTHS = 24
"""Months of issue kept as sums, counted back from the last settlement."""
_ZERO = Decimal()
AUTOMATIC = frozenset({PaymentMethod.DIRECT_DEBIT, PaymentMethod.BILL_OF_EXCHANGE})
"""Means that the creditor sets off: nobody has to remember to pay."""


@dataclass(frozen=True, slots=True)
class PaidItem:
    """A settled claim. reminders: those it had before, that count (design §5 rule 2)."""

    key: ItemKey
    currency: str
    amount: Decimal
    issue_date: date | None
    due_date: date | None
    settled_on: date
    open_until: date | None = None
    reminders: int = 0
    disputed: bool = False
    part_paid: bool = False
    method: PaymentMethod | None = None

    @property
    def days_late(self) -> int | None:
        """Up to this many: negative when it was settled early; None without a due date."""
        return None if self.due_date is None else (self.settled_on - self.due_date).days

    @property
    def uncertain_days(self) -> int:
        """By how much it may have been settled sooner."""
        known = self.open_until is not None and self.open_until < self.settled_on
        return (self.settled_on - self.open_until).days - 1 if known and self.open_until else 0

    @property
    def month(self) -> date:
        """The first day of the month it was issued in, else of the first date known of it."""
        return (self.issue_date or self.due_date or self.settled_on).replace(day=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over settled items of one currency: they add up, in any order.

    dated: those with a due date; days, amount_days: sums of days late, plain and times the amount.
    """

    items: int = 0
    amount: Decimal = _ZERO
    dated: int = 0
    dated_amount: Decimal = _ZERO
    days: int = 0
    amount_days: Decimal = _ZERO
    late: int = 0
    uncertain_days: int = 0
    disputed: int = 0
    part_paid: int = 0
    reminders: int = 0
    reminded: int = 0
    automatic: int = 0

    def __add__(self, other: Self) -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in Tally.__slots__))


def tally(item: PaidItem) -> Tally:
    days = item.days_late
    return Tally(
        items=1,
        amount=item.amount,
        dated=int(days is not None),
        dated_amount=_ZERO if days is None else item.amount,
        days=days or 0,
        amount_days=item.amount * (days or 0),
        late=int(days is not None and days > 0),
        uncertain_days=item.uncertain_days,
        disputed=int(item.disputed),
        part_paid=int(item.part_paid),
        reminders=item.reminders,
        reminded=int(item.reminders > 0),
        automatic=int(item.method in AUTOMATIC),
    )


@dataclass(frozen=True, slots=True)
class MonthTally:
    """The older settled items issued in one month, in one currency."""

    month: date
    currency: str
    sums: Tally


@dataclass(frozen=True, slots=True)
class PaymentHistory:
    """recent: in the order of their settlement; since: the first balance that knew one of them."""

    months: tuple[MonthTally, ...] = ()
    recent: tuple[PaidItem, ...] = ()
    since: date | None = None

    @property
    def totals(self) -> dict[str, Tally]:
        """Everything kept, per currency."""
        sums: dict[str, Tally] = {}
        for one in (*self.months, *map(_month_of, self.recent)):
            sums[one.currency] = sums.get(one.currency, Tally()) + one.sums
        return sums

    @property
    def by_month(self) -> tuple[MonthTally, ...]:
        return _added((*self.months, *map(_month_of, self.recent)))

    def with_paid(self, items: Iterable[PaidItem]) -> "PaymentHistory":
        """Settled again, an item counts once, with its last dates, while it is among the recent."""
        added = {item.key: item for item in items}
        kept = [item for item in self.recent if item.key not in added]
        ordered = sorted((*kept, *added.values()), key=lambda item: (item.settled_on, item.key))
        recent, older = ordered[-RECENT:], ordered[:-RECENT]
        months = _added((*self.months, *map(_month_of, older)))
        if recent:
            first = _months_before(recent[-1].settled_on, MONTHS)
            months = tuple(one for one in months if one.month >= first)
        return PaymentHistory(months, tuple(recent), _earliest(self.since, ordered))

    @property
    def is_empty(self) -> bool:
        return not (self.months or self.recent)

    def joined(self, other: "PaymentHistory") -> "PaymentHistory":
        """With that of a code that became this one. Items of the same key are two items: those of
        the other code lose their dates, and count.
        """
        known = {item.key for item in self.recent}
        twins = (item for item in other.recent if item.key in known)
        months = _added((*self.months, *other.months, *map(_month_of, twins)))
        since = min((day for day in (self.since, other.since) if day is not None), default=None)
        fresh = [item for item in other.recent if item.key not in known]
        return PaymentHistory(months, self.recent, since).with_paid(fresh)

    def without(self, keys: Iterable[ItemKey]) -> "PaymentHistory":
        """What came back open is not paid: a returned bill, a payment posted to another account."""
        gone = frozenset(keys)
        recent = tuple(item for item in self.recent if item.key not in gone)
        return PaymentHistory(self.months, recent, self.since)


def _month_of(item: PaidItem) -> MonthTally:
    return MonthTally(item.month, item.currency, tally(item))


def _added(parts: Iterable[MonthTally]) -> tuple[MonthTally, ...]:
    sums: dict[tuple[date, str], Tally] = {}
    for one in parts:
        here = (one.month, one.currency)
        sums[here] = sums.get(here, Tally()) + one.sums
    return tuple(MonthTally(*here, total) for here, total in sorted(sums.items()))


def _months_before(day: date, count: int) -> date:
    """The first day of the month `count` months before that of `day`."""
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def _earliest(known: date | None, items: Iterable[PaidItem]) -> date | None:
    dates = [item.open_until for item in items if item.open_until is not None]
    return min((*dates, known) if known is not None else dates, default=None)
