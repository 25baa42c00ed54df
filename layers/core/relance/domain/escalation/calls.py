"""Calls never block: made, or not made after three working days (design §5 rule 2)."""

from relance.domain.case import Case
from relance.domain.escalation.announcing import sales_held
from relance.domain.escalation.decision import CloseCall, Held, OpenCall, WithdrawCall
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import Situation
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel
from relance.domain.task import Task, TaskKind

CALL_EXPIRES_AFTER = 3
"""Working days after which a call that nobody logged counts as not made."""


def close_overdue_call(situation: Situation) -> CloseCall | None:
    task = situation.task(TaskKind.CALL)
    if task is None:
        return None
    waited = situation.calendar.count(task.due_on, situation.today)
    return CloseCall(task.key) if waited >= CALL_EXPIRES_AFTER else None


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
    until = situation.calendar.add(task.due_on, CALL_EXPIRES_AFTER)
    return [Held("call-open", tuple(sorted({item for item, _ in task.performs})), until)]


def call_task(case: Case) -> Task | None:
    return next((task for task in case.tasks if task.kind is TaskKind.CALL), None)


def _listed(task: Task | None) -> set[tuple[ItemKey, str]]:
    return set(task.performs) if task else set()
