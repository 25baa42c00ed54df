"""Cases in dictionaries, with the conflicts of the real store."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date

from relance.adapters.memory.database import MemoryDatabase
from relance.adapters.store_rules import (
    TO_CALL,
    TO_READ,
    Found,
    Pointer,
    address_key,
    gone_of,
    import_seq_of,
    message_key,
    names_message,
    pointers_of,
    require_owner,
    sealed,
)
from relance.application.ports import (
    CaseChange,
    Conflict,
    NoticeChange,
    RandomSource,
    StoredReply,
    ThreadRef,
)
from relance.domain.case import Case, facts_of
from relance.domain.creditor import Creditor
from relance.domain.decided import Decided
from relance.domain.evidence import EvidenceEntry
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.payment_history import PaymentHistory


class MemoryCaseStore:
    def __init__(self, database: MemoryDatabase, creditor: str, *, random: RandomSource):
        self._database = database
        self._creditor = creditor
        self._random = random

    def load(self, debtor: str, creditor: Creditor) -> Case | None:
        if creditor.code != self._creditor:
            raise ValueError("this store was opened for another creditor")
        case = self._database.cases.get((self._creditor, debtor))
        if case is None:
            return None
        facts = self._database.items.get((self._creditor, debtor), {})
        items = {key: item for key, (item, _) in facts.items()}
        pays_for = self.paid_by(debtor)
        return replace(
            deepcopy(case), items=items, facts=facts_of(creditor, debtor), pays_for=pays_for
        )

    def commit(self, change: CaseChange) -> Case:
        return self.commit_all((change,))[0]

    def commit_all(self, changes: Sequence[CaseChange]) -> tuple[Case, ...]:
        require_owner(self._creditor, changes)
        for change in changes:
            self._check(change)
        return tuple(self._write(change) for change in changes)

    def _write(self, change: CaseChange) -> Case:
        entry, chain = sealed(change.entry, change.case.chain, self._random)
        stored = replace(deepcopy(change.case), version=change.case.version + 1, chain=chain)
        here = (self._creditor, stored.debtor.code)
        self._move_pointers(stored)
        self._database.cases[here] = replace(stored, items={}, payer=None, pays_for=())
        if entry is not None:
            self._database.history[here] = (*self._entries(stored.debtor.code), entry)
        if change.before is not None and entry is not None:
            bare = replace(change.before.case, items={}, payer=None, pays_for=())
            before = replace(change.before, case=deepcopy(bare))
            self._database.decided[here] = Decided(entry.seq, entry.hash, before)
        if change.payments is not None:
            self._database.payments[here] = change.payments
        newer = self._put_items(change)
        for one in change.notices:
            self._put_notice(one)
        if change.reply is not None:
            self._put_reply(change.reply)
        return replace(deepcopy(stored), items={**stored.items, **newer})

    def _check(self, change: CaseChange) -> None:
        here = (self._creditor, change.case.debtor.code)
        stored = self._database.cases.get(here)
        if (stored.version if stored else 0) != change.case.version:
            raise Conflict("case-changed")
        if change.entry is not None and len(self._entries(here[1])) != change.case.chain.seq:
            raise Conflict("evidence-entry-exists")
        creditor = self._database.creditors.get(self._creditor)
        version = creditor.version if creditor else 0
        if change.creditor_version is not None and change.creditor_version != version:
            raise Conflict("creditor-changed")
        for one in change.notices:
            found = self._database.notices.get((self._creditor, one.notice.id))
            if (found.status if found else None) is not one.expected:
                raise Conflict("notice-changed")

    def _put_items(self, change: CaseChange) -> dict[ItemKey, OpenItem]:
        """The items of a higher import that were left as they are."""
        here, seq = (self._creditor, change.case.debtor.code), import_seq_of(change)
        facts = self._database.items.setdefault(here, {})
        newer = {
            item.key: facts[item.key][0]
            for item in change.items
            if item.key in facts and facts[item.key][1] > seq
        }
        facts.update({i.key: (i, seq) for i in change.items if i.key not in newer})
        for key in gone_of(change):
            item, written_by = facts.get(key, (None, 0))
            if item is not None and written_by > seq:
                newer[key] = item
            else:
                facts.pop(key, None)
        return newer

    def _put_notice(self, change: NoticeChange) -> None:
        notice = change.notice
        thread = ThreadRef(notice.creditor, notice.debtor, notice.id)
        self._database.notices[(self._creditor, notice.id)] = deepcopy(notice)
        if change.expected is None:
            self._database.tokens[notice.reply_token] = thread
        if names_message(change):
            self._database.message_ids[message_key(notice.message_id or "")] = thread

    def _put_reply(self, reply: StoredReply) -> None:
        """A reply already forwarded or seen stays so, whatever the writer had read."""
        here = (self._creditor, reply.id)
        stored = self._database.replies.get(here, reply)
        self._database.replies[here] = replace(
            deepcopy(reply),
            forwarded_at=reply.forwarded_at or stored.forwarded_at,
            seen_by=reply.seen_by or stored.seen_by,
            seen_at=reply.seen_at or stored.seen_at,
        )

    def _move_pointers(self, after: Case) -> None:
        here = (self._creditor, after.debtor.code)
        old = self._database.pointed.get(here, frozenset())
        new, debtor = frozenset(pointers_of(after)), {after.debtor.code}
        self._database.pointed[here] = new
        book = self._database.pointers
        for pointer in old | new:
            found_by = (self._creditor, pointer)
            others = book.get(found_by, frozenset()) - debtor
            book[found_by] = others | debtor if pointer in new else others

    def paid_by(self, payer: str) -> tuple[str, ...]:
        return self._found(Pointer(Found.PAYER, payer))

    def of_siren(self, siren: str) -> tuple[str, ...]:
        return self._found(Pointer(Found.SIREN, siren))

    def of_address(self, address: str) -> tuple[str, ...]:
        return self._found(Pointer(Found.ADDRESS, address_key(address)))

    def to_call(self) -> tuple[str, ...]:
        return self._found(Pointer(Found.CALL, TO_CALL))

    def to_read(self) -> tuple[str, ...]:
        return self._found(Pointer(Found.READ, TO_READ))

    def dated(self, first: date, last: date) -> tuple[str, ...]:
        found: set[str] = set()
        for (creditor, pointer), debtors in self._database.pointers.items():
            is_date = creditor == self._creditor and pointer.by is Found.DATE
            if is_date and first.isoformat() <= pointer.value <= last.isoformat():
                found |= debtors
        return tuple(sorted(found))

    def _found(self, pointer: Pointer) -> tuple[str, ...]:
        return tuple(sorted(self._database.pointers.get((self._creditor, pointer), ())))

    def due(self, until: date, *, page_size: int) -> Iterable[tuple[str, ...]]:
        dated = sorted(
            (case.agenda, case.debtor.code)
            for (creditor, _), case in self._database.cases.items()
            if creditor == self._creditor and case.agenda is not None and case.agenda <= until
        )
        codes = [code for _, code in dated]
        for start in range(0, len(codes), page_size):
            yield tuple(codes[start : start + page_size])

    def debtors(self) -> tuple[str, ...]:
        return tuple(sorted(d for (c, d) in self._database.cases if c == self._creditor))

    def debtors_after(self, debtor: str, *, limit: int) -> tuple[str, ...]:
        return tuple(code for code in self.debtors() if code > debtor)[:limit]

    def history(self, debtor: str) -> tuple[EvidenceEntry, ...]:
        return deepcopy(self._entries(debtor))

    def decided(self, debtor: str, creditor: Creditor) -> Decided | None:
        found = self._database.decided.get((self._creditor, debtor))
        if found is None:
            return None
        case = replace(deepcopy(found.before.case), facts=facts_of(creditor, debtor))
        return replace(found, before=replace(found.before, case=case))

    def payments(self, debtor: str) -> PaymentHistory:
        return self._database.payments.get((self._creditor, debtor), PaymentHistory())

    def _entries(self, debtor: str) -> tuple[EvidenceEntry, ...]:
        return self._database.history.get((self._creditor, debtor), ())
