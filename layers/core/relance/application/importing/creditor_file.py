"""`creditor.yaml`: the profile applies at once, payment details wait for two persons."""

from relance.application.importing.creditor_row import find_creditor, stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop
from relance.application.importing.refuse import refuse
from relance.application.importing.report import ImportReport, record
from relance.application.importing.tell import alert_pending, tell
from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import Conflict, CreditorFile
from relance.domain.creditor import Creditor
from relance.domain.creditor_config import with_profile
from relance.domain.errors import RelanceError

PENDING = "payment-details-pending"


def import_creditor_file(doors: ImportDoors, drop: Drop, file: CreditorFile) -> ImportOutcome:
    """Creates the creditor, in observe mode, or updates it."""
    if file.profile.code != drop.creditor:
        error = RelanceError("creditor-code-mismatch", {"expected": drop.creditor})
        return refuse(doors, drop, error, kind="creditor")
    saved = _save(doors, drop, file)
    report = _report(saved)
    done = record(doors, drop, saved, report)
    stopped = stop_waiting(doors.office.creditors, drop.creditor, drop.event)
    return tell(doors, drop, stopped, report, done)


def _save(doors: ImportDoors, drop: Drop, file: CreditorFile) -> Creditor:
    """The alert leaves first, to the address known so far: a crash repeats it, loses nothing."""
    creditors = doors.office.creditors
    for _ in range(COMMIT_ATTEMPTS):
        before = find_creditor(creditors, drop.creditor)
        after = with_profile(before, file.profile, file.payment, drop.event.uploaded_by)
        if after == before:
            return after
        if before is not None:
            alert_pending(doors, before, after)
        try:
            return creditors.save(after)
        except Conflict:
            continue
    raise Conflict("creditor-busy", {"creditor": drop.creditor})


def _report(after: Creditor) -> ImportReport:
    waits = after.pending is not None
    return ImportReport(
        status="applied",
        kind="creditor",
        code=PENDING if waits else None,
        counts={"payment_details_pending": int(waits)},
    )
