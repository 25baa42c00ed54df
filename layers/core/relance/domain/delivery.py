"""What a delivery event does to a notice: one table, the odd rows explained (design §7)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from relance.domain.notice import NoticeStatus


class DeliveryEvent(StrEnum):
    """Events of SES event publishing; a bounce is split by how final it is."""

    SEND = "send"
    DELIVERY = "delivery"
    HARD_BOUNCE = "hard-bounce"
    SOFT_BOUNCE = "soft-bounce"
    COMPLAINT = "complaint"
    REJECT = "reject"
    DELAY = "delay"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """One event about one notice. reason: the provider's words, without an address."""

    creditor: str
    notice_id: str
    event: DeliveryEvent
    at: datetime
    message_id: str | None
    reason: str
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """status None: the event changes nothing, and reason says why."""

    status: NoticeStatus | None
    reason: str


_S = NoticeStatus
_E = DeliveryEvent
_NOTHING_LEFT = Transition(None, "never-left-so-not-ours")
_ALREADY = Transition(None, "already-known")
_FINAL = Transition(None, "bounced-after-all-keeps-its-state")

_LEFT: dict[DeliveryEvent, Transition] = {
    _E.SEND: _ALREADY,
    _E.DELIVERY: Transition(_S.DELIVERED, "handed to the recipient's mail server"),
    _E.HARD_BOUNCE: Transition(_S.BOUNCED, "hard-bounce"),
    # An out-of-office answer comes as a transient bounce of a message that was delivered.
    _E.SOFT_BOUNCE: Transition(None, "soft-bounce-or-absence"),
    _E.COMPLAINT: Transition(_S.COMPLAINED, "complaint"),
    # A virus was found after acceptance: SES dropped it, nobody got it.
    _E.REJECT: Transition(_S.FAILED, "rejected-by-ses"),
    _E.DELAY: Transition(None, "delayed"),
}

# The send timed out and stays `sending`: any event proves that it left.
_PROVES_SENT: dict[DeliveryEvent, Transition] = {
    **_LEFT,
    _E.SEND: Transition(_S.SENT, "proved-by-event"),
    _E.SOFT_BOUNCE: Transition(_S.SENT, "proved-by-event"),
    _E.DELAY: Transition(_S.SENT, "proved-by-event"),
}

_AFTER_DELIVERY: dict[DeliveryEvent, Transition] = {
    **_LEFT,
    _E.DELIVERY: _ALREADY,
    # Some servers accept first and refuse a minute later: the later word is the true one.
    _E.HARD_BOUNCE: Transition(_S.BOUNCED, "hard-bounce"),
    _E.REJECT: Transition(None, "rejected-after-delivery-is-impossible"),
}

_AFTER_BOUNCE: dict[DeliveryEvent, Transition] = dict.fromkeys(DeliveryEvent, _FINAL)

_AFTER_COMPLAINT: dict[DeliveryEvent, Transition] = dict.fromkeys(DeliveryEvent, _ALREADY)

# A person or the sweep gave it up as not sent, and the event says otherwise: alert, change nothing.
_CONTRADICTED: dict[DeliveryEvent, Transition] = dict.fromkeys(
    DeliveryEvent, Transition(None, "contradicts-a-decision")
)

_UNSENT: dict[DeliveryEvent, Transition] = dict.fromkeys(DeliveryEvent, _NOTHING_LEFT)

TRANSITIONS: dict[NoticeStatus, dict[DeliveryEvent, Transition]] = {
    _S.PLANNED: _UNSENT,
    _S.AWAITING_APPROVAL: _UNSENT,
    _S.SENDING: _PROVES_SENT,
    _S.SENT: _LEFT,
    _S.DELIVERED: _AFTER_DELIVERY,
    _S.BOUNCED: _AFTER_BOUNCE,
    _S.COMPLAINED: _AFTER_COMPLAINT,
    _S.FAILED: _CONTRADICTED,
    _S.EXPIRED: _CONTRADICTED,
    _S.WITHHELD: _CONTRADICTED,
}


def transition(status: NoticeStatus, event: DeliveryEvent) -> Transition:
    return TRANSITIONS[status][event]
