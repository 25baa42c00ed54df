"""Import records in DynamoDB, newest last, and the last one of each file's bytes."""

import hashlib
from datetime import datetime
from itertools import islice

from relance.adapters.codec import from_json, to_json
from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.table import Row, Table
from relance.adapters.dynamodb.transactions import Kind, Transactions, Write
from relance.application.ports import ImportRecord

_RECENT_PAGE = 25


class DynamoImportStore:
    def __init__(self, table: Table, transactions: Transactions, creditor: str):
        self._table = table
        self._transactions = transactions
        self._creditor = creditor

    def add(self, record: ImportRecord) -> None:
        """Adding the same record again changes nothing; an older one never hides a newer."""
        rows, text = self._table.rows, to_json(ImportRecord, record)
        sk = keys.import_row(record.import_seq, record.received_at, _drop(record))
        listed = rows(keys.creditor(self._creditor), sk).holding(text)
        last = rows(keys.file(self._creditor, record.sha256), keys.LAST_IMPORT)
        last.import_seq = record.import_seq
        newer = rows.pk.does_not_exist() | (rows.import_seq <= record.import_seq)
        self._transactions.run_yielding(
            [
                Write(Kind.PUT, listed),
                Write(Kind.PUT, last.holding(text), newer, yields=True),
            ]
        )

    def find(self, sha256: str) -> ImportRecord | None:
        row = self._table.get(keys.file(self._creditor, sha256), keys.LAST_IMPORT)
        return None if row is None else _record(row)

    def recent(self, count: int) -> tuple[ImportRecord, ...]:
        """Newest first."""
        rows = self._table.rows
        found = rows.query(
            keys.creditor(self._creditor),
            rows.sk.startswith(keys.IMPORT),
            consistent_read=True,
            scan_index_forward=False,
            page_size=min(count, _RECENT_PAGE) or 1,
        )
        return tuple(_record(row) for row in islice(found, count))

    def unnumbered(self, *, since: datetime) -> tuple[ImportRecord, ...]:
        rows, first = self._table.rows, keys.import_row(0, since, "")
        found = rows.query(
            keys.creditor(self._creditor),
            rows.sk.between(first, keys.UNNUMBERED_END),
            consistent_read=True,
            scan_index_forward=False,
        )
        return tuple(_record(row) for row in found)


def _record(row: Row) -> ImportRecord:
    return from_json(ImportRecord, row.text)


def _drop(record: ImportRecord) -> str:
    """Tells apart two drops of one import number received at one instant."""
    identity = f"{record.drop_key}\0{record.drop_version}"
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
