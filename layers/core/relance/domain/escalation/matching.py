"""Unmatched money older than five working days asks somebody to match it (design §5 rule 4)."""

from relance.domain.escalation.decision import OpenTask
from relance.domain.escalation.situation import Situation
from relance.domain.open_item import ItemKind
from relance.domain.task import TaskKind

MATCH_AFTER = 5
"""Working days."""


def match_payment_task(situation: Situation) -> OpenTask | None:
    if situation.task(TaskKind.MATCH_PAYMENT) is not None:
        return None
    old = tuple(
        item.key
        for item in situation.case.open_items
        if item.is_credit
        and item.kind is ItemKind.PAYMENT
        and item.issue_date is not None
        and situation.calendar.count(item.issue_date, situation.today) > MATCH_AFTER
    )
    if not old:
        return None
    due = situation.calendar.add(situation.today, 2)
    return OpenTask(TaskKind.MATCH_PAYMENT, (), due, "unmatched-payment", old)
