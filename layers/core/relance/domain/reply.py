"""Replies: what a customer's message is and says, before it is matched to a case."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReplyKind(StrEnum):
    HUMAN = "human"
    OUT_OF_OFFICE = "out_of_office"
    AUTO_ACK = "auto_ack"
    BOUNCE_HARD = "bounce_hard"
    BOUNCE_SOFT = "bounce_soft"
    RECEIPT = "receipt"
    SPAM_OR_OTHER = "spam_or_other"

    @property
    def holds_the_case(self) -> bool:
        """A person wrote, or we cannot exclude it: somebody must look before anything leaves."""
        return self in {ReplyKind.HUMAN, ReplyKind.SPAM_OR_OTHER}


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What a delivery status notification says: RFC 3464 status such as "5.1.1"."""

    recipient: str | None
    status: str | None
    permanent: bool


@dataclass(frozen=True, slots=True)
class ReadReply:
    """A message understood without trusting it.

    visible_text: what the person wrote, without the quoted thread; references: Message-IDs of the
    thread, oldest first, without angle brackets; senders and recipients are lower-case addresses
    taken from headers, so they prove nothing.
    """

    kind: ReplyKind
    visible_text: str
    language: str | None
    subject: str
    sender: str | None
    message_id: str | None
    references: tuple[str, ...] = ()
    header_recipients: tuple[str, ...] = ()
    bounce: BounceReport | None = None
    return_date: date | None = None
    attachments: tuple[str, ...] = ()
    """File names of what the message carries."""
