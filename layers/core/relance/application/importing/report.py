"""What is kept of a drop: a report in the reports bucket, and a record."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from relance.application.importing.doors import ImportDoors
from relance.application.importing.drop import Drop, local_date
from relance.application.ports import ImportRecord
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
    """One item that moved. change: a kind of change; before, after: its open amounts."""

    change: str
    debtor_code: str
    debtor_name: str
    number: str
    due_date: date | None
    before: Decimal | None
    after: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """kind: balance, contacts, creditor, or unknown when it was not read. Amounts per currency:
    totals read, file_totals printed in the file, differences between them, collected since the
    last import. suspended: items absent and not settled because a rejected row may be them.
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
    warnings: tuple[str, ...] = ()
    quarantine_key: str | None = None

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
        }


def record(
    doors: ImportDoors, drop: Drop, creditor: Creditor | None, report: ImportReport
) -> ImportRecord:
    """Write the report and the record; the same again when the same drop comes back."""
    key = _report_key(drop, creditor, report)
    values = report.values(drop, creditor)
    content = json.dumps(values, ensure_ascii=False, indent=1, default=_plain).encode()
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
    )
    doors.office.stores.of(drop.creditor).imports.add(found)
    return found


def _report_key(drop: Drop, creditor: Creditor | None, report: ImportReport) -> str:
    """Imports of balances are numbered; the others are told by the drop that they came from."""
    day = local_date(drop.event.received_at, creditor)
    name = str(report.import_seq)
    if report.kind != "balance" or not report.import_seq:
        name = f"{report.kind}-{sha256(drop.event.identity.encode()).hexdigest()[:16]}"
    return f"reports/{drop.creditor}/{day.isoformat()}/{name}.json"


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, RefusedLine | ReportedItem):
        return {name: getattr(value, name) for name in value.__slots__}
    return str(value)
