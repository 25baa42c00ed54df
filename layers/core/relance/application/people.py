"""What people decide about a case: each leaves an evidence entry with its author."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from relance.application.approvals import approve_on
from relance.application.notice_outcomes import Outcome as NoticeOutcome
from relance.application.notice_outcomes import move_notice, record_given_up, record_sent
from relance.application.office import Desk, Office
from relance.application.ports import STALE_AFTER, RandomSource
from relance.domain.case import Case
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import (
    DisputeTerms,
    PromiseTerms,
    add_announced_payment,
    add_dispute,
    add_promise,
)
from relance.domain.escalation.ordered import without_order
from relance.domain.escalation.progress import free_notice
from relance.domain.evidence import EvidenceDraft
from relance.domain.holds import ManualHold
from relance.domain.notice import Notice, NoticeStatus

REFUSED_FOR = 15
"""Days during which a case is held after somebody refused its formal notice."""


class NotAllowed(RelanceError):
    """The state of the case or the notice does not allow it: the code says why."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a person learnt from a reply or a call. paid: numbers of the documents said to be paid,
    empty for all of them, None for nothing said.
    """

    promise: PromiseTerms | None = None
    dispute: DisputeTerms | None = None
    paid: tuple[str, ...] | None = None
    note: str = ""


def approve_notice(
    creditor: str,
    notice_id: str,
    author: str,
    *,
    office: Office,
    refuse: str | None = None,
    confirmed: Collection[str] = (),
) -> Notice:
    """Confirm a message: it leaves at the next run, written again with that day. confirmed: codes
    of the checks (`checklist`) that the approver answers for. refuse: the reason, and it does not
    leave. Raises NotAllowed, ApprovalRefused.
    """
    desk = office.open(creditor)
    notice = desk.stores.notices.get(notice_id)
    if notice.status is not NoticeStatus.AWAITING_APPROVAL:
        raise NotAllowed("not-awaiting-approval", {"status": str(notice.status)})
    if refuse is not None:
        return _refuse(desk, notice, author, refuse)
    facts = approve_on(desk, notice, author, confirmed)

    def approved(case: Case) -> Case:
        awaiting = case.awaiting and replace(case.awaiting, approved_by=author)
        return replace(case, awaiting=awaiting, agenda=desk.today)

    after = replace(notice, approved_by=author)
    outcome = NoticeOutcome("notice-approved", author, facts)
    return move_notice(desk, notice, after, approved, outcome)


def _refuse(desk: Desk, notice: Notice, author: str, reason: str) -> Notice:
    """Somebody said no for a reason: the case is held so that it is not asked again tomorrow."""

    def refused(case: Case) -> Case:
        until = desk.today + timedelta(days=REFUSED_FOR)
        hold = ManualHold(f"refused-{notice.id[:12]}", "refused", desk.today, until)
        freed = free_notice(case, notice.id, desk.today)
        freed = without_order(freed) if notice.is_formal_notice else freed
        return replace(freed, holds=(*freed.holds, hold))

    outcome = NoticeOutcome("notice-refused", author, {}, personal={"reason": reason})
    after = replace(notice, status=NoticeStatus.WITHHELD, reason="refused")
    return move_notice(desk, notice, after, refused, outcome)


def resolve_notice(
    creditor: str,
    notice_id: str,
    author: str,
    *,
    sent: bool,
    office: Office,
    random: RandomSource,
) -> Notice:
    """A person says what became of a doubtful send: nothing else may (design §7), and not while
    its answer may still come.
    """
    desk = office.open(creditor)
    notice = desk.stores.notices.get(notice_id)
    is_young = notice.updated_at > desk.now - STALE_AFTER
    if notice.status is not NoticeStatus.SENDING or is_young:
        raise NotAllowed("not-doubtful", {"status": str(notice.status)})
    if sent:
        outcome = NoticeOutcome("notice-resolved-sent", author, {})
        return record_sent(desk, notice, outcome, token=random.token())
    outcome = NoticeOutcome("notice-resolved-not-sent", author, {})
    return record_given_up(desk, notice, NoticeStatus.WITHHELD, "resolved-not-sent", outcome)


def apply_findings(case: Case, findings: Findings, key: str, desk: Desk) -> Case:
    """Put what was learnt on hold. Raises ArrangementRefused when it makes no sense."""
    if findings.promise is not None:
        case = add_promise(case, findings.promise, f"{key}-promise", desk.calendar, desk.today)
    if findings.dispute is not None:
        case = add_dispute(case, findings.dispute, f"{key}-dispute", desk.today)
    if findings.paid is not None:
        case = add_announced_payment(case, findings.paid, f"{key}-paid", desk.calendar, desk.today)
    return case


def said_by(findings: Findings, who: str | None, channel: str) -> Findings:
    """Whoever was spoken to, or wrote, promises and disputes, unless another one is named."""
    promise, dispute = findings.promise, findings.dispute
    if promise is not None:
        by = promise.by or who
        promise = replace(promise, by=by, channel=promise.channel or channel)
    if dispute is not None:
        dispute = replace(dispute, person=dispute.person or who)
    return replace(findings, promise=promise, dispute=dispute)


def entry_of(
    desk: Desk, author: str, kind: str, facts: dict[str, str], findings: Findings
) -> EvidenceDraft:
    """What a person did, with what they learnt."""
    personal = {"note": findings.note} if findings.note else {}
    return EvidenceDraft(desk.now, author, kind, {**facts, **_found(findings)}, personal)


def _found(findings: Findings) -> dict[str, str]:
    found: dict[str, str] = {}
    if findings.promise is not None:
        found["promise"] = findings.promise.promised_for.isoformat()
        found["promise_amount"] = str(findings.promise.amount or "all-overdue")
    if findings.dispute is not None:
        found["dispute"] = findings.dispute.category
        found["disputed"] = " ".join(findings.dispute.numbers)
    if findings.paid is not None:
        found["announced_payment"] = " ".join(findings.paid) or "all"
    return found
