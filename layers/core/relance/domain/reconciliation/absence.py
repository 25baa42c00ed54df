"""What becomes of an item that a balance does not show any more (design §6)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from relance.domain.open_item import OpenItem, Settlement
from relance.domain.working_days import WorkingCalendar

BILLS_ACCOUNT = "413"
"""Bills of exchange receivable in the French chart of accounts."""
RETURNED_WITHIN = 5
"""Working days after its maturity during which a bank may still return a payment."""


def absent_item(item: OpenItem, dated: date, calendar: WorkingCalendar) -> OpenItem:
    """dated: of the balance. Absent once: settled, cause unknown; absent from a later balance too:
    confirmed. What was handed to the bank is covered until it can no longer come back.
    """
    if item.settlement is None:
        cause = Settlement.COVERED if is_at_the_bank(item) else Settlement.UNKNOWN_CAUSE
        return replace(item, open_amount=Decimal(0), settlement=cause, settled_on=dated)
    if item.settled_on is not None and dated > _doubtful_until(item, item.settled_on, calendar):
        return replace(item, settlement=Settlement.CONFIRMED)
    return item


def is_at_the_bank(item: OpenItem) -> bool:
    """A bill, a direct debit or a cheque leaves the account before it is paid for certain."""
    method = item.payment_method
    return (item.account or "").startswith(BILLS_ACCOUNT) or (
        method is not None and method.may_be_returned
    )


def _doubtful_until(item: OpenItem, settled_on: date, calendar: WorkingCalendar) -> date:
    if item.settlement is not Settlement.COVERED:
        return settled_on
    return calendar.add(max(settled_on, item.due_date or settled_on), RETURNED_WITHIN)
