"""Late-payment penalties: the worked example of the design, and the edges of the rule."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.rates import late_payment_rates
from relance.domain.penalties import (
    HalfYear,
    LateItem,
    LatePaymentRates,
    RateUnknown,
    accrued_periods,
    item_penalty,
    penalty_claim,
)

RATES = late_payment_rates()
DUE = date(2026, 4, 30)


def invoice(amount: str = "10000.00", due: date = DUE, number: str = "F-1") -> LateItem:
    return LateItem(number, due, Decimal(amount))


def test_the_worked_example_of_the_design() -> None:
    claim = penalty_claim([invoice()], date(2026, 11, 21), RATES)
    assert claim.total == Decimal("692.26")
    assert claim.indemnity == Decimal("40.00")
    assert claim.per_day == Decimal("3.40")


def test_each_half_year_counts_at_its_own_rate() -> None:
    spring, autumn = item_penalty(invoice(), date(2026, 11, 21), RATES).periods
    assert (spring.first_day, spring.last_day, spring.days) == (
        date(2026, 5, 1),
        date(2026, 6, 30),
        61,
    )
    assert (spring.rate, autumn.rate) == (Decimal("12.15"), Decimal("12.40"))
    assert (autumn.first_day, autumn.days) == (date(2026, 7, 1), 144)


def test_an_item_is_rounded_once_and_not_per_half_year() -> None:
    # 0.0049... twice: rounded at each half-year it would be nothing, summed it is a cent.
    rates = LatePaymentRates(
        {HalfYear(2026, 1): Decimal("10"), HalfYear(2026, 2): Decimal("10")}, Decimal(40)
    )
    item = LateItem("F", date(2026, 6, 29), Decimal("17.90"))
    penalty = item_penalty(item, date(2026, 7, 1), rates)
    assert [period.days for period in penalty.periods] == [1, 1]
    assert penalty.total == Decimal("0.01")


def test_half_a_cent_goes_up() -> None:
    rates = LatePaymentRates({HalfYear(2026, 1): Decimal("36.5")}, Decimal(40))
    item = LateItem("F", date(2026, 1, 1), Decimal("5.00"))
    assert item_penalty(item, date(2026, 1, 2), rates).total == Decimal("0.01")


def test_nothing_is_due_on_the_due_date_itself() -> None:
    claim = penalty_claim([invoice()], DUE, RATES)
    assert (claim.total, claim.per_day, claim.indemnity) == (Decimal(), Decimal(), Decimal())
    assert penalty_claim([invoice()], date(2026, 5, 1), RATES).total == Decimal("3.33")


def test_the_indemnity_is_owed_once_per_late_item() -> None:
    late = [invoice("100.00"), invoice("200.00", number="F-2")]
    claim = penalty_claim([*late, invoice(due=date(2026, 12, 1))], date(2026, 6, 1), RATES)
    assert claim.indemnity_count == 2
    assert claim.indemnity == Decimal("80.00")


def test_a_leap_day_counts_as_a_day_over_365() -> None:
    (period,) = accrued_periods(Decimal(365), date(2024, 2, 28), date(2024, 3, 1), RATES)
    assert period.days == 3
    assert period.amount == Decimal("0.435")


def test_an_unknown_half_year_is_named() -> None:
    with pytest.raises(RateUnknown) as error:
        penalty_claim([invoice()], date(2027, 1, 1), RATES)
    assert error.value.code == "late-payment-rate-unknown"
    assert error.value.detail == {"half_year": "2027-H1"}


def test_the_shipped_rates_are_the_refinancing_rate_plus_ten_without_a_gap() -> None:
    years = range(2015, 2027)
    assert set(RATES.percent) == {HalfYear(year, half) for year in years for half in (1, 2)}
    assert RATES.on(date(2026, 12, 31)) == Decimal("12.40")
    assert RATES.on(date(2023, 6, 30)) == Decimal("12.50")
    assert all(rate >= 10 for rate in RATES.percent.values())


@given(
    due=st.dates(date(2015, 1, 1), date(2026, 12, 30)),
    split=st.integers(1, 900),
    cents=st.integers(1, 10**9),
)
def test_periods_cover_every_late_day_once_wherever_they_are_cut(
    due: date, split: int, cents: int
) -> None:
    last = date(2026, 12, 31)
    balance = Decimal(cents) / 100
    first = date.fromordinal(due.toordinal() + 1)
    middle = min(date.fromordinal(due.toordinal() + split), last)
    whole = accrued_periods(balance, first, last, RATES)
    after = date.fromordinal(middle.toordinal() + 1)
    halves = accrued_periods(balance, first, middle, RATES)
    halves += accrued_periods(balance, after, last, RATES)
    assert sum(period.days for period in whole) == (last - due).days
    difference = sum((p.amount for p in whole), Decimal()) - sum(
        (p.amount for p in halves), Decimal()
    )
    assert abs(difference) < Decimal("1e-9")
