"""A change of a case as the writes of its transaction."""

from pynamodb.expressions.condition import And, Condition

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.case_rows import (
    case_row,
    decided_row,
    entry_row,
    item_row,
    payments_row,
    pointer_row,
    pointers_text,
)
from relance.adapters.dynamodb.case_transaction import ChangeWrites
from relance.adapters.dynamodb.notice_rows import notice_row, reply_actions, thread_row
from relance.adapters.dynamodb.table import Row
from relance.adapters.dynamodb.transactions import Kind, Write
from relance.adapters.store_rules import (
    Pointer,
    gone_of,
    import_seq_of,
    message_key,
    names_message,
    pointers_of,
)
from relance.application.ports import CaseChange, NoticeChange, StoredReply, ThreadRef
from relance.domain.case import Case
from relance.domain.evidence import EvidenceEntry


class ChangeWriter:
    """Spells a change for one table."""

    def __init__(self, rows: type[Row]):
        self._rows = rows

    def writes(
        self,
        change: CaseChange,
        stored: Case,
        entry: EvidenceEntry | None,
        previous: tuple[Pointer, ...],
    ) -> ChangeWrites:
        """stored: the case as it will be; previous: the pointers that its row lists now."""
        pointers = set(pointers_of(stored))
        return ChangeWrites(
            case=self._case(change.case, stored, previous),
            proof=(
                *self._first(change.case),
                *self._entry(change.case, entry),
                *self._creditor(change),
                *(write for one in change.notices for write in self._notice(one)),
                *self._reply(change.reply),
                *self._payments(change),
            ),
            facts=(
                *self._items(change),
                *(write for one in change.notices for write in self._in_cases(one)),
                *self._reply_in_cases(change.reply),
                *self._decided(change, entry),
                *(self._pointer(stored, p, Kind.PUT) for p in sorted(pointers - set(previous))),
            ),
            removals=(
                *self._gone(change),
                *(self._pointer(stored, p, Kind.DELETE) for p in sorted(set(previous) - pointers)),
            ),
        )

    def _case(self, read: Case, stored: Case, previous: tuple[Pointer, ...]) -> Write:
        row = case_row(self._rows, stored)
        condition = self._unchanged(read.version, pointers_text(previous))
        return Write(Kind.PUT, row, condition, conflict="case-changed")

    def _unchanged(self, version: int, pointers: str | None) -> Condition:
        """The pointers are checked too: a commit that knows them pays no read to compare."""
        rows = self._rows
        if version == 0:
            return rows.pk.does_not_exist()
        listed = rows.pointers
        same: Condition = listed == pointers
        if pointers is None:
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

    def _decided(self, change: CaseChange, entry: EvidenceEntry | None) -> tuple[Write, ...]:
        """Harmless when written earlier: it names an entry by its hash, which is then not there."""
        if change.before is None or entry is None:
            return ()
        pk = keys.case(change.case.creditor, change.case.debtor.code)
        return (Write(Kind.PUT, decided_row(self._rows, pk, entry, change.before)),)

    def _payments(self, change: CaseChange) -> tuple[Write, ...]:
        """Written with the case and no other way: its version guards it."""
        if change.payments is None:
            return ()
        pk = keys.case(change.case.creditor, change.case.debtor.code)
        return (Write(Kind.PUT, payments_row(self._rows, pk, change.payments)),)

    def _creditor(self, change: CaseChange) -> tuple[Write, ...]:
        if change.creditor_version is None:
            return ()
        row = self._rows(keys.creditor(change.case.creditor), keys.CREDITOR)
        same = self._rows.version == change.creditor_version
        return (Write(Kind.CHECK, row, same, conflict="creditor-changed"),)

    def _items(self, change: CaseChange) -> tuple[Write, ...]:
        pk = keys.case(change.case.creditor, change.case.debtor.code)
        seq = import_seq_of(change)
        by_key = {item.key: item for item in change.items}
        return tuple(
            Write(Kind.PUT, item_row(self._rows, pk, item, seq), self._older(seq), yields=True)
            for item in by_key.values()
        )

    def _gone(self, change: CaseChange) -> tuple[Write, ...]:
        """Like a fact: what a higher import brought back stays."""
        pk = keys.case(change.case.creditor, change.case.debtor.code)
        older = self._older(import_seq_of(change))
        rows = (self._rows(pk, keys.item_row(key)) for key in gone_of(change))
        return tuple(Write(Kind.DELETE, row, older, yields=True) for row in rows)

    def _older(self, seq: int) -> Condition:
        older: Condition = self._rows.pk.does_not_exist() | (self._rows.import_seq <= seq)
        return older

    def _notice(self, change: NoticeChange) -> tuple[Write, ...]:
        notice, expected = change.notice, change.expected
        thread = ThreadRef(notice.creditor, notice.debtor, notice.id)
        found_by: list[tuple[str, str]] = []
        unchanged: Condition = self._rows.status == str(expected)
        if expected is None:
            unchanged = self._rows.pk.does_not_exist()
            found_by.append((keys.token(notice.reply_token), keys.THREAD))
        if names_message(change):
            found_by.append((keys.message(message_key(notice.message_id or "")), keys.THREAD))
        row = notice_row(self._rows, notice)
        pointers = (thread_row(self._rows, pk, sk, thread) for pk, sk in found_by)
        return (
            Write(Kind.PUT, row, unchanged, conflict="notice-changed"),
            *(Write(Kind.PUT, pointer) for pointer in pointers),
        )

    def _in_cases(self, change: NoticeChange) -> tuple[Write, ...]:
        """A new notice in the list of each of its cases: without the notice it lists nothing."""
        if change.expected is not None:
            return ()
        notice, listed = change.notice, keys.NOTICE_OF_CASE + keys.part(change.notice.id)
        cases = (keys.case(notice.creditor, debtor) for debtor in notice.debtors)
        return tuple(Write(Kind.PUT, self._rows(pk, listed)) for pk in cases)

    def _reply(self, reply: StoredReply | None) -> tuple[Write, ...]:
        if reply is None or reply.debtor is None:
            return ()
        row = self._rows(keys.reply(reply.creditor, reply.id), keys.REPLY)
        return (Write(Kind.UPDATE, row, actions=reply_actions(self._rows, reply)),)

    def _reply_in_cases(self, reply: StoredReply | None) -> tuple[Write, ...]:
        if reply is None:
            return ()
        listed = keys.REPLY_OF_CASE + keys.part(reply.id)
        cases = (keys.case(reply.creditor, debtor) for debtor in reply.debtors)
        return tuple(Write(Kind.PUT, self._rows(pk, listed)) for pk in cases)

    def _pointer(self, case: Case, pointer: Pointer, kind: Kind) -> Write:
        return Write(kind, pointer_row(self._rows, case, pointer))
