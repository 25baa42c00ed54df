"""A balance that does not look like the next one: kept, and not applied (design §6)."""

from datetime import date
from decimal import Decimal

from relance.domain.balance_reading import BalanceReading
from relance.domain.reconciliation.reconcile import Reconciliation
from relance.domain.reconciliation.snapshot import BalanceSnapshot

VANISHED_SHARE = Decimal("0.40")
"""Above this share of what was owed in one currency, somebody must look before it is believed."""


def suspicion(
    snapshot: BalanceSnapshot,
    reading: BalanceReading,
    reconciliation: Reconciliation,
    last_as_of: date | None,
) -> str | None:
    """The kebab-case reason, or None when the balance may be applied."""
    if reading.as_of is not None and last_as_of is not None and reading.as_of < last_as_of:
        return "balance-older-than-last"
    claims = snapshot.claims
    if claims and not reading.items:
        return "balance-empty"
    vanished = vanished_amounts(reconciliation)
    if any(gone > VANISHED_SHARE * claims.get(code, Decimal()) for code, gone in vanished.items()):
        return "balance-shrunk"
    return None


def vanished_amounts(reconciliation: Reconciliation) -> dict[str, Decimal]:
    """What the claims of the last balance lost, per currency: settled or part-paid alike. An item
    that came back under another number has not vanished.
    """
    moved = {
        (code, change.was): change.after.open_amount
        for code, change in reconciliation.item_changes()
        if change.was is not None
    }
    sums: dict[str, Decimal] = {}
    for code, change in reconciliation.item_changes():
        before = change.before
        if before is None or not before.is_claim:
            continue
        left = moved.get((code, before.key), max(change.after.open_amount, Decimal()))
        lost = max(before.open_amount - left, Decimal())
        sums[before.currency] = sums.get(before.currency, Decimal()) + lost
    return sums
