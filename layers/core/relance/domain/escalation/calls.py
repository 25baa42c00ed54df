"""Calls never block: made, or not made after three working days (design §5 rule 2)."""

from datetime import date

from relance.domain.case import Case
from relance.domain.escalation.announcing import sales_held
from relance.domain.escalation.decision import CloseCall, Held, OpenCall, WithdrawCall
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import Situation
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel
from relance.domain.task import Task, TaskKind
from relance.domain.working_days import WorkingCalendar

CALL_EXPIRES_AFTER = 3
"""Working days after which a call that nobody logged counts as not made."""


def close_overdue_call(situation: Situation) -> CloseCall | None:
    """Its steps are over three working days after their date, whatever day was agreed for the call;
    an appointment that does no step, three working days after its own.
    """
    task = situation.task(TaskKind.CALL)
    if task is None or situation.today < call_ends(task, situation.calendar):
        return None
    return CloseCall(task.key, "appointment-missed" if task.is_appointment else "call-not-made")


def call_ends(task: Task, calendar: WorkingCalendar) -> date:
    since = task.again_on if task.is_appointment and task.again_on else task.due_on
    return calendar.add(since, CALL_EXPIRES_AFTER)


def calls_coming(situation: Situation, opened: OpenCall | None = None) -> int:
    """Contacts of the week already: a call still to make, opened today or before. One agreed with
    the customer is like an answer to them, in no budget: it holds no message back. Nor does one
    that was tried: its attempts are counted, and the next one is no other contact.
    """
    task = situation.task(TaskKind.CALL)
    if task is None or task.is_appointment:
        return 0 if opened is None else 1
    return 0 if any(contact.by == task.key for contact in situation.case.contacts) else 1


def withdraw_call(situation: Situation) -> WithdrawCall | None:
    """Nobody calls about what was promised, disputed or covered since, nor about a step that gave
    way to a later one: left in the task it would count as done and bring the item back or ahead.
    Nor about anything once a formal notice is approved: all else waits (rule 8).
    """
    task = situation.task(TaskKind.CALL)
    if task is None:
        return None
    if situation.formal_notice_running:
        return WithdrawCall(task.key, task.performs, "formal-notice-running")
    never = situation.gate.never_held()
    if never is not None:
        return WithdrawCall(task.key, task.performs, never.reason)
    if task.is_appointment:
        return None if situation.account else WithdrawCall(task.key, (), "settled")
    due = {(step.item.key, step.step.key) for step in situation.due()}
    needless = tuple(pair for pair in task.performs if pair not in due)
    if not needless:
        return None
    rest = situation.account.get(needless[0][0])
    reason = rest.hold_reason() if rest else "settled"
    return WithdrawCall(task.key, needless, reason or "overtaken")


def plan_call(situation: Situation, blocked: set[ItemKey]) -> tuple[OpenCall | None, list[Held]]:
    """One call task per debtor, listing every call step that is due."""
    listed = _listed(situation.task(TaskKind.CALL))
    due: list[NextStep] = []
    held: list[Held] = []
    for step in situation.due():
        if step.step.channel is not Channel.CALL or step.item.key in blocked:
            continue
        if (step.item.key, step.step.key) in listed:
            continue
        stop = situation.gate.step_held(step.step) or situation.gate.budget_spent()
        stop = stop or sales_held(situation, step)
        if stop is None:
            due.append(step)
        else:
            held.append(Held(stop.reason, (step.item.key,), stop.until))
    performs = tuple(sorted((step.item.key, step.step.key) for step in due))
    return (OpenCall(performs, situation.today) if due else None), held


def waiting_for_call(situation: Situation) -> list[Held]:
    task = situation.task(TaskKind.CALL)
    if task is None:
        return []
    until = call_ends(task, situation.calendar)
    if task.is_appointment:
        return [Held("call-agreed", tuple(sorted(situation.account)), until)]
    return [Held("call-open", tuple(sorted({item for item, _ in task.performs})), until)]


def call_task(case: Case) -> Task | None:
    return next((task for task in case.tasks if task.kind is TaskKind.CALL), None)


def _listed(task: Task | None) -> set[tuple[ItemKey, str]]:
    return set(task.performs) if task else set()
