"""Holds (*suspensions*): why an item or a whole case is not chased (design §5 rule 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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


def items_of(hold: Hold) -> tuple[ItemKey, ...]:
    """The items that it is about; none: the whole case."""
    match hold:
        case Promise():
            return tuple(hold.covered)
        case Dispute() | ReceivedPayment():
            return tuple(hold.amounts)
        case AnnouncedPayment():
            return hold.items
        case _:
            return ()


def rekeyed(hold: Hold, moved: Mapping[ItemKey, ItemKey]) -> Hold:
    """The hold once its items are known under other keys."""
    if isinstance(hold, Promise):
        covered = {moved.get(k, k): v for k, v in hold.covered.items()}
        owed = {moved.get(k, k): v for k, v in hold.owed.items()}
        return replace(hold, covered=covered, owed=owed)
    if isinstance(hold, Dispute):
        return replace(hold, amounts={moved.get(k, k): v for k, v in hold.amounts.items()})
    if isinstance(hold, ReceivedPayment):
        amounts = {moved.get(k, k): v for k, v in hold.amounts.items()}
        owed = {moved.get(k, k): v for k, v in hold.owed.items()}
        return replace(hold, amounts=amounts, owed=owed)
    if isinstance(hold, AnnouncedPayment):
        return replace(hold, items=tuple(moved.get(key, key) for key in hold.items))
    return hold
