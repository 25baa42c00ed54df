"""What only a person can find the way out of (design §5 rule 11)."""

from relance.domain.escalation.decision import OpenTask
from relance.domain.escalation.situation import Situation
from relance.domain.holds import ReceivedPayment
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


def review_unposted(situation: Situation) -> OpenTask | None:
    """Money received that a balance should show by now, and that none does: still held, and
    somebody looks where it went (design §6).
    """
    fresh = situation.case.facts.balance.fresh_as_of
    late = tuple(
        key
        for hold in situation.case.holds
        if isinstance(hold, ReceivedPayment)
        and hold.posted_on is None
        and fresh is not None
        and fresh >= hold.look_on
        for key in hold.amounts
        if key in situation.account and situation.account[key].received > 0
    )
    return ask_for_review(situation, tuple(dict.fromkeys(late)), "payment-not-posted")


def review_lost(situation: Situation) -> OpenTask | None:
    """Items whose last step the policy does not know: neither chased again nor forgotten."""
    return ask_for_review(situation, tuple(situation.lost_keys), "step-unknown")
