"""Notices (*relances*): one message to one debtor, sent once (design §7)."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from relance.domain.evidence import ObjectRef
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Level


class NoticeStatus(StrEnum):
    PLANNED = "planned"
    AWAITING_APPROVAL = "awaiting_approval"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHHELD = "withheld"

    @property
    def is_live(self) -> bool:
        return self in {
            NoticeStatus.PLANNED,
            NoticeStatus.AWAITING_APPROVAL,
            NoticeStatus.SENDING,
        }


@dataclass(frozen=True, slots=True)
class Recipient:
    contact: str
    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """performs: the sorted (item, step) pairs that this message does; step: the highest of them.

    asked: the rest demanded per item (not-due items of a preventive included); deadline: the
    calendar date printed.
    reply_token: lower case, the only secret of the Reply-To address.
    copy_of: the registered letter that this e-mail is the copy of; it performs no step.
    """

    id: str
    creditor: str
    debtor: str
    channel: Channel
    status: NoticeStatus
    step: str
    level: Level
    template: str
    performs: tuple[tuple[ItemKey, str], ...]
    asked: dict[ItemKey, Decimal]
    recipients: tuple[Recipient, ...]
    language: str
    planned_for: date
    created_at: datetime
    updated_at: datetime
    reply_token: str
    attempt: int = 1
    is_formal_notice: bool = False
    deadline: date | None = None
    reason: str | None = None
    content: ObjectRef | None = None
    """The exact bytes handed to SES or to the letter provider."""
    message_id: str | None = None
    provider_reference: str | None = None
    pages: int | None = None
    sent_at: datetime | None = None
    approved_by: str | None = None
    prepared_by: str = "system"
    copy_of: str | None = None


def notice_id(
    creditor: str,
    debtor: str,
    channel: Channel,
    performs: tuple[tuple[ItemKey, str], ...],
    attempt: int,
) -> str:
    """Base32 of SHA-256 over what the notice does: no date, lower case, fit for an SES tag."""
    identity = [creditor, debtor, str(channel), sorted(performs), attempt]
    digest = hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).digest()
    return base64.b32encode(digest).decode().rstrip("=").lower()
