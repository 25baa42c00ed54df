"""An instalment that misses: one reminder with eight days, then a person approves the end of the
plan (design §5 rule 5).
"""

from datetime import date, timedelta
from decimal import Decimal

from relance.domain.escalation.approval import approval_taken
from relance.domain.escalation.decision import Held, OpenTask, PlanMessage
from relance.domain.escalation.marks import PLAN
from relance.domain.escalation.own_steps import OWN_STEPS, PLAN_DEFAULT
from relance.domain.escalation.plans import (
    REMINDER_GRANTS,
    UNPAID_AFTER,
    Default,
    defaults,
    paid_instalments,
    share_of,
)
from relance.domain.escalation.recipients import addresses_of, recipient_mark, recipients_of
from relance.domain.escalation.situation import Situation
from relance.domain.holds import Plan, PlanState
from relance.domain.missing_data import seeks_email
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Step
from relance.domain.task import TaskKind

ENDED_WITHIN = 2
"""Working days to say whether a plan ends."""
STEP = OWN_STEPS[PLAN_DEFAULT]

PlanOutcome = tuple[PlanMessage | OpenTask | None, list[Held]]


def plan_deadline(step: Step, written_on: date) -> date | None:
    return written_on + timedelta(days=REMINDER_GRANTS) if step.key == PLAN_DEFAULT else None


def follow_plan(situation: Situation, calls: int) -> PlanOutcome:
    """What the plans of this case ask for today: nothing while a person is asked whether one ends.
    calls: to make, contacts of the week already.
    """
    if situation.task(TaskKind.END_PLAN) is not None:
        return None, []
    for late in defaults(situation.case, situation.calendar):
        if not _is_reminded(late):
            return _remind(situation, late, calls)
        end = _ask_for_end(situation, late)
        if end is not None:
            return end, []
    return None, []


def ask_unreminded(situation: Situation) -> OpenTask | None:
    """Whom people keep for themselves is not reminded of an instalment: a person is asked at once,
    since a task is no message.
    """
    if situation.gate.messages_held() is None or situation.task(TaskKind.END_PLAN) is not None:
        return None
    for late in defaults(situation.case, situation.calendar):
        if late.plan.asked_end_for != late.instalment:
            return _end(situation, late, "plan-in-default-unreminded")
    return None


def plan_dates(situation: Situation) -> list[date]:
    """When a plan is to be looked at: once something is late, every morning until a balance tells,
    or a person was asked.
    """
    found: list[date] = []
    for hold in situation.case.holds:
        if isinstance(hold, Plan) and hold.state is PlanState.AGREED:
            look = _look_at(situation, hold)
            found += [look] if look is not None else []
        elif isinstance(hold, Plan) and hold.state is PlanState.PROPOSED:
            found.append(hold.lapses_on + timedelta(days=1))
    return found


def _look_at(situation: Situation, plan: Plan) -> date | None:
    today, tomorrow = situation.today, situation.today + timedelta(days=1)
    first = paid_instalments(plan, situation.case)
    looks = {
        index: situation.calendar.add(one.due_on, UNPAID_AFTER)
        for index, one in enumerate(plan.instalments)
        if index >= first
    }
    days = [day for day in looks.values() if day > today]
    last = max((index for index, day in looks.items() if day <= today), default=None)
    if last is not None and plan.asked_end_for != last:
        reminder = plan.reminder
        reminded = reminder if reminder and reminder.instalment == last else None
        days.append(max(tomorrow, reminded.deadline + timedelta(days=1)) if reminded else tomorrow)
    return min(days, default=None)


def plan_changed(situation: Situation, asked: dict[ItemKey, Decimal]) -> str | None:
    """Why the reminder of an instalment is no longer true, or None."""
    for late in defaults(situation.case, situation.calendar):
        if not _is_reminded(late) and share_of(late, situation.account) == asked:
            return None
    return "plan-kept-again"


def _is_reminded(late: Default) -> bool:
    reminder = late.plan.reminder
    return reminder is not None and reminder.instalment == late.instalment


def _remind(situation: Situation, late: Default, calls: int) -> PlanOutcome:
    items = tuple(late.plan.amounts)
    gate = situation.gate
    stop = gate.step_held(STEP) or gate.too_soon() or gate.budget_spent(calls)
    stop = stop or approval_taken(situation.case, STEP)
    recipients = recipients_of(situation.case, STEP, Channel.EMAIL)
    if stop is None and recipients:
        stop = gate.payer_held(addresses_of(recipients), calls)
    if stop is not None:
        return None, [Held(stop.reason, items, stop.until)]
    if not recipients:
        return _find_contact(situation, items), [Held("no-contact", items)]
    asked = share_of(late, situation.account)
    message = PlanMessage(
        step=STEP,
        channel=Channel.EMAIL,
        performs=tuple(sorted((key, f"{PLAN_DEFAULT}{PLAN}") for key in asked)),
        asked=asked,
        recipients=recipients,
        recipient_mark=recipient_mark(situation.case, recipients, Channel.EMAIL),
        template=PLAN_DEFAULT,
        reason="instalment-unpaid",
    )
    return (message, []) if asked else (None, [])


def _find_contact(situation: Situation, items: tuple[ItemKey, ...]) -> OpenTask | None:
    if any(map(seeks_email, situation.case.tasks)):
        return None
    due = situation.calendar.add(situation.today, 2)
    return OpenTask(TaskKind.FIND_CONTACT, (), due, "no-contact", items)


def _ask_for_end(situation: Situation, late: Default) -> OpenTask | None:
    """On a balance dated after the days given, once per instalment."""
    plan, seen = late.plan, situation.case.facts.balance.fresh_as_of
    given = plan.reminder is not None and seen is not None and seen > plan.reminder.deadline
    asked = plan.asked_end_for == late.instalment
    if not given or asked:
        return None
    return _end(situation, late, "plan-in-default")


def _end(situation: Situation, late: Default, reason: str) -> OpenTask:
    due = situation.calendar.add(situation.today, ENDED_WITHIN)
    return OpenTask(TaskKind.END_PLAN, (), due, reason, tuple(late.plan.amounts))
