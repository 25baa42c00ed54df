"""Creditors in DynamoDB: a row each, and the list of them all."""

from collections.abc import Sequence
from dataclasses import replace

from pynamodb.expressions.condition import Condition

from relance.adapters.codec import from_json, to_json
from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.case_rows import entry_from, entry_row
from relance.adapters.dynamodb.notice_rows import notice_row
from relance.adapters.dynamodb.table import Row, Table
from relance.adapters.dynamodb.transactions import Kind, Transactions, Write
from relance.adapters.store_rules import require_dispatch, sealed
from relance.application.ports import NotFound, RandomSource
from relance.domain.creditor import Creditor
from relance.domain.evidence import EvidenceDraft, EvidenceEntry
from relance.domain.notice import Notice, NoticeStatus


class DynamoCreditorStore:
    def __init__(self, table: Table, transactions: Transactions, *, random: RandomSource):
        self._table = table
        self._transactions = transactions
        self._random = random

    def codes(self) -> tuple[str, ...]:
        rows = self._table.starting_with(keys.CREDITORS, "")
        return tuple(sorted(keys.text_of(row.sk) for row in rows))

    def get(self, code: str) -> Creditor:
        row = self._row(code)
        if row is None:
            raise NotFound("unknown-creditor", {"creditor": code})
        return from_json(Creditor, row.text, version=row.version)

    def save(self, creditor: Creditor, entry: EvidenceDraft | None = None) -> Creditor:
        """The reply domain is read from the row being replaced: creditors change a few times a
        day, and its entries in the directory move in the same transaction.
        """
        return self._save(creditor, entry, ())

    def dispatch(self, creditor: Creditor, notices: Sequence[Notice]) -> Creditor:
        require_dispatch(creditor, notices)
        writes = [self._dispatched(one) for one in notices]
        if creditor.version and self.get(creditor.code) == creditor:
            self._transactions.run(writes)
            return creditor
        return self._save(creditor, None, writes)

    def _dispatched(self, notice: Notice) -> Write:
        planned = self._table.rows.status == str(NoticeStatus.PLANNED)
        return Write(Kind.PUT, notice_row(self._table.rows, notice), planned, "notice-changed")

    def _save(
        self, creditor: Creditor, entry: EvidenceDraft | None, others: Sequence[Write]
    ) -> Creditor:
        proof, chain = sealed(entry, creditor.chain, self._random)
        stored = replace(creditor, version=creditor.version + 1, chain=chain)
        unchanged = self._unchanged(creditor.version)
        before = self._row(creditor.code) if creditor.version else None
        old = before.reply_domain if before is not None else None
        self._transactions.run(
            [
                Write(Kind.PUT, self._new_row(stored), unchanged, "creditor-changed"),
                *self._listed(creditor),
                *self._domains(creditor.code, old, _reply_domain(creditor)),
                *self._proof(creditor.code, proof),
                *others,
            ]
        )
        return stored

    def history(self, code: str) -> tuple[EvidenceEntry, ...]:
        rows = self._table.starting_with(keys.creditor(code), keys.HISTORY)
        return tuple(entry_from(row) for row in rows)

    def _proof(self, code: str, entry: EvidenceEntry | None) -> list[Write]:
        if entry is None:
            return []
        row = entry_row(self._table.rows, keys.creditor(code), entry)
        return [Write(Kind.PUT, row, self._table.rows.pk.does_not_exist(), "evidence-entry-exists")]

    def _row(self, code: str) -> Row | None:
        return self._table.get(keys.creditor(code), keys.CREDITOR)

    def _new_row(self, creditor: Creditor) -> Row:
        row = self._table.rows(
            keys.creditor(creditor.code),
            keys.CREDITOR,
            version=creditor.version,
            reply_domain=_reply_domain(creditor),
        )
        return row.holding(to_json(Creditor, creditor, leave_out=frozenset({"version"})))

    def _unchanged(self, version: int) -> Condition:
        rows = self._table.rows
        return rows.version == version if version else rows.pk.does_not_exist()

    def _listed(self, creditor: Creditor) -> list[Write]:
        """Every creditor in one partition, so that listing them is one Query."""
        if creditor.version:
            return []
        return [Write(Kind.PUT, self._table.rows(keys.CREDITORS, keys.part(creditor.code)))]

    def _domains(self, code: str, old: str | None, new: str | None) -> list[Write]:
        if old == new:
            return []
        moves = ((Kind.DELETE, old), (Kind.PUT, new))
        rows, sk = self._table.rows, keys.part(code)
        return [
            Write(kind, rows(keys.reply_domain(domain), sk)) for kind, domain in moves if domain
        ]


def _reply_domain(creditor: Creditor) -> str | None:
    return creditor.payment.reply_domain.lower() if creditor.payment else None
