"""Delivery events move notices; a hard bounce undoes them (design §7)."""

from dataclasses import dataclass, replace

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
from relance.domain.delivery import DeliveryEvent, DeliveryReport, Transition, transition
from relance.domain.evidence import ObjectRef
from relance.domain.notice import Notice, NoticeStatus

ACTOR = "ses"

CONTRADICTED = "contradicts-a-decision"
"""The table's reason for an event about a notice given up as not sent."""


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    notice_id: str
    status: str
    reason: str


def record_delivery(
    report: DeliveryReport,
    raw: bytes,
    *,
    office: Office,
    objects: EvidenceObjects,
    random: RandomSource,
) -> DeliveryOutcome:
    """Apply one event. An unknown notice is said and acknowledged: retrying would not find it.

    When the notice moved meanwhile (its sender recorded the answer) the event is decided again on
    what it is now. Raises Conflict after too many tries.
    """
    desk = office.open(report.creditor)
    for attempt in range(COMMIT_ATTEMPTS):
        try:
            return _apply(desk, report, raw, objects, random)
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
) -> DeliveryOutcome:
    """Raises NotFound, Conflict."""
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
    moved = _move(desk, known, step, report, kept)
    return DeliveryOutcome(notice.id, moved.status, step.reason)


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
