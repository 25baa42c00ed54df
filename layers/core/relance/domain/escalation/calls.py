"""Calls never block: made, or not made after three working days (design §5 rule 2)."""

from relance.domain.case import Case
from relance.domain.escalation.decision import CloseCall, Held, OpenCall
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


def plan_call(situation: Situation, blocked: set[ItemKey]) -> tuple[OpenCall | None, list[Held]]:
    """One call task per debtor, listing every call step that is due."""
    listed = _listed(situation.task(TaskKind.CALL))
    due = [
        step
        for step in situation.due()
        if step.step.channel is Channel.CALL
        and step.item.key not in blocked
        and (step.item.key, step.step.key) not in listed
    ]
    if not due:
        return None, []
    stop = situation.gate.step_held(due[0].step) or situation.gate.budget_spent()
    if stop is not None:
        items = tuple(step.item.key for step in due)
        return None, [Held(stop.reason, items, stop.until)]
    performs = tuple(sorted((step.item.key, step.step.key) for step in due))
    return OpenCall(performs, situation.today), []


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
