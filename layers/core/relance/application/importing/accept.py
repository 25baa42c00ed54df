"""A person looked at a suspicious balance and says that it is right (design §6)."""

from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import DropEvent
from relance.application.importing.receive import import_drop
from relance.application.ports import ImportRecord, NotFound

LOOKED_BACK = 50
"""Imports among which a suspicious one is looked for."""


def suspicious_drops(creditor: str, *, doors: ImportDoors) -> tuple[ImportRecord, ...]:
    """The balances kept and not applied since the last one that was, newest first."""
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

    Raises NotFound when no suspicious balance of that name waits.
    """
    for record in suspicious_drops(creditor, doors=doors):
        if record.drop_key == drop_key:
            event = DropEvent(drop_key, record.drop_version, record.received_at, accepted_by=author)
            return import_drop(event, doors=doors)
    raise NotFound("no-suspicious-import", {"drop": drop_key})
