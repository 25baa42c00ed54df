"""How one debtor, or all of a creditor, pays: figures per currency, from sums that add up.

Days and shares are rounded half-up to one decimal, once, here; amounts are never rounded. Late
means after the due date; settled early counts negative, so that days are days beyond terms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from relance.domain.case import Case
from relance.domain.holds import Dispute
from relance.domain.late_causes import late_by_cause, plus
from relance.domain.open_item import DISPUTED_FLAGS, OpenItem
from relance.domain.payment_history import MONTHS, MonthTally, PaymentHistory, Tally

_ZERO = Decimal()
_TENTH = Decimal("0.1")
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class PaidFigures:
    """Of what was settled. Averages in days; shares in percent; None: nothing to average.

    average_days_late: each item counts once; weighted_days_late: each by its amount;
    uncertain_days: by how much the averages may be too high, balances being that far apart.
    """

    items: int
    amount: Decimal
    average_days_late: Decimal | None
    weighted_days_late: Decimal | None
    uncertain_days: Decimal | None
    late_share: Decimal | None
    disputed_share: Decimal | None
    part_paid_share: Decimal | None
    reminders_before_payment: Decimal | None


def paid_figures(sums: Tally) -> PaidFigures:
    """Example: 100 € paid 10 days late and 300 € paid 2 days late are 6.0 days late on average,
    (100 × 10 + 300 × 2) ÷ 400 = 4.0 by amount.
    """
    return PaidFigures(
        items=sums.items,
        amount=sums.amount,
        average_days_late=_ratio(sums.days, sums.dated),
        weighted_days_late=_ratio(sums.amount_days, sums.dated_amount),
        uncertain_days=_ratio(sums.uncertain_days, sums.items),
        late_share=_ratio(sums.late * _PERCENT, sums.dated),
        disputed_share=_ratio(sums.disputed * _PERCENT, sums.items),
        part_paid_share=_ratio(sums.part_paid * _PERCENT, sums.items),
        reminders_before_payment=_ratio(sums.reminders, sums.items),
    )


@dataclass(frozen=True, slots=True)
class CountBack:
    """days: of sales that the balance represents; is_whole: False when the known sales do not
    cover it, so that it is at least these days.
    """

    days: Decimal
    is_whole: bool


def count_back(balance: Decimal, sales: Mapping[date, Decimal], as_of: date) -> CountBack:
    """Days of sales outstanding by exhaustion (*DSO par épuisement du chiffre d'affaires*).

    From the balance, take the sales of each month (incl. VAT, keyed by its first day) from that of
    `as_of` backwards, and count its days; the month that exhausts it counts in proportion.
    Example (https://divalto.atlassian.net/wiki/pages/viewpage.action?pageId=10511745040): 2,500
    open on 30 November, sales of 1,200 in November, 800 in October, 700 in September: 30 + 31 +
    500 ÷ 700 × 30 = 82.4 days.
    """
    left, days = balance, _ZERO
    end = as_of
    for _ in range(MONTHS + 1):
        first = end.replace(day=1)
        sold = sales.get(first, _ZERO)
        if left <= sold:
            share = end.day * left / sold if left > 0 else _ZERO
            return CountBack(_rounded(days + share), True)
        left, days = left - sold, days + end.day
        end = first - timedelta(days=1)
    return CountBack(_rounded(days), False)


@dataclass(frozen=True, slots=True)
class AccountSums:
    """One currency of one debtor, or of several: they add up. sales: by month of issue; open and
    not_due: claims less credits, never under zero for one debtor; disputed: part of open.
    """

    open: Decimal = _ZERO
    not_due: Decimal = _ZERO
    disputed: Decimal = _ZERO
    sales: dict[date, Decimal] = field(default_factory=dict)
    paid: Tally = field(default_factory=Tally)
    since: date | None = None
    causes: dict[str, Decimal] = field(default_factory=dict)
    """What is late, by its cause (`late_by_cause`)."""

    def __add__(self, other: "AccountSums") -> "AccountSums":
        sales = dict(self.sales)
        for month, amount in other.sales.items():
            sales[month] = sales.get(month, _ZERO) + amount
        known = [day for day in (self.since, other.since) if day is not None]
        return AccountSums(
            open=self.open + other.open,
            not_due=self.not_due + other.not_due,
            disputed=self.disputed + other.disputed,
            sales=sales,
            paid=self.paid + other.paid,
            since=min(known, default=None),
            causes=plus(self.causes, other.causes),
        )


@dataclass(frozen=True, slots=True)
class Statistics:
    """best_dso: what the days would be if nothing were late; is_dso_whole: see `known_since`;
    known_since: sales settled before this day are not known, so a count that goes back further
    shows too many days.
    """

    currency: str
    as_of: date
    open: Decimal
    not_due: Decimal
    disputed_open_share: Decimal | None
    dso: Decimal
    best_dso: Decimal
    is_dso_whole: bool
    known_since: date | None
    paid: PaidFigures
    late_by_cause: dict[str, Decimal] = field(default_factory=dict)


def statistics(sums: Mapping[str, AccountSums], as_of: date) -> dict[str, Statistics]:
    return {code: _statistics(code, one, as_of) for code, one in sorted(sums.items())}


def _statistics(currency: str, sums: AccountSums, as_of: date) -> Statistics:
    actual = count_back(sums.open, sums.sales, as_of)
    best = count_back(sums.not_due, sums.sales, as_of)
    counted_from = as_of - timedelta(days=int(actual.days))
    return Statistics(
        currency=currency,
        as_of=as_of,
        open=sums.open,
        not_due=sums.not_due,
        disputed_open_share=_ratio(sums.disputed * _PERCENT, sums.open),
        dso=actual.days,
        best_dso=best.days,
        is_dso_whole=actual.is_whole and sums.since is not None and sums.since <= counted_from,
        known_since=sums.since,
        paid=paid_figures(sums.paid),
        late_by_cause=sums.causes,
    )


def account_sums(case: Case, history: PaymentHistory, as_of: date) -> dict[str, AccountSums]:
    """What one debtor brings to the figures, per currency."""
    months: dict[str, list[MonthTally]] = {item.currency: [] for item in case.open_items}
    for one in history.by_month:
        months.setdefault(one.currency, []).append(one)
    return {code: _sums(case, months[code], history.since, as_of, code) for code in sorted(months)}


def added(parts: Iterable[Mapping[str, AccountSums]]) -> dict[str, AccountSums]:
    sums: dict[str, AccountSums] = {}
    for part in parts:
        for code, one in part.items():
            sums[code] = sums.get(code, AccountSums()) + one
    return sums


def _sums(
    case: Case, months: list[MonthTally], since: date | None, as_of: date, currency: str
) -> AccountSums:
    items = [item for item in case.open_items if item.currency == currency]
    open_amount = max(sum((item.open_amount for item in items), _ZERO), _ZERO)
    not_due = sum((i.open_amount for i in items if i.is_claim and _is_not_due(i, as_of)), _ZERO)
    return AccountSums(
        open=open_amount,
        not_due=min(not_due, open_amount),
        disputed=min(_disputed(case, items), open_amount),
        sales=_sales(case, months, currency),
        paid=sum((one.sums for one in months), Tally()),
        since=since,
        causes=late_by_cause(case, items, as_of),
    )


def _is_not_due(item: OpenItem, as_of: date) -> bool:
    return item.due_date is None or item.due_date >= as_of


def _disputed(case: Case, items: list[OpenItem]) -> Decimal:
    """What open disputes hold, never more of an item than is left of it; what the accounts say is
    disputed is so as a whole.
    """
    held = {item.key: item.open_amount for item in items if item.flag in DISPUTED_FLAGS}
    for hold in case.holds:
        if isinstance(hold, Dispute) and hold.resolved_on is None and not hold.is_ours:
            for key, amount in hold.amounts.items():
                held[key] = held.get(key, _ZERO) + amount
    return sum((min(held.get(i.key, _ZERO), i.open_amount) for i in items if i.is_claim), _ZERO)


def _sales(case: Case, months: list[MonthTally], currency: str) -> dict[date, Decimal]:
    """Claims by the month of their issue: the open ones, those that wait for the confirmation of
    their settlement, and those kept as settled. Credit notes are not taken off.
    """
    sales: dict[date, Decimal] = {}
    found = [
        ((item.issue_date or item.due_date), item.amount)
        for item in case.open_items
        if item.is_claim and item.currency == currency
    ]
    found += [(item.month, item.amount) for item in case.settling if item.currency == currency]
    found += [(one.month, one.sums.amount) for one in months]
    for day, amount in found:
        if day is not None:
            month = day.replace(day=1)
            sales[month] = sales.get(month, _ZERO) + amount
    return sales


def _ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return _rounded(Decimal(part) / Decimal(whole)) if whole else None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)
