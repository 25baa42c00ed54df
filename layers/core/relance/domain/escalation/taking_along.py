"""The items that a formal notice takes along: their own is due within days (design §5 rule 8).

One formal notice runs at a time. Without this a debtor billed every week would get one for its
oldest item, and the next ones would be an annex to it although they have had all their reminders.
"""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.escalation.planned import planned_date
from relance.domain.escalation.position import level_of
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import Situation
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level, Policy, Step
from relance.domain.threshold import threshold_in


def near_formal_notice(situation: Situation, step: Step | None) -> list[NextStep]:
    """Each item whose formal notice is due within the policy's days, as if it were its next step:
    those that have steps of the level before left are taken along, once a step of it was done.
    """
    if step is None:
        return []
    before = _level_before(situation.policy, step)
    horizon = situation.today + timedelta(days=situation.policy.take_along_days)
    found = []
    for next_step in situation.next_steps.values():
        one = next_step if next_step.step is step else _along(situation, step, before, next_step)
        if one is not None and one.due_on <= horizon:
            found.append(one)
    return found


def near_dates(situation: Situation) -> list[date]:
    """The days from which others may come along with a formal notice that is due and waits: with
    them it may reach its minimum.
    """
    step = situation.policy.formal_notice
    if step is None or not any(found.step is step for found in situation.due()):
        return []
    days = timedelta(days=situation.policy.take_along_days)
    others = [found for found in situation.next_steps.values() if found.step is not step]
    planned = [planned_date(step, found.item, None, situation.calendar) for found in others]
    own = [found.due_on for found in situation.next_steps.values() if found.step is step]
    return [day - days for day in (*planned, *own) if day is not None]


def passed_over(situation: Situation, ready: list[NextStep]) -> tuple[ItemKey, ...]:
    """The items of a formal notice that have steps before it left undone."""
    return tuple(
        one.item.key for one in ready if situation.next_steps[one.item.key].step is not one.step
    )


def _along(
    situation: Situation, step: Step, before: Level | None, found: NextStep
) -> NextStep | None:
    if not _has_reached(before, situation, found.item.key):
        return None
    if situation.policy.index(found.step.key) > situation.policy.index(step.key):
        return None
    least = threshold_in(step.min_item, found.item.currency)
    if situation.account[found.item.key].chaseable < least:
        return None
    planned = planned_date(step, found.item, None, situation.calendar)
    if planned is None:
        return None
    # It comes along, and starts nothing: by itself it is due tomorrow at the earliest.
    own = max(planned, situation.today + timedelta(days=1))
    return replace(found, step=step, planned_for=planned, due_on=own)


def _has_reached(before: Level | None, situation: Situation, key: ItemKey) -> bool:
    """A level is never skipped, by what went with a file that was taken back either."""
    standing = situation.case.progress_of(key).standing
    reached = [level for done in standing if (level := level_of(done, situation.policy))]
    return before is None or any(level.rank >= before.rank for level in reached)


def _level_before(policy: Policy, step: Step) -> Level | None:
    lower = [one.level for one in policy.steps if one.level.rank < step.level.rank]
    return max(lower, key=lambda level: level.rank, default=None)
