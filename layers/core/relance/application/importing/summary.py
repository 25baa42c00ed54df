"""A balance by customer names no item: it feeds the aged balance, and nothing else (design §6)."""

import json

from relance.application.importing.balance_report import balance_report
from relance.application.importing.creditor_row import stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop, local_date
from relance.application.importing.report import record
from relance.application.importing.tell import tell
from relance.domain.balance_reading import BalanceReading

NO_DETAIL = "balance-without-items"


def aged_key(creditor: str, day: str) -> str:
    return f"snapshots/{creditor}/aged/{day}.json"


def import_summary(doors: ImportDoors, drop: Drop, reading: BalanceReading) -> ImportOutcome:
    """Kept beside the snapshots; no case, no settlement and no freshness moves. The report asks
    for the detail.
    """
    creditor = doors.office.creditors.get(drop.creditor)
    day = (reading.as_of or local_date(drop.event.received_at, creditor)).isoformat()
    content = json.dumps(_values(reading, drop), ensure_ascii=False, indent=1, default=str)
    doors.reports.put(
        aged_key(drop.creditor, day), content.encode(), content_type="application/json"
    )
    report = balance_report(reading, None, status="summary", code=NO_DETAIL)
    done = record(doors, drop, creditor, report)
    stopped = stop_waiting(doors.office.creditors, drop.creditor, drop.event)
    return tell(doors, drop, stopped, report, done)


def _values(reading: BalanceReading, drop: Drop) -> dict[str, object]:
    rows = [{name: getattr(row, name) for name in type(row).__slots__} for row in reading.summary]
    return {"as_of": reading.as_of, "sha256": drop.sha256, "rows": rows}
