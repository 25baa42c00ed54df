"""What disputes, plans, other arrangements and holds keep of an item from being chased (rule 5)."""

from datetime import date
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.holds import (
    Arrangement,
    Dispute,
    ManualHold,
    Plan,
    PlanState,
    ReceivedPayment,
    Resolution,
)
from relance.domain.open_item import ItemKey, ItemKind, OpenItem
from relance.domain.working_days import WorkingCalendar

ARRANGEMENT_GRACE_DAYS = 2
"""Working days after the day on which the accounts should show what was arranged."""

_ZERO = Decimal(0)


def is_dispute_live(dispute: Dispute, case: Case) -> bool:
    """Until it is solved. One that was rejected holds for the days granted, and ends like a
    promise: when a balance dated after them still shows the item.
    """
    if dispute.resolved_on is None:
        return True
    if dispute.resolution is not Resolution.REJECTED:
        return False
    seen = case.facts.balance.fresh_as_of
    return seen is None or seen <= dispute.resolved_on


def disputed_of(item: OpenItem, case: Case) -> Decimal:
    """What is disputed of an item. A credit note that names the item takes its place when one was
    expected: it is not deducted twice.
    """
    live = [
        hold
        for hold in case.holds
        if isinstance(hold, Dispute) and item.key in hold.amounts and is_dispute_live(hold, case)
    ]
    disputed = sum((hold.amounts[item.key] for hold in live), _ZERO)
    expected = [h for h in live if h.resolution is Resolution.CREDIT_EXPECTED]
    credited = _credited(item, case) if expected else _ZERO
    return disputed - min(credited, sum((hold.amounts[item.key] for hold in expected), _ZERO))


def _credited(item: OpenItem, case: Case) -> Decimal:
    notes = (
        -credit.open_amount
        for credit in case.open_items
        if credit.is_credit
        and credit.kind is ItemKind.CREDIT_NOTE
        and credit.credits_number == item.number
        and credit.currency == item.currency
    )
    return sum(notes, _ZERO)


def arrangement_end(arrangement: Arrangement, calendar: WorkingCalendar) -> date:
    return calendar.add(arrangement.until, ARRANGEMENT_GRACE_DAYS)


def is_arrangement_live(arrangement: Arrangement, case: Case, calendar: WorkingCalendar) -> bool:
    """Like a promise: until a balance dated after its end still shows the item."""
    seen = case.facts.balance.fresh_as_of
    return seen is None or seen <= arrangement_end(arrangement, calendar)


def planned_of(item: OpenItem, case: Case) -> Decimal:
    """What a plan spreads of an item and is still to come: all that was paid since counts."""
    plans = (h for h in case.holds if isinstance(h, Plan) and h.state is not PlanState.ENDED)
    return sum((left_of(h.amounts, h.owed, item) for h in plans), _ZERO)


def arranged_of(item: OpenItem, case: Case, calendar: WorkingCalendar) -> Decimal:
    live = (
        hold
        for hold in case.holds
        if isinstance(hold, Arrangement) and is_arrangement_live(hold, case, calendar)
    )
    return sum((left_of(hold.amounts, hold.owed, item) for hold in live), _ZERO)


def is_held(key: ItemKey, case: Case) -> bool:
    """By a hold of its own. One whose last day is over is ended by the run, not here."""
    return any(isinstance(hold, ManualHold) and key in hold.items for hold in case.holds)


def left_of(
    amounts: dict[ItemKey, Decimal], owed: dict[ItemKey, Decimal], item: OpenItem
) -> Decimal:
    """What is still to come of the amount agreed on an item: what was paid of it since came first
    out of that amount.
    """
    agreed = amounts.get(item.key, _ZERO)
    paid = max(_ZERO, owed.get(item.key, _ZERO) - item.open_amount)
    return max(_ZERO, agreed - paid)


def paid_of_plan(plan: Plan, case: Case) -> Decimal:
    """What came in of the sum of a plan, as the accounts or the bank show it."""
    total = _ZERO
    for key, agreed in plan.amounts.items():
        item = case.items.get(key)
        still = item.open_amount if item is not None and item.is_claim else _ZERO
        coming = _received(key, case) if still else _ZERO
        total += min(agreed, max(_ZERO, plan.owed.get(key, agreed) - still + coming))
    return total


def _received(key: ItemKey, case: Case) -> Decimal:
    """Received since and not yet posted."""
    receipts = (
        hold.amounts.get(key, _ZERO)
        for hold in case.holds
        if isinstance(hold, ReceivedPayment) and hold.posted_on is None
    )
    return sum(receipts, _ZERO)
