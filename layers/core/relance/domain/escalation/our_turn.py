"""What we owe a customer first is followed: its owner is reminded until it is done, since it holds
their items (issue 4: something to mend on our side).
"""

from datetime import date

from relance.domain.escalation.decision import RemindTask
from relance.domain.escalation.situation import Situation
from relance.domain.task import OUR_TURN, Task
from relance.domain.working_days import WorkingCalendar

REMIND_EVERY = 2
"""Working days between two reminders, from the target date on."""


def remind_our_turn(situation: Situation) -> tuple[RemindTask, ...]:
    return tuple(
        RemindTask(task.key)
        for task in situation.case.tasks
        if is_followed(task) and reminded_next(task, situation.calendar) <= situation.today
    )


def is_followed(task: Task) -> bool:
    """Of an owner who is written to by e-mail, `disputes` follows it."""
    return task.kind in OUR_TURN and task.owner_email is None


def reminded_next(task: Task, calendar: WorkingCalendar) -> date:
    """The day after its target, then every other working day."""
    if task.reminded_on is None:
        return calendar.add(task.due_on, 1)
    return calendar.add(task.reminded_on, REMIND_EVERY)
