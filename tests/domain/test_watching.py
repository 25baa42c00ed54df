"""The dates of a case that people want to see coming."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.domain.case import Case, Outcome, PerformedStep, Progress
from relance.domain.debtor import DebtorFlag, FlagKind
from relance.domain.escalation.watching import Deadline, deadlines_of, watched_dates
from relance.domain.holds import (
    Arrangement,
    ArrangementKind,
    Dispute,
    Hold,
    Instalment,
    ManualHold,
    Plan,
    PlanState,
    Promise,
    UnreadReply,
)
from relance.domain.policy import Level
from relance.domain.task import Task, TaskKind
from tests.builders import a_case, an_invoice

TODAY = date(2026, 3, 2)
SOON = date(2026, 3, 9)
ITEM = an_invoice()
TEN = {ITEM.key: Decimal(10)}
ARRANGED = Arrangement(
    "a", ArrangementKind.RETURN, TEN, TEN, TODAY, SOON, "ana", TODAY + timedelta(days=5)
)
PLAN = Plan("p", (Instalment(SOON, Decimal(4)),), TEN, TEN, "EUR", TODAY, date(2026, 3, 10))


def a_case_of(*holds: Hold, **changes: object) -> Case:
    return replace(a_case(ITEM, as_of=TODAY), holds=holds, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hold", "kind", "on"),
    [
        (Dispute("d", TEN, "price", "léo", TODAY, SOON), "dispute", SOON),
        (PLAN, "plan_to_sign", date(2026, 3, 10)),
        (replace(PLAN, state=PlanState.AGREED), "instalment", SOON),
        (ARRANGED, "to_approve", date(2026, 3, 7)),
        (replace(ARRANGED, approved_by="zoé"), "arrangement", SOON),
        (ManualHold("h", "wait", TODAY, SOON), "hold", SOON),
    ],
)
def test_each_hold_has_the_date_that_people_wait_for(hold: Hold, kind: str, on: date) -> None:
    (found,) = deadlines_of(a_case_of(hold))
    assert (found.kind, found.on) == (kind, on)
    assert watched_dates(a_case_of(hold)) == (on,)


@pytest.mark.parametrize(
    "hold",
    [
        Dispute("d", TEN, "price", "léo", TODAY, SOON, resolved_on=TODAY),
        replace(PLAN, state=PlanState.ENDED),
        ManualHold("h", "wait", TODAY, None),
        UnreadReply("r", TODAY),
    ],
)
def test_what_is_over_or_has_no_end_has_no_date(hold: Hold) -> None:
    assert watched_dates(a_case_of(hold)) == ()


def test_a_promise_is_watched_and_is_no_deadline() -> None:
    promised = a_case_of(Promise("p", SOON, None, TEN, None, TODAY))
    assert watched_dates(promised) == (SOON,)
    assert deadlines_of(promised) == ()


def test_tasks_have_their_day_but_calls_which_have_their_list() -> None:
    task = Task("t", TaskKind.HAND_OVER, TODAY, SOON, performs=((ITEM.key, "litigation"),))
    call = Task("c", TaskKind.CALL, TODAY, TODAY)
    found = deadlines_of(a_case_of(tasks=(call, task)))
    assert found == (Deadline("hand_over", SOON, (ITEM.key,), "t"),)


def test_the_date_that_a_formal_notice_printed_counts_until_the_hand_over() -> None:
    notice = PerformedStep("formal_notice", TODAY, TODAY, Outcome.HANDED_OVER, "n", Level.LEVEL_3)
    sent = Progress((notice,), deadline=SOON)
    case = a_case_of(progress={ITEM.key: sent})
    assert [(one.kind, one.on) for one in deadlines_of(case)] == [("formal_notice", SOON)]
    over = replace(notice, step="litigation", outcome=Outcome.TASK_OPENED, level=Level.LITIGATION)
    gone = replace(sent, performed=(notice, over))
    assert deadlines_of(replace(case, progress={ITEM.key: gone})) == ()


def test_a_flag_is_looked_at_again_and_nothing_is_once_all_is_paid() -> None:
    flag = DebtorFlag(FlagKind.NEVER, "family", "zoé", TODAY, SOON, "zoé")
    case = a_case_of(ManualHold("h", "wait", TODAY, SOON))
    flagged = replace(case, debtor=replace(case.debtor, flag=flag))
    assert [one.kind for one in deadlines_of(flagged)] == ["flag", "hold"]
    assert watched_dates(replace(flagged, items={})) == ()
