"""What waits for people too long: an approval, a file to hand over, said once each, higher up; a
reply, said every day.
"""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import Case, LiveNotice
from relance.domain.escalation.decision import EscalateTask, RemindApproval, RemindArrangement
from relance.domain.escalation.situation import Situation
from relance.domain.holds import Arrangement
from relance.domain.task import TaskKind
from relance.domain.working_days import WorkingCalendar

REMINDED_AFTER = 2
ESCALATED_AFTER = 5
"""Working days from the day on which the approval was asked for, or the reply came."""

UNREAD, LONG_UNREAD = "reply-unread", "reply-unread-long"
"""A reply that nobody marked seen after as many working days."""

REMINDER, ESCALATION = "approval-reminder", "approval-escalated"


def chase_approval(situation: Situation) -> RemindApproval | None:
    awaiting = _unapproved(situation.case)
    if awaiting is None:
        return None
    reason = _waited_too_long(situation, awaiting, awaiting.planned_for)
    return RemindApproval(awaiting.id, reason) if reason else None


def chase_arrangements(situation: Situation) -> list[RemindArrangement]:
    """What a person arranged, and another one is to approve before it lapses."""
    waiting = _arrangements(situation.case)
    late = ((one.key, _waited_too_long(situation, one, one.recorded_on)) for one in waiting)
    return [RemindArrangement(key, reason) for key, reason in late if reason]


def _waited_too_long(
    situation: Situation, waiting: LiveNotice | Arrangement, since: date
) -> str | None:
    if waiting.escalated_on is not None:
        return None
    waited = situation.calendar.count(since, situation.today)
    if waited >= ESCALATED_AFTER:
        return ESCALATION
    return REMINDER if waited >= REMINDED_AFTER and waiting.reminded_on is None else None


def escalate_hand_over(situation: Situation) -> EscalateTask | None:
    """Not handed over in its five working days."""
    task = situation.task(TaskKind.HAND_OVER)
    if task is None or task.escalated_on is not None or task.due_on >= situation.today:
        return None
    return EscalateTask(task.key, "hand-over-late")


def unread_alert(received_on: date, calendar: WorkingCalendar, today: date) -> str | None:
    """It only says so: the hold that a reply is never ends alone (rule 5)."""
    waited = calendar.count(received_on, today)
    if waited >= ESCALATED_AFTER:
        return LONG_UNREAD
    return UNREAD if waited >= REMINDED_AFTER else None


def late_dates(situation: Situation) -> list[date]:
    """When people will have been waited for too long."""
    found: list[date] = []
    waits = (REMINDED_AFTER, ESCALATED_AFTER)
    awaiting = _unapproved(situation.case)
    if awaiting is not None:
        found += [situation.calendar.add(awaiting.planned_for, days) for days in waits]
    for one in _arrangements(situation.case):
        found += [situation.calendar.add(one.recorded_on, days) for days in waits]
    task = situation.task(TaskKind.HAND_OVER)
    if task is not None and task.escalated_on is None:
        found.append(situation.calendar.first_open(task.due_on + timedelta(days=1)))
    return found


def record_reminded(case: Case, action: RemindApproval, today: date) -> Case:
    awaiting = case.awaiting
    if awaiting is None or awaiting.id != action.notice_id:
        return case
    if action.reason == ESCALATION:
        told = replace(awaiting, escalated_on=today)
    else:
        told = replace(awaiting, reminded_on=today)
    return replace(case, awaiting=told, agenda=today + timedelta(days=1))


def record_arrangement_reminded(case: Case, action: RemindArrangement, today: date) -> Case:
    holds = tuple(
        _told(hold, action.reason, today)
        if isinstance(hold, Arrangement) and hold.key == action.key
        else hold
        for hold in case.holds
    )
    return replace(case, holds=holds, agenda=today + timedelta(days=1))


def _told(hold: Arrangement, reason: str, today: date) -> Arrangement:
    if reason == ESCALATION:
        return replace(hold, escalated_on=today)
    return replace(hold, reminded_on=today)


def record_escalated(case: Case, action: EscalateTask, today: date) -> Case:
    tasks = tuple(
        replace(task, escalated_on=today) if task.key == action.task_key else task
        for task in case.tasks
    )
    return replace(case, tasks=tasks, agenda=today + timedelta(days=1))


def _arrangements(case: Case) -> list[Arrangement]:
    return [h for h in case.holds if isinstance(h, Arrangement) and h.approved_by is None]


def _unapproved(case: Case) -> LiveNotice | None:
    awaiting = case.awaiting
    return awaiting if awaiting is not None and awaiting.approved_by is None else None
