"""What a case forgets, and what still needs it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.domain.case import Case, LiveNotice, Outcome, PerformedStep, Progress
from relance.domain.case_import import CaseUpdate
from relance.domain.holds import AnnouncedPayment, Dispute, Hold, Promise, ReceivedPayment
from relance.domain.notice import NoticeStatus
from relance.domain.open_item import OpenItem, Settlement
from relance.domain.policy import Level
from relance.domain.pruning import AT_ONCE, pruned
from relance.domain.task import Task, TaskKind
from tests.builders import a_case, an_invoice
from tests.domain.paid import a_paid

TODAY = date(2027, 6, 1)
KEEP = 400
LONG_AGO = TODAY - timedelta(days=KEEP + 1)
STEP = PerformedStep("email_1", LONG_AGO, LONG_AGO, Outcome.SENT, "n1", Level.LEVEL_1)


def settled(
    number: str = "FA-1",
    *,
    on: date | None = LONG_AGO,
    due: date | None = date(2026, 1, 2),
    how: Settlement | None = Settlement.CONFIRMED,
) -> OpenItem:
    return replace(
        an_invoice(number, due=due), open_amount=Decimal(0), settlement=how, settled_on=on
    )


def after(case: Case, *written: OpenItem) -> CaseUpdate:
    update = CaseUpdate(case, written, {"import_seq": "9"})
    return pruned(update, dated=TODAY, keep_days=KEEP)


OPEN = an_invoice("FA-9")
OLD = settled()


class TestWhatGoes:
    def test_an_item_settled_longer_ago_than_it_is_kept(self) -> None:
        case = replace(
            a_case(OLD, OPEN),
            progress={OLD.key: Progress((STEP,)), OPEN.key: Progress((STEP,))},
            data_asked=("email", f"due-date={OLD.key}", f"due-date={OPEN.key}"),
        )
        found = after(case)
        assert found.gone == (OLD.key,)
        assert set(found.case.items) == set(found.case.progress) == {OPEN.key}
        assert found.case.data_asked == ("email", f"due-date={OPEN.key}")
        assert found.facts == {"import_seq": "9", "put_away": OLD.key}

    def test_not_a_day_sooner(self) -> None:
        last_day = TODAY - timedelta(days=KEEP)
        update = CaseUpdate(a_case(settled(on=last_day), OPEN), (), {})
        assert pruned(update, dated=TODAY, keep_days=KEEP) is update

    def test_a_bill_counts_from_the_day_the_bank_was_to_pay_it(self) -> None:
        """It leaves the account when it is handed in, and may be contested from its maturity."""
        assert after(a_case(settled(due=TODAY - timedelta(days=30)), OPEN)).gone == ()

    @pytest.mark.parametrize("how", [None, Settlement.UNKNOWN_CAUSE, Settlement.COVERED])
    def test_what_no_balance_confirmed_stays(self, how: Settlement | None) -> None:
        assert after(a_case(settled(how=how), OPEN)).gone == ()

    def test_what_is_under_another_code_goes_by_its_due_date(self) -> None:
        moved = settled(how=Settlement.MOVED, on=None)
        undated = replace(settled("FA-2", how=Settlement.MOVED, on=None, due=None))
        assert after(a_case(moved, undated, OPEN)).gone == (moved.key,)

    def test_the_oldest_first_and_as_many_as_the_import_writes_and_ten(self) -> None:
        many = [settled(f"FA-{n}", on=LONG_AGO - timedelta(days=n)) for n in range(40)]
        found = after(a_case(*many, OPEN), OPEN, an_invoice("FA-10"))
        assert found.gone == tuple(one.key for one in reversed(many[40 - AT_ONCE - 2 :]))


HOLDS: list[Hold] = [
    Promise("p", TODAY, None, {OLD.key: Decimal(1), OPEN.key: Decimal(1)}, None, TODAY),
    Dispute("d", {OLD.key: Decimal(1)}, "price", "claire", TODAY, TODAY),
    AnnouncedPayment("a", (OLD.key, OPEN.key), TODAY, TODAY),
    ReceivedPayment("r", {OLD.key: Decimal(1)}, {}, TODAY, TODAY, TODAY),
]
LIVE = LiveNotice("n", NoticeStatus.PLANNED, "email_1", TODAY, {OLD.key: Decimal(1)}, (), "mark")
PERFORMING = replace(LIVE, asked={}, performs=((OLD.key, "email_1"),))
STAYS: dict[str, Case] = {
    **{type(hold).__name__: replace(a_case(OLD, OPEN), holds=(hold,)) for hold in HOLDS},
    "a call": replace(
        a_case(OLD, OPEN),
        tasks=(Task("t", TaskKind.CALL, TODAY, TODAY, ((OLD.key, "call_1"),)),),
    ),
    "a payment to match": replace(
        a_case(OLD, OPEN),
        tasks=(Task("t", TaskKind.MATCH_PAYMENT, TODAY, TODAY, detail=f"x {OLD.key}"),),
    ),
    "missing data": replace(
        a_case(OLD, OPEN),
        tasks=(Task("t", TaskKind.COMPLETE_DATA, TODAY, TODAY, detail=f"due-date={OLD.key}"),),
    ),
    "a live notice": replace(a_case(OLD, OPEN), live=LIVE),
    "what a notice performs": replace(a_case(OLD, OPEN), live=PERFORMING),
    "a formal notice to approve": replace(a_case(OLD, OPEN), awaiting=replace(LIVE, asked={})),
    "its confirmation": replace(a_case(OLD, OPEN), settling=(a_paid(),)),
    **{
        f"an open item at {level}": replace(
            a_case(OLD, OPEN), progress={OPEN.key: Progress((replace(STEP, level=level),))}
        )
        for level in (Level.LEVEL_3, Level.LITIGATION, None)
    },
}


@pytest.mark.parametrize("why", STAYS)
def test_it_stays_while_something_needs_it(why: str) -> None:
    assert after(STAYS[why]).gone == ()


def test_it_stays_when_the_import_itself_writes_it() -> None:
    assert after(a_case(OLD, OPEN), OLD).gone == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, *Settlement]),
            st.dates(date(2024, 1, 1), TODAY),
            st.none() | st.dates(date(2024, 1, 1), TODAY),
        ),
        max_size=30,
    )
)
def test_nothing_open_or_recent_ever_goes(
    drawn: list[tuple[Settlement | None, date, date | None]],
) -> None:
    items = [settled(f"F{n}", how=how, on=on, due=due) for n, (how, on, due) in enumerate(drawn)]
    found = after(a_case(OPEN, *items))
    by_key = {item.key: item for item in items}
    assert {*found.case.items, *found.gone} == {OPEN.key, *by_key}
    assert not set(found.case.items) & set(found.gone)
    for key in found.gone:
        item = by_key[key]
        assert item.settlement in {Settlement.CONFIRMED, Settlement.MOVED}
        assert item.settled_on is not None
        assert (TODAY - item.settled_on).days > KEEP
