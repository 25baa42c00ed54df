"""What a person is given to do today: calls, replies to look at, approvals, arrangements."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol

from relance.application.approvals import CheckList, checklist_of
from relance.application.office import Desk
from relance.application.ports import CallSheetRenderer, WorklistWriter
from relance.application.stakes import size_of
from relance.application.tell_calls import calls_today
from relance.application.worklists.rows import DayWorklist, ListedRow
from relance.application.worklists.waiting_rows import (
    approval_rows,
    arrangement_row,
    call_row,
    reply_row,
)
from relance.domain.case import Case
from relance.domain.creditor import CreditorProfile
from relance.domain.holds import Arrangement, UnreadReply
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.team import person_for

Keys = frozenset[str] | None


class WorkbookOfDay(Protocol):
    """What the morning's mail attaches. keys: of the collectors and approvers at an address."""

    def __call__(self, desk: Desk, keys: Keys, *, language: str | None = None) -> bytes | None: ...


def worklist_workbook(
    desk: Desk,
    keys: Keys,
    *,
    sheets: CallSheetRenderer,
    writer: WorklistWriter,
    language: str | None = None,
) -> bytes | None:
    """None: nothing waits for them. Reads: one Query for each kind, then one per case listed."""
    found = worklist_of(desk, keys, sheets=sheets, language=language)
    spoken = language or desk.creditor.profile.language
    return writer.workbook(found, language=spoken) if found.rows else None


def worklist_of(
    desk: Desk, keys: Keys, *, sheets: CallSheetRenderer, language: str | None = None
) -> DayWorklist:
    """keys: whose calls and cases are listed, None: everybody's. Those of a colleague who is away
    are included; `finance` has what nobody else has, an approver all that awaits an approval.
    """
    profile = desk.creditor.profile
    spoken = language or profile.language
    waiting = desk.cases_of(desk.cases.to_read())
    rows = (
        *_calls(desk, keys, sheets, spoken),
        *_replies(desk, [case for case in waiting if _is_theirs(desk, case, keys)]),
        *_approvals(desk, keys),
        *_arrangements([case for case in waiting if _approves(desk, case, keys)]),
    )
    return DayWorklist(
        desk.creditor.code,
        profile.identity.name,
        desk.today,
        people_of(profile),
        rows,
    )


def people_of(profile: CreditorProfile) -> tuple[str, ...]:
    """Everybody of ours, by name, each once."""
    collectors = [person.name for person in profile.collectors]
    others = [person.name for person in (*profile.approvers, *profile.salespeople)]
    return tuple(dict.fromkeys([*collectors, *others]))


def _is_theirs(desk: Desk, case: Case, keys: Keys) -> bool:
    return keys is None or person_for(case, desk.creditor.profile, desk.today).key in keys


def _approves(desk: Desk, case: Case, keys: Keys) -> bool:
    approvers = {approver.key for approver in desk.creditor.profile.approvers}
    return bool(approvers & (keys or frozenset())) or _is_theirs(desk, case, keys)


def _calls(desk: Desk, keys: Keys, sheets: CallSheetRenderer, language: str) -> Iterator[ListedRow]:
    """In the order of the day's list."""
    for day in calls_today(desk).values():
        for call in day.to_make:
            if _is_theirs(desk, call.case, keys):
                yield call_row(desk, call, sheets, language)


def _replies(desk: Desk, cases: list[Case]) -> Iterator[ListedRow]:
    """Oldest first; one that several cases have is read once."""
    waiting = [
        (hold.received_on, hold.key, case)
        for case in cases
        for hold in case.holds
        if isinstance(hold, UnreadReply)
    ]
    first: dict[str, Case] = {}
    for _, key, case in sorted(waiting, key=lambda one: one[:2]):
        first.setdefault(key, case)
    for key, case in first.items():
        yield reply_row(desk, case, desk.stores.replies.get(key))


def _approvals(desk: Desk, keys: Keys) -> Iterator[ListedRow]:
    """The largest first, each with what its approver is to confirm."""
    soon = desk.now + timedelta(minutes=1)
    waiting: list[tuple[Notice, Case, CheckList]] = []
    for notice in desk.stores.notices.live(before=soon):
        if notice.status is NoticeStatus.AWAITING_APPROVAL and notice.approved_by is None:
            case = desk.case(notice.debtor)
            if _approves(desk, case, keys):
                waiting.append((notice, case, checklist_of(desk, notice)))
    for notice, case, found in sorted(waiting, key=lambda one: (-size_of(one[2].asked), one[0].id)):
        yield from approval_rows(notice, case, found)


def _arrangements(cases: list[Case]) -> Iterator[ListedRow]:
    for case in cases:
        for hold in case.holds:
            if isinstance(hold, Arrangement) and hold.approved_by is None:
                yield arrangement_row(case, hold)
