"""A drop that cannot be applied: kept, named in a report, and told to the finance team."""

from relance.application.importing.creditor_row import find_creditor, stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop
from relance.application.importing.report import ImportReport, record
from relance.application.importing.tell import tell
from relance.domain.errors import RelanceError


def refuse(
    doors: ImportDoors, drop: Drop, error: RelanceError, *, kind: str = "unknown"
) -> ImportOutcome:
    """Refusals and questions are answers, not failures: the queue must not bring them back.

    A question shows what it doubts (`seen`), and the table as understood (`table`) when it has one.
    """
    creditor = find_creditor(doors.office.creditors, drop.creditor)
    table = getattr(error, "table", None)
    report = ImportReport(
        status="refused",
        kind=kind,
        code=error.code,
        detail=dict(error.detail),
        seen=tuple(str(cell) for cell in getattr(error, "seen", ())),
        asks=hasattr(error, "seen"),
        columns=tuple(getattr(table, "columns", ())),
        sample=tuple(tuple(str(cell) for cell in row) for row in getattr(table, "rows", ())),
        quarantine_key=quarantine(doors, drop),
    )
    done = record(doors, drop, creditor, report)
    stopped = stop_waiting(doors.office.creditors, drop.creditor, drop.event)
    return tell(doors, drop, stopped, report, done)


def quarantine(doors: ImportDoors, drop: Drop) -> str | None:
    """A copy that stays when the drop's own bucket forgets it. None: there are no bytes."""
    if not drop.content:
        return None
    key = f"quarantine/{drop.creditor}/{drop.sha256[:16]}/{drop.event.file_name}"
    doors.reports.put(key, drop.content, content_type="application/octet-stream")
    return key
