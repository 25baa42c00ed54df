"""The runs of a creditor in DynamoDB: a row a day for its pages, one each for what they found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from pynamodb.expressions.update import Action

from relance.adapters.codec import from_json, to_json
from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.table import Row, Table
from relance.adapters.dynamodb.transactions import Kind, Transactions, Write
from relance.application.run_records import MorningMail, RunNote, RunProgress

KEPT = timedelta(days=35)
"""How long what a run found is kept; DynamoDB deletes it by itself."""
_STARTED = "started"

_Notes = tuple[RunNote, ...]


class DynamoRunStore:
    def __init__(self, table: Table, transactions: Transactions, creditor: str):
        self._table = table
        self._transactions = transactions
        self._creditor = creditor

    def expect(self, day: date, pages: frozenset[str]) -> RunProgress:
        rows = self._table.rows
        added = [rows.expected.add(set(pages))] if pages else []
        return self._update(day, rows.status.set(_STARTED), *added)

    def finish(self, day: date, page: str, notes: Sequence[RunNote]) -> RunProgress:
        """The notes first: a page that counts as decided has said what it found. The set makes
        the second time harmless.
        """
        row = self._table.rows(self._run(day), keys.page_row(page), expires_at=_expiry(day))
        row.holding(to_json(_Notes, tuple(notes))).save()
        return self._update(day, self._table.rows.finished.add({page}))

    def progress(self, day: date) -> RunProgress:
        row = self._table.get(self._run(day), keys.RUN)
        return RunProgress() if row is None else _progress(row)

    def notes(self, day: date) -> tuple[RunNote, ...]:
        pages = self._table.starting_with(self._run(day), keys.PAGE)
        return tuple(note for row in pages for note in from_json(_Notes, row.text))

    def mail(self, recipient: str) -> MorningMail | None:
        row = self._table.get(keys.creditor(self._creditor), keys.morning_row(recipient))
        return None if row is None else from_json(MorningMail, row.text, version=row.version)

    def save_mail(self, mail: MorningMail) -> MorningMail:
        rows, saved = self._table.rows, replace(mail, version=mail.version + 1)
        here = (keys.creditor(self._creditor), keys.morning_row(mail.recipient))
        row = rows(*here, version=saved.version)
        row.holding(to_json(MorningMail, saved, leave_out=frozenset({"version"})))
        known = rows.version == mail.version if mail.version else rows.pk.does_not_exist()
        self._transactions.run([Write(Kind.PUT, row, known, "morning-mail-changed")])
        return saved

    def _run(self, day: date) -> str:
        return keys.run(self._creditor, day)

    def _update(self, day: date, *actions: Action) -> RunProgress:
        """DynamoDB answers with the row as it then is."""
        row = self._table.rows(self._run(day), keys.RUN)
        row.update([*actions, self._table.rows.expires_at.set(_expiry(day))])
        return _progress(row)


def _progress(row: Row) -> RunProgress:
    expected = frozenset(row.expected or ()) if row.status == _STARTED else None
    return RunProgress(expected, frozenset(row.finished or ()))


def _expiry(day: date) -> int:
    """Seconds since the epoch, as DynamoDB counts."""
    return int(datetime.combine(day + KEPT, time(), UTC).timestamp())
