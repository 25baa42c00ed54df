"""The runs of a creditor in dictionaries."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date

from relance.adapters.memory.database import MemoryDatabase
from relance.application.ports import Conflict
from relance.application.run_records import MorningMail, RunNote, RunProgress


class MemoryRunStore:
    def __init__(self, database: MemoryDatabase, creditor: str):
        self._database = database
        self._creditor = creditor

    def expect(self, day: date, pages: frozenset[str]) -> RunProgress:
        before = self.progress(day)
        return self._put(day, replace(before, expected=(before.expected or frozenset()) | pages))

    def finish(self, day: date, page: str, notes: Sequence[RunNote]) -> RunProgress:
        self._database.run_notes[(self._creditor, day, page)] = deepcopy(tuple(notes))
        before = self.progress(day)
        return self._put(day, replace(before, done=before.done | {page}))

    def progress(self, day: date) -> RunProgress:
        return self._database.runs.get((self._creditor, day), RunProgress())

    def notes(self, day: date) -> tuple[RunNote, ...]:
        pages = sorted(self._database.run_notes.items())
        found = [
            note
            for (creditor, one, _), notes in pages
            if (creditor, one) == (self._creditor, day)
            for note in notes
        ]
        return deepcopy(tuple(found))

    def mail(self, recipient: str) -> MorningMail | None:
        return self._database.mornings.get((self._creditor, recipient))

    def save_mail(self, mail: MorningMail) -> MorningMail:
        stored = self.mail(mail.recipient)
        if (stored.version if stored else 0) != mail.version:
            raise Conflict("morning-mail-changed")
        saved = replace(mail, version=mail.version + 1)
        self._database.mornings[(self._creditor, mail.recipient)] = saved
        return saved

    def _put(self, day: date, progress: RunProgress) -> RunProgress:
        self._database.runs[(self._creditor, day)] = progress
        return progress
