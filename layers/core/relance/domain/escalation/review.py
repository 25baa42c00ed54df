"""What only a person can find the way out of (design §5 rule 11)."""

from relance.domain.escalation.decision import OpenTask
from relance.domain.escalation.situation import Situation
from relance.domain.open_item import ItemKey
from relance.domain.task import TaskKind

REVIEWED_WITHIN = 5
"""Working days."""


def ask_for_review(
    situation: Situation, items: tuple[ItemKey, ...], reason: str
) -> OpenTask | None:
    """One review at a time."""
    if not items or situation.task(TaskKind.REVIEW) is not None:
        return None
    due = situation.calendar.add(situation.today, REVIEWED_WITHIN)
    return OpenTask(TaskKind.REVIEW, (), due, reason, items)


def review_lost(situation: Situation) -> OpenTask | None:
    """Items whose last step the policy does not know: neither chased again nor forgotten."""
    return ask_for_review(situation, tuple(situation.lost_keys), "step-unknown")
