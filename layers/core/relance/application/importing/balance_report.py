"""What the finance team wants to know of a balance: what came, changed, was settled or refused."""

from decimal import Decimal

from relance.application.importing.report import ImportReport, RefusedLine, ReportedItem
from relance.domain.balance_reading import BalanceReading
from relance.domain.reconciliation.changes import ChangeKind, ItemChange
from relance.domain.reconciliation.reconcile import Reconciliation
from relance.domain.reconciliation.suspicion import vanished_amounts

_NOT_TOLD = {ChangeKind.CONFIRMED}
"""Told when they were settled."""


def balance_report(
    reading: BalanceReading, found: Reconciliation | None, *, status: str, code: str | None
) -> ImportReport:
    """found None: nothing was compared, the file is the one of last time or an older one."""
    totals = reading.totals
    return ImportReport(
        status=status,
        kind="balance",
        code=code,
        format=reading.format,
        as_of=reading.as_of,
        counts=_counts(reading, found),
        totals=totals,
        file_totals=reading.file_totals,
        differences={
            currency: printed - totals.get(currency, Decimal())
            for currency, printed in reading.file_totals.items()
        },
        collected=_collected(found, status),
        rejected=tuple(
            RefusedLine(row.line, row.reason, row.field, row.value) for row in reading.rejected
        ),
        changes=_changes(found),
        suspended=tuple(f"{code} {key}" for code, key in found.suspended) if found else (),
        warnings=reading.warnings,
    )


def _counts(reading: BalanceReading, found: Reconciliation | None) -> dict[str, int]:
    """rows = items + rejected + settled_rows + non_items + summary: nothing is lost."""
    items, rejected = len(reading.items), len(reading.rejected)
    compared = {kind.value: found.count(kind) if found else 0 for kind in ChangeKind}
    return {
        "rows": reading.rows,
        "items": items,
        "rejected": rejected,
        **({"summary": len(reading.summary)} if reading.summary else {}),
        "settled_rows": reading.settled_rows,
        "non_items": reading.non_item_rows,
        "unchanged": found.unchanged if found else items,
        "suspended": len(found.suspended) if found else 0,
        "debtors_changed": len(found.changes) if found else 0,
        **_at_the_bank(found),
        **compared,
    }


def _at_the_bank(found: Reconciliation | None) -> dict[str, int]:
    """Of those settled, and of those back again; said only when there are any."""
    changes = [change for _, change in found.item_changes()] if found else []
    counts = {
        "covered": sum(change.is_covered for change in changes),
        "returned": sum(change.was_returned for change in changes),
    }
    return {name: count for name, count in counts.items() if count}


def _collected(found: Reconciliation | None, status: str) -> dict[str, Decimal]:
    if found is None or status != "applied":
        return {}
    return {currency: amount for currency, amount in vanished_amounts(found).items() if amount}


def _changes(found: Reconciliation | None) -> tuple[ReportedItem, ...]:
    """The largest movements first."""
    if found is None:
        return ()
    told = [
        _reported(code, found.changes[code].name, change)
        for code, change in found.item_changes()
        if change.kind not in _NOT_TOLD
    ]
    return tuple(sorted(told, key=lambda item: -abs(item.after - (item.before or Decimal()))))


def _reported(code: str, name: str, change: ItemChange) -> ReportedItem:
    return ReportedItem(
        change=change.kind.value,
        debtor_code=code,
        debtor_name=name,
        number=change.after.number,
        due_date=change.after.due_date,
        before=change.before.open_amount if change.before else None,
        after=change.after.open_amount,
        currency=change.after.currency,
    )
