"""What a decision does to a case beside messages, calls and tasks opened."""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import Case
from relance.domain.escalation.announcing import record_told
from relance.domain.escalation.decision import (
    Chore,
    EscalateTask,
    RemindApproval,
    RemindArrangement,
    TellSalesperson,
)
from relance.domain.escalation.late_answers import (
    record_arrangement_reminded,
    record_escalated,
    record_reminded,
)


def do_chore(case: Case, chore: Chore, today: date) -> Case:
    if isinstance(chore, TellSalesperson):
        return record_told(case, chore, today)
    if isinstance(chore, RemindApproval):
        return record_reminded(case, chore, today)
    if isinstance(chore, RemindArrangement):
        return record_arrangement_reminded(case, chore, today)
    if isinstance(chore, EscalateTask):
        return record_escalated(case, chore, today)
    return replace(case.without_task(chore.task_key), agenda=today + timedelta(days=1))
