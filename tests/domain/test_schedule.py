"""Rule 1: when a step is due. 2026-03-02 is a Monday."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.domain.case import Outcome, PerformedStep, Progress
from relance.domain.escalation.netting import Rest
from relance.domain.escalation.schedule import NextStep, next_step
from relance.domain.open_item import OpenItem
from tests.builders import CALENDAR, an_invoice, standard_policy

POLICY = standard_policy()
DUE = date(2026, 3, 2)
ZERO = Decimal(0)


def rest_of(item: OpenItem) -> Rest:
    return Rest(item, ZERO, ZERO, ZERO, ZERO, item.open_amount)


def progress(
    step: str, done: date, planned: date | None = None, deadline: date | None = None
) -> Progress:
    performed = PerformedStep(step, planned or done, done, Outcome.SENT, "n1")
    return Progress((performed,), deadline=deadline)


def due(item: OpenItem, done: Progress, today: date, held_until: date | None = None) -> NextStep:
    found = next_step(rest_of(item), done, POLICY, CALENDAR, today, held_until=held_until)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("last", "done", "step", "expected"),
    [
        ("preventive_call", date(2026, 2, 23), "email_1", date(2026, 3, 5)),
        ("email_1", date(2026, 3, 5), "call_1", date(2026, 3, 9)),
        ("call_1", date(2026, 3, 9), "email_2", date(2026, 3, 16)),
        ("email_2", date(2026, 3, 16), "letter_2", date(2026, 3, 24)),
        ("letter_2", date(2026, 3, 24), "call_2", date(2026, 4, 1)),
        ("call_2", date(2026, 4, 1), "email_3", date(2026, 4, 7)),
        ("email_3", date(2026, 4, 7), "call_3", date(2026, 4, 14)),
        ("call_3", date(2026, 4, 14), "formal_notice", date(2026, 4, 16)),
    ],
)
def test_an_item_on_time_follows_the_dates_of_the_policy(
    last: str, done: date, step: str, expected: date
) -> None:
    found = due(an_invoice(due=DUE, amount="2000"), progress(last, done), done)
    assert (found.step.key, found.due_on) == (step, expected)


def test_the_gap_is_the_difference_of_the_planned_dates_when_the_step_was_on_time() -> None:
    """E-mail 2 (+14) → letter (+22): eight days after it was really done, on its planned date."""
    on_time = progress("email_2", date(2026, 3, 16), planned=date(2026, 3, 16))
    assert due(an_invoice(due=DUE), on_time, DUE).due_on == date(2026, 3, 24)


def test_a_late_step_is_followed_after_seven_days_at_the_most() -> None:
    late = progress("email_2", date(2026, 5, 4), planned=date(2026, 3, 16))
    assert due(an_invoice(due=DUE), late, DUE).due_on == date(2026, 5, 11)


def test_a_late_step_with_a_short_gap_keeps_its_short_gap() -> None:
    late = progress("call_3", date(2026, 5, 4), planned=date(2026, 4, 14))
    assert due(an_invoice(due=DUE), late, DUE).due_on == date(2026, 5, 6)


def test_a_deadline_granted_in_writing_is_waited_for() -> None:
    done = progress("letter_2", date(2026, 3, 24), deadline=date(2026, 4, 10))
    assert due(an_invoice(due=DUE), done, DUE).due_on == date(2026, 4, 13)


def test_the_day_after_a_hold_is_the_first_possible() -> None:
    done = progress("email_1", date(2026, 3, 5))
    found = due(an_invoice(due=DUE), done, DUE, held_until=date(2026, 4, 1))
    assert found.due_on == date(2026, 4, 2)


def test_lateness_starts_on_the_first_open_day_from_the_due_date() -> None:
    """Due on Saturday 7 March: late from Monday 9, first e-mail three days later."""
    item = an_invoice(due=date(2026, 3, 7), amount="100")
    assert due(item, Progress(), date(2026, 3, 9)).due_on == date(2026, 3, 12)


def test_a_step_on_a_holiday_waits_for_the_next_open_day() -> None:
    """+3 from Monday 11 May is Thursday 14 May, Ascension."""
    item = an_invoice(due=date(2026, 5, 11), amount="100")
    assert due(item, Progress(), date(2026, 5, 11)).due_on == date(2026, 5, 15)


def test_the_delivery_check_gives_way_from_the_preventive_date_on() -> None:
    item = an_invoice(due=DUE, issued=date(2026, 2, 2), amount="9000")
    assert due(item, Progress(), date(2026, 2, 4)).step.key == "delivery_check"
    found = due(item, Progress(), DUE - timedelta(days=7))
    assert found.step.key == "preventive"
    assert ("delivery_check", "overtaken") in found.skipped


def test_the_preventive_reminder_gives_way_from_the_due_date_on() -> None:
    item = an_invoice(due=DUE)
    assert due(item, Progress(), DUE - timedelta(days=1)).step.key == "preventive"
    assert due(item, Progress(), DUE).step.key == "email_1"


def test_a_call_for_a_small_item_is_skipped_with_its_reason_and_no_other_step_is() -> None:
    found = due(an_invoice(due=DUE, amount="100"), progress("email_1", DUE), DUE)
    assert found.step.key == "email_2"
    assert found.skipped == (("call_1", "under-minimum"),)


def test_a_call_soon_after_another_waits_and_keeps_no_message_waiting() -> None:
    """Rule 3: a call is about all of the account. The message that follows it keeps its date."""
    item, done = an_invoice(due=DUE, amount="900"), progress("email_1", date(2026, 3, 5))
    called = date(2026, 3, 6) + timedelta(days=12)
    seen = {
        day: next_step(rest_of(item), done, POLICY, CALENDAR, day, calls_from=called)
        for day in (date(2026, 3, 9), date(2026, 3, 17), called)
    }
    first, before, later = seen.values()
    assert first is not None
    assert (first.step.key, first.due_on) == ("email_2", date(2026, 3, 16))
    assert ("call_1", "called-lately") in first.skipped
    assert before is not None
    assert before.step.key == "email_2"
    assert later is not None
    assert later.step.key == "call_1"


def test_a_call_that_comes_once_the_last_is_old_enough_is_told_with_its_date() -> None:
    item, done = an_invoice(due=DUE, amount="900"), progress("email_1", date(2026, 3, 5))
    called = date(2026, 3, 9)
    found = next_step(rest_of(item), done, POLICY, CALENDAR, DUE, calls_from=called)
    assert found is not None
    assert (found.step.key, found.due_on) == ("call_1", called)


def test_without_a_due_date_there_is_no_step() -> None:
    item = an_invoice(due=None)
    assert next_step(rest_of(item), Progress(), POLICY, CALENDAR, DUE) is None


def test_the_hand_over_is_two_working_days_after_the_printed_deadline() -> None:
    done = progress("formal_notice", date(2026, 4, 16), deadline=date(2026, 5, 1))
    found = due(an_invoice(due=DUE), done, DUE)
    assert (found.step.key, found.due_on) == ("hand_over", date(2026, 5, 5))


def test_without_a_formal_notice_nothing_is_handed_over() -> None:
    done = replace(progress("formal_notice", date(2026, 4, 16)), deadline=None)
    assert next_step(rest_of(an_invoice()), done, POLICY, CALENDAR, DUE) is None


STEPS = [step.key for step in POLICY.steps if step.is_after_due]


@given(
    last=st.sampled_from(STEPS[:-1]),
    done_after=st.integers(0, 200),
    due_in=st.integers(-200, 20),
)
def test_no_step_is_due_before_its_planned_date_nor_within_two_days_of_the_last(
    last: str, done_after: int, due_in: int
) -> None:
    item = an_invoice(due=DUE + timedelta(days=due_in), amount="5000")
    done = DUE + timedelta(days=due_in + done_after)
    found = due(item, progress(last, done, planned=done), done)
    assert found.due_on >= found.planned_for
    assert found.due_on >= done + timedelta(days=2)
    assert CALENDAR.is_open(found.due_on)
    assert POLICY.index(found.step.key) == POLICY.index(last) + 1


@pytest.mark.parametrize(
    ("payment_days", "expected"),
    [
        ((), date(2026, 3, 5)),
        ((10, 25), date(2026, 3, 12)),
        ((5,), date(2026, 3, 9)),
        ((31,), date(2026, 4, 2)),
    ],
)
def test_a_debtor_that_pays_on_fixed_days_is_given_its_next_run(
    payment_days: tuple[int, ...], expected: date
) -> None:
    """Due on Monday 2 March, first e-mail on the 5th; a run on the 10th, then two working days."""
    item = an_invoice(due=DUE, amount="100")
    found = next_step(rest_of(item), Progress(), POLICY, CALENDAR, DUE, payment_days=payment_days)
    assert found is not None
    assert found.due_on == expected


@pytest.mark.parametrize(
    ("last", "following", "waits"),
    [
        ("email_1", "call_1", False),
        ("call_1", "email_2", True),
        ("email_2", "letter_2", True),
        ("letter_2", "call_2", False),
        ("call_2", "email_3", True),
        ("call_3", "formal_notice", False),
    ],
)
def test_each_reminder_waits_for_the_next_run_no_call_nor_formal_notice_does(
    last: str, following: str, waits: bool
) -> None:
    """The run is on the 20th; its two working days are those of the calendar."""
    item = an_invoice(due=DUE, amount="5000")
    planned = DUE + timedelta(days=POLICY.step(last).after_days)
    before = progress(last, planned, planned=planned)
    free, moved = (
        next_step(rest_of(item), before, POLICY, CALENDAR, planned, payment_days=days)
        for days in ((), (20,))
    )
    assert free is not None
    assert moved is not None
    assert free.step.key == moved.step.key == following
    run = free.due_on.replace(day=20)
    if run < free.due_on:
        run = (run.replace(day=1) + timedelta(days=32)).replace(day=20)
    assert moved.due_on == (CALENDAR.add(run, 2) if waits else free.due_on)
