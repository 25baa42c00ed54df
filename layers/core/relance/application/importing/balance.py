"""A balance, from what was read of it to facts in the store (design §6)."""

from dataclasses import dataclass, replace
from datetime import datetime

from relance.application.importing.balance_report import balance_report
from relance.application.importing.case_writes import is_unfinished, stored_balance, write_cases
from relance.application.importing.creditor_row import holds_lease, release, take_lease
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop, local_date
from relance.application.importing.past_payments import write_past_payments
from relance.application.importing.refuse import quarantine
from relance.application.importing.report import ImportReport, record
from relance.application.importing.snapshot_file import (
    decode_snapshot,
    load_snapshot,
    save_snapshot,
    snapshot_key,
)
from relance.application.importing.summary import import_summary
from relance.application.importing.tell import outcome_of, tell
from relance.application.ports import ImportRecord
from relance.domain.balance_reading import BalanceReading
from relance.domain.creditor import BalanceState, Creditor
from relance.domain.reconciliation.reconcile import (
    BalanceOrigin,
    Reconciliation,
    reconcile,
    without_orphans,
)
from relance.domain.reconciliation.rules import BalanceRules, oldest_part, scope_of
from relance.domain.reconciliation.snapshot import BalanceSnapshot, PartState
from relance.domain.reconciliation.suspicion import suspicion

SUPERSEDED = "balance-superseded"
"""Dropped before the one that was applied last: queues do not keep the order."""


@dataclass(frozen=True, slots=True)
class _Import:
    """An import that holds the lease. creditor: as leased; snapshot: the last one applied."""

    doors: ImportDoors
    drop: Drop
    creditor: Creditor
    reading: BalanceReading
    snapshot: BalanceSnapshot

    @property
    def rules(self) -> BalanceRules:
        profile = self.creditor.profile
        calendar = self.doors.office.calendar_of(self.creditor)
        name, settings = self.drop.event.file_name, profile.balance
        return BalanceRules(settings.mode, settings.parts, name, calendar)

    @property
    def last(self) -> tuple[PartState, ...]:
        """The last files of the parts that this one holds."""
        present = scope_of(self.rules, self.reading.items, self.snapshot).present
        return tuple(state for name, state in self.snapshot.parts.items() if name in present)

    @property
    def is_same_file(self) -> bool:
        if not self.rules.parts:
            return self.snapshot.sha256 == self.drop.sha256
        return bool(self.last) and all(part.sha256 == self.drop.sha256 for part in self.last)

    @property
    def last_received_at(self) -> datetime | None:
        """Of that file when it is the same, else of what may have been dropped after this one."""
        if not self.rules.parts:
            return self.snapshot.received_at
        return max((part.received_at for part in self.last), default=None)

    @property
    def is_superseded(self) -> bool:
        last = self.last_received_at
        return last is not None and self.drop.event.received_at < last

    @property
    def origin(self) -> BalanceOrigin:
        """The same file dropped again is not a later balance: it confirms nothing."""
        received = self.drop.event.received_at
        seen_on = self.reading.as_of or local_date(received, self.creditor)
        if self.is_same_file and self.last_received_at is not None:
            received = self.last_received_at
        dated = self.reading.as_of or local_date(received, self.creditor)
        seq, sha256 = self.creditor.import_seq, self.drop.sha256
        return BalanceOrigin(seq, dated, sha256, received, seen_on)


def import_balance(
    doors: ImportDoors, drop: Drop, reading: BalanceReading, before: ImportRecord | None
) -> ImportOutcome:
    """before: the record of this very drop, when a crash kept it from releasing its lease.

    Raises LeaseTaken and Conflict: the queue brings the drop back, and nothing is done twice.
    """
    if reading.is_summary:
        return import_summary(doors, drop, reading)
    read = without_orphans(reading)
    creditor = doors.office.creditors.get(drop.creditor)
    ours = holds_lease(creditor, drop.event)
    if before is not None and ours and before.import_seq == creditor.import_seq:
        return _release_only(doors, drop, creditor, read, before)
    leased = take_lease(doors, drop)
    running = _Import(doors, drop, leased, read, load_snapshot(doors.reports, leased))
    report, found = _decide(running)
    done = record(doors, drop, leased, report)
    balance = _balance_after(leased, drop, read, report.status, found)
    released = release(doors, drop, leased.import_seq, balance)
    return tell(doors, drop, released, report, done)


def _decide(running: _Import) -> tuple[ImportReport, BalanceSnapshot]:
    """Apply it, or say why not; with the snapshot that is true from then on."""
    if running.is_superseded:
        return _report(running, "refused", SUPERSEDED, None), running.snapshot
    rules, last_as_of = running.rules, running.creditor.balance.as_of
    found = reconcile(running.snapshot, running.reading, running.origin, rules)
    reason = suspicion(running.snapshot, running.reading, found, last_as_of, rules)
    if reason is not None and running.drop.event.accepted_by is None:
        return _report(running, "suspicious", reason, found), running.snapshot
    return _apply(running, found), found.after


def _apply(running: _Import, found: Reconciliation) -> ImportReport:
    """The report compares with the last applied balance, the writes with what the cases hold."""
    writes = found
    if is_unfinished(running.creditor):
        stored = stored_balance(running.doors, running.creditor, running.snapshot)
        writes = reconcile(
            stored, running.reading, running.origin, running.rules, applied=running.snapshot
        )
    write_cases(running.doors, running.drop, running.creditor, writes, running.origin)
    if not running.snapshot.import_seq:
        write_past_payments(running.doors, running.drop, running.creditor, running.reading)
    same = running.is_same_file and writes.after.parts == running.snapshot.parts
    if same and not found.changes and not writes.changes:
        return _report(running, "unchanged", None, found)
    save_snapshot(running.doors.reports, running.drop.creditor, writes.after)
    return _report(running, "applied", None, found)


def _report(
    running: _Import, status: str, code: str | None, found: Reconciliation | None
) -> ImportReport:
    dated = running.origin.dated
    report = balance_report(running.reading, found, status=status, code=code, dated=dated)
    kept = quarantine(running.doors, running.drop) if code is not None else None
    return replace(report, import_seq=running.creditor.import_seq, quarantine_key=kept)


def _release_only(
    doors: ImportDoors, drop: Drop, creditor: Creditor, reading: BalanceReading, done: ImportRecord
) -> ImportOutcome:
    snapshot = load_snapshot(doors.reports, creditor)
    if done.status == "applied":
        snapshot = decode_snapshot(doors.reports.get(snapshot_key(drop.creditor, done.import_seq)))
    balance = _balance_after(creditor, drop, reading, done.status, snapshot)
    release(doors, drop, done.import_seq, balance)
    return outcome_of(done, drop)


def _balance_after(
    creditor: Creditor, drop: Drop, reading: BalanceReading, status: str, after: BalanceSnapshot
) -> BalanceState:
    """What the row says once it is over. A balance not applied moves nothing but the number, and
    not even that when an earlier import left its facts halfway. One in parts is as old as its
    oldest part.
    """
    seq, old = creditor.import_seq, creditor.balance
    if status not in {"applied", "unchanged"}:
        number = old.import_seq if is_unfinished(creditor) else seq
        return replace(old, import_seq=number, suspicious=old.suspicious or status == "suspicious")
    pointer = snapshot_key(drop.creditor, seq) if status == "applied" else old.snapshot_key
    return BalanceState(
        import_seq=seq,
        as_of=oldest_part(after, creditor.profile.balance.parts) or reading.as_of,
        uploaded_on=local_date(drop.event.received_at, creditor),
        snapshot_key=pointer,
        suspicious=False,
    )
