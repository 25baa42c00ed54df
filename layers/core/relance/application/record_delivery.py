"""Delivery events move notices; a hard bounce undoes them (design §7)."""

from dataclasses import dataclass, replace
from shlex import quote

from relance.application.notice_outcomes import (
    Outcome,
    move_notice,
    record_bounced,
    record_contradicted,
    record_failed,
    record_sent,
)
from relance.application.office import COMMIT_ATTEMPTS, Desk, Office
from relance.application.ports import Conflict, EvidenceObjects, NotFound, RandomSource
from relance.application.staff_mail import StaffMail
from relance.domain.delivery import DeliveryEvent, DeliveryReport, Transition, transition
from relance.domain.evidence import ObjectRef
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.task import TaskKind
from relance.domain.team import person_for

ACTOR = "ses"

CONTRADICTED = "contradicts-a-decision"
"""The table's reason for an event about a notice given up as not sent."""


_DEAD_ADDRESS = {NoticeStatus.BOUNCED, NoticeStatus.COMPLAINED}


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """told: whether the collector was, of an address that is closed; None: nothing to tell."""

    notice_id: str
    status: str
    reason: str
    told: bool | None = None


def record_delivery(
    report: DeliveryReport,
    raw: bytes,
    *,
    office: Office,
    objects: EvidenceObjects,
    random: RandomSource,
    staff: StaffMail,
) -> DeliveryOutcome:
    """Apply one event, and tell the collector when it closes an address. An unknown notice is said
    and acknowledged: retrying would not find it.

    When the notice moved meanwhile (its sender recorded the answer) the event is decided again on
    what it is now. Raises Conflict after too many tries.
    """
    desk = office.open(report.creditor)
    for attempt in range(COMMIT_ATTEMPTS):
        try:
            moved = _apply(desk, report, raw, objects, random)
            return _told(desk, moved, staff)
        except NotFound:
            return DeliveryOutcome(report.notice_id, "unknown", "no-such-notice")
        except Conflict:
            if attempt == COMMIT_ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _apply(
    desk: Desk,
    report: DeliveryReport,
    raw: bytes,
    objects: EvidenceObjects,
    random: RandomSource,
) -> Notice | DeliveryOutcome:
    """The notice as it moved, or why it did not. Raises NotFound, Conflict."""
    notice = desk.stores.notices.get(report.notice_id)
    step = transition(notice.status, report.event)
    if step.status is None and not _contradicts(notice, report, step):
        return DeliveryOutcome(notice.id, notice.status, step.reason)
    kept = objects.put(_object_key(report), raw, content_type="application/json")
    if step.status is None:
        record_contradicted(desk, notice, _outcome(report, "notice-contradicted", kept))
        return DeliveryOutcome(notice.id, notice.status, step.reason)
    known = replace(notice, message_id=notice.message_id or report.message_id)
    if notice.status is NoticeStatus.SENDING and step.status is not NoticeStatus.FAILED:
        outcome = _outcome(report, "notice-sent", kept)
        known = record_sent(desk, known, outcome, token=random.token())
    return replace(_move(desk, known, step, report, kept), reason=step.reason)


def _told(desk: Desk, moved: Notice | DeliveryOutcome, staff: StaffMail) -> DeliveryOutcome:
    """A hard bounce or a complaint: somebody must find another contact, and hears of it now."""
    if isinstance(moved, DeliveryOutcome):
        return moved
    is_dead = moved.status in _DEAD_ADDRESS and not moved.rehearsal
    told = _tell(desk, moved, staff) if is_dead else None
    return DeliveryOutcome(moved.id, moved.status, moved.reason or "", told)


def _tell(desk: Desk, notice: Notice, staff: StaffMail) -> bool:
    case = desk.case(notice.debtor)
    key = f"{TaskKind.FIND_CONTACT}-{notice.id}"
    due_on = next((task.due_on for task in case.tasks if task.key == key), desk.today)
    context: dict[str, object] = {
        "kind": TaskKind.FIND_CONTACT,
        "debtor_code": notice.debtor,
        "debtor_name": case.debtor.name,
        "due_on": due_on,
        "reason": notice.reason,
        "addresses": [f"{r.name} <{r.email}>" for r in notice.recipients if r.email],
        "command": f"relance done {quote(notice.creditor)} {quote(notice.debtor)} {key}",
    }
    person = person_for(case, desk.creditor.profile, desk.today)
    return staff.tell(desk, "task_opened", person.email, context)


def _contradicts(notice: Notice, report: DeliveryReport, step: Transition) -> bool:
    """SES may tell twice, or late, that it accepted what it then rejected: that is no news."""
    is_echo = report.event in {DeliveryEvent.SEND, DeliveryEvent.REJECT}
    return step.reason == CONTRADICTED and not (is_echo and notice.status is NoticeStatus.FAILED)


def _move(
    desk: Desk, notice: Notice, step: Transition, report: DeliveryReport, kept: ObjectRef
) -> Notice:
    status = step.status
    if status is None or status is notice.status:
        return notice
    outcome = _outcome(report, f"notice-{status}", kept)
    if status in {NoticeStatus.BOUNCED, NoticeStatus.COMPLAINED}:
        return record_bounced(desk, notice, status, step.reason, outcome)
    if status is NoticeStatus.FAILED:
        return record_failed(desk, notice, step.reason, outcome)
    after = replace(notice, status=status, reason=step.reason)
    return move_notice(desk, notice, after, lambda case: case, outcome)


def _outcome(report: DeliveryReport, kind: str, kept: ObjectRef) -> Outcome:
    facts = {
        "event": str(report.event),
        "event_at": report.at.isoformat(),
        "message_id": report.message_id or "",
        "reason": report.reason,
    }
    return Outcome(kind, ACTOR, facts, (kept,))


def _object_key(report: DeliveryReport) -> str:
    name = f"{report.event}-{report.at:%Y%m%dT%H%M%S%f}"
    return f"{report.creditor}/notices/{report.notice_id}/events/{name}.json"
