"""Steps done: noted on each item with their level and channel, since the policy may change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from relance.domain.case import Case, Outcome, PerformedStep, Progress
from relance.domain.escalation.marks import is_step
from relance.domain.escalation.planned import planned_date
from relance.domain.escalation.position import place
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.policy import Channel, Level, Policy
from relance.domain.task import Task
from relance.domain.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Deed:
    """What performed steps. level: of a notice, for a step that the policy has lost since."""

    outcome: Outcome
    by: str
    channel: Channel
    level: Level | None = None


def perform(
    case: Case,
    performs: Iterable[tuple[ItemKey, str]],
    deed: Deed,
    policy: Policy,
    calendar: WorkingCalendar,
    on: date,
) -> Case:
    policy = policy.of(case.debtor)
    progress = dict(case.progress)
    for key, name in performs:
        if not is_step(name) or key not in case.items:
            continue
        before, item = progress.get(key, Progress()), case.items[key]
        done = _done(name, item, before, deed, policy, calendar, on)
        # Levels never go back: a call logged late does not undo the step done after it.
        ordered = sorted(
            (*before.performed, done), key=lambda step: place(step, item, policy, calendar)
        )
        progress[key] = replace(before, performed=tuple(ordered))
    return replace(case, progress=progress)


def written(case: Case, task: Task, policy: Policy, calendar: WorkingCalendar, on: date) -> Case:
    """A person says that they wrote the reminder of this task. It counts for no formal notice: we
    have not what it said.
    """
    for key, name in task.performs:
        step = policy.find(name)
        channel = step.channel if step else Channel.EMAIL
        deed = Deed(Outcome.BY_HAND, task.key, channel)
        case = perform(case, [(key, name)], deed, policy, calendar, on)
    return case


def _done(
    name: str,
    item: OpenItem,
    before: Progress,
    deed: Deed,
    policy: Policy,
    calendar: WorkingCalendar,
    on: date,
) -> PerformedStep:
    step = policy.find(name)
    planned = planned_date(step, item, before.deadline, calendar) if step else None
    level = step.level if step else deed.level
    return PerformedStep(name, planned or on, on, deed.outcome, deed.by, level, deed.channel)
