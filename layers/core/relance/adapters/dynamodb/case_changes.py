"""A change of a case as the writes of its transaction."""

from dataclasses import dataclass

from pynamodb.expressions.condition import And, Condition

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.case_rows import addresses_text, case_row, entry_row, item_row
from relance.adapters.dynamodb.notice_rows import notice_row, reply_actions, thread_row
from relance.adapters.dynamodb.table import Row
from relance.adapters.dynamodb.transactions import Kind, Write
from relance.adapters.store_rules import (
    addresses_of,
    import_seq_of,
    message_key,
    names_message,
)
from relance.application.ports import CaseChange, NoticeChange, StoredReply, ThreadRef
from relance.domain.case import Case
from relance.domain.evidence import EvidenceEntry


@dataclass(frozen=True, slots=True)
class ChangeWrites:
    """case: its row; proof: what must move with it; facts: items and new addresses, harmless when
    written earlier; removals: addresses it no longer has, harmless when deleted later.
    """

    case: Write
    proof: tuple[Write, ...]
    facts: tuple[Write, ...]
    removals: tuple[Write, ...]

    @property
    def all(self) -> tuple[Write, ...]:
        return (self.case, *self.proof, *self.facts, *self.removals)


class ChangeWriter:
    """Spells a change for one table."""

    def __init__(self, rows: type[Row]):
        self._rows = rows

    def writes(
        self,
        change: CaseChange,
        stored: Case,
        entry: EvidenceEntry | None,
        previous: tuple[str, ...],
    ) -> ChangeWrites:
        """stored: the case as it will be; previous: the addresses that its row lists now."""
        addresses = set(addresses_of(stored))
        return ChangeWrites(
            case=self._case(change.case, stored, previous),
            proof=(
                *self._first(change.case),
                *self._entry(change.case, entry),
                *self._creditor(change),
                *(write for one in change.notices for write in self._notice(one)),
                *self._reply(change.reply),
            ),
            facts=(
                *self._items(change),
                *(self._address(stored, a, Kind.PUT) for a in sorted(addresses - set(previous))),
            ),
            removals=tuple(
                self._address(stored, a, Kind.DELETE) for a in sorted(set(previous) - addresses)
            ),
        )

    def _case(self, read: Case, stored: Case, previous: tuple[str, ...]) -> Write:
        row = case_row(self._rows, stored)
        condition = self._unchanged(read.version, addresses_text(previous))
        return Write(Kind.PUT, row, condition, conflict="case-changed")

    def _unchanged(self, version: int, addresses: str | None) -> Condition:
        """The addresses are checked too: a commit that knows them pays no read to compare."""
        rows = self._rows
        if version == 0:
            return rows.pk.does_not_exist()
        listed = rows.addresses
        same: Condition = listed == addresses
        if addresses is None:
            same = listed.does_not_exist()
        return And(rows.version == version, same)

    def _first(self, case: Case) -> tuple[Write, ...]:
        """The entry of a new case in the list of all debtors."""
        if case.version > 0:
            return ()
        row = self._rows(keys.debtors(case.creditor), keys.part(case.debtor.code))
        return (Write(Kind.PUT, row),)

    def _entry(self, case: Case, entry: EvidenceEntry | None) -> tuple[Write, ...]:
        if entry is None:
            return ()
        row = entry_row(self._rows, keys.case(case.creditor, case.debtor.code), entry)
        absent = self._rows.pk.does_not_exist()
        return (Write(Kind.PUT, row, absent, conflict="evidence-entry-exists"),)

    def _creditor(self, change: CaseChange) -> tuple[Write, ...]:
        if change.creditor_version is None:
            return ()
        row = self._rows(keys.creditor(change.case.creditor), keys.CREDITOR)
        same = self._rows.version == change.creditor_version
        return (Write(Kind.CHECK, row, same, conflict="creditor-changed"),)

    def _items(self, change: CaseChange) -> tuple[Write, ...]:
        pk = keys.case(change.case.creditor, change.case.debtor.code)
        seq = import_seq_of(change)
        newer = self._rows.pk.does_not_exist() | (self._rows.import_seq <= seq)
        by_key = {item.key: item for item in change.items}
        return tuple(
            Write(Kind.PUT, item_row(self._rows, pk, item, seq), newer, yields=True)
            for item in by_key.values()
        )

    def _notice(self, change: NoticeChange) -> tuple[Write, ...]:
        notice, expected = change.notice, change.expected
        thread = ThreadRef(notice.creditor, notice.debtor, notice.id)
        found_by: list[tuple[str, str]] = []
        unchanged: Condition = self._rows.status == str(expected)
        if expected is None:
            unchanged = self._rows.pk.does_not_exist()
            pointer = keys.NOTICE_OF_CASE + keys.part(notice.id)
            found_by.append((keys.case(notice.creditor, notice.debtor), pointer))
            found_by.append((keys.token(notice.reply_token), keys.THREAD))
        if names_message(change):
            found_by.append((keys.message(message_key(notice.message_id or "")), keys.THREAD))
        row = notice_row(self._rows, notice)
        pointers = (thread_row(self._rows, pk, sk, thread) for pk, sk in found_by)
        return (
            Write(Kind.PUT, row, unchanged, conflict="notice-changed"),
            *(Write(Kind.PUT, pointer) for pointer in pointers),
        )

    def _reply(self, reply: StoredReply | None) -> tuple[Write, ...]:
        if reply is None or reply.debtor is None:
            return ()
        row = self._rows(keys.reply(reply.creditor, reply.id), keys.REPLY)
        pointer = keys.REPLY_OF_CASE + keys.part(reply.id)
        of_case = self._rows(keys.case(reply.creditor, reply.debtor), pointer)
        return (
            Write(Kind.UPDATE, row, actions=reply_actions(self._rows, reply)),
            Write(Kind.PUT, of_case),
        )

    def _address(self, case: Case, address: str, kind: Kind) -> Write:
        pk = keys.address(case.creditor, address)
        return Write(kind, self._rows(pk, keys.part(case.debtor.code)))
