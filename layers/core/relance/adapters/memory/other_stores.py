"""Creditors, notices, replies, imports and the directory in dictionaries."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime

from relance.adapters.memory.database import MemoryDatabase
from relance.adapters.store_rules import (
    Found,
    Pointer,
    address_key,
    message_key,
    require_dispatch,
    sealed,
)
from relance.application.ports import (
    Conflict,
    ImportRecord,
    NotFound,
    RandomSource,
    StoredReply,
    ThreadRef,
)
from relance.domain.creditor import Creditor
from relance.domain.evidence import EvidenceDraft, EvidenceEntry
from relance.domain.notice import Notice, NoticeStatus

_OF_CREDITOR = ""
"""No debtor has an empty code."""


class MemoryCreditorStore:
    def __init__(self, database: MemoryDatabase, *, random: RandomSource):
        self._creditors = database.creditors
        self._notices = database.notices
        self._history = database.history
        self._random = random

    def codes(self) -> tuple[str, ...]:
        return tuple(sorted(self._creditors))

    def get(self, code: str) -> Creditor:
        if code not in self._creditors:
            raise NotFound("unknown-creditor", {"creditor": code})
        return self._creditors[code]

    def save(self, creditor: Creditor, entry: EvidenceDraft | None = None) -> Creditor:
        stored = self._creditors.get(creditor.code)
        if (stored.version if stored else 0) != creditor.version:
            raise Conflict("creditor-changed")
        proof, chain = sealed(entry, creditor.chain, self._random)
        if proof is not None:
            key = (creditor.code, _OF_CREDITOR)
            self._history[key] = (*self._history.get(key, ()), proof)
        saved = replace(creditor, version=creditor.version + 1, chain=chain)
        self._creditors[creditor.code] = saved
        return saved

    def dispatch(self, creditor: Creditor, notices: Sequence[Notice]) -> Creditor:
        require_dispatch(creditor, notices)
        for one in notices:
            stored = self._notices.get((creditor.code, one.id))
            if stored is None or stored.status is not NoticeStatus.PLANNED:
                raise Conflict("notice-changed")
        saved = creditor
        if self._creditors.get(creditor.code) != creditor:
            saved = self.save(creditor)
        self._notices.update({(creditor.code, one.id): deepcopy(one) for one in notices})
        return saved

    def history(self, code: str) -> tuple[EvidenceEntry, ...]:
        return self._history.get((code, _OF_CREDITOR), ())


class MemoryNoticeStore:
    def __init__(self, database: MemoryDatabase, creditor: str):
        self._notices = database.notices
        self._creditor = creditor

    def get(self, notice_id: str) -> Notice:
        found = self._notices.get((self._creditor, notice_id))
        if found is None:
            raise NotFound("unknown-notice", {"notice": notice_id})
        return deepcopy(found)

    def live(self, *, before: datetime) -> tuple[Notice, ...]:
        live = (n for n in self._own() if n.status.is_live and n.updated_at < before)
        return _copies(sorted(live, key=lambda n: (n.updated_at, n.id)))

    def ended(self, *, since: datetime) -> tuple[Notice, ...]:
        ended = (n for n in self._own() if not n.status.is_live and n.updated_at >= since)
        return _copies(sorted(ended, key=lambda n: (n.updated_at, n.id)))

    def of_case(self, debtor: str) -> tuple[Notice, ...]:
        own = (n for n in self._own() if debtor in n.debtors)
        return _copies(sorted(own, key=lambda n: (n.created_at, n.id)))

    def _own(self) -> list[Notice]:
        return [n for (creditor, _), n in self._notices.items() if creditor == self._creditor]


def _copies(notices: list[Notice]) -> tuple[Notice, ...]:
    return tuple(deepcopy(notice) for notice in notices)


class MemoryReplyStore:
    def __init__(self, database: MemoryDatabase, creditor: str):
        self._replies = database.replies
        self._creditor = creditor

    def get(self, reply_id: str) -> StoredReply:
        found = self._replies.get((self._creditor, reply_id))
        if found is None:
            raise NotFound("unknown-reply", {"reply": reply_id})
        return deepcopy(found)

    def save_triage(self, reply: StoredReply) -> bool:
        if reply.creditor != self._creditor or reply.debtor is not None:
            raise ValueError("a reply in triage belongs to this creditor and to no debtor")
        here = (self._creditor, reply.id)
        if here in self._replies:
            return False
        self._replies[here] = deepcopy(reply)
        return True

    def mark_forwarded(self, reply_id: str, at: datetime) -> None:
        self._replies[(self._creditor, reply_id)] = replace(self.get(reply_id), forwarded_at=at)

    def mark_seen(self, reply_id: str, by: str, at: datetime) -> None:
        seen = replace(self.get(reply_id), seen_by=by, seen_at=at)
        self._replies[(self._creditor, reply_id)] = seen

    def mark_unread(self, reply_id: str) -> None:
        unread = replace(self.get(reply_id), seen_by=None, seen_at=None)
        self._replies[(self._creditor, reply_id)] = unread

    def of_case(self, debtor: str) -> tuple[StoredReply, ...]:
        return tuple(reply for reply in self._own() if debtor in reply.debtors)

    def triage(self) -> tuple[StoredReply, ...]:
        return tuple(reply for reply in self._own() if reply.debtor is None)

    def _own(self) -> list[StoredReply]:
        own = (
            deepcopy(reply)
            for (creditor, _), reply in self._replies.items()
            if creditor == self._creditor
        )
        return sorted(own, key=lambda reply: (reply.received_at, reply.id))


class MemoryImportStore:
    def __init__(self, database: MemoryDatabase, creditor: str):
        self._imports = database.imports
        self._creditor = creditor

    def add(self, record: ImportRecord) -> None:
        others = (one for one in self._all() if _identity(one) != _identity(record))
        self._imports[self._creditor] = (*others, deepcopy(record))

    def find(self, sha256: str) -> ImportRecord | None:
        same = [one for one in self._all() if one.sha256 == sha256]
        last = max(reversed(same), key=lambda one: one.import_seq, default=None)
        return deepcopy(last)

    def recent(self, count: int) -> tuple[ImportRecord, ...]:
        ordered = sorted(self._all(), key=lambda r: (r.import_seq, r.received_at), reverse=True)
        return deepcopy(tuple(ordered[:count]))

    def unnumbered(self, *, since: datetime) -> tuple[ImportRecord, ...]:
        found = [r for r in self._all() if r.import_seq == 0 and r.received_at >= since]
        return deepcopy(tuple(sorted(found, key=lambda r: r.received_at, reverse=True)))

    def _all(self) -> tuple[ImportRecord, ...]:
        return self._imports.get(self._creditor, ())


def _identity(record: ImportRecord) -> tuple[object, ...]:
    return (record.import_seq, record.received_at, record.drop_key, record.drop_version)


class MemoryDirectory:
    def __init__(self, database: MemoryDatabase):
        self._database = database

    def by_token(self, token: str) -> ThreadRef | None:
        return self._database.tokens.get(token.lower())

    def by_message_id(self, message_id: str) -> ThreadRef | None:
        return self._database.message_ids.get(message_key(message_id))

    def by_address(self, creditor: str, address: str) -> tuple[ThreadRef, ...]:
        pointer = Pointer(Found.ADDRESS, address_key(address))
        found = self._database.pointers.get((creditor, pointer), frozenset())
        return tuple(ThreadRef(creditor, debtor) for debtor in sorted(found))

    def by_reply_domain(self, domain: str) -> tuple[str, ...]:
        wanted = domain.lower()
        using = (
            creditor.code
            for creditor in self._database.creditors.values()
            if creditor.payment and creditor.payment.reply_domain.lower() == wanted
        )
        return tuple(sorted(using))
