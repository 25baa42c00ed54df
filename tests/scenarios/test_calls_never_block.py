"""Rule 2: a call never blocks. Whatever is done of calls, no message leaves later than it would
have, had nobody ever called: three working days, and the call counts as not made.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from relance.application.log_call import CallResult, log_call
from relance.application.people import approve_notice
from relance.domain.creditor import Creditor
from relance.domain.escalation.called import CallRefused
from relance.domain.escalation.calls import call_task
from tests.builders import CALENDAR, a_creditor, a_profile, an_invoice
from tests.scenarios.watcher import peek
from tests.world import World

STARTS = (date(2026, 3, 2), date(2026, 4, 27))
DAYS = 62
WEEK = timedelta(days=7)
Sent = tuple[date, str, str]
OUTCOMES = (
    "reached",
    "waiting-for-approval",
    "voicemail",
    "unreachable",
    "wrong-number",
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a collector does of a call that is open; outcome None: nothing that day; again: open
    days until the call agreed, 0: none.
    """

    outcome: str | None
    again: int = 0


deeds = st.lists(
    st.builds(Deed, st.sampled_from((None, *OUTCOMES)), st.integers(0, 10)), max_size=20
)


@settings(max_examples=12)
@given(done=deeds, cap=st.sampled_from((0, 15)), start=st.sampled_from(STARTS))
def test_no_message_is_later_because_of_a_call(done: list[Deed], cap: int, start: date) -> None:
    """The mail that says that calls were vain is a reminder (rule 2): what follows keeps its seven
    days from it, and no more.
    """
    left = iter(done)
    lived = sent_in(start, lambda world: deal_with(world, left), cap)
    latest = {step: day for day, step, _ in uncalled(start)}
    vain = [day for day, _, template in lived if template == "tried_to_reach"]
    steps = [(day, step) for day, step, template in lived if template != "tried_to_reach"]
    assert [step for _, step in steps] == list(latest)
    for day, step in steps:
        after_mail = [CALENDAR.first_open(one + WEEK) for one in vain if one < day < one + 2 * WEEK]
        assert day <= max([latest[step], *after_mail]), step


@pytest.mark.parametrize("start", STARTS)
def test_the_escalation_reaches_its_end_though_nobody_ever_calls(start: date) -> None:
    """So that the property above compares with something."""
    steps = [step for _, step, _ in uncalled(start)]
    assert steps == ["email_1", "email_2", "letter_2", "email_3", "formal_notice"]


@cache
def uncalled(start: date) -> list[Sent]:
    return sent_in(start, lambda _: None, 15)


def sent_in(start: date, calls: Callable[[World], None], cap: int) -> list[Sent]:
    """Day, step and template of every message. Nothing is looked at on days that change nothing."""
    world = World(start, with_cap(cap))
    world.owes(an_invoice(due=start, amount="700"))

    def people(_: date) -> None:
        calls(world)
        awaiting = peek(world).awaiting
        if awaiting is not None and awaiting.approved_by is None:
            approve_notice("acme", awaiting.id, "paul", office=world.office)

    for day in (start + timedelta(days=n) for n in range(DAYS)):
        case = peek(world)
        if call_task(case) is not None or (case.agenda is not None and case.agenda <= day):
            world.run_days(day, day, people)
    return [(c.written_on, c.notice.step, c.notice.template) for c in world.carrier.sent]


def deal_with(world: World, left: Iterator[Deed]) -> None:
    task = call_task(peek(world))
    deed = next(left, None) if task is not None else None
    if deed is None or deed.outcome is None:
        return
    again = CALENDAR.add(world.today, deed.again) if deed.again else None
    try:
        result = CallResult(deed.outcome, again=again)
        log_call("acme", "C001", "claire", result, office=world.office)
    except CallRefused:  # a day that is out of limits
        log_call("acme", "C001", "claire", CallResult(deed.outcome), office=world.office)


def with_cap(cap: int) -> Creditor:
    profile = a_profile()
    collectors = tuple(replace(c, max_calls_per_day=cap) for c in profile.collectors)
    return replace(a_creditor(), profile=replace(profile, collectors=collectors))
