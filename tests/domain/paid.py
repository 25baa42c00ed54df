"""Settled items, in the shortest words."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from relance.domain.open_item import ItemKey, PaymentMethod
from relance.domain.payment_history import PaidItem, PaymentHistory

DUE = date(2026, 3, 2)


def a_paid(
    number: str = "FA-1",
    *,
    days_late: int = 0,
    amount: str = "100.00",
    due: date | None = DUE,
    issued: date | None = None,
    reminders: int = 0,
    disputed: bool = False,
    part_paid: bool = False,
    currency: str = "EUR",
    method: PaymentMethod | None = None,
    balances_apart: int = 1,
) -> PaidItem:
    settled_on = (due or DUE) + timedelta(days=days_late)
    return PaidItem(
        key=ItemKey(f"{number}|invoice|1"),
        currency=currency,
        amount=Decimal(amount),
        issue_date=issued,
        due_date=due,
        settled_on=settled_on,
        open_until=settled_on - timedelta(days=balances_apart),
        reminders=reminders,
        disputed=disputed,
        part_paid=part_paid,
        method=method,
    )


def paid_history(*items: PaidItem) -> PaymentHistory:
    return PaymentHistory().with_paid(items)


def several(count: int, **said: object) -> PaymentHistory:
    """That many items which all say the same."""
    return paid_history(*(a_paid(f"FA-{n}", **said) for n in range(count)))  # type: ignore[arg-type]


AMOUNTS = st.decimals(Decimal("0.01"), Decimal(1_000_000), places=2)

PAID_ITEMS = st.builds(
    a_paid,
    number=st.integers(1, 10_000).map(str),
    days_late=st.integers(-60, 200),
    amount=AMOUNTS.map(str),
    due=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    issued=st.none() | st.dates(date(2025, 10, 1), date(2026, 12, 31)),
    reminders=st.integers(0, 6),
    disputed=st.booleans(),
    part_paid=st.booleans(),
    currency=st.sampled_from(["EUR", "USD"]),
    balances_apart=st.integers(0, 40),
)
