"""The figures of how customers pay: worked examples, and what must hold of any."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from relance.domain.case import Case
from relance.domain.holds import Dispute
from relance.domain.open_item import ItemFlag, ItemKey
from relance.domain.payment_history import PaidItem, PaymentHistory, Tally, tally
from relance.domain.statistics import (
    AccountSums,
    Statistics,
    account_sums,
    added,
    count_back,
    paid_figures,
    statistics,
)
from tests.builders import a_case, a_credit, an_invoice
from tests.domain.paid import AMOUNTS, PAID_ITEMS, a_paid, paid_history

NOVEMBER, OCTOBER, SEPTEMBER = date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1)
SALES = {NOVEMBER: Decimal(1200), OCTOBER: Decimal(800), SEPTEMBER: Decimal(700)}
MONTH_END = date(2026, 11, 30)


def figures_of(case: Case, history: PaymentHistory | None = None) -> Statistics:
    sums = account_sums(case, history or PaymentHistory(), MONTH_END)
    return statistics(sums, MONTH_END)["EUR"]


# ---------------------------------------------------------------- days late


def test_days_late_plain_and_by_amount() -> None:
    found = paid_figures(
        tally(a_paid(days_late=10)) + tally(a_paid("FA-2", amount="300", days_late=2))
    )
    assert (found.average_days_late, found.weighted_days_late) == (Decimal("6.0"), Decimal("4.0"))


def test_early_counts_against_late() -> None:
    found = paid_figures(tally(a_paid(days_late=-4)) + tally(a_paid("FA-2", days_late=10)))
    assert found.average_days_late == Decimal("3.0")
    assert found.late_share == Decimal("50.0")


def test_shares_are_of_the_items() -> None:
    items = [
        a_paid("FA-1", disputed=True, part_paid=True, reminders=4),
        a_paid("FA-2", reminders=1),
        a_paid("FA-3", balances_apart=7),
    ]
    found = paid_figures(sum(map(tally, items), Tally()))
    assert found.disputed_share == found.part_paid_share == Decimal("33.3")
    assert found.reminders_before_payment == Decimal("1.7")
    assert found.uncertain_days == Decimal("2.0")


def test_rounded_half_up() -> None:
    sums = Tally(items=4, dated=4, days=1)  # 0.25 day
    assert paid_figures(sums).average_days_late == Decimal("0.3")


def test_nothing_settled_says_nothing() -> None:
    found = paid_figures(Tally())
    assert found.average_days_late is found.disputed_share is found.late_share is None


@given(st.lists(PAID_ITEMS, min_size=1))
def test_averages_lie_between_the_extremes(items: list[PaidItem]) -> None:
    found = paid_figures(sum(map(tally, items), Tally()))
    days = [item.days_late for item in items if item.days_late is not None]
    for average in (found.average_days_late, found.weighted_days_late):
        assert average is not None
        assert min(days) <= average <= max(days)


# ---------------------------------------------------------------- count-back


def test_the_example_of_the_count_back() -> None:
    assert count_back(Decimal(2500), SALES, MONTH_END).days == Decimal("82.4")


def test_a_second_example_by_months_of_thirty_days() -> None:
    """212,000 open after sales of 70, 80 and 100 thousand: two months and 32/70 of the first."""
    sales = {date(2026, 4, 1): 70_000, date(2026, 5, 1): 80_000, date(2026, 6, 1): 100_000}
    found = count_back(
        Decimal(212_000), {k: Decimal(v) for k, v in sales.items()}, date(2026, 6, 30)
    )
    assert found.days == Decimal("74.7")  # 30 + 31 + 32/70 × 30, May has 31 days
    assert found.is_whole


def test_within_the_month_only_its_days_so_far_count() -> None:
    assert count_back(Decimal(600), SALES, date(2026, 11, 15)).days == Decimal("7.5")


def test_sales_that_do_not_cover_the_balance_are_said() -> None:
    found = count_back(Decimal(5000), SALES, MONTH_END)
    assert not found.is_whole
    assert found.days > 700


@pytest.mark.parametrize("balance", [Decimal(0), Decimal(-5)])
def test_nothing_open_is_no_day(balance: Decimal) -> None:
    assert count_back(balance, {}, MONTH_END).days == 0


MONTHS_BACK = [date(2026, month, 1) for month in range(11, 0, -1)]


@given(st.lists(AMOUNTS, min_size=11, max_size=11), st.integers(1, 11))
def test_the_sales_of_the_last_months_are_their_days(amounts: list[Decimal], count: int) -> None:
    sales = dict(zip(MONTHS_BACK, amounts, strict=True))
    first = MONTHS_BACK[count - 1]
    balance = sum(amounts[:count], Decimal())
    assert count_back(balance, sales, MONTH_END).days == (MONTH_END - first).days + 1


@given(st.lists(AMOUNTS, min_size=11, max_size=11), AMOUNTS, AMOUNTS)
def test_more_open_is_never_fewer_days(amounts: list[Decimal], one: Decimal, two: Decimal) -> None:
    sales = dict(zip(MONTHS_BACK, amounts, strict=True))
    low, high = sorted((one, two))
    assert count_back(low, sales, MONTH_END).days <= count_back(high, sales, MONTH_END).days


# ---------------------------------------------------------------- of cases


def test_the_best_days_are_those_of_what_is_not_late() -> None:
    late = an_invoice("A", amount="300", issued=date(2026, 10, 2), due=date(2026, 11, 1))
    coming = an_invoice("B", amount="600", issued=date(2026, 11, 3), due=date(2026, 12, 3))
    found = figures_of(a_case(late, coming))
    assert (found.open, found.not_due) == (Decimal(900), Decimal(600))
    assert (found.best_dso, found.dso) == (Decimal("30.0"), Decimal("61.0"))


def test_due_today_is_not_late() -> None:
    due_today = an_invoice("A", issued=date(2026, 11, 3), due=MONTH_END)
    assert figures_of(a_case(due_today)).not_due == Decimal(1000)


def test_settled_sales_shorten_the_days() -> None:
    coming = an_invoice("B", amount="600", issued=date(2026, 11, 3), due=date(2026, 12, 3))
    paid = a_paid("P", amount="600", due=date(2026, 11, 20), issued=date(2026, 11, 5))
    assert figures_of(a_case(coming), paid_history(paid)).dso == Decimal("15.0")
    waiting = replace(a_case(coming), settling=(paid,))
    assert figures_of(waiting).dso == Decimal("15.0")


def test_days_counted_before_what_is_known_are_said() -> None:
    coming = an_invoice("B", amount="600", issued=date(2026, 11, 3), due=date(2026, 12, 3))
    paid = a_paid("P", amount="600", due=date(2026, 11, 20), issued=date(2026, 11, 5))
    known = paid_history(replace(paid, open_until=date(2026, 11, 1)))
    assert figures_of(a_case(coming), known).is_dso_whole
    assert not figures_of(a_case(coming), paid_history(paid)).is_dso_whole
    assert not figures_of(a_case(coming)).is_dso_whole


def test_open_credits_lower_what_is_open() -> None:
    found = figures_of(a_case(an_invoice("A", due=date(2026, 12, 1)), a_credit("AV")))
    assert found.open == found.not_due == Decimal(900)


def test_disputed_counts_up_to_what_is_left_of_the_item() -> None:
    case = a_case(an_invoice("A", open_amount="200"), an_invoice("B", amount="800"))
    dispute = Dispute("d", {ItemKey("A|invoice|1"): Decimal(500)}, "price", "x", NOVEMBER, OCTOBER)
    assert figures_of(replace(case, holds=(dispute,))).disputed_open_share == Decimal("20.0")
    solved = replace(dispute, resolved_on=NOVEMBER)
    assert figures_of(replace(case, holds=(solved,))).disputed_open_share == 0


@pytest.mark.parametrize(
    ("flag", "share"), [(ItemFlag.DISPUTED, 20), (ItemFlag.LITIGATION, 20), (ItemFlag.BLOCKED, 0)]
)
def test_what_the_accounts_say_is_disputed_counts_whole(flag: ItemFlag, share: int) -> None:
    case = a_case(replace(an_invoice("A", amount="200"), flag=flag), an_invoice("B", amount="800"))
    dispute = Dispute("d", {ItemKey("A|invoice|1"): Decimal(50)}, "price", "x", NOVEMBER, OCTOBER)
    assert figures_of(case).disputed_open_share == share
    if share:
        assert figures_of(replace(case, holds=(dispute,))).disputed_open_share == share


def test_currencies_are_never_added() -> None:
    case = a_case(an_invoice("A"), an_invoice("B", currency="USD", amount="50"))
    sums = account_sums(case, paid_history(a_paid(currency="CHF")), MONTH_END)
    assert {code: one.open for code, one in sums.items()} == {
        "CHF": Decimal(0),
        "EUR": Decimal(1000),
        "USD": Decimal(50),
    }


@given(st.lists(PAID_ITEMS, max_size=20), st.lists(AMOUNTS, min_size=1, max_size=5))
def test_a_creditor_is_the_sum_of_its_debtors(items: list[PaidItem], owed: list[Decimal]) -> None:
    invoices = [an_invoice(f"O-{n}", amount=str(a)) for n, a in enumerate(owed)]
    assume(invoices)
    parts = [account_sums(a_case(one), PaymentHistory(), MONTH_END) for one in invoices]
    parts += [
        account_sums(replace(a_case(), items={}), paid_history(item), MONTH_END) for item in items
    ]
    together = added(parts).get("EUR", AccountSums())
    assert together.open == sum(owed)
    assert together.paid == sum((tally(i) for i in items if i.currency == "EUR"), Tally())
