"""What waits under the minimum of the formal notice: a person decides (design §5 rule 11)."""

from collections.abc import Iterable
from datetime import date, timedelta

from relance.domain.escalation.decision import OpenTask
from relance.domain.escalation.review import ask_for_review
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import Situation
from relance.domain.open_item import ItemKey

WAITED = timedelta(days=30)
"""From the day on which its formal notice was due: others may have joined it until then."""

TOO_SMALL = "formal-notice-too-small"


def review_too_small(situation: Situation, ready: Iterable[NextStep]) -> OpenTask | None:
    """Whether to write them off, hand them over or wait on: asked once of each item. ready: items
    with all their reminders, together under the minimum.
    """
    waiting = _unasked(situation, ready)
    items = tuple(one.item.key for one in waiting if _asked_on(one) <= situation.today)
    return ask_for_review(situation, items, TOO_SMALL)


def too_small_dates(situation: Situation) -> list[date]:
    """The days on which that will be asked."""
    formal = situation.policy.formal_notice
    due = (one for one in situation.due() if one.step is formal)
    return [_asked_on(one) for one in _unasked(situation, due)]


def asked_once(items: Iterable[ItemKey]) -> tuple[str, ...]:
    """What the case remembers: whoever closed the task has answered."""
    return tuple(f"{TOO_SMALL}={key}" for key in items)


def _unasked(situation: Situation, steps: Iterable[NextStep]) -> list[NextStep]:
    asked = set(situation.case.data_asked)
    return [one for one in steps if asked.isdisjoint(asked_once((one.item.key,)))]


def _asked_on(one: NextStep) -> date:
    return one.due_on + WAITED
