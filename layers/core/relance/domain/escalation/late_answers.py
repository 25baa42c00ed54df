"""What waits for people too long: an approval, a file to hand over, said once each, higher up; a
reply, said every day.
"""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import Case, LiveNotice
from relance.domain.escalation.decision import EscalateTask, RemindApproval
from relance.domain.escalation.situation import Situation
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
    if awaiting is None or awaiting.escalated_on is not None:
        return None
    waited = situation.calendar.count(awaiting.planned_for, situation.today)
    if waited >= ESCALATED_AFTER:
        return RemindApproval(awaiting.id, ESCALATION)
    if waited >= REMINDED_AFTER and awaiting.reminded_on is None:
        return RemindApproval(awaiting.id, REMINDER)
    return None


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
    awaiting = _unapproved(situation.case)
    if awaiting is not None:
        waits = (REMINDED_AFTER, ESCALATED_AFTER)
        found += [situation.calendar.add(awaiting.planned_for, days) for days in waits]
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


def record_escalated(case: Case, action: EscalateTask, today: date) -> Case:
    tasks = tuple(
        replace(task, escalated_on=today) if task.key == action.task_key else task
        for task in case.tasks
    )
    return replace(case, tasks=tasks, agenda=today + timedelta(days=1))


def _unapproved(case: Case) -> LiveNotice | None:
    awaiting = case.awaiting
    return awaiting if awaiting is not None and awaiting.approved_by is None else None
