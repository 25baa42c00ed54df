"""All that the mails of a morning say, read once for the creditor.

Cost in read units: the creditor, the run and the
mails 1 each; live and ended notices 0.5 by 40 found and 1 each; cases with a reply to read or a
date near, 1 by 60 found and 1 each; triage, imports and the notes of the run 1 and more. A case is
read once whatever the sections that speak of it. Nothing is read of what only lies there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from relance.application.dispatch import after_now
from relance.application.morning.becoming import Became, became
from relance.application.morning.dates import broken, dated_cases, dates_near
from relance.application.morning.entries import (
    READ_AT_MOST,
    CaseBook,
    Entry,
    Section,
    by_stake,
    command,
    largest,
    notice_entry,
    told_until,
)
from relance.application.morning.foresee import Foreseen, foresee
from relance.application.morning.waiting import approvals, doubtful, replies_to_read
from relance.application.office import Desk
from relance.application.ports import ImportRecord
from relance.application.run_notes import STALE
from relance.application.run_records import RunNote
from relance.application.tell_calls import calls_today
from relance.domain.escalation.call_list import DayOfCalls
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.team import FINANCE

IMPORTS_LOOKED_AT = 50
IMPORTS_WAIT = timedelta(days=1)
"""Longest time between a drop and its end: the queue gives it up sooner."""
_BAD_IMPORTS = {"refused", "suspicious"}


@dataclass(frozen=True, slots=True)
class Morning:
    """Of the whole creditor; `views.py` gives each of our people what is theirs.

    since: all before it was told; missing: pages of the run that are not decided yet.
    """

    desk: Desk
    since: datetime
    foreseen: Foreseen
    leaving: Section
    held: Section
    observed: Section
    became: Became
    approvals: Section
    doubtful: Section
    unread: Section
    broken: Section
    deadlines: Section
    stale: Section
    imports: tuple[Entry, ...]
    calls: dict[str, DayOfCalls]
    missing: int = 0


def gather(desk: Desk, since: datetime) -> Morning:
    """since: all before it was told to each reader."""
    book, stores = CaseBook(desk), desk.stores
    live = stores.notices.live(before=after_now(desk))
    foreseen = foresee(desk, live)
    notes = stores.runs.notes(desk.today)
    cases = dated_cases(book)
    return Morning(
        desk=desk,
        since=since,
        foreseen=foreseen,
        leaving=_leaving(book, foreseen.leaving),
        held=_held(book, foreseen.held),
        observed=_noted(book, notes, lambda note: note.reason != STALE),
        became=became(book, since),
        approvals=approvals(book, live),
        doubtful=doubtful(book, live),
        unread=replies_to_read(book),
        broken=broken(book, cases),
        deadlines=dates_near(book, cases),
        stale=_noted(book, notes, lambda note: note.reason == STALE),
        imports=_imports(desk, since),
        calls=calls_today(desk) if desk.creditor.pause is None else {},
        missing=stores.runs.progress(desk.today).missing,
    )


def _leaving(book: CaseBook, notices: Sequence[Notice]) -> Section:
    """With the command that stops each, for as long as it may be stopped."""
    code = book.desk.creditor.code
    chosen, beyond = largest(notices)
    entries = []
    for one in chosen:
        stop = command("stop", code, one.id) if one.status is NoticeStatus.PLANNED else None
        entries.append(notice_entry(book, one) | {"command": stop})
    return by_stake(entries, beyond)


def _held(book: CaseBook, held: Sequence[tuple[Notice, str]]) -> Section:
    why = {notice.id: reason for notice, reason in held}
    chosen, beyond = largest(notice for notice, _ in held)
    return by_stake([notice_entry(book, one) | {"reason": why[one.id]} for one in chosen], beyond)


def _noted(book: CaseBook, notes: Sequence[RunNote], wanted: Callable[[RunNote], bool]) -> Section:
    found = [note for note in notes if wanted(note)]
    found.sort(key=lambda one: (-max(one.asked.values(), default=0), one.debtor))
    entries = [
        book.entry(note.debtor)
        | {"asked": note.asked, "reason": note.reason}
        | {"level": note.level, "channel": note.channel}
        for note in found[:READ_AT_MOST]
    ]
    return by_stake(entries, max(0, len(found) - READ_AT_MOST))


def _imports(desk: Desk, since: datetime) -> tuple[Entry, ...]:
    """Those that left a person something to do, for finance; the latest first. Told once they are
    over: what was received before the last mail may have waited for another import.
    """
    imports = desk.stores.imports
    refused = imports.unnumbered(since=since - IMPORTS_WAIT)
    numbered = [one for one in imports.recent(IMPORTS_LOOKED_AT) if one.import_seq]
    found = sorted((*numbered, *refused), key=_ended, reverse=True)
    return tuple(
        {
            "who": FINANCE,
            "file": PurePosixPath(record.drop_key).name,
            "status": record.status,
            "reason": record.code or record.status,
            "report_key": record.report_key,
            "at": _ended(record),
            "command": command("confirm-import", desk.creditor.code, record.drop_key)
            if record.status == "suspicious"
            else None,
        }
        for record in found
        if record.status in _BAD_IMPORTS and since <= _ended(record) < told_until(desk)
    )


def _ended(record: ImportRecord) -> datetime:
    return record.ended_at or record.received_at
