"""Late-payment penalties between businesses (C. com. L441-10 II, D441-5).

Owed from the day after the due date, without a reminder, on the unpaid amount including VAT, at
the rate of each half-year in turn: balance x rate x days / 365, rounded half up once per item.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from relance.domain.errors import RelanceError

DAYS_IN_YEAR = 365
"""ACT/365 fixed, leap years included: the statute is silent, this is the usual convention."""

_CENT = Decimal("0.01")


class RateUnknown(RelanceError):
    """No rate is recorded for that half-year: add it to `late_payment_rates.yaml`."""


class HalfYear(NamedTuple):
    """half: 1 or 2. Written "2026-H2"."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"


@dataclass(frozen=True, slots=True)
class LatePaymentRates:
    """percent: what each half-year costs a year; indemnity: the fixed sum per late item."""

    percent: dict[HalfYear, Decimal]
    indemnity: Decimal
    currency: str = "EUR"

    def on(self, day: date) -> Decimal:
        """The rate in force that day. Raises RateUnknown."""
        half_year = HalfYear.of(day)
        if half_year not in self.percent:
            raise RateUnknown("late-payment-rate-unknown", {"half_year": str(half_year)})
        return self.percent[half_year]


@dataclass(frozen=True, slots=True)
class LateItem:
    """One unpaid item: balance includes VAT and is what is demanded of it."""

    number: str
    due_date: date
    balance: Decimal


@dataclass(frozen=True, slots=True)
class PenaltyPeriod:
    """One half-year at one rate (percent a year) on one balance."""

    first_day: date
    last_day: date
    days: int
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ItemPenalty:
    """What one item costs up to a day; total is rounded, the amounts of its periods are not."""

    item: LateItem
    periods: tuple[PenaltyPeriod, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class PenaltyClaim:
    """Late-payment penalties (C. com. L441-10) and fixed indemnity (D441-5) up to `until`.

    total: rounded once per item, half up; per_day: what each further day adds; items: how it was
    computed, item by item and rate by rate.
    """

    until: date
    total: Decimal
    per_day: Decimal
    indemnity_each: Decimal
    indemnity_count: int
    items: tuple[ItemPenalty, ...] = ()

    @property
    def indemnity(self) -> Decimal:
        return self.indemnity_each * self.indemnity_count


def penalty_claim(items: Iterable[LateItem], until: date, rates: LatePaymentRates) -> PenaltyClaim:
    """What the late items cost up to `until`, that day included. All in the currency of `rates`.

    An item not late on that day costs nothing and brings no indemnity. Raises RateUnknown.
    """
    penalties = tuple(item_penalty(item, until, rates) for item in items if item.due_date < until)
    due = sum((penalty.item.balance for penalty in penalties), Decimal())
    return PenaltyClaim(
        until=until,
        total=sum((penalty.total for penalty in penalties), Decimal("0.00")),
        per_day=_cents(_accrued(due, rates.on(until), 1)) if penalties else Decimal("0.00"),
        indemnity_each=rates.indemnity,
        indemnity_count=len(penalties),
        items=penalties,
    )


def added_claims(claims: Sequence[PenaltyClaim]) -> PenaltyClaim:
    """The claims of several accounts up to one day as one: each was rounded on its own."""
    return PenaltyClaim(
        until=claims[0].until,
        total=sum((claim.total for claim in claims), Decimal("0.00")),
        per_day=sum((claim.per_day for claim in claims), Decimal("0.00")),
        indemnity_each=claims[0].indemnity_each,
        indemnity_count=sum(claim.indemnity_count for claim in claims),
        items=tuple(item for claim in claims for item in claim.items),
    )


def item_penalty(item: LateItem, until: date, rates: LatePaymentRates) -> ItemPenalty:
    """The first day counted is the one after the due date, the last one is `until`."""
    periods = accrued_periods(item.balance, item.due_date + timedelta(days=1), until, rates)
    return ItemPenalty(item, periods, _cents(sum((p.amount for p in periods), Decimal())))


def accrued_periods(
    balance: Decimal, first_day: date, last_day: date, rates: LatePaymentRates
) -> tuple[PenaltyPeriod, ...]:
    """One period per half-year, both days included, amounts not rounded.

    A part payment ends a segment: add the periods of each balance in turn.
    """
    periods = []
    while first_day <= last_day:
        end = min(HalfYear.of(first_day).last_day, last_day)
        days = (end - first_day).days + 1
        rate = rates.on(first_day)
        amount = _accrued(balance, rate, days)
        periods.append(PenaltyPeriod(first_day, end, days, rate, amount))
        first_day = end + timedelta(days=1)
    return tuple(periods)


def _accrued(balance: Decimal, percent: Decimal, days: int) -> Decimal:
    return balance * percent * days / (100 * DAYS_IN_YEAR)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
