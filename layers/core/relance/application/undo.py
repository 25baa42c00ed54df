"""A person takes back what they decided less than an hour ago (issue 4, item 9)."""

from dataclasses import dataclass, replace

from relance.application.office import Desk, Office
from relance.application.ports import CaseChange, NoticeChange
from relance.domain.case import Case
from relance.domain.decided import (
    OWNER_TOLD,
    UNDONE,
    Decided,
    UndoRefused,
    decision_to_undo,
    planned_since,
    restored,
)
from relance.domain.evidence import EvidenceDraft, EvidenceEntry
from relance.domain.notice import NoticeStatus

TAKEN_BACK = "decision-undone"
"""Why an answer that the decision planned does not leave."""


@dataclass(frozen=True, slots=True)
class Undone:
    """cases: as they now are, that of the debtor first; entry: of the decision taken back;
    withdrawn: ids of the answers that will not leave; owner_told: its owner had been written to,
    and is not told again.
    """

    cases: tuple[Case, ...]
    entry: EvidenceEntry
    withdrawn: tuple[str, ...] = ()
    owner_told: bool = False


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """What one case tells of it."""

    entry: EvidenceEntry
    before: Case
    answers: tuple[NoticeChange, ...]
    owner_told: bool


def undo(creditor: str, debtor: str, author: str, *, office: Office) -> Undone:
    """Every case that the decision changed is as it was before it, or none is. Its entry stays in
    the evidence, and another says who took it back. Raises UndoRefused, NotFound.
    """
    desk = office.open(creditor)
    desk.case(debtor)
    decided = desk.cases.decided(debtor, desk.creditor)
    if decided is None:
        raise UndoRefused("nothing-to-undo")
    found: dict[str, _TakenBack] = {}

    def change(case: Case) -> CaseChange:
        code = case.debtor.code
        found[code] = _examined(desk, code, author, decided)
        notices = (*(_moves(desk, decided) if code == debtor else ()), *found[code].answers)
        return _restoring(desk, case, author, found[code], notices)

    codes = (debtor, *(code for code in decided.before.versions if code != debtor))
    cases = desk.change_all(codes, change)
    entry = found[debtor].entry
    if entry.kind == "reply-seen":
        desk.stores.replies.mark_unread(entry.facts["reply"])
    withdrawn = tuple(answer.notice.id for one in found.values() for answer in one.answers)
    return Undone(cases, entry, withdrawn, any(one.owner_told for one in found.values()))


def _examined(desk: Desk, debtor: str, author: str, asked: Decided) -> _TakenBack:
    """Looked at after the case was read: what is written since makes the commit fail. asked: what
    is taken back, which must be the last decision of each case that it changed. Raises UndoRefused.
    """
    history = desk.cases.history(debtor)
    decided = desk.cases.decided(debtor, desk.creditor)
    entry = decision_to_undo(decided, history, author, desk.now)
    if decided is None or decided.before.versions != asked.before.versions:
        raise UndoRefused("undo-case-changed", {"since": entry.kind})
    return _TakenBack(
        entry,
        decided.before.case,
        _withdrawals(desk, planned_since(history, entry.seq)),
        any(one.kind == OWNER_TOLD for one in history[entry.seq :]),
    )


def _restoring(
    desk: Desk, case: Case, author: str, found: _TakenBack, notices: tuple[NoticeChange, ...]
) -> CaseChange:
    facts = {
        UNDONE: str(found.entry.seq),
        "was": found.entry.kind,
        "decided_at": found.entry.at.isoformat(),
    }
    entry = EvidenceDraft(desk.now, author, "undone", facts)
    return CaseChange(restored(case, found.before, desk.today), entry, notices=notices)


def _moves(desk: Desk, decided: Decided) -> tuple[NoticeChange, ...]:
    """The notices as they were: none of them has left, or the history says so."""
    return tuple(
        NoticeChange(replace(before, updated_at=desk.now), _status(desk, before.id))
        for before in decided.before.notices
    )


def _status(desk: Desk, notice_id: str) -> NoticeStatus:
    """Raises UndoRefused for one that has left, or is leaving."""
    status = desk.stores.notices.get(notice_id).status
    if status not in {NoticeStatus.AWAITING_APPROVAL, NoticeStatus.WITHHELD}:
        raise UndoRefused("undo-message-left", {"notice": notice_id})
    return status


def _withdrawals(desk: Desk, ids: tuple[str, ...]) -> tuple[NoticeChange, ...]:
    """The answers that it planned, withheld. Raises UndoRefused for one that is leaving."""
    changes = []
    for notice in (desk.stores.notices.get(one) for one in ids):
        if notice.status is not NoticeStatus.PLANNED:
            raise UndoRefused("undo-message-left", {"notice": notice.id})
        withheld = replace(
            notice, status=NoticeStatus.WITHHELD, reason=TAKEN_BACK, updated_at=desk.now
        )
        changes.append(NoticeChange(withheld, NoticeStatus.PLANNED))
    return tuple(changes)
