"""A person looked at a suspicious balance and says that it is right, or wrong (design §6)."""

from dataclasses import replace

from relance.application.change_creditor import change_creditor
from relance.application.importing.creditor_row import ANOTHER_RUNS, stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import DropEvent
from relance.application.importing.receive import import_drop
from relance.application.ports import ImportRecord, LeaseTaken, NotFound
from relance.domain.creditor import Creditor
from relance.domain.errors import RelanceError
from relance.domain.evidence import EvidenceDraft

REFUSED_BY_PERSON = "refused-by-person"
LOOKED_BACK = 50
"""Imports among which a suspicious one is looked for."""


def suspicious_drops(creditor: str, *, doors: ImportDoors) -> tuple[ImportRecord, ...]:
    """The balances kept and not applied since the last one that was, newest first. Raises NotFound
    for a creditor that nobody knows.
    """
    doors.office.creditors.get(creditor)
    waiting: list[ImportRecord] = []
    for record in doors.office.stores.of(creditor).imports.recent(LOOKED_BACK):
        if record.status == "applied":
            break
        if record.status == "suspicious":
            waiting.append(record)
    return tuple(waiting)


def accept_import(
    creditor: str, drop_key: str, author: str, *, doors: ImportDoors
) -> ImportOutcome:
    """Apply that drop after all; its author is in the evidence of each case it changes.

    Raises NotFound when no suspicious balance of that name waits, LeaseTaken when another import
    runs: no queue brings this one back, so it does not wait unless it had begun.
    """
    record = _waiting(creditor, drop_key, doors)
    event = DropEvent(drop_key, record.drop_version, record.received_at, accepted_by=author)
    creditors = doors.office.creditors
    had_begun = event.identity in creditors.get(creditor).waiting_drops
    try:
        return import_drop(event, doors=doors)
    except LeaseTaken as error:
        if error.code == ANOTHER_RUNS and not had_begun:
            stop_waiting(creditors, creditor, event)
        raise


def refuse_import(
    creditor: str, drop_key: str, author: str, reason: str, *, doors: ImportDoors
) -> ImportRecord:
    """Leave that drop out for good: the last balance stands, and reminders go on once no other
    drop waits for a person. The decision is written first: a crash leaves the drop in the list,
    to be refused again. Raises NotFound, and RelanceError without a reason.
    """
    if not reason.strip():
        raise RelanceError("refusal-needs-a-reason")
    record = _waiting(creditor, drop_key, doors)
    facts = {"drop": drop_key, "drop_sha256": record.sha256, "was": record.code or ""}
    entry = EvidenceDraft(
        doors.office.clock.now(), author, "import-refused", facts, {"reason": reason.strip()}
    )

    def ended(row: Creditor) -> Creditor:
        others = [one for one in suspicious_drops(creditor, doors=doors) if one != record]
        balance = replace(row.balance, suspicious=bool(others))
        return replace(row, balance=balance)

    change_creditor(doors.office.creditors, creditor, ended, lambda _: entry, always=True)
    refused = replace(record, status="refused", code=REFUSED_BY_PERSON)
    doors.office.stores.of(creditor).imports.add(refused)
    return refused


def _waiting(creditor: str, drop_key: str, doors: ImportDoors) -> ImportRecord:
    for record in suspicious_drops(creditor, doors=doors):
        if record.drop_key == drop_key:
            return record
    raise NotFound("no-suspicious-import", {"drop": drop_key})
