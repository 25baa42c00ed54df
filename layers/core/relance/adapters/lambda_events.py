"""From the events of AWS to the values of the application; shapes as AWS documents them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from relance.application.importing.drop import DropEvent
from relance.application.record_reply import InboundMail
from relance.domain.delivery import DeliveryEvent, DeliveryReport
from relance.domain.errors import RelanceError

Json = Mapping[str, Any]

INBOUND_PREFIX = "inbound/"
"""Where the receipt rule's S3 action stores raw messages, under the SES message id."""


class EventNotUnderstood(RelanceError):
    """The event does not have the shape that its source documents."""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """debtors None: the run of the day is over, our people are to be written to."""

    creditor: str
    today: date
    debtors: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class NoticeMessage:
    creditor: str
    notice_id: str


def dropped_object(event: Json) -> DropEvent:
    """An "Object Created" event of S3 through EventBridge. EventBridge does not encode keys: `+`
    and `%` in them are themselves.
    """
    item = event["detail"]["object"]
    return DropEvent(item["key"], item.get("version-id"), _instant(event["time"]))


def scheduled_instant(event: Json) -> datetime:
    """The instant of an hourly schedule. Raises EventNotUnderstood for an unreplaced placeholder:
    never now(), which would decide another day (design §10).
    """
    text = str(event.get("scheduled_at", ""))
    if not text or text.startswith("<"):
        raise EventNotUnderstood("scheduled-at-missing", {"scheduled_at": text})
    return _instant(text)


def plan_page(body: Json) -> PlanPage:
    debtors = None if body.get("morning") else tuple(body["debtors"])
    return PlanPage(body["creditor"], date.fromisoformat(body["today"]), debtors)


def notice_message(body: Json) -> NoticeMessage:
    return NoticeMessage(body["creditor"], body["notice_id"])


def inbound_mails(event: Json) -> tuple[InboundMail, ...]:
    """The records of a receipt rule's Lambda action."""
    return tuple(_inbound(record["ses"]) for record in event["Records"])


def delivery_report(event: Json) -> DeliveryReport | None:
    """An SES event through EventBridge; None when it is not about a notice or is not followed."""
    detail = event["detail"]
    tags = detail["mail"].get("tags", {})
    creditor, notice = _tag(tags, "creditor"), _tag(tags, "notice")
    kind = _delivery_event(detail)
    if creditor is None or notice is None or kind is None:
        return None
    body = detail.get(_DETAIL_KEYS.get(kind, ""), {})
    return DeliveryReport(
        creditor=creditor,
        notice_id=notice,
        event=kind,
        at=_instant(body.get("timestamp") or event["time"]),
        message_id=detail["mail"].get("messageId"),
        reason=_reason(kind, body),
        recipients=tuple(detail["mail"].get("destination", ())),
    )


def canonical_json(event: Json) -> bytes:
    """The bytes kept as evidence of an event."""
    return json.dumps(event, sort_keys=True, ensure_ascii=False).encode()


_DETAIL_KEYS = {
    DeliveryEvent.DELIVERY: "delivery",
    DeliveryEvent.HARD_BOUNCE: "bounce",
    DeliveryEvent.SOFT_BOUNCE: "bounce",
    DeliveryEvent.COMPLAINT: "complaint",
    DeliveryEvent.REJECT: "reject",
    DeliveryEvent.DELAY: "deliveryDelay",
}

_PLAIN_EVENTS = {
    "Send": DeliveryEvent.SEND,
    "Delivery": DeliveryEvent.DELIVERY,
    "Complaint": DeliveryEvent.COMPLAINT,
    "Reject": DeliveryEvent.REJECT,
    "DeliveryDelay": DeliveryEvent.DELAY,
}


def _delivery_event(detail: Json) -> DeliveryEvent | None:
    if detail["eventType"] == "Bounce":
        permanent = detail["bounce"]["bounceType"] == "Permanent"
        return DeliveryEvent.HARD_BOUNCE if permanent else DeliveryEvent.SOFT_BOUNCE
    return _PLAIN_EVENTS.get(detail["eventType"])


def _reason(kind: DeliveryEvent, body: Json) -> str:
    """What the provider says, in its own codes: no address, no free text of a server."""
    if kind in {DeliveryEvent.HARD_BOUNCE, DeliveryEvent.SOFT_BOUNCE}:
        statuses = {r.get("status", "") for r in body.get("bouncedRecipients", ())}
        parts = [body.get("bounceType", ""), body.get("bounceSubType", ""), *sorted(statuses)]
        return "/".join(part for part in parts if part)
    if kind is DeliveryEvent.COMPLAINT:
        return str(body.get("complaintFeedbackType") or "complaint")
    return str(kind)


def _inbound(ses: Json) -> InboundMail:
    receipt, message_id = ses["receipt"], ses["mail"]["messageId"]
    verdicts = {
        name.removesuffix("Verdict"): str(value["status"])
        for name, value in receipt.items()
        if name.endswith("Verdict")
    }
    return InboundMail(
        id=message_id,
        file_key=f"{INBOUND_PREFIX}{message_id}",
        recipients=tuple(receipt["recipients"]),
        received_at=_instant(receipt["timestamp"]),
        verdicts=verdicts,
    )


def _tag(tags: Json, name: str) -> str | None:
    """SES gives each tag as a list."""
    value = tags.get(name)
    if isinstance(value, list):
        return str(value[0]) if value else None
    return str(value) if value else None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
