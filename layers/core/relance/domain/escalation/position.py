"""Where an item stands in the present policy, perhaps another than the one it was chased by."""

from relance.domain.case import PerformedStep, Progress
from relance.domain.escalation.planned import planned_date
from relance.domain.open_item import OpenItem
from relance.domain.policy import Channel, Level, Policy, Step
from relance.domain.working_days import WorkingCalendar


def steps_left(
    progress: Progress, item: OpenItem, policy: Policy, calendar: WorkingCalendar
) -> tuple[Step, ...]:
    """The steps after the last message. A call does not stand for the message before it (a bounce
    undid that one): only the calls up to it are over.
    """
    if is_lost(progress, policy):
        return ()
    if not progress.performed:
        return policy.steps
    written, called = _furthest(progress, item, policy, calendar)
    return tuple(
        [
            step
            for index, step in enumerate(policy.steps[written + 1 :], written + 1)
            if index > called or step.channel is not Channel.CALL
        ]
    )


def is_lost(progress: Progress, policy: Policy) -> bool:
    """The last message is a step that the policy does not know and whose level nobody noted: to
    begin again would chase twice, to go on would skip. A person must look.
    """
    for done in reversed(progress.standing):
        if not done.is_call:
            return level_of(done, policy) is None
    return False


def level_of(done: PerformedStep, policy: Policy) -> Level | None:
    """As noted when it was done, else as the policy says now."""
    if done.level is not None:
        return done.level
    step = policy.find(done.step)
    return step.level if step else None


def is_formal_notice(done: PerformedStep, policy: Policy) -> bool:
    step = policy.find(done.step)
    if step is not None:
        return step.is_formal_notice
    return done.level is Level.LEVEL_3 and not done.is_call


def place(done: PerformedStep, item: OpenItem, policy: Policy, calendar: WorkingCalendar) -> int:
    """The index of a step done; of one that the policy no longer has, that of the last step which
    it stands for: all of a lower level, and those of its level planned no later than it was.
    """
    for index, step in enumerate(policy.steps):
        if step.key == done.step:
            return index
    level = level_of(done, policy)
    if level is None:
        return -1
    formal = policy.formal_notice
    if formal is not None and is_formal_notice(done, policy):
        return policy.index(formal.key)
    stood_for = [
        index
        for index, step in enumerate(policy.steps)
        if step.level.rank < level.rank
        or (step.level is level and _is_planned_by(done, step, item, calendar))
    ]
    return max(stood_for, default=-1)


def _is_planned_by(
    done: PerformedStep, step: Step, item: OpenItem, calendar: WorkingCalendar
) -> bool:
    planned = planned_date(step, item, None, calendar)
    return planned is not None and planned <= done.planned_for


def _furthest(
    progress: Progress,
    item: OpenItem,
    policy: Policy,
    calendar: WorkingCalendar,
) -> tuple[int, int]:
    """The last message, and the last call."""
    written = called = -1
    for done in progress.standing:
        index = place(done, item, policy, calendar)
        if done.is_call:
            called = max(called, index)
        else:
            written = max(written, index)
    return written, called
