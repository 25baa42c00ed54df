"""What is kept of a drop: a report in the reports bucket, and a record."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256

from relance.application.importing.doors import ImportDoors
from relance.application.importing.drop import Drop, local_date
from relance.application.importing.next_steps import asked, what_follows
from relance.application.importing.report_figures import (
    AgedReport,
    DebtorMovement,
    LateDebtor,
    SettledSum,
    WaitingSum,
)
from relance.application.importing.report_json import encode_report
from relance.application.ports import ImportRecord
from relance.application.worklists.done import DoneRow
from relance.domain.balance_reading import Difference, ReadColumn
from relance.domain.creditor import Creditor

NO_SENDER = "payment-details-missing"


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A quarantined row, as the report shows it. reason: kebab-case."""

    line: int
    reason: str
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedItem:
    """One item that moved. change: a kind of change; before, after: its open amounts; due_before:
    the due date that it had, when it moved; settlement: why it is no longer owed.
    """

    change: str
    debtor_code: str
    debtor_name: str
    number: str
    due_date: date | None
    before: Decimal | None
    after: Decimal
    currency: str
    due_before: date | None = None
    settlement: str | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """kind: balance, contacts, creditor, or unknown when it was not read. Amounts per currency:
    totals read, file_totals printed in the file, differences between them, collected since the
    last import. suspended: items absent and not settled because a rejected row may be them.
    asks: the file was understood in two ways, `seen` and `sample` show the doubt.
    """

    status: str
    kind: str = "unknown"
    code: str | None = None
    detail: dict[str, str] = field(default_factory=dict)
    seen: tuple[str, ...] = ()
    import_seq: int = 0
    format: str | None = None
    as_of: date | None = None
    counts: dict[str, int] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)
    file_totals: dict[str, Decimal] = field(default_factory=dict)
    differences: dict[str, Decimal] = field(default_factory=dict)
    collected: dict[str, Decimal] = field(default_factory=dict)
    rejected: tuple[RefusedLine, ...] = ()
    changes: tuple[ReportedItem, ...] = ()
    suspended: tuple[str, ...] = ()
    left_as_is: tuple[ReportedItem, ...] = ()
    """The items of `suspended`, with their names."""
    warnings: tuple[str, ...] = ()
    quarantine_key: str | None = None
    asks: bool = False
    columns: tuple[ReadColumn, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    """The first rows of a file that we could not be sure of, cell by cell."""
    aged_on: date | None = None
    aged: tuple[AgedReport, ...] = ()
    file_aged: tuple[AgedReport, ...] = ()
    """The ageing columns that the file itself prints."""
    settled: tuple[SettledSum, ...] = ()
    mismatches: tuple[Difference, ...] = ()
    """Printed figures that are not the sum of what was read, by name."""
    movements: tuple[DebtorMovement, ...] = ()
    late_debtors: tuple[LateDebtor, ...] = ()
    to_release: tuple[WaitingSum, ...] = ()
    done: tuple[DoneRow, ...] = ()
    """What became of each row of a worklist."""

    def values(self, drop: Drop, creditor: Creditor | None) -> dict[str, object]:
        """What the JSON holds."""
        return {
            **{name: getattr(self, name) for name in self.__slots__},
            "creditor": drop.creditor,
            "file_name": drop.event.file_name,
            "drop": drop.event.key,
            "drop_version": drop.event.version,
            "sha256": drop.sha256,
            "received_at": drop.event.received_at,
            "accepted_by": drop.event.accepted_by,
            "mail": "finance" if creditor and creditor.payment else NO_SENDER,
            "report_key": report_key(drop, creditor, self),
            "asked": asked(self, drop),
            "next": what_follows(self, creditor),
        }


def record(
    doors: ImportDoors, drop: Drop, creditor: Creditor | None, report: ImportReport
) -> ImportRecord:
    """Write the report and the record; the same again when the same drop comes back."""
    key = report_key(drop, creditor, report)
    content = encode_report(report.values(drop, creditor))
    doors.reports.put(key, content, content_type="application/json")
    found = ImportRecord(
        drop_key=drop.event.key,
        drop_version=drop.event.version,
        sha256=drop.sha256,
        import_seq=report.import_seq,
        status=report.status,
        received_at=drop.event.received_at,
        counts=report.counts,
        report_key=key,
        code=report.code,
        ended_at=doors.office.clock.now(),
    )
    doors.office.stores.of(drop.creditor).imports.add(found)
    return found


def report_key(drop: Drop, creditor: Creditor | None, report: ImportReport) -> str:
    """Imports of balances are numbered; the others are told by the drop that they came from."""
    day = local_date(drop.event.received_at, creditor)
    name = str(report.import_seq)
    if report.kind != "balance" or not report.import_seq:
        name = f"{report.kind}-{sha256(drop.event.identity.encode()).hexdigest()[:16]}"
    return f"reports/{drop.creditor}/{day.isoformat()}/{name}.json"
