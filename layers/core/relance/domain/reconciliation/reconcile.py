"""One reconciliation for every format: the balance read against the last one applied (design §6).

The facts are absolute: applying them again, or on top of half of them, ends in the same place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from relance.domain.balance_reading import BalanceReading, ReadItem, ReadParties, RejectedRow
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.reconciliation.absence import absent_item
from relance.domain.reconciliation.changes import (
    ChangeKind,
    DebtorChange,
    ItemChange,
    change_between,
)
from relance.domain.reconciliation.identity import by_debtor, debtor_key, identify, open_item
from relance.domain.reconciliation.merging import Merge, find_merges, moved_item
from relance.domain.reconciliation.parties import parties_of, with_parties
from relance.domain.reconciliation.protection import protection_of
from relance.domain.reconciliation.renumbering import with_renumbered
from relance.domain.reconciliation.rules import BalanceRules, Scope, scope_of
from relance.domain.reconciliation.snapshot import (
    BalanceSnapshot,
    DebtorBalance,
    PartState,
    claims_of,
    is_followed,
)


@dataclass(frozen=True, slots=True)
class BalanceOrigin:
    """dated: the balance's own date, else the day it was dropped first: the same file again is no
    later balance; seen_on: that of this very drop, when it differs.
    """

    import_seq: int
    dated: date
    sha256: str
    received_at: datetime
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """after: the next snapshot; changes: the debtors that changed, and no other; suspended:
    (debtor, item) absent from the file and not settled, because a rejected row may be them;
    compared: the claims that the file could have settled, per currency.
    """

    after: BalanceSnapshot
    changes: dict[str, DebtorChange]
    unchanged: int
    suspended: tuple[tuple[str, ItemKey], ...]
    compared: dict[str, Decimal] = field(default_factory=dict)

    def item_changes(self) -> Iterator[tuple[str, ItemChange]]:
        for code, debtor in self.changes.items():
            for change in debtor.items:
                yield code, change

    def count(self, kind: ChangeKind) -> int:
        return sum(1 for _, change in self.item_changes() if change.kind is kind)


@dataclass(frozen=True, slots=True)
class _Debtor:
    """One debtor in both balances. seen: shown by the file; absent: what becomes of the others;
    held: those that a rejected row may be; parties: who else is named, as far as is known.
    """

    code: str
    known: DebtorBalance | None
    name: str
    parties: ReadParties | None
    seen: dict[ItemKey, OpenItem]
    absent: dict[ItemKey, OpenItem]
    held: tuple[ItemKey, ...]
    merge: Merge | None

    @property
    def before(self) -> dict[ItemKey, OpenItem]:
        return self.known.items if self.known else {}

    def change(self) -> DebtorChange | None:
        renamed = self.known is not None and self.known.name != self.name
        parties = self.parties if self.parties != (self.known and self.known.parties) else None
        items = self._item_changes()
        if not items and not renamed and parties is None:
            return None
        into = self.merge.into if self.merge else None
        return DebtorChange(self.code, self.name, items, renamed, into, parties)

    def _item_changes(self) -> tuple[ItemChange, ...]:
        after = {**self.seen, **self.absent}
        found = [change_between(self.before.get(key), item) for key, item in after.items()]
        items = with_renumbered(tuple(change for change in found if change), self.before)
        moved = self.merge.moved if self.merge else {}
        return tuple(
            replace(c, now=moved[c.after.key]) if c.kind is ChangeKind.MOVED else c for c in items
        )

    @property
    def unchanged(self) -> int:
        return sum(1 for key, item in self.seen.items() if self.before.get(key) == item)

    @property
    def balance(self) -> DebtorBalance:
        after = {**self.seen, **self.absent}
        followed = {key: item for key, item in after.items() if is_followed(item)}
        return DebtorBalance(self.name, followed, self.parties)


def reconcile(
    snapshot: BalanceSnapshot,
    reading: BalanceReading,
    origin: BalanceOrigin,
    rules: BalanceRules | None = None,
    *,
    applied: BalanceSnapshot | None = None,
) -> Reconciliation:
    """What the reading changes. Rows that show no debtor are rejected first (`without_orphans`).

    applied: the last balance, when the snapshot is what an import that did not end left: codes
    that became one are told by it, whatever was written of them already.
    """
    rules = rules or BalanceRules()
    scope = scope_of(rules, reading.items, snapshot)
    debtors = _debtors(snapshot, applied or snapshot, reading, origin, scope)
    changes = {debtor.code: debtor.change() for debtor in debtors}
    after = {debtor.code: debtor.balance for debtor in debtors}
    return Reconciliation(
        after=BalanceSnapshot(
            import_seq=origin.import_seq,
            as_of=reading.as_of,
            sha256=origin.sha256,
            received_at=origin.received_at,
            debtors={code: balance for code, balance in after.items() if balance.items},
            parts=_parts(snapshot, scope, origin),
        ),
        changes={code: change for code, change in changes.items() if change is not None},
        unchanged=sum(debtor.unchanged for debtor in debtors),
        suspended=tuple((d.code, key) for d in debtors for key in d.held),
        compared=claims_of(i for _, i in snapshot.each() if scope.covers(i)),
    )


def _parts(snapshot: BalanceSnapshot, scope: Scope, origin: BalanceOrigin) -> dict[str, PartState]:
    now = PartState(origin.seen_on or origin.dated, origin.sha256, origin.received_at)
    known = {name: s for name, s in snapshot.parts.items() if name in scope.rules.names}
    return {**known, **dict.fromkeys(sorted(scope.present), now)}


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


def _debtors(
    snapshot: BalanceSnapshot,
    applied: BalanceSnapshot,
    reading: BalanceReading,
    origin: BalanceOrigin,
    scope: Scope,
) -> list[_Debtor]:
    lines = by_debtor(reading.items)
    seen = {
        code: _seen(group, snapshot.items_of(code), scope) for code, group in sorted(lines.items())
    }
    absent = _Absent(snapshot, reading, origin, scope, find_merges(applied, seen))
    return [
        absent.debtor(code, lines.get(code, []), seen.get(code, {}))
        for code in sorted({*snapshot.debtors, *lines})
    ]


def _seen(
    lines: list[ReadItem], before: dict[ItemKey, OpenItem], scope: Scope
) -> dict[ItemKey, OpenItem]:
    """Lines of a part are not taken for items of another one, but for a piece that moved here."""
    elsewhere = {k for k, item in before.items() if not scope.covers(item)}
    part_of = scope.rules.part_of
    found = identify(lines, before, elsewhere)
    return {key: open_item(key, line, part_of(line)) for key, line in found}


class _Absent:
    """What becomes of what the file does not show."""

    def __init__(
        self,
        snapshot: BalanceSnapshot,
        reading: BalanceReading,
        origin: BalanceOrigin,
        scope: Scope,
        merges: dict[str, Merge],
    ):
        self._snapshot, self._scope, self._merges = snapshot, scope, merges
        self._protection = protection_of(reading, snapshot)
        self._dated = origin.dated

    def debtor(self, code: str, lines: list[ReadItem], seen: dict[ItemKey, OpenItem]) -> _Debtor:
        known = self._snapshot.debtors.get(code)
        merge = self._merges.get(code)
        missing = {k: i for k, i in (known.items if known else {}).items() if k not in seen}
        held = tuple(
            k for k, i in missing.items() if i.settlement is None and self._is_held(code, i)
        )
        named = next((line.debtor_name.strip() for line in lines if line.debtor_name), None)
        return _Debtor(
            code=code,
            known=known,
            name=named or (known.name if known else code),
            parties=with_parties(known.parties if known else None, parties_of(lines)),
            seen=seen,
            absent={k: self._after(code, item, merge) for k, item in missing.items()},
            held=held if merge is None else tuple(k for k in held if k not in merge.moved),
            merge=merge,
        )

    def _after(self, code: str, item: OpenItem, merge: Merge | None) -> OpenItem:
        if merge is not None and item.key in merge.moved:
            return moved_item(item)
        if self._protection.covers(code, item) or not self._scope.settles(item):
            return item
        return absent_item(item, self._dated, self._scope.rules.calendar)

    def _is_held(self, code: str, item: OpenItem) -> bool:
        return self._protection.covers(code, item) and self._scope.settles(item)
