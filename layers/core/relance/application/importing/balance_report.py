"""What the finance team wants to know of a balance: what came, changed, was settled or refused."""

from datetime import date
from decimal import Decimal

from relance.application.importing.report import ImportReport, RefusedLine, ReportedItem
from relance.application.importing.report_figures import (
    SettledSum,
    aged_report,
    debtor_movements,
    late_debtors,
    printed_buckets,
    settled_sums,
    waiting_sums,
)
from relance.domain.balance_reading import BalanceReading
from relance.domain.open_item import Settlement
from relance.domain.reconciliation.changes import ChangeKind, ItemChange
from relance.domain.reconciliation.reconcile import Reconciliation
from relance.domain.reconciliation.suspicion import vanished_amounts

_NOT_TOLD = {ChangeKind.CONFIRMED}
"""Told when they were settled."""
_TOLD = {"applied", "suspicious"}
"""What a suspicious balance would settle is what its reader must look at."""


def balance_report(
    reading: BalanceReading,
    found: Reconciliation | None,
    *,
    status: str,
    code: str | None,
    dated: date | None = None,
) -> ImportReport:
    """found None: nothing was compared, the file is the one of last time or an older one. dated:
    the day of the balance, when the file does not say it.
    """
    totals = reading.totals or _summary_totals(reading)
    settled = settled_sums(found) if found and status in _TOLD else ()
    on = reading.as_of or dated
    aged_on = on if found else None
    return ImportReport(
        status=status,
        kind="balance",
        code=code,
        detail=_summary_detail(reading, totals),
        format=reading.format,
        as_of=reading.as_of,
        counts=_counts(reading, found),
        totals=totals,
        file_totals=reading.file_totals,
        differences={
            currency: printed - totals.get(currency, Decimal())
            for currency, printed in reading.file_totals.items()
        },
        collected=_collected(found, status, settled),
        rejected=tuple(
            RefusedLine(row.line, row.reason, row.field, row.value) for row in reading.rejected
        ),
        changes=_changes(found),
        suspended=tuple(f"{code} {key}" for code, key in found.suspended) if found else (),
        left_as_is=_left_as_is(found) if found else (),
        warnings=reading.warnings,
        columns=reading.columns,
        aged_on=aged_on,
        aged=aged_report(found.after, aged_on) if found and aged_on else (),
        file_aged=printed_buckets(reading.buckets),
        settled=settled,
        mismatches=reading.differences,
        movements=debtor_movements(found) if found else (),
        late_debtors=late_debtors(found.after, aged_on) if found and aged_on else (),
        to_release=waiting_sums(found, on) if found and on and status == "applied" else (),
    )


def _summary_detail(reading: BalanceReading, totals: dict[str, Decimal]) -> dict[str, str]:
    """Figures of the sentence that says so (`summary-names-no-item`)."""
    if not reading.is_summary:
        return {}
    total = " + ".join(f"{amount} {currency}" for currency, amount in sorted(totals.items()))
    return {"rows": str(len(reading.summary)), "total": total}


def _summary_totals(reading: BalanceReading) -> dict[str, Decimal]:
    """Of a balance by customer, which names no item."""
    sums: dict[str, Decimal] = {}
    for row in reading.summary:
        sums[row.currency] = sums.get(row.currency, Decimal()) + row.total
    return sums


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


def _collected(
    found: Reconciliation | None, status: str, settled: tuple[SettledSum, ...]
) -> dict[str, Decimal]:
    """A bill or a direct debit handed to the bank is not money yet (design §6)."""
    if found is None or status != "applied":
        return {}
    sums = vanished_amounts(found)
    for one in settled:
        if one.cause == Settlement.COVERED:
            sums[one.currency] = sums.get(one.currency, Decimal()) - one.amount
    return {currency: amount for currency, amount in sums.items() if amount}


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
        due_before=_due_before(change),
        settlement=change.after.settlement,
    )


def _left_as_is(found: Reconciliation) -> tuple[ReportedItem, ...]:
    debtors = found.after.debtors
    kept = [(code, debtors[code].name, debtors[code].items[key]) for code, key in found.suspended]
    return tuple(
        ReportedItem(
            "suspended",
            code,
            name,
            item.number,
            item.due_date,
            item.open_amount,
            item.open_amount,
            item.currency,
        )
        for code, name, item in kept
    )


def _due_before(change: ItemChange) -> date | None:
    """The due date that the last balance gave, when this one gives another."""
    before = change.before.due_date if change.before else None
    return before if before != change.after.due_date else None
