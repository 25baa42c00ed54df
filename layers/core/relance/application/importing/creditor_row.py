"""The creditor's row during an import: drops that wait, the lease, the pointer that moves last."""

from dataclasses import replace
from datetime import timedelta

from relance.application.change_creditor import change_creditor
from relance.application.importing.doors import ImportDoors
from relance.application.importing.drop import Drop, DropEvent
from relance.application.ports import CreditorStore, LeaseTaken, NotFound
from relance.domain.creditor import BalanceState, Creditor, Lease

ANOTHER_RUNS = "import-running"
LEASE_LASTS = timedelta(minutes=15)
"""A Lambda lives no longer: past it, whoever held the lease is dead."""
SPARE = timedelta(minutes=4)
"""What reading took before the lease, and what the last write needs: an import that gets so near
the end of its lease stops between two cases, and goes on from there when the queue brings it back.
"""


def find_creditor(creditors: CreditorStore, code: str) -> Creditor | None:
    try:
        return creditors.get(code)
    except NotFound:
        return None


def mark_waiting(creditors: CreditorStore, code: str, event: DropEvent) -> Creditor | None:
    """No reminder leaves while a drop waits. None: nobody knows this creditor yet."""
    try:
        return change_creditor(
            creditors,
            code,
            lambda c: replace(c, waiting_drops=c.waiting_drops | {event.identity}),
        )
    except NotFound:
        return None


def stop_waiting(creditors: CreditorStore, code: str, event: DropEvent) -> Creditor | None:
    try:
        return change_creditor(
            creditors,
            code,
            lambda c: replace(c, waiting_drops=c.waiting_drops - {event.identity}),
        )
    except NotFound:
        return None


def take_lease(doors: ImportDoors, drop: Drop) -> Creditor:
    """The creditor with our lease and a new import_seq. Raises LeaseTaken while another lives."""
    owner = drop.event.identity

    def taken(creditor: Creditor) -> Creditor:
        now, lease = doors.office.clock.now(), creditor.lease
        if lease is not None and lease.owner != owner and lease.until > now:
            busy = {"creditor": creditor.code}
            raise LeaseTaken(ANOTHER_RUNS, busy, again_in=lease.until - now)
        following = max(creditor.import_seq, creditor.balance.import_seq) + 1
        return replace(creditor, lease=Lease(owner, now + LEASE_LASTS), import_seq=following)

    return change_creditor(doors.office.creditors, drop.creditor, taken)


def holds_lease(creditor: Creditor, event: DropEvent) -> bool:
    return creditor.lease is not None and creditor.lease.owner == event.identity


def check_lease(doors: ImportDoors, creditor: Creditor) -> None:
    """Before each write: a lease that ran out may be somebody else's. Raises LeaseTaken."""
    lease, now = creditor.lease, doors.office.clock.now()
    if lease is None or now >= lease.until:
        raise LeaseTaken("lease-expired", {"creditor": creditor.code})
    if now >= lease.until - SPARE:
        raise LeaseTaken("import-continues", {"creditor": creditor.code})


def release(doors: ImportDoors, drop: Drop, import_seq: int, balance: BalanceState) -> Creditor:
    """The last write of an import, all at once: pointer, lease, waiting. Raises LeaseTaken."""

    def released(creditor: Creditor) -> Creditor:
        if not holds_lease(creditor, drop.event) or creditor.import_seq != import_seq:
            raise LeaseTaken("lease-lost", {"creditor": creditor.code})
        waiting = creditor.waiting_drops - {drop.event.identity}
        return replace(creditor, balance=balance, lease=None, waiting_drops=waiting)

    return change_creditor(doors.office.creditors, drop.creditor, released)
