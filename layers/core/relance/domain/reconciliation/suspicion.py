"""A balance that does not look like the next one: kept, and not applied (design §6)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from relance.domain.balance_reading import BalanceReading
from relance.domain.reconciliation.gaps import (
    account_missing,
    has_nothing_in_common,
    range_missing,
)
from relance.domain.reconciliation.reconcile import Reconciliation
from relance.domain.reconciliation.rules import BalanceRules, rows_without_part, scope_of
from relance.domain.reconciliation.snapshot import BalanceSnapshot

VANISHED_SHARE = Decimal("0.40")
"""Above this share of what was owed in one currency, somebody must look before it is believed."""
FEW_MERGES = 3
MERGED_SHARE = Decimal("0.10")
"""Codes that became others: above both, the accounts were recoded, or the file is not theirs."""


def suspicion(
    snapshot: BalanceSnapshot,
    reading: BalanceReading,
    reconciliation: Reconciliation,
    last_as_of: date | None,
    rules: BalanceRules | None = None,
) -> str | None:
    """The kebab-case reason, or None when the balance may be applied."""
    found = _suspicions(snapshot, reading, reconciliation, last_as_of, rules or BalanceRules())
    return next(found, None)


def _suspicions(
    snapshot: BalanceSnapshot,
    reading: BalanceReading,
    found: Reconciliation,
    last_as_of: date | None,
    rules: BalanceRules,
) -> Iterator[str]:
    if rows_without_part(rules, reading.items):
        yield "balance-part-unknown"
    last = _last_of_parts(snapshot, reading, rules) or last_as_of
    if reading.as_of is not None and last is not None and reading.as_of < last:
        yield "balance-older-than-last"
    if found.compared and not reading.items and rules.is_stock:
        yield "balance-empty"
    if has_nothing_in_common(snapshot, reading, rules):
        yield "balance-of-another-creditor"
    merged = sum(1 for change in found.changes.values() if change.merged_into is not None)
    if merged > FEW_MERGES and merged > MERGED_SHARE * len(snapshot.debtors):
        yield "balance-debtors-merged"
    yield from _vanished(snapshot, reading, found)


def _vanished(
    snapshot: BalanceSnapshot, reading: BalanceReading, found: Reconciliation
) -> Iterator[str]:
    """What is missing, from the most telling to the least."""
    vanished, read = vanished_amounts(found), {item.currency for item in reading.items}
    gone = {currency for currency, amount in vanished.items() if amount > 0}
    if any(found.compared.get(currency) for currency in gone - read):
        yield "balance-currency-missing"
    if account_missing(reading, found):
        yield "balance-account-missing"
    if range_missing(snapshot, found):
        yield "balance-range-missing"
    shares = ((amount, found.compared.get(code, Decimal())) for code, amount in vanished.items())
    if any(amount > VANISHED_SHARE * owed for amount, owed in shares):
        yield "balance-shrunk"


def _last_of_parts(
    snapshot: BalanceSnapshot, reading: BalanceReading, rules: BalanceRules
) -> date | None:
    """A part is compared with its own last date: another part may well be more recent."""
    if not rules.parts:
        return None
    present = scope_of(rules, reading.items, snapshot).present
    dates = [state.dated for name, state in snapshot.parts.items() if name in present]
    return max(dates, default=date.min)


def vanished_amounts(reconciliation: Reconciliation) -> dict[str, Decimal]:
    """What the claims of the last balance lost, per currency: settled or part-paid alike. An item
    that came back under another number, or moved to another code, has not vanished.
    """
    moved = {
        (code, change.was): change.after.open_amount
        for code, change in reconciliation.item_changes()
        if change.was is not None
    }
    sums: dict[str, Decimal] = {}
    for code, change in reconciliation.item_changes():
        before = change.before
        if before is None or not before.is_claim or change.now is not None:
            continue
        left = moved.get((code, before.key), max(change.after.open_amount, Decimal()))
        lost = max(before.open_amount - left, Decimal())
        sums[before.currency] = sums.get(before.currency, Decimal()) + lost
    return sums
