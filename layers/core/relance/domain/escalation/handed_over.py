"""After the hand-over nothing leaves until a person takes the file back; what falls due meanwhile
joins it by a task (design §5 rule 8).
"""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import Case, Progress
from relance.domain.escalation.decision import Action, Held, OpenTask, Performs
from relance.domain.escalation.flagged import review_flag
from relance.domain.escalation.late_answers import escalate_hand_over, late_dates
from relance.domain.escalation.position import is_formal_notice, level_of
from relance.domain.escalation.situation import Situation
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level, Policy, Step
from relance.domain.task import TaskKind

JOINED_WITHIN = 2
"""Working days."""
LONG_REVIEW = timedelta(days=30)


def after_hand_over(situation: Situation) -> tuple[list[Action], list[Held]]:
    found = (escalate_hand_over(situation), _join_file(situation), review_flag(situation))
    actions: list[Action] = [action for action in found if action is not None]
    return actions, [Held("handed-over", until=_next_look(situation))]


def joining(situation: Situation, step: Step) -> Performs:
    """What else is late and free when the file goes: it goes with it."""
    return tuple((key, step.key) for key in _outside(situation))


def taken_back(case: Case, policy: Policy, today: date) -> tuple[Case, tuple[ItemKey, ...]]:
    """The file back where it was before its formal notice: with a new one, which a person approves,
    a new date is announced. The items that it was about, none when nothing was handed over.
    """
    keys = tuple(key for key, one in case.progress.items() if one.is_handed_over)
    progress = dict(case.progress)
    for key in keys:
        progress[key] = _without_file(progress[key], policy)
    gone = {TaskKind.HAND_OVER, TaskKind.JOIN_FILE}
    back = replace(
        case,
        progress=progress,
        tasks=tuple(task for task in case.tasks if task.kind not in gone),
        agenda=today + timedelta(days=1) if case.open_items else None,
    )
    return back, keys


def _without_file(progress: Progress, policy: Policy) -> Progress:
    performed = tuple(
        replace(step, taken_back=True)
        if step.level is Level.LITIGATION or is_formal_notice(step, policy)
        else step
        for step in progress.performed
    )
    return replace(progress, performed=performed, deadline=None)


def _join_file(situation: Situation) -> OpenTask | None:
    """One task at a time; opened, they are in the file."""
    step = _last_step(situation)
    late = _outside(situation)
    if step is None or not late or situation.task(TaskKind.JOIN_FILE) is not None:
        return None
    if situation.gate.step_held(step) is not None:
        return None
    due = situation.calendar.add(situation.today, JOINED_WITHIN)
    performs = tuple((key, step.key) for key in late)
    return OpenTask(TaskKind.JOIN_FILE, performs, due, "joins-the-file", late)


def _outside(situation: Situation) -> tuple[ItemKey, ...]:
    late = situation.overdue_keys()
    return tuple(sorted(key for key in late if not _is_in_file(situation, key)))


def _is_in_file(situation: Situation, key: ItemKey) -> bool:
    last = situation.case.progress_of(key).last
    return last is not None and level_of(last, situation.policy) is Level.LITIGATION


def _last_step(situation: Situation) -> Step | None:
    steps = (s for s in situation.policy.steps if s.level is Level.LITIGATION)
    return next(steps, None)


def _next_look(situation: Situation) -> date:
    """The day after the next due date outside the file, a late hand-over, or a month."""
    calendar, today = situation.calendar, situation.today
    dates = [today + LONG_REVIEW, *late_dates(situation)]
    dates += [
        calendar.first_open(rest.item.due_date) + timedelta(days=1)
        for key, rest in situation.account.items()
        if rest.item.due_date and not _is_in_file(situation, key)
    ]
    if _outside(situation):
        dates.append(today + timedelta(days=1))
    return min(day for day in dates if day > today)
