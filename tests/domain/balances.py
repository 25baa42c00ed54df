"""Shortest ways to compare two balances."""

from datetime import UTC, date, datetime

from relance.domain.balance_reading import BalanceReading, ReadItem
from relance.domain.reconciliation.reconcile import (
    BalanceOrigin,
    Reconciliation,
    reconcile,
)
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from tests.application.fakes_import import a_balance

MONDAY = date(2026, 3, 2)


def compared(
    snapshot: BalanceSnapshot, reading: BalanceReading, day: date = MONDAY, seq: int = 1
) -> Reconciliation:
    return reconcile(snapshot, reading, BalanceOrigin(seq, day, "sha", datetime.now(UTC)))


def after(*rows: ReadItem, day: date = MONDAY) -> BalanceSnapshot:
    return compared(BalanceSnapshot(), a_balance(*rows), day).after


def kinds(found: Reconciliation) -> dict[str, str]:
    return {change.after.key: change.kind.value for _, change in found.item_changes()}
