"""Holds (*suspensions*): why an item or a whole case is not chased (design §5 rule 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from relance.domain.evidence import ObjectRef
from relance.domain.open_item import ItemKey
from relance.domain.task import OUR_TURN


@dataclass(frozen=True, slots=True)
class ToWrite:
    """What the customer is still to be written about a hold. template: of the message; since: the
    day it was agreed or decided; to: key of the contact it was agreed with, None: nobody of the
    case.
    """

    template: str
    since: date
    to: str | None = None


class PromiseState(StrEnum):
    """What the balances say of a promise (`promise_state`)."""

    HELD = "held"
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to pay (*promesse de règlement*). amount None: all that was overdue.

    covered: what it covered on the day it was recorded, per item; owed: what was open of each that
    day, so that a later part payment is counted as keeping it; means: "cheque", "transfer", …; by:
    who promised, at the customer's; channel: how ("call", "email", …); times: the how manieth
    promise it is of each item.
    """

    key: str
    promised_for: date
    amount: Decimal | None
    covered: dict[ItemKey, Decimal]
    means: str | None
    recorded_on: date
    owed: dict[ItemKey, Decimal] = field(default_factory=dict)
    by: str | None = None
    channel: str | None = None
    times: dict[ItemKey, int] = field(default_factory=dict)
    to_write: ToWrite | None = None


class Resolution(StrEnum):
    """How a dispute was decided."""

    CREDIT_EXPECTED = "credit_expected"
    """Well founded: a credit note is to come, its amount is not asked for meanwhile."""
    REJECTED = "rejected"
    """Not founded: the proofs go to the customer, who has eight days."""
    ACCEPTED = "accepted"
    """Well founded: its amount is not asked for, the accounts correct it otherwise."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A document of the case that goes with a rejection."""

    name: str
    ref: ObjectRef


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute (*litige*). amounts: the disputed amount per item; resolved_on None while it holds
    them, else its last day (of one rejected: the last of the days granted, perhaps to come).

    owner: who of us solves it, written to at owner_email; person: whom to speak to there;
    target_on: when it should be solved, or the credit note be there; told_on, reminded_on: when the
    owner was first written to, and last reminded.
    """

    key: str
    amounts: dict[ItemKey, Decimal]
    category: str
    owner: str
    recorded_on: date
    target_on: date
    resolved_on: date | None = None
    owner_email: str | None = None
    person: str | None = None
    resolution: Resolution | None = None
    proofs: tuple[Proof, ...] = ()
    told_on: date | None = None
    reminded_on: date | None = None
    to_write: ToWrite | None = None

    @property
    def is_ours(self) -> bool:
        """We owe the customer something first: they dispute nothing."""
        return self.category in set(OUR_TURN)


class PlanState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Instalment:
    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class InstalmentReminder:
    """The one reminder of an instalment. instalment: its index; by: the notice."""

    instalment: int
    on: date
    deadline: date
    by: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An instalment plan (*échéancier*), the immediate part payment first.

    amounts: what it spreads of each item; owed: what was open of each on the day it was proposed;
    lapses_on: the last day to agree on it, and to pay the first part; person: who signs for the
    customer; asked_end_for: the instalment for which a person was asked whether it ends.
    """

    key: str
    instalments: tuple[Instalment, ...]
    amounts: dict[ItemKey, Decimal]
    owed: dict[ItemKey, Decimal]
    currency: str
    recorded_on: date
    lapses_on: date
    state: PlanState = PlanState.PROPOSED
    person: str | None = None
    agreed_on: date | None = None
    ended_on: date | None = None
    reminder: InstalmentReminder | None = None
    asked_end_for: int | None = None
    to_write: ToWrite | None = None

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.instalments), Decimal(0))


class ArrangementKind(StrEnum):
    LCR_SIGNED = "lcr_signed"
    """A bill of exchange that the customer accepted."""
    SET_OFF = "set_off"
    RETURN = "return"
    DISCOUNT = "discount"
    GUARANTEE = "guarantee"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What else was agreed. until: the day on which the accounts should show it; by: who recorded
    it, whom another person approves; lapses_on: the last day to approve it.
    """

    key: str
    kind: ArrangementKind
    amounts: dict[ItemKey, Decimal]
    owed: dict[ItemKey, Decimal]
    recorded_on: date
    until: date
    by: str
    lapses_on: date
    approved_by: str | None = None
    person: str | None = None
    to_write: ToWrite | None = None
    reminded_on: date | None = None
    escalated_on: date | None = None
    """When people were last reminded to approve it, and when that went to the approvers."""


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
    """A hold somebody or the system set, with its end and its reason code. items: what it holds,
    none: the whole case; note: why, in the words of who set it.
    """

    key: str
    reason: str
    recorded_on: date
    until: date | None
    items: tuple[ItemKey, ...] = ()
    note: str | None = None


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


Agreement = Promise | Dispute | Plan | Arrangement
"""What a customer may be written about."""

Hold = Agreement | AnnouncedPayment | ReceivedPayment | UnreadReply | ManualHold


def items_of(hold: Hold) -> tuple[ItemKey, ...]:
    """The items that it is about; none: the whole case."""
    match hold:
        case Promise():
            return tuple(hold.covered)
        case Dispute() | ReceivedPayment() | Plan() | Arrangement():
            return tuple(hold.amounts)
        case AnnouncedPayment() | ManualHold():
            return hold.items
        case _:
            return ()


def rekeyed(hold: Hold, moved: Mapping[ItemKey, ItemKey]) -> Hold:
    """The hold once its items are known under other keys."""
    if isinstance(hold, Promise):
        covered = {moved.get(k, k): v for k, v in hold.covered.items()}
        owed = {moved.get(k, k): v for k, v in hold.owed.items()}
        times = {moved.get(k, k): v for k, v in hold.times.items()}
        return replace(hold, covered=covered, owed=owed, times=times)
    if isinstance(hold, Dispute):
        return replace(hold, amounts={moved.get(k, k): v for k, v in hold.amounts.items()})
    if isinstance(hold, ReceivedPayment | Plan | Arrangement):
        amounts = {moved.get(k, k): v for k, v in hold.amounts.items()}
        owed = {moved.get(k, k): v for k, v in hold.owed.items()}
        return replace(hold, amounts=amounts, owed=owed)
    if isinstance(hold, AnnouncedPayment | ManualHold):
        return replace(hold, items=tuple(moved.get(key, key) for key in hold.items))
    return hold
