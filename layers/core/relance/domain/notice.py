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

SYSTEM = "system"
"""The author of what no person decided."""


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
class NoticePart:
    """What a notice does for one of the debtors it is about; level: of its own highest step, which
    may be lower than the tone of the message.
    """

    debtor: str
    performs: tuple[tuple[ItemKey, str], ...]
    asked: dict[ItemKey, Decimal]
    level: Level


@dataclass(frozen=True, slots=True)
class Notice:
    """performs: the sorted (item, step) pairs that this message does; step: the highest of them.

    asked: the rest demanded per item (not-due items of a preventive included); deadline: the
    calendar date printed.
    reply_token: lower case, the only secret of the Reply-To address.
    companions: what it does for other debtors, when one message serves several: `debtor`,
    `performs` and `asked` are then those of the first, who leads.
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
    prepared_by: str = SYSTEM
    """Of one that awaits its approval: the key of the collector in charge that day, or whoever
    ordered it.
    """
    copy_of: str | None = None
    companions: tuple[NoticePart, ...] = ()
    dispatched_on: date | None = None
    """The day on which it was let out (`dispatch`): it leaves on no other."""
    is_first: bool = False
    """To a debtor that we had not written to."""
    rehearsal: bool = False
    """It went to the test address of its creditor: it does no step."""
    answers: str | None = None
    """The hold that it tells the customer about: it does no step and counts in no budget."""

    @property
    def parts(self) -> tuple[NoticePart, ...]:
        """One per debtor, the leading one first."""
        return (NoticePart(self.debtor, self.performs, self.asked, self.level), *self.companions)

    @property
    def debtors(self) -> tuple[str, ...]:
        return (self.debtor, *(part.debtor for part in self.companions))

    def part_of(self, debtor: str) -> NoticePart:
        return next(part for part in self.parts if part.debtor == debtor)

    def shared_with(self, debtor: str) -> dict[str, str]:
        """What an evidence entry of that debtor says of the others; nothing when there are none."""
        others = " ".join(other for other in self.debtors if other != debtor)
        return {"shared_with": others} if others else {}


def notice_id(
    creditor: str,
    debtor: str,
    channel: Channel,
    performs: tuple[tuple[ItemKey, str], ...],
    attempt: int,
    companions: tuple[NoticePart, ...] = (),
) -> str:
    """Base32 of SHA-256 over what the notice does: no date, lower case, fit for an SES tag."""
    identity: list[object] = [creditor, debtor, str(channel), sorted(performs), attempt]
    identity += [[part.debtor, sorted(part.performs)] for part in companions]
    digest = hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).digest()
    return base64.b32encode(digest).decode().rstrip("=").lower()
