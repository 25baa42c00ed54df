"""The events that SES publishes through EventBridge, in their real shape.

Source: Amazon SES Developer Guide, "Examples of event data that Amazon SES publishes", and
Amazon EventBridge Events Reference, "Amazon Simple Email Service events".
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from relance.cli.local_cloud.stack import ACCOUNT, REGION


class Outcome(StrEnum):
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


DETAIL_TYPES = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
}
EVENTS = {
    Outcome.DELIVERED: ("Send", "Delivery"),
    Outcome.BOUNCED: ("Send", "Bounce"),
    Outcome.COMPLAINED: ("Send", "Delivery", "Complaint"),
}
# SES gives a comma-separated list in these as a list, the others as they are.
LISTED = ("from", "to", "cc", "replyTo")
COMMON = {
    "from": "From",
    "replyTo": "Reply-To",
    "date": "Date",
    "to": "To",
    "cc": "Cc",
    "messageId": "Message-ID",
    "subject": "Subject",
}


@dataclass(frozen=True)
class SentMail:
    """A message as SES sent it; `message_id` is SES's, without the domain."""

    message_id: str
    source: str
    recipients: list[str]
    headers: Sequence[tuple[str, str]]
    tags: Mapping[str, str]

    def common(self, name: str) -> str:
        wanted = COMMON[name].lower()
        return next((value for header, value in self.headers if header.lower() == wanted), "")

    @property
    def at(self) -> datetime:
        """Its own date, so that what is sent on a simulated day has events of that day."""
        try:
            written = parsedate_to_datetime(self.common("date"))
        except ValueError:
            return datetime.now(UTC)
        return written.astimezone(UTC)


def events_of(mail: SentMail, outcome: Outcome) -> Iterator[dict[str, Any]]:
    for kind in EVENTS[outcome]:
        yield {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": DETAIL_TYPES[kind],
            "source": "aws.ses",
            "account": ACCOUNT,
            "time": instant(mail.at, "seconds"),
            "region": REGION,
            "resources": [
                f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/"
                + mail.tags.get("ses:configuration-set", "")
            ],
            "detail": {"eventType": kind, "mail": _mail(mail), kind.lower(): _what(kind, mail)},
        }


def common_headers(mail: SentMail) -> dict[str, Any]:
    common: dict[str, Any] = {name: mail.common(name) for name in COMMON if mail.common(name)}
    for name in LISTED:
        if name in common:
            common[name] = [part.strip() for part in common[name].split(",")]
    return common


def _mail(mail: SentMail) -> dict[str, Any]:
    domain = mail.source.rpartition("@")[2]
    return {
        "timestamp": instant(mail.at),
        "source": mail.source,
        "sourceArn": f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{domain}",
        "sendingAccountId": ACCOUNT,
        "messageId": mail.message_id,
        "destination": mail.recipients,
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in mail.headers],
        "commonHeaders": common_headers(mail),
        "tags": {"ses:from-domain": [domain]} | {name: [tag] for name, tag in mail.tags.items()},
    }


def _what(kind: str, mail: SentMail) -> dict[str, Any]:
    at = instant(mail.at)
    if kind == "Delivery":
        return {
            "timestamp": at,
            "processingTimeMillis": 500,
            "recipients": mail.recipients,
            "smtpResponse": "250 2.0.0 OK",
            "reportingMTA": f"a1-1.smtp-out.{REGION}.amazonses.com",
        }
    if kind == "Bounce":
        return {
            "feedbackId": f"{mail.message_id}-bounce",
            "bounceType": "Permanent",
            "bounceSubType": "General",
            "bouncedRecipients": [_bounced(address) for address in mail.recipients],
            "timestamp": at,
            "reportingMTA": f"dsn; a1-1.smtp-out.{REGION}.amazonses.com",
        }
    if kind == "Complaint":
        return {
            "feedbackId": f"{mail.message_id}-complaint",
            "complaintSubType": None,
            "complainedRecipients": [{"emailAddress": address} for address in mail.recipients],
            "timestamp": at,
            "userAgent": "local mail room",
            "complaintFeedbackType": "abuse",
            "arrivalDate": at,
        }
    return {}


def _bounced(address: str) -> dict[str, str]:
    return {
        "emailAddress": address,
        "action": "failed",
        "status": "5.1.1",
        "diagnosticCode": "smtp; 550 5.1.1 user unknown",
    }


def instant(instant: datetime, precision: str = "milliseconds") -> str:
    return instant.isoformat(timespec=precision).replace("+00:00", "Z")
