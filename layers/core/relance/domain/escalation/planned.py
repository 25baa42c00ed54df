"""The date that the policy gives to a step of an item (design §5 rule 1)."""

from datetime import date, timedelta

from relance.domain.open_item import OpenItem
from relance.domain.policy import Base, Step
from relance.domain.working_days import WorkingCalendar


def planned_date(
    step: Step, item: OpenItem, deadline: date | None, calendar: WorkingCalendar
) -> date | None:
    """base + after_days on an open day; lateness starts on the first open day from the due date."""
    if step.base is Base.DEADLINE:
        return None if deadline is None else calendar.add(deadline, step.after_days)
    base = item.issue_date if step.base is Base.ISSUE_DATE else item.due_date
    if base is None:
        return None
    if step.is_after_due:
        base = calendar.first_working(base)
    return calendar.first_open(base + timedelta(days=step.after_days))
