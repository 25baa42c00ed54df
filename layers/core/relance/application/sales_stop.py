"""A salesperson holds back the level-2 step they were told of: once for the same items, ten working
days at most, with a reason (design §5, "Who is who").
"""

from dataclasses import replace
from datetime import date, timedelta

from relance.application.office import Desk, Office
from relance.application.people import NotAllowed
from relance.application.ports import CaseChange
from relance.domain.case import Announcement, Case
from relance.domain.escalation.announcing import MOST_STOPPED, announcement_of
from relance.domain.evidence import EvidenceDraft
from relance.domain.open_item import ItemKey


def stop_level_2(
    creditor: str, debtor: str, author: str, reason: str, days: int, *, office: Office
) -> Case:
    """days: working days from today, 1 to 10. author: who decided, whoever types it. Raises
    NotFound, NotAllowed.
    """
    if not reason.strip():
        raise NotAllowed("stop-needs-a-reason")
    if not 1 <= days <= MOST_STOPPED:
        raise NotAllowed("stop-too-long", {"days": str(MOST_STOPPED)})
    desk = office.open(creditor)

    def change(case: Case) -> CaseChange:
        keys = _stoppable(case)
        until = desk.calendar.add(desk.today, days)
        stopped = tuple(_stopped(note, keys, until, author) for note in case.announced)
        entry = EvidenceDraft(
            at=desk.now,
            actor=author,
            kind="level-2-stopped",
            facts={"items": " ".join(sorted(keys)), "until": until.isoformat()},
            personal={"reason": reason},
        )
        return CaseChange(replace(case, announced=stopped, agenda=_tomorrow(desk, case)), entry)

    return desk.change(debtor, change)


def _stoppable(case: Case) -> set[ItemKey]:
    """What was announced and not held back yet, among the items still owed."""
    owed = {item.key for item in case.open_items if item.is_claim}
    last = {key: announcement_of(case, key) for note in case.announced for key in note.items}
    told = {key: note for key, note in last.items() if note is not None and key in owed}
    if not told:
        raise NotAllowed("nothing-announced")
    free = {key for key, note in told.items() if note.stopped_until is None}
    if not free:
        raise NotAllowed("stopped-already")
    return free


def _stopped(note: Announcement, keys: set[ItemKey], until: date, author: str) -> Announcement:
    if note.stopped_until is not None or not keys & set(note.items):
        return note
    return replace(note, stopped_until=until, stopped_by=author)


def _tomorrow(desk: Desk, case: Case) -> date | None:
    return desk.today + timedelta(days=1) if case.open_items else None
