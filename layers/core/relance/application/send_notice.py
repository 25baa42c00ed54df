"""One notice, sent once (design §7).

The order of effects is the whole point: what is sent is stored before it leaves, and the claim
`planned → sending` comes before the request, so that a crash at any point leaves either a notice
that did not leave and is still planned, or one that may have left and is never sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from relance.application.notice_content import ClaimPenalties, notice_content
from relance.application.notice_outcomes import (
    Outcome,
    named,
    record_expired,
    record_failed,
    record_given_up,
    record_not_left,
    record_sent,
    with_status,
)
from relance.application.office import COMMIT_ATTEMPTS, Desk, Office
from relance.application.ports import (
    CaseChange,
    Conflict,
    EvidenceObjects,
    NoticeChange,
    RandomSource,
    SendNotAttempted,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
)
from relance.domain.case import Case
from relance.domain.creditor import Mode
from relance.domain.errors import RelanceError
from relance.domain.escalation.recheck import Recheck, Verdict, recheck
from relance.domain.evidence import EvidenceDraft, ObjectRef
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.notice_content import NoticeContent, OutgoingMail, RenderedLetter

ACTOR = "system"


@dataclass(frozen=True, slots=True)
class Prepared:
    """The exact bytes to hand over. extension names the evidence object; letter and mail: what
    the channel was given, one of them.
    """

    content: bytes
    content_type: str
    extension: str
    letter: RenderedLetter | None = None
    mail: OutgoingMail | None = None


class Carrier(Protocol):
    """How a notice travels: by e-mail or by letter."""

    def prepare(self, content: NoticeContent) -> Prepared:
        """Raises RelanceError when it cannot be written."""

    def hand_over(self, content: NoticeContent, prepared: Prepared) -> str:
        """One request. Returns the provider's reference. Raises the Send… family of ports."""


@dataclass(frozen=True, slots=True)
class SendReport:
    """What came of it: the notice's new status, or why it was left alone."""

    notice_id: str
    status: str
    reason: str


def send_notice(
    creditor: str,
    notice_id: str,
    *,
    office: Office,
    carrier: Carrier,
    objects: EvidenceObjects,
    claim_penalties: ClaimPenalties,
    random: RandomSource,
) -> SendReport:
    """Send a planned notice, or say why not. Raises SendThrottled or SendNotAttempted when it is
    planned again and the queue must bring it back; Conflict likewise.

    Until it is claimed nothing has left: when somebody else wrote first (the creditor's row also
    counts what is let out) it is looked at again.
    """
    for attempt in range(COMMIT_ATTEMPTS):
        desk = office.open(creditor)
        notice = desk.stores.notices.get(notice_id)
        try:
            found = _claim_ready(desk, notice, carrier, objects, claim_penalties)
        except Conflict:
            if attempt == COMMIT_ATTEMPTS - 1:
                raise
        else:
            break
    if isinstance(found, SendReport):
        return found
    return _hand_over(desk, found, carrier, random)


@dataclass(frozen=True, slots=True)
class _Claimed:
    """Ours to hand over, and nobody else's."""

    notice: Notice
    content: NoticeContent
    prepared: Prepared


def _claim_ready(
    desk: Desk,
    notice: Notice,
    carrier: Carrier,
    objects: EvidenceObjects,
    claim_penalties: ClaimPenalties,
) -> SendReport | _Claimed:
    """Looked at, written, kept and claimed; or why it is left alone. Raises Conflict."""
    if notice.status is not NoticeStatus.PLANNED:
        return SendReport(notice.id, notice.status, "not-planned")
    cases = desk.cases_of(notice.debtors)
    look = recheck(notice, cases, desk.policy, desk.calendar, desk.moment())
    if look.verdict is not Verdict.READY:
        return _leave_alone(desk, notice, look)
    try:
        notice = replace(notice, rehearsal=desk.creditor.mode is Mode.REDIRECT)
        content = notice_content(
            desk, cases, notice, objects=objects, claim_penalties=claim_penalties
        )
        prepared = carrier.prepare(content)
    except RelanceError as error:
        # Nothing left: a missing rate, address or template is a failed step and soon a task.
        return _fail(desk, notice, error.code)
    stored = objects.put(
        _object_key(notice, prepared), prepared.content, content_type=prepared.content_type
    )
    claimed = _claim(desk, cases, notice, prepared, stored)
    return _Claimed(claimed, content, prepared)


def _leave_alone(desk: Desk, notice: Notice, look: Recheck) -> SendReport:
    if look.verdict is Verdict.WAIT:
        return SendReport(notice.id, notice.status, look.reason)
    if look.verdict is Verdict.EXPIRE:
        return SendReport(notice.id, record_expired(desk, notice).status, look.reason)
    part = {"part": look.debtor} if notice.companions else {}
    outcome = Outcome("notice-withheld", ACTOR, {"reason": look.reason, **part})
    record_given_up(desk, notice, NoticeStatus.WITHHELD, look.reason, outcome)
    return SendReport(notice.id, NoticeStatus.WITHHELD, look.reason)


def _claim(
    desk: Desk, cases: Sequence[Case], notice: Notice, prepared: Prepared, stored: ObjectRef
) -> Notice:
    """`planned → sending` on the very cases that were checked, and on the creditor's row as read:
    nothing was imported, answered or paused in between. Raises Conflict.
    """
    claimed = replace(
        notice,
        status=NoticeStatus.SENDING,
        content=stored,
        pages=prepared.letter.pages if prepared.letter else None,
        updated_at=desk.now,
    )
    desk.cases.commit_all([_claimed(desk, case, claimed, stored) for case in cases])
    return claimed


def _claimed(desk: Desk, case: Case, claimed: Notice, stored: ObjectRef) -> CaseChange:
    facts = {**named(claimed), "step": claimed.step, "channel": str(claimed.channel)}
    if claimed.rehearsal:
        facts["rehearsal"] = "yes"
    leads = case.debtor.code == claimed.debtor
    return CaseChange(
        case=with_status(case, claimed),
        entry=EvidenceDraft(
            at=desk.now,
            actor=ACTOR,
            kind="notice-sending",
            facts={**facts, **claimed.shared_with(case.debtor.code)},
            personal={"recipient": _recipient(desk, claimed)},
            objects=(stored,),
        ),
        notices=(NoticeChange(claimed, NoticeStatus.PLANNED),) if leads else (),
        creditor_version=desk.creditor.version if leads else None,
    )


def _recipient(desk: Desk, notice: Notice) -> str:
    if notice.rehearsal:
        return desk.creditor.redirect_to or ""
    return ", ".join(recipient.email or recipient.name for recipient in notice.recipients)


def _hand_over(desk: Desk, claimed: _Claimed, carrier: Carrier, random: RandomSource) -> SendReport:
    notice = claimed.notice
    try:
        reference = carrier.hand_over(claimed.content, claimed.prepared)
    except SendRefused as error:
        return _fail(desk, notice, error.code)
    except (SendThrottled, SendNotAttempted) as error:
        outcome = Outcome("notice-not-left", ACTOR, {"reason": error.code})
        record_not_left(desk, notice, error.code, outcome)
        raise
    except SendOutcomeUnknown as error:
        # It may have left: only an event of the provider or a person may say so.
        return SendReport(notice.id, notice.status, error.code)
    return _sent(desk, notice, reference, random)


def _sent(desk: Desk, notice: Notice, reference: str, random: RandomSource) -> SendReport:
    known = replace(
        notice,
        message_id=None if notice.channel.is_letter else reference,
        provider_reference=reference if notice.channel.is_letter else None,
        sent_at=desk.now,
    )
    facts = {"reference": reference, "step": notice.step, "channel": str(notice.channel)}
    try:
        outcome = Outcome("notice-sent", ACTOR, facts)
        sent = record_sent(desk, known, outcome, token=random.token())
    except Conflict:
        # An event of the provider came before its answer: it has recorded the same.
        sent = desk.stores.notices.get(notice.id)
        if sent.status is NoticeStatus.SENDING:
            raise
    return SendReport(notice.id, sent.status, "step-due")


def _fail(desk: Desk, notice: Notice, reason: str) -> SendReport:
    outcome = Outcome("notice-failed", ACTOR, {"reason": reason})
    failed = record_failed(desk, notice, reason, outcome)
    return SendReport(notice.id, failed.status, reason)


def _object_key(notice: Notice, prepared: Prepared) -> str:
    """One object per attempt: the date is in it because a notice replanned today may differ."""
    day = notice.planned_for.isoformat()
    return f"{notice.creditor}/notices/{notice.id}/{day}.{prepared.extension}"
