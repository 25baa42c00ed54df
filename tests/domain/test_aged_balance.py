"""The aged balance: every open item in one bucket, the buckets of a currency add up to the cent."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.domain.aged_balance import STANDARD_BUCKETS, UNDATED, aged_balance, bucket_key
from relance.domain.open_item import ItemKey, ItemKind, OpenItem

AS_OF = date(2026, 3, 31)


def an_item(due: date | None, amount: str = "100.00", currency: str = "EUR") -> OpenItem:
    return OpenItem(
        key=ItemKey(f"{due}|{amount}|{currency}"),
        number="FA-1",
        kind=ItemKind.INVOICE,
        issue_date=date(2026, 1, 5),
        due_date=due,
        amount=Decimal(amount),
        open_amount=Decimal(amount),
        currency=currency,
    )


@pytest.mark.parametrize(
    ("late", "bucket"),
    [
        (-40, "not-due"),
        (0, "not-due"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "over-90"),
        (900, "over-90"),
    ],
)
def test_an_item_stands_in_the_bucket_of_its_days_late(late: int, bucket: str) -> None:
    assert bucket_key(AS_OF - timedelta(days=late), AS_OF, STANDARD_BUCKETS) == bucket


def test_what_has_no_due_date_is_shown_apart_and_a_credit_ages_with_its_own_date() -> None:
    credit = replace(an_item(None, "-30.00"), issue_date=AS_OF - timedelta(days=45))
    totals = aged_balance([an_item(None), credit], AS_OF)["EUR"]
    assert totals.buckets[UNDATED] == Decimal("100.00")
    assert totals.buckets["31-60"] == Decimal("-30.00")


DUES = st.none() | st.dates(date(2024, 1, 1), date(2027, 12, 31))
CENTS = st.integers(-10_000_000, 10_000_000).filter(bool).map(lambda n: str(Decimal(n) / 100))
ITEMS = st.lists(st.builds(an_item, DUES, CENTS, st.sampled_from(["EUR", "USD"])))


@given(ITEMS)
def test_the_buckets_of_a_currency_add_up_to_its_balance(items: list[OpenItem]) -> None:
    for currency, totals in aged_balance(items, AS_OF).items():
        assert totals.total == sum(i.open_amount for i in items if i.currency == currency)
