"""A dropped object becomes facts in the store: balances, contacts, `creditor.yaml` (design §6)."""

from contextlib import suppress
from hashlib import sha256
from typing import assert_never

from relance.application.drop_contents import DocumentFile, PaymentsFile, PolicyFile
from relance.application.importing.balance import import_balance
from relance.application.importing.contacts import import_contacts
from relance.application.importing.creditor_file import import_creditor_file
from relance.application.importing.creditor_row import holds_lease, mark_waiting, stop_waiting
from relance.application.importing.documents import PENDING, import_document, pending_documents
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop, DropEvent, DropKeyRefused, creditor_of
from relance.application.importing.payments import import_payments
from relance.application.importing.policy_file import import_policy
from relance.application.importing.refuse import refuse
from relance.application.importing.tell import outcome_of
from relance.application.importing.worklist import import_worklist
from relance.application.ports import ContactsFile, CreditorFile, ImportRecord, NotFound, TooLarge
from relance.application.worklists.rows import WorklistFile
from relance.domain.balance_reading import BalanceReading
from relance.domain.creditor import Creditor
from relance.domain.errors import RelanceError

LARGEST_DROP = 200_000_000
"""Bytes. Readers have smaller limits of their own: this one is for what is not even fetched."""


def import_drop(event: DropEvent, *, doors: ImportDoors) -> ImportOutcome:
    """What is wrong with a file is an outcome, and the queue must not bring the drop back.

    Raises LeaseTaken and Conflict: come back later.
    """
    try:
        creditor_code = creditor_of(event.key)
    except DropKeyRefused as error:
        return _refuse_key(doors, event, error)
    if event.is_folder:
        return ImportOutcome("ignored", creditor_code)
    return _import(doors, event, creditor_code)


def _import(doors: ImportDoors, event: DropEvent, creditor_code: str) -> ImportOutcome:
    creditor = mark_waiting(doors.office.creditors, creditor_code, event)
    try:
        content = doors.drops.get(event.key, version=event.version, limit=LARGEST_DROP)
    except TooLarge as error:
        return refuse(doors, Drop(event, creditor_code, b""), error)
    except NotFound:
        gone = RelanceError("drop-not-found", {"drop": event.key})
        return refuse(doors, Drop(event, creditor_code, b""), gone)
    drop = Drop(event, creditor_code, content)
    before = _own_record(doors, drop)
    if before is not None and _is_over(creditor, drop, before):
        stop_waiting(doors.office.creditors, creditor_code, event)
        return outcome_of(before, drop)
    return _dispatch(doors, drop, creditor, before)


Read = BalanceReading | ContactsFile | DocumentFile | PaymentsFile | PolicyFile | WorklistFile


def _dispatch(
    doors: ImportDoors, drop: Drop, creditor: Creditor | None, before: ImportRecord | None
) -> ImportOutcome:
    profile = creditor.profile if creditor else None
    try:
        read = doors.reader.read(drop.content, name=drop.event.path, profile=profile)
    except RelanceError as error:
        return refuse(doors, drop, error)
    if isinstance(read, CreditorFile):
        return import_creditor_file(doors, drop, read)
    if creditor is None:
        unknown = RelanceError("creditor-unknown", {"creditor": drop.creditor})
        return refuse(doors, drop, unknown)
    return _apply(doors, drop, creditor, read, before)


def _apply(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    read: Read,
    before: ImportRecord | None,
) -> ImportOutcome:
    """What only a known creditor may drop. before: the record of this very drop."""
    if isinstance(read, ContactsFile):
        return import_contacts(doors, drop, creditor, read)
    if isinstance(read, DocumentFile):
        return import_document(doors, drop, creditor, read, before)
    if isinstance(read, PolicyFile):
        return import_policy(doors, drop, creditor, read)
    if isinstance(read, PaymentsFile):
        return import_payments(doors, drop, creditor, read)
    if isinstance(read, WorklistFile):
        return import_worklist(doors, drop, creditor, read)
    if isinstance(read, BalanceReading):
        outcome = import_balance(doors, drop, read, before)
        _try_again(doors, drop, outcome)
        return outcome
    assert_never(read)


def _try_again(doors: ImportDoors, drop: Drop, outcome: ImportOutcome) -> None:
    """A new balance may bring the number that a document waits for. What fails waits for the next:
    the balance itself is in.
    """
    if outcome.status != "applied" or outcome.again:
        return
    creditor = doors.office.creditors.get(drop.creditor)
    for event in pending_documents(doors, drop.creditor):
        with suppress(RelanceError):
            _match_again(doors, event, creditor)


def _match_again(doors: ImportDoors, event: DropEvent, creditor: Creditor) -> None:
    """It is not marked as waiting: no queue would bring it back if we died here."""
    drop = Drop(event, creditor.code, doors.drops.get(event.key, version=event.version))
    read = doors.reader.read(drop.content, name=event.path, profile=creditor.profile)
    before = _own_record(doors, drop)
    if isinstance(read, DocumentFile) and before is not None:
        import_document(doors, drop, creditor, read, before)


def _own_record(doors: ImportDoors, drop: Drop) -> ImportRecord | None:
    """The record that this very drop left when it was delivered before."""
    found = doors.office.stores.of(drop.creditor).imports.find(drop.sha256)
    return found if drop.is_recorded_by(found) else None


def _is_over(creditor: Creditor | None, drop: Drop, before: ImportRecord) -> bool:
    """Recorded, and not about to release its lease. A drop that somebody accepts runs again."""
    crashed = creditor is not None and holds_lease(creditor, drop.event)
    pending = before.status == PENDING
    return not crashed and not pending and drop.event.accepted_by is None


def _refuse_key(doors: ImportDoors, event: DropEvent, error: DropKeyRefused) -> ImportOutcome:
    """No creditor to tell, and a key not to be repeated in a path: its digest names the report."""
    name = sha256(event.key.encode(errors="replace")).hexdigest()[:16]
    day = event.received_at.date().isoformat()
    key = f"reports/_refused/{day}/{name}.json"
    doors.reports.put(key, ascii(event.key).encode(), content_type="text/plain")
    return ImportOutcome("refused", code=error.code, report_key=key)
