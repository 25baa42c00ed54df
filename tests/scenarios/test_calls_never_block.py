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
from tests.world import World

DUE = date(2026, 3, 2)
DAYS = 62
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


@settings(max_examples=15)
@given(done=deeds, cap=st.sampled_from((0, 1, 15)), start=st.sampled_from((DUE, date(2026, 4, 27))))
def test_no_message_is_later_because_of_a_call(done: list[Deed], cap: int, start: date) -> None:
    left = iter(done)
    lived = sent_in(start, lambda world: deal_with(world, left), cap)
    assert [step for step, _ in lived] == [step for step, _ in uncalled(start)]
    for (step, day), (_, latest) in zip(lived, uncalled(start), strict=True):
        assert day <= latest, step


@pytest.mark.parametrize("start", [DUE, date(2026, 4, 27)])
def test_the_escalation_reaches_its_end_though_nobody_ever_calls(start: date) -> None:
    """So that the property above compares with something."""
    steps = [step for step, _ in uncalled(start)]
    assert steps == ["email_1", "email_2", "letter_2", "email_3", "formal_notice"]


@cache
def uncalled(start: date) -> list[tuple[str, date]]:
    return sent_in(start, lambda _: None, 15)


def sent_in(start: date, calls: Callable[[World], None], cap: int) -> list[tuple[str, date]]:
    world = World(start, with_cap(cap))
    world.owes(an_invoice(due=start, amount="700"))

    def people(_: date) -> None:
        calls(world)
        awaiting = world.case().awaiting
        if awaiting is not None and awaiting.approved_by is None:
            approve_notice("acme", awaiting.id, "paul", office=world.office)

    world.run_days(start, start + timedelta(days=DAYS), people)
    return [(step, day) for day, step in world.steps_sent()]


def deal_with(world: World, left: Iterator[Deed]) -> None:
    task = call_task(world.case())
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
