"""Which items of a case a balance settles for good: pure, one debtor at a time (design §6).

Missing once, an item waits in the case with what is known of it that day (its reminders, its
dispute, its part payments); confirmed by the next balance, it enters the payment history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from relance.domain.balance_reading import SettledRow
from relance.domain.case import Case
from relance.domain.holds import Dispute
from relance.domain.open_item import DISPUTED_FLAGS, ItemKey, OpenItem, Settlement
from relance.domain.payment_history import PaidItem, PaymentHistory
from relance.domain.reconciliation.changes import ChangeKind, DebtorChange, ItemChange
from relance.domain.reconciliation.identity import identify

WAITING = 200
"""Items that wait in a case for their confirmation; of more, only the dates are known."""


@dataclass(frozen=True, slots=True)
class Settled:
    """waiting: for the case; paid: confirmed by this balance; back: open again after they were."""

    waiting: tuple[PaidItem, ...]
    paid: tuple[PaidItem, ...]
    back: frozenset[ItemKey]

    @property
    def changes_history(self) -> bool:
        return bool(self.paid or self.back)

    def into(self, history: PaymentHistory) -> PaymentHistory:
        return history.without(self.back).with_paid(self.paid)


def settled_by(case: Case, change: DebtorChange, open_until: date | None) -> Settled:
    """case: before the balance; open_until: the date of the balance before it, which showed what
    this one no longer does. An item known under another key was not paid: it never waited.
    """
    moved = {c.was for c in change.items if c.was is not None}
    waiting = {item.key: item for item in case.settling if item.key not in moved}
    paid: list[PaidItem] = []
    is_full = len(case.settling) == WAITING
    for one in change.items:
        known = waiting.pop(one.after.key, None)
        if one.kind is ChangeKind.SETTLED and one.after.key not in moved:
            found = known or _paid_item(case, one, open_until)
            waiting |= {found.key: found} if found else {}
        elif one.kind is ChangeKind.CONFIRMED:
            found = known or (_paid_item(case, one, None) if is_full else None)
            paid += [found] if found else []
    back = frozenset(c.after.key for c in change.items if c.after.is_open) | moved
    gone = frozenset(key for key in back if _is_confirmed(case.items.get(key)))
    return Settled(tuple(waiting.values())[-WAITING:], tuple(paid), gone)


def _paid_item(case: Case, change: ItemChange, open_until: date | None) -> PaidItem | None:
    """None for what was never owed to the creditor, and for a document of a zero amount."""
    item, before = change.after, change.before
    if item.amount <= 0 or item.settled_on is None:
        return None
    return PaidItem(
        key=item.key,
        currency=item.currency,
        amount=item.amount,
        issue_date=item.issue_date,
        due_date=item.due_date,
        settled_on=item.settled_on,
        open_until=open_until,
        reminders=len(case.progress_of(item.key).reminded),
        disputed=_is_disputed(case, item),
        part_paid=before is not None and 0 < before.open_amount < item.amount,
        method=item.payment_method,
    )


def _is_disputed(case: Case, item: OpenItem) -> bool:
    if item.flag in DISPUTED_FLAGS:
        return True
    disputes = [hold for hold in case.holds if isinstance(hold, Dispute) and not hold.is_ours]
    return any(item.key in hold.amounts for hold in disputes)


def _is_confirmed(item: OpenItem | None) -> bool:
    return item is not None and item.settlement is Settlement.CONFIRMED


def paid_before(rows: Sequence[SettledRow]) -> tuple[PaidItem, ...]:
    """The claims among one debtor's settled rows, on the dates that the file says."""
    settled_on = {row.item.line: row.settled_on for row in rows}
    lines = [row.item for row in rows if row.item.amount > 0]
    return tuple(
        PaidItem(
            key=key,
            currency=line.currency,
            amount=line.amount,
            issue_date=line.issue_date,
            due_date=line.due_date,
            settled_on=settled_on[line.line],
            open_until=settled_on[line.line],
            reminders=line.reminder_level or 0,
            disputed=line.flag in DISPUTED_FLAGS,
            method=line.payment_method,
        )
        for key, line in identify(lines, {})
    )
