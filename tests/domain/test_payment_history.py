"""How a debtor has paid is kept within bounds, and the sums lose nothing."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from relance.domain.payment_history import MONTHS, RECENT, PaidItem, PaymentHistory, Tally, tally
from tests.domain.paid import DUE, PAID_ITEMS, a_paid, paid_history

UNIQUE = st.lists(PAID_ITEMS, max_size=120, unique_by=lambda item: item.key)


def sums_of(items: list[PaidItem]) -> dict[str, Tally]:
    sums: dict[str, Tally] = {}
    for item in items:
        sums[item.currency] = sums.get(item.currency, Tally()) + tally(item)
    return sums


@settings(deadline=None)
@given(UNIQUE, st.integers(1, 40))
def test_what_is_folded_into_months_keeps_its_sums(items: list[PaidItem], batch: int) -> None:
    """Whatever the batches they come in, in the order of their settlement."""
    ordered = sorted(items, key=lambda item: (item.settled_on, item.key))
    history = PaymentHistory()
    for start in range(0, len(ordered), batch):
        history = history.with_paid(ordered[start : start + batch])
    assert history.totals == sums_of(items)
    assert history.recent == tuple(ordered[-RECENT:])
    assert history == PaymentHistory().with_paid(items)


def test_the_last_fifty_keep_their_dates() -> None:
    history = paid_history(*(a_paid(f"FA-{n:03}", days_late=n) for n in range(RECENT + 3)))
    assert len(history.recent) == RECENT
    assert history.recent[0].key.startswith("FA-003")
    assert sum(one.sums.items for one in history.months) == 3


def test_sums_are_kept_for_two_years() -> None:
    old = [a_paid(f"OLD-{n}", due=date(2022, 5, 2)) for n in range(RECENT)]
    history = paid_history(*old).with_paid(a_paid(f"FA-{n}") for n in range(RECENT))
    assert history.months == ()
    edge = DUE.replace(year=DUE.year - MONTHS // 12)
    kept = [a_paid(f"EDGE-{n}", due=edge) for n in range(RECENT)]
    history = paid_history(*kept).with_paid(a_paid(f"FA-{n}") for n in range(RECENT))
    assert [one.month for one in history.months] == [edge.replace(day=1)]


def test_settled_again_an_item_counts_once() -> None:
    history = paid_history(a_paid()).with_paid([a_paid(days_late=30)])
    assert [item.days_late for item in history.recent] == [30]


def test_what_came_back_open_is_not_paid() -> None:
    one, two = a_paid("FA-1"), a_paid("FA-2")
    assert paid_history(one, two).without([one.key]).recent == (two,)


@settings(deadline=None)
@given(UNIQUE, UNIQUE)
def test_the_history_of_a_code_that_became_this_one_adds_up(
    mine: list[PaidItem], theirs: list[PaidItem]
) -> None:
    """Also where both have an item of the same key: they are two."""
    joined = PaymentHistory().with_paid(mine).joined(PaymentHistory().with_paid(theirs))
    assert joined.totals == sums_of([*mine, *theirs])
    assert len(joined.recent) <= RECENT


def test_joined_it_is_as_old_as_the_older_one() -> None:
    old, new = paid_history(a_paid(due=DUE - timedelta(days=90))), paid_history(a_paid("FA-2"))
    assert new.joined(old).since == old.since
    assert PaymentHistory().joined(old) == old.joined(PaymentHistory()) == old


def test_it_knows_since_when_it_knows() -> None:
    history = paid_history(a_paid(balances_apart=7))
    assert history.since == DUE - timedelta(days=7)
    assert history.with_paid([a_paid("FA-2", days_late=90)]).since == DUE - timedelta(days=7)
    assert PaymentHistory().since is None


def test_a_payment_between_two_balances_is_known_to_the_days_between_them() -> None:
    """Open on Monday, gone on Friday: paid on Tuesday at the soonest, three days before."""
    assert a_paid(balances_apart=4).uncertain_days == 3
    assert a_paid(balances_apart=1).uncertain_days == 0
    assert a_paid(balances_apart=0).uncertain_days == 0


def test_without_a_due_date_nothing_is_late() -> None:
    sums = tally(a_paid(due=None, amount="70"))
    assert (sums.items, sums.dated, sums.late, sums.amount) == (1, 0, 0, Decimal(70))
    assert sums.dated_amount == 0
