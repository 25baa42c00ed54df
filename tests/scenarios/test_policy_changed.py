"""A policy is edited, or replaced, while cases run: a step done is a step that it no longer has.

2026-03-02 is a Monday.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.adapters.memory.world import MemoryPolicies
from relance.application.log_call import CallResult, log_call
from relance.application.people import approve_notice
from relance.application.ports import SendOutcomeUnknown
from relance.domain.case import Case, Outcome, PerformedStep, Progress, Reminded
from relance.domain.checklist import ALL_CHECKS
from relance.domain.delivery import DeliveryEvent
from relance.domain.errors import RelanceError
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import Decision, OpenTask, PlanMessage
from relance.domain.notice import NoticeStatus
from relance.domain.policy import Channel, Level, Policy
from relance.domain.task import TaskKind
from tests.builders import CALENDAR, a_case, an_invoice, seen_on, standard_policy
from tests.world import World, at

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
TODAY = MONDAY + 23 * DAY
STANDARD = standard_policy()
ITEM = an_invoice(due=MONDAY, amount="400")


def without(*keys: str) -> Policy:
    return replace(STANDARD, steps=tuple(s for s in STANDARD.steps if s.key not in keys))


def renamed(**names: str) -> Policy:
    steps = tuple(replace(step, key=names.get(step.key, step.key)) for step in STANDARD.steps)
    return replace(STANDARD, steps=steps)


def after(step: str, day: date, level: Level | None, outcome: Outcome = Outcome.SENT) -> Case:
    """The invoice after that step, done on its planned day."""
    done = PerformedStep(step, day, day, outcome, "n0", level)
    reminded = tuple(Reminded(day - 7 * n * DAY, f"n{n}") for n in range(3))
    return replace(a_case(ITEM), progress={ITEM.key: Progress((done,), reminded)})


def look(case: Case, policy: Policy, today: date = TODAY) -> Decision:
    return decide(seen_on(case, today), policy, CALENDAR, today)


def next_message(case: Case, policy: Policy, today: date = TODAY) -> str:
    (message,) = [a for a in look(case, policy, today).actions if isinstance(a, PlanMessage)]
    return message.step.key


# ------------------------------------------------------------------ the item


def test_a_step_removed_from_the_policy_is_followed_by_the_one_that_came_after_it() -> None:
    case = after("email_2", MONDAY + 14 * DAY, Level.LEVEL_1)
    assert next_message(case, without("email_2")) == "letter_2"


def test_a_step_renamed_is_not_done_again() -> None:
    case = after("email_2", MONDAY + 14 * DAY, Level.LEVEL_1)
    assert next_message(case, renamed(email_2="second_email")) == "letter_2"


def test_a_later_step_of_the_same_level_is_still_done() -> None:
    case = after("first_email", MONDAY + 3 * DAY, Level.LEVEL_1)
    assert next_message(case, without("email_1")) == "email_2"


def test_no_level_is_gone_back_to_in_another_policy() -> None:
    """Whatever its dates: the level of the step done is the least that is said next."""
    case = after("friendly_letter", MONDAY + 1 * DAY, Level.LEVEL_2)
    assert next_message(case, STANDARD, MONDAY + 42 * DAY) == "letter_2"
    late = after("friendly_letter", MONDAY + 30 * DAY, Level.LEVEL_2)
    assert next_message(late, STANDARD, MONDAY + 42 * DAY) == "email_3"


def test_no_second_formal_notice_whatever_its_date_in_the_new_policy() -> None:
    formal = after("mise_en_demeure", MONDAY + 20 * DAY, Level.LEVEL_3, Outcome.HANDED_OVER)
    progress = replace(formal.progress[ITEM.key], deadline=MONDAY + 35 * DAY)
    formal = replace(formal, progress={ITEM.key: progress})
    waiting = look(formal, STANDARD, MONDAY + 30 * DAY)
    assert not waiting.actions
    assert "formal-notice-running" in {held.reason for held in waiting.held}
    (task,) = look(formal, STANDARD, MONDAY + 63 * DAY).actions
    assert isinstance(task, OpenTask)
    assert task.kind is TaskKind.HAND_OVER


def test_nothing_leaves_after_a_hand_over_that_the_policy_no_longer_has() -> None:
    case = after("passage", MONDAY + 20 * DAY, Level.LITIGATION, Outcome.TASK_OPENED)
    decision = look(case, without("hand_over"))
    assert not decision.actions
    assert "handed-over" in {held.reason for held in decision.held}


def test_a_call_renamed_is_not_made_again() -> None:
    item = an_invoice(due=MONDAY, amount="900")
    done = (
        PerformedStep("email_1", MONDAY + 3 * DAY, MONDAY + 3 * DAY, Outcome.SENT, "n1"),
        PerformedStep(
            "call_1", MONDAY + 7 * DAY, MONDAY + 7 * DAY, Outcome.REACHED, "c1", Level.LEVEL_1
        ),
    )
    case = replace(a_case(item), progress={item.key: Progress(done)})
    assert next_message(case, renamed(call_1="first_call"), MONDAY + 14 * DAY) == "email_2"


def test_an_unknown_step_of_an_unknown_level_is_neither_chased_nor_forgotten() -> None:
    """What was recorded before levels were: a person looks, and it is said why."""
    case = after("email_9", MONDAY + 14 * DAY, None)
    decision = look(case, STANDARD)
    (task,) = decision.actions
    assert isinstance(task, OpenTask)
    assert (task.kind, task.reason, task.items) == (
        TaskKind.REVIEW,
        "step-unknown",
        (ITEM.key,),
    )
    assert "step-unknown" in {held.reason for held in decision.held}


def test_the_other_items_of_the_case_go_on() -> None:
    other = an_invoice("B", due=TODAY - 6 * DAY, amount="400")
    lost = after("email_9", MONDAY + 14 * DAY, None)
    case = replace(lost, items={**lost.items, other.key: other})
    assert next_message(case, STANDARD) == "email_1"


def test_a_step_asked_by_name_that_is_not_there_is_an_error_with_a_code() -> None:
    with pytest.raises(RelanceError, match="step-unknown"):
        STANDARD.step("email_9")


# ------------------------------------------------------------------ what is in flight


def with_policy(world: World, policy: Policy) -> None:
    world.office = replace(world.office, policies=MemoryPolicies(policy))


def test_a_planned_notice_of_a_step_that_is_gone_is_withheld_with_its_reason() -> None:
    world = World(MONDAY)
    world.owes(ITEM)
    thursday = MONDAY + 3 * DAY
    world.run_days(MONDAY, thursday - DAY)
    world.plan(thursday)
    live = world.case().live
    assert live is not None
    with_policy(world, without("email_1"))
    world.clock.set(at(thursday, 10))
    report = world.send(live.id)
    assert (report.status, report.reason) == ("withheld", "step-unknown")
    assert world.case().live is None
    world.run_days(thursday + DAY, MONDAY + 14 * DAY)
    assert world.steps_sent() == [(MONDAY + 14 * DAY, "email_2")]


def test_a_notice_that_left_is_recorded_though_its_step_is_gone() -> None:
    """An event comes after the policy was edited: what was done is done, at its level."""
    world = World(MONDAY)
    world.owes(ITEM)
    thursday = MONDAY + 3 * DAY
    world.run_days(MONDAY, thursday - DAY)
    world.plan(thursday)
    world.clock.set(at(thursday, 10))

    world.clock.set(at(thursday, 10))
    live = world.case().live
    assert live is not None
    world.carrier.failing.append(SendOutcomeUnknown("read-timeout"))
    world.send(live.id)
    with_policy(world, without("email_1"))
    world.delivery(live.id, DeliveryEvent.SEND)
    done = world.case().progress_of(ITEM.key).last
    assert done is not None
    assert (done.step, done.level, done.channel) == ("email_1", Level.LEVEL_1, Channel.EMAIL)


def test_a_formal_notice_awaiting_approval_expires_with_its_step() -> None:
    world = World(MONDAY)
    world.owes(ITEM)
    world.run_days(MONDAY, MONDAY + 46 * DAY)
    awaiting = world.case().awaiting
    assert awaiting is not None
    approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)
    with_policy(world, renamed(formal_notice="mise_en_demeure"))
    world.run_days(MONDAY + 47 * DAY, MONDAY + 49 * DAY)
    ended = world.stores.of("acme").notices.get(awaiting.id)
    assert ended.status is NoticeStatus.EXPIRED
    proposed = world.case().awaiting
    assert proposed is not None
    assert (proposed.step, proposed.approved_by) == ("mise_en_demeure", None)


def test_a_call_logged_about_a_step_that_is_gone_performs_nothing() -> None:
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount="900"))
    world.run_days(MONDAY, MONDAY + 7 * DAY)
    assert call_task(world.case()) is not None
    with_policy(world, without("call_1"))
    log_call("acme", "C001", "claire", CallResult("reached"), office=world.office)
    last = world.case().progress_of(ITEM.key).last
    assert last is not None
    assert last.step == "email_1"
    assert call_task(world.case()) is None
    assert world.case().contacts[-1].channel is Channel.CALL


def test_a_formal_notice_recalls_what_was_done_under_another_policy() -> None:
    world = World(MONDAY)
    world.owes(ITEM)
    world.run_days(MONDAY, MONDAY + 40 * DAY)
    with_policy(world, renamed(email_1="one", email_2="two", letter_2="three", email_3="four"))

    def people(_: date) -> None:
        awaiting = world.case().awaiting
        if awaiting is not None and awaiting.approved_by is None:
            approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)

    world.run_days(MONDAY + 41 * DAY, MONDAY + 52 * DAY, people)
    formal = world.carrier.sent[-1]
    assert formal.notice.is_formal_notice
    assert [(past.channel, past.level) for past in formal.history] == [
        (Channel.EMAIL, Level.LEVEL_1),
        (Channel.EMAIL, Level.LEVEL_1),
        (Channel.EMAIL, Level.LEVEL_2),
        (Channel.EMAIL, Level.LEVEL_2),
    ]
