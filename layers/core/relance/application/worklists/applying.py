"""One row of a worklist, by the use case that its command calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from relance.application import other_arrangements
from relance.application.answers import Postbox
from relance.application.close_matter import close_matter
from relance.application.decisions import ROW, row_applied_by
from relance.application.log_call import CallResult, log_call
from relance.application.office import Desk, Office
from relance.application.people import NotAllowed, approve_notice
from relance.application.ports import NotFound
from relance.application.seen_reply import mark_seen
from relance.application.worklists.done import Following
from relance.application.worklists.rows import APPROVE, REFUSE, FilledRow, RowKind
from relance.application.worklists.said import AGAIN, RowRefused, findings_of
from relance.domain.calling import CallOutcome
from relance.domain.case import Case
from relance.domain.creditor import Colleague
from relance.domain.errors import RelanceError
from relance.domain.escalation.calls import call_task
from relance.domain.holds import Arrangement, UnreadReply
from relance.domain.notice import NoticeStatus


class RowOver(RelanceError):
    """What the row was written for is decided, or gone: nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """Who filled it in, where its decisions come from, and the checks that were answered yes, by
    notice; denied: those that were answered no, in any row.
    """

    office: Office
    creditor: str
    author: Colleague
    drop: Mapping[str, str]
    confirmed: Mapping[str, frozenset[str]]
    postbox: Postbox | None
    denied: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return self.office.open(self.creditor)

    def mark(self, row: FilledRow) -> str:
        return row.mark(self.author.key)

    def stamped(self, row: FilledRow) -> Office:
        """Its decisions say which row of which drop they come from, and are made once."""
        return replace(self.office, stamp={ROW: self.mark(row), **self.drop})


def apply_row(worklist: Worklist, row: FilledRow) -> tuple[Following, ...]:
    """What happens next. Raises RelanceError: then nothing of the row is applied."""
    kind, outcome = row.reference.kind, row.outcome
    if kind is RowKind.CALL:
        return _call(worklist, row)
    if kind is RowKind.REPLY:
        return _reply(worklist, row)
    if outcome == REFUSE and not row.note:
        raise RowRefused("row-needs-a-reason", {"field": "note"})
    return _notice(worklist, row) if kind is RowKind.APPROVAL else _arrangement(worklist, row)


def applied_before(worklist: Worklist, row: FilledRow) -> str | None:
    """The drop that applied this very row. Raises NotFound for a case that is gone."""
    desk = worklist.desk
    return row_applied_by(desk.cases.history(row.reference.debtor), worklist.mark(row))


def _call(worklist: Worklist, row: FilledRow) -> tuple[Following, ...]:
    desk, reference = worklist.desk, row.reference
    case = desk.case(reference.debtor)
    task = call_task(case)
    if task is None or (task.key, str(task.attempts)) != (reference.key, reference.mark):
        raise RowOver("row-call-over")
    outcome = CallOutcome(row.outcome)
    result = CallResult(
        row.outcome,
        findings_of(row, case, worklist.author),
        about=() if outcome is CallOutcome.DISPUTE else row.numbers,
        again=row.day if outcome in AGAIN else None,
        spoke_to=row.spoke_to,
        target=row.day if outcome is CallOutcome.TO_MEND else None,
        task=task.key,
        attempts=task.attempts,
    )
    who = (worklist.creditor, reference.debtor, worklist.author.key)
    try:
        logged = log_call(*who, result, office=worklist.stamped(row))
    except NotAllowed as error:
        raise RowOver("row-call-over") from error
    again = call_task(logged.case)
    calls = () if again is None else (Following("call-again", again.again_on),)
    return (*calls, *_decided_again(logged.case))


def _reply(worklist: Worklist, row: FilledRow) -> tuple[Following, ...]:
    reference = row.reference
    case = worklist.desk.case(reference.debtor)
    if not any(isinstance(h, UnreadReply) and h.key == reference.key for h in case.holds):
        raise RowOver("row-reply-over")
    seen = mark_seen(
        worklist.creditor,
        reference.debtor,
        reference.key,
        worklist.author.key,
        findings_of(row, case, worklist.author),
        office=worklist.stamped(row),
    )
    return _decided_again(seen)


def _notice(worklist: Worklist, row: FilledRow) -> tuple[Following, ...]:
    desk, key = worklist.desk, row.reference.key
    notice = desk.stores.notices.get(key)
    if row.reference.debtor not in notice.debtors:
        raise RowRefused("row-reference-of-another", {"field": "debtor_code"})
    if notice.status is not NoticeStatus.AWAITING_APPROVAL or notice.approved_by is not None:
        raise RowOver("row-approval-over")
    refused = row.outcome == REFUSE
    if not refused:
        _nothing_denied(worklist, key)
    approve_notice(
        worklist.creditor,
        key,
        worklist.author.key,
        office=worklist.stamped(row),
        refuse=row.note if refused else None,
        confirmed=worklist.confirmed.get(key, frozenset()),
    )
    return (Following("held-after-refusal" if refused else "leaves-at-next-run"),)


def _arrangement(worklist: Worklist, row: FilledRow) -> tuple[Following, ...]:
    desk, reference = worklist.desk, row.reference
    holds = desk.case(reference.debtor).holds
    found = next((h for h in holds if isinstance(h, Arrangement) and h.key == reference.key), None)
    if found is None or found.approved_by is not None:
        raise RowOver("row-arrangement-over")
    who = (worklist.creditor, reference.debtor, reference.key, worklist.author.key)
    office = worklist.stamped(row)
    if row.outcome == APPROVE:
        if worklist.postbox is None:
            raise RowRefused("row-needs-the-command", {"field": "outcome"})
        done = other_arrangements.approve(*who, office=office, postbox=worklist.postbox)
        return _decided_again(done.case)
    try:
        return _decided_again(close_matter(*who, row.note, office=office, undecided=True))
    except NotFound as error:
        raise RowOver("row-arrangement-over") from error


def _nothing_denied(worklist: Worklist, notice: str) -> None:
    """One no is a no: whatever another row says of it, and whatever the case says since."""
    denied = worklist.denied.get(notice)
    if denied:
        raise RowRefused("checks-not-confirmed", {"checks": " ".join(sorted(denied))})


def _decided_again(case: Case) -> tuple[Following, ...]:
    return () if case.agenda is None else (Following("decided-again", case.agenda),)
