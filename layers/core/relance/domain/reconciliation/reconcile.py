"""One reconciliation for every format: the balance read against the last one applied (design §6).

The facts are absolute: applying them again, or on top of half of them, ends in the same place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from relance.domain.balance_reading import BalanceReading, ReadItem, RejectedRow
from relance.domain.open_item import ItemKey, OpenItem, Settlement
from relance.domain.reconciliation.changes import (
    ChangeKind,
    DebtorChange,
    ItemChange,
    change_between,
)
from relance.domain.reconciliation.identity import by_debtor, debtor_key, identify, open_item
from relance.domain.reconciliation.protection import Protection, protection_of
from relance.domain.reconciliation.renumbering import with_renumbered
from relance.domain.reconciliation.snapshot import BalanceSnapshot, DebtorBalance, is_followed


@dataclass(frozen=True, slots=True)
class BalanceOrigin:
    """dated: the balance's own date, else the day it was dropped."""

    import_seq: int
    dated: date
    sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """after: the next snapshot; changes: the debtors that changed, and no other; suspended:
    (debtor, item) absent from the file and not settled, because a rejected row may be them.
    """

    after: BalanceSnapshot
    changes: dict[str, DebtorChange]
    unchanged: int
    suspended: tuple[tuple[str, ItemKey], ...]

    def item_changes(self) -> Iterator[tuple[str, ItemChange]]:
        for code, debtor in self.changes.items():
            for change in debtor.items:
                yield code, change

    def count(self, kind: ChangeKind) -> int:
        return sum(1 for _, change in self.item_changes() if change.kind is kind)


@dataclass(frozen=True, slots=True)
class _Debtor:
    """One debtor in both balances. seen: shown by the file; absent: what becomes of the others."""

    code: str
    name: str
    before: dict[ItemKey, OpenItem]
    seen: dict[ItemKey, OpenItem]
    absent: dict[ItemKey, OpenItem]

    def change(self, known_as: str | None) -> DebtorChange | None:
        after = {**self.seen, **self.absent}
        found = [change_between(self.before.get(key), item) for key, item in after.items()]
        items = with_renumbered(tuple(change for change in found if change), self.before)
        renamed = known_as is not None and known_as != self.name
        return DebtorChange(self.code, self.name, items, renamed) if items or renamed else None

    @property
    def unchanged(self) -> int:
        return sum(1 for key, item in self.seen.items() if self.before.get(key) == item)

    @property
    def suspended(self) -> tuple[tuple[str, ItemKey], ...]:
        return tuple((self.code, key) for key, item in self.absent.items() if not item.settlement)

    @property
    def followed(self) -> dict[ItemKey, OpenItem]:
        after = {**self.seen, **self.absent}
        return {key: item for key, item in after.items() if is_followed(item)}


def reconcile(
    snapshot: BalanceSnapshot, reading: BalanceReading, origin: BalanceOrigin
) -> Reconciliation:
    """What the reading changes. Rows that show no debtor are rejected first (`without_orphans`)."""
    protection = protection_of(reading.rejected, snapshot)
    lines = by_debtor(reading.items)
    debtors = [
        _debtor(code, lines.get(code, []), snapshot, protection, origin.dated)
        for code in sorted({*snapshot.debtors, *lines})
    ]
    changes = {d.code: d.change(_known_as(d.code, snapshot)) for d in debtors}
    return Reconciliation(
        after=BalanceSnapshot(
            import_seq=origin.import_seq,
            as_of=reading.as_of,
            sha256=origin.sha256,
            received_at=origin.received_at,
            debtors={d.code: DebtorBalance(d.name, d.followed) for d in debtors if d.followed},
        ),
        changes={code: change for code, change in changes.items() if change is not None},
        unchanged=sum(debtor.unchanged for debtor in debtors),
        suspended=tuple(item for debtor in debtors for item in debtor.suspended),
    )


def without_orphans(reading: BalanceReading) -> BalanceReading:
    """The reading with the rows that show no debtor moved to quarantine: they belong to no case."""
    orphans = [i for i in reading.items if debtor_key(i.debtor_code, i.debtor_name) is None]
    if not orphans:
        return reading
    rows = tuple(
        RejectedRow(item.line, "debtor-missing", "debtor_code", None, item.number)
        for item in orphans
    )
    lines = {item.line for item in orphans}
    kept = tuple(item for item in reading.items if item.line not in lines)
    return replace(reading, items=kept, rejected=(*reading.rejected, *rows))


def _debtor(
    code: str,
    lines: list[ReadItem],
    snapshot: BalanceSnapshot,
    protection: Protection,
    dated: date,
) -> _Debtor:
    before = snapshot.items_of(code)
    seen = {key: open_item(key, line) for key, line in identify(lines, before)}
    absent = {
        key: item if protection.covers(code, item) else _settled(item, dated)
        for key, item in before.items()
        if key not in seen
    }
    named = next((line.debtor_name.strip() for line in lines if line.debtor_name), None)
    return _Debtor(code, named or _known_as(code, snapshot) or code, before, seen, absent)


def _settled(item: OpenItem, dated: date) -> OpenItem:
    """Absent once: settled, cause unknown. Absent again from a later balance: confirmed."""
    if item.settlement is None:
        return replace(
            item,
            open_amount=Decimal(0),
            settlement=Settlement.UNKNOWN_CAUSE,
            settled_on=dated,
        )
    if item.settled_on is not None and dated > item.settled_on:
        return replace(item, settlement=Settlement.CONFIRMED)
    return item


def _known_as(code: str, snapshot: BalanceSnapshot) -> str | None:
    debtor = snapshot.debtors.get(code)
    return debtor.name if debtor else None
