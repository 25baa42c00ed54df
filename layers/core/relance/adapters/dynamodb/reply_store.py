"""Replies in DynamoDB: like notices; those in triage are on the index until a case gets them."""

from collections.abc import Iterable
from datetime import datetime

from pynamodb.expressions.update import Action

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.notice_rows import reply_from, reply_row
from relance.adapters.dynamodb.table import Table
from relance.adapters.dynamodb.transactions import Cancelled, Kind, Transactions, Write
from relance.application.ports import NotFound, StoredReply


class DynamoReplyStore:
    def __init__(self, table: Table, transactions: Transactions, creditor: str):
        self._table = table
        self._transactions = transactions
        self._creditor = creditor

    def get(self, reply_id: str) -> StoredReply:
        row = self._table.get(keys.reply(self._creditor, reply_id), keys.REPLY)
        if row is None:
            raise NotFound("unknown-reply", {"reply": reply_id})
        return reply_from(row)

    def save_triage(self, reply: StoredReply) -> bool:
        if reply.creditor != self._creditor or reply.debtor is not None:
            raise ValueError("a reply in triage belongs to this creditor and to no debtor")
        row = reply_row(self._table.rows, reply)
        try:
            absent = self._table.rows.pk.does_not_exist()
            self._transactions.attempt([Write(Kind.PUT, row, absent)])
        except Cancelled:
            return False
        return True

    def mark_forwarded(self, reply_id: str, at: datetime) -> None:
        self._mark(reply_id, self._table.rows.forwarded_at.set(at.isoformat()))

    def mark_seen(self, reply_id: str, by: str, at: datetime) -> None:
        rows = self._table.rows
        self._mark(reply_id, rows.seen_by.set(by), rows.seen_at.set(at.isoformat()))

    def mark_unread(self, reply_id: str) -> None:
        rows = self._table.rows
        self._mark(reply_id, rows.seen_by.remove(), rows.seen_at.remove())

    def _mark(self, reply_id: str, *actions: Action) -> None:
        rows = self._table.rows
        row = rows(keys.reply(self._creditor, reply_id), keys.REPLY)
        write = Write(Kind.UPDATE, row, rows.pk.exists(), actions=actions)
        try:
            self._transactions.attempt([write])
        except Cancelled as cancelled:
            raise NotFound("unknown-reply", {"reply": reply_id}) from cancelled

    def of_case(self, debtor: str) -> tuple[StoredReply, ...]:
        """Oldest first."""
        case = keys.case(self._creditor, debtor)
        pointers = self._table.starting_with(case, keys.REPLY_OF_CASE)
        ids = (keys.last_part(row.sk) for row in pointers)
        replies = self._read(keys.reply(self._creditor, one) for one in ids)
        return tuple(reply for reply in replies if debtor in reply.debtors)

    def triage(self) -> tuple[StoredReply, ...]:
        """Oldest first."""
        found = self._table.rows.agenda_index.query(keys.triage(self._creditor))
        replies = self._read(row.pk for row in found)
        return tuple(reply for reply in replies if reply.debtor is None)

    def _read(self, partitions: Iterable[str]) -> list[StoredReply]:
        wanted = [(pk, keys.REPLY) for pk in partitions]
        replies = (reply_from(row) for row in self._table.all_of(wanted))
        return sorted(replies, key=lambda reply: (reply.received_at, reply.id))
