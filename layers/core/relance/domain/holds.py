"""Holds (*suspensions*): why an item or a whole case is not chased (design §5 rule 5)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relance.domain.open_item import ItemKey
from relance.domain.task import OUR_TURN


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to pay (*promesse de règlement*). amount None: all that was overdue.

    covered: what it covered on the day it was recorded, per item; owed: what was open of each that
    day, so that a later part payment is counted as keeping it; means: "cheque", "transfer", ….
    """

    key: str
    promised_for: date
    amount: Decimal | None
    covered: dict[ItemKey, Decimal]
    means: str | None
    recorded_on: date
    owed: dict[ItemKey, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute (*litige*). amounts: the disputed amount per item; resolved_on None while open."""

    key: str
    amounts: dict[ItemKey, Decimal]
    category: str
    owner: str
    recorded_on: date
    target_on: date
    resolved_on: date | None = None

    @property
    def is_ours(self) -> bool:
        """We owe the customer something first: they dispute nothing."""
        return self.category in set(OUR_TURN)


@dataclass(frozen=True, slots=True)
class AnnouncedPayment:
    """Paid, says the customer: held until a balance dated after `verify_from` still shows it."""

    key: str
    items: tuple[ItemKey, ...]
    recorded_on: date
    verify_from: date


@dataclass(frozen=True, slots=True)
class UnreadReply:
    """A reply nobody has marked seen: holds the whole case and never ends alone."""

    key: str
    received_on: date


@dataclass(frozen=True, slots=True)
class ManualHold:
    """A hold somebody or the system set, with its end and its reason code."""

    key: str
    reason: str
    recorded_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ReceivedPayment:
    """Money that came in, not yet posted (design §6): held until a balance settles the items or
    shows them part-paid, and no sooner.

    amounts: what was received of each item; owed: what was open of each that day; posted_on: the
    balance that showed it, after which the receipt is only remembered, so that a bank file that
    lists it again holds nothing more; look_on: when a person looks, if no balance showed it.
    """

    key: str
    amounts: dict[ItemKey, Decimal]
    owed: dict[ItemKey, Decimal]
    received_on: date
    recorded_on: date
    look_on: date
    source: str = "payments"
    posted_on: date | None = None


Hold = Promise | Dispute | AnnouncedPayment | ReceivedPayment | UnreadReply | ManualHold
