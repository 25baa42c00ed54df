"""Rule 2: a call never blocks. Whatever is done of calls, made or not, tried in vain, agreed for
another day or never on a list, each message leaves on the day that rules 1 to 3 give it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from relance.application import plans
from relance.application.log_call import CallResult, log_call
from relance.application.people import approve_notice
from relance.application.record_payment import record_payment
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import Creditor
from relance.domain.escalation.call_report import CallRefused
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.plans import PlanTerms
from relance.domain.policy import Channel
from tests.builders import CALENDAR, a_creditor, a_profile, an_invoice, standard_policy
from tests.scenarios.watcher import peek
from tests.world import World, at

STARTS = (date(2026, 3, 2), date(2026, 4, 27))
DAYS = 85
WEEK = timedelta(days=7)
POLICY = standard_policy()
ORDER = [step.key for step in POLICY.steps if step.is_after_due]
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


@dataclass(frozen=True, slots=True)
class Seen:
    """sent: day, step and template of every message; opened: the day of each call step."""

    sent: list[tuple[date, str, str]]
    opened: dict[str, date]


deeds = st.lists(
    st.builds(Deed, st.sampled_from((None, *OUTCOMES)), st.integers(0, 10)), max_size=20
)


@settings(max_examples=20)
@given(done=deeds, cap=st.sampled_from((0, 15)), start=st.sampled_from(STARTS))
def test_no_message_is_later_because_of_a_call(done: list[Deed], cap: int, start: date) -> None:
    left = iter(done)
    seen = lived(start, lambda world: deal_with(world, left), cap)
    found = {step: day for day, step, template in seen.sent if template != "tried_to_reach"}
    assert [step for step in ORDER if step in found] == list(found)
    assert len(found) == 5, f"the escalation stopped after {found}"
    latest_dates(start, found, seen)


def latest_dates(start: date, found: dict[str, date], seen: Seen) -> None:
    """Rule 1 from the step before, as it was really done; a call counts as made three working days
    after it was opened, at the latest. Rules 2 and 3: the mail that says that calls were vain is a
    reminder, what follows keeps seven days from it.
    """
    before, after_days = start, None
    for key in ORDER:
        step = POLICY.step(key)
        gap = timedelta(days=between(after_days, step.after_days))
        planned = CALENDAR.first_open(CALENDAR.first_open(start) + timedelta(step.after_days))
        latest = CALENDAR.first_open(max(planned, before + gap))
        if step.channel is Channel.CALL:
            assert seen.opened[key] <= latest, key
            before = CALENDAR.add(seen.opened[key], 3)
        else:
            mails = [d for d, _, template in seen.sent if template == "tried_to_reach"]
            held = [CALENDAR.first_open(one + WEEK) for one in mails if one < found[key]]
            if step.is_formal_notice:  # approved the day it is proposed, it leaves at the next run
                latest = CALENDAR.add(latest, 1)
            assert found[key] <= max([latest, *held]), key
            before = found[key]
        after_days = step.after_days


def between(earlier: int | None, later: int) -> int:
    return 0 if earlier is None else min(max(later - earlier, 2), 15)


@pytest.mark.parametrize("start", STARTS)
def test_calls_nobody_makes_leave_every_message_its_date(start: date) -> None:
    seen = lived(start, lambda _: None, 15)
    steps = [step for _, step, _ in seen.sent]
    assert steps == ["email_1", "email_2", "letter_2", "email_3", "formal_notice"]
    latest_dates(start, {step: day for day, step, _ in seen.sent}, seen)


def test_what_people_do_before_the_run_does_not_put_it_off() -> None:
    """Money noted at 7:00 on the day on which the call was over: found by the state machine, the
    call stayed open until the next day.
    """
    start = STARTS[0]
    world = World(start)
    world.owes(an_invoice(due=start, amount="700"))
    opened = start + timedelta(days=7)
    world.run_days(start, opened + timedelta(days=2))
    task = call_task(peek(world))
    assert task is not None
    assert task.due_on == opened
    third = opened + timedelta(days=3)
    world.clock.set(at(third, 7))
    record_payment(
        "acme", "C001", (), "claire", amount=Decimal(10), paid_on=None, office=world.office
    )
    world.plan(third)
    assert call_task(peek(world)) is None


def test_what_is_written_to_the_customer_before_the_run_does_not_put_it_off() -> None:
    """A plan proposed at 7:00 on that day: found by random lives."""
    start = STARTS[0]
    world = World(start)
    world.owes(an_invoice(due=start, amount="700"))
    opened = start + timedelta(days=7)
    world.run_days(start, opened + timedelta(days=2))
    third = opened + timedelta(days=3)
    world.clock.set(at(third, 7))
    terms = PlanTerms(Decimal(100), 2, third + timedelta(days=30))
    plans.propose("acme", "C001", terms, "claire", "", office=world.office, postbox=world.postbox)
    world.plan(third)
    assert call_task(peek(world)) is None


def lived(start: date, calls: Callable[[World], None], cap: int) -> Seen:
    """Nothing is looked at on days that change nothing."""
    world = World(start, with_cap(cap))
    world.owes(an_invoice(due=start, amount="700"))

    def people(_: date) -> None:
        calls(world)
        awaiting = peek(world).awaiting
        if awaiting is not None and awaiting.approved_by is None:
            approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)

    for day in (start + timedelta(days=n) for n in range(DAYS)):
        case = peek(world)
        if call_task(case) is not None or (case.agenda is not None and case.agenda <= day):
            world.run_days(day, day, people)
    sent = [(c.written_on, c.notice.step, c.notice.template) for c in world.carrier.sent]
    return Seen(sent, opened_in(world))


def opened_in(world: World) -> dict[str, date]:
    """When each call step was first put on a list."""
    opened: dict[str, date] = {}
    for entry in world.stores.of("acme").cases.history("C001"):
        if entry.kind == "call-opened":
            for pair in entry.facts["performs"].split():
                opened.setdefault(pair.rpartition(":")[2], date.fromisoformat(entry.facts["today"]))
    return opened


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
