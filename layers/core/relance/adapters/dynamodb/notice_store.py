"""Notices in DynamoDB: a row per notice under its own id, and a pointer in its case."""

from collections.abc import Iterable
from datetime import datetime

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.notice_rows import notice_from
from relance.adapters.dynamodb.table import AgendaIndex, Table
from relance.application.ports import NotFound
from relance.domain.notice import Notice


class DynamoNoticeStore:
    def __init__(self, table: Table, creditor: str):
        self._table = table
        self._creditor = creditor

    def get(self, notice_id: str) -> Notice:
        row = self._table.get(keys.notice(self._creditor, notice_id), keys.NOTICE)
        if row is None:
            raise NotFound("unknown-notice", {"notice": notice_id})
        return notice_from(row)

    def live(self, *, before: datetime) -> tuple[Notice, ...]:
        """The index only finds: a notice that has moved since is left out."""
        index = self._table.rows.agenda_index
        changed_before = AgendaIndex.agenda_at < keys.instant(before)
        found = index.query(keys.live(self._creditor), changed_before)
        notices = self._read(row.pk for row in found)
        live = (n for n in notices if n.status.is_live and n.updated_at < before)
        return tuple(sorted(live, key=lambda n: (n.updated_at, n.id)))

    def ended(self, *, since: datetime) -> tuple[Notice, ...]:
        """The index only finds: what is live again is left out."""
        index = self._table.rows.agenda_index
        changed_since = AgendaIndex.agenda_at >= keys.instant(since)
        found = index.query(keys.ended(self._creditor), changed_since)
        notices = self._read(row.pk for row in found)
        ended = (n for n in notices if not n.status.is_live and n.updated_at >= since)
        return tuple(sorted(ended, key=lambda n: (n.updated_at, n.id)))

    def of_case(self, debtor: str) -> tuple[Notice, ...]:
        """Oldest first."""
        case = keys.case(self._creditor, debtor)
        pointers = self._table.starting_with(case, keys.NOTICE_OF_CASE)
        ids = (keys.last_part(row.sk) for row in pointers)
        notices = self._read(keys.notice(self._creditor, one) for one in ids)
        return tuple(sorted(notices, key=lambda n: (n.created_at, n.id)))

    def _read(self, partitions: Iterable[str]) -> list[Notice]:
        wanted = [(pk, keys.NOTICE) for pk in partitions]
        return [notice_from(row) for row in self._table.all_of(wanted)]
