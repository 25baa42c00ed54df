"""What holds for every pair of balances."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from relance.domain.balance_reading import BalanceReading, ReadItem, RejectedRow
from relance.domain.open_item import ItemKind, Settlement
from relance.domain.reconciliation.reconcile import BalanceOrigin, Reconciliation, reconcile
from relance.domain.reconciliation.snapshot import BalanceSnapshot

DAY = date(2026, 3, 2)
CODES = st.sampled_from(["C1", "C2", "C3"])
NUMBERS = st.sampled_from(["F1", "F2", "F3", None])
DATES = st.sampled_from([None, date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)])
AMOUNTS = st.integers(1, 500).map(lambda cents: Decimal(cents) / 100)


@st.composite
def rows(draw: st.DrawFn) -> ReadItem:
    kind = draw(st.sampled_from([ItemKind.INVOICE, ItemKind.CREDIT_NOTE, ItemKind.PAYMENT]))
    amount = draw(AMOUNTS) * (1 if kind is ItemKind.INVOICE else -1)
    left = amount if draw(st.booleans()) else amount / 2
    return ReadItem(
        line=draw(st.integers(1, 99)),
        debtor_code=draw(CODES),
        debtor_name=None,
        number=draw(NUMBERS),
        kind=kind,
        issue_date=draw(DATES),
        due_date=draw(DATES),
        amount=amount,
        open_amount=left,
        currency=draw(st.sampled_from(["EUR", "USD"])),
    )


REJECTED = st.builds(
    RejectedRow,
    line=st.integers(1, 99),
    reason=st.just("bad-amount"),
    number=NUMBERS,
    debtor_code=st.one_of(st.none(), CODES),
)
BALANCES = st.lists(rows(), max_size=12).map(tuple)


def compared(
    before: BalanceSnapshot, items: tuple[ReadItem, ...], days: int, *rejected: RejectedRow
) -> Reconciliation:
    reading = BalanceReading("csv", None, items, rejected)
    day = DAY + timedelta(days=days)
    return reconcile(before, reading, BalanceOrigin(days, day, "", datetime.now(UTC)))


@given(BALANCES)
@settings(max_examples=100, deadline=None)
def test_nothing_read_is_lost(first: tuple[ReadItem, ...]) -> None:
    """Every line becomes one item, and the amounts add up to the cent."""
    snapshot = compared(BalanceSnapshot(), first, 0).after
    found = sorted(item.open_amount for _, item in snapshot.each())
    assert found == sorted(row.open_amount for row in first)


@given(BALANCES, BALANCES)
@settings(max_examples=100, deadline=None)
def test_what_is_open_afterwards_is_what_the_file_shows(
    first: tuple[ReadItem, ...], second: tuple[ReadItem, ...]
) -> None:
    found = compared(compared(BalanceSnapshot(), first, 0).after, second, 7)
    left = sorted(i.open_amount for _, i in found.after.each() if i.settlement is None)
    assert left == sorted(row.open_amount for row in second)


@given(BALANCES, BALANCES, st.integers(0, 7))
@settings(max_examples=100, deadline=None)
def test_reconciling_again_changes_nothing(
    first: tuple[ReadItem, ...], second: tuple[ReadItem, ...], shift: int
) -> None:
    once = compared(compared(BalanceSnapshot(), first, 0).after, second, 7)
    again = compared(once.after, tuple(reversed(second)), 7)
    assert again.changes == {}
    assert again.after.debtors == once.after.debtors
    later = compared(once.after, second, 7 + shift)
    confirmed = {c.after.settlement for _, c in later.item_changes()}
    assert confirmed <= {Settlement.CONFIRMED}


@given(BALANCES, BALANCES, REJECTED)
@settings(max_examples=100, deadline=None)
def test_a_rejected_row_settles_nothing_that_it_may_be(
    first: tuple[ReadItem, ...], second: tuple[ReadItem, ...], row: RejectedRow
) -> None:
    before = compared(BalanceSnapshot(), first, 0).after
    found = compared(before, second, 7, row)
    settled = [
        (code, change.after) for code, change in found.item_changes() if change.after.settlement
    ]
    if row.number is not None:
        assert all(item.number != row.number for _, item in settled)
    elif row.debtor_code is not None:
        assert all(code != row.debtor_code for code, _ in settled)
    else:
        assert settled == []


@given(BALANCES, BALANCES, REJECTED)
@settings(max_examples=100, deadline=None)
def test_amounts_are_conserved(
    first: tuple[ReadItem, ...], second: tuple[ReadItem, ...], row: RejectedRow
) -> None:
    """Open before + what changed = open after, per currency, suspended items included."""
    before = compared(BalanceSnapshot(), first, 0).after
    found = compared(before, second, 7, row)
    moved = sum(
        (c.after.open_amount - (c.before.open_amount if c.before else 0))
        for _, c in found.item_changes()
    )
    total = sum((item.open_amount for _, item in before.each()), Decimal())
    assert total + moved == sum((item.open_amount for _, item in found.after.each()), Decimal())
