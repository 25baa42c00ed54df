"""Cases (*dossiers*): one debtor of one creditor, all that a decision needs and nothing else."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from relance.domain.calling import CallMade, LateCause
from relance.domain.creditor import BalanceState, Colleague, Creditor, Mode
from relance.domain.debtor import Contact, Debtor
from relance.domain.evidence import ChainHead
from relance.domain.holds import Hold
from relance.domain.notice import NoticeStatus
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.payment_history import PaidItem
from relance.domain.policy import Channel, Level
from relance.domain.sending_days import QuietPeriod
from relance.domain.task import Task


class Outcome(StrEnum):
    """How a step was performed."""

    SENT = "sent"
    HANDED_OVER = "handed-over"
    REACHED = "reached"
    NOT_MADE = "not-made"
    UNREACHED = "unreached"
    BY_HAND = "by-hand"
    """A person did it, and said so."""
    TASK_OPENED = "task-opened"


@dataclass(frozen=True, slots=True)
class PerformedStep:
    """A step done on an item. by: the notice or the call that did it, so that it can be undone.

    level and channel: those of the day, the policy may change since; None in what was recorded
    before they were noted.
    """

    step: str
    planned_for: date
    done_on: date
    outcome: Outcome
    by: str
    level: Level | None = None
    channel: Channel | None = None
    taken_back: bool = False
    """A person took the file back since: it was done, and stands for nothing any more."""

    @property
    def is_call(self) -> bool:
        return self.outcome in {Outcome.REACHED, Outcome.NOT_MADE, Outcome.UNREACHED}


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that counts towards the formal notice (design §5 rule 2)."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What was performed on one item, oldest first; deadline: the last one granted in writing."""

    performed: tuple[PerformedStep, ...] = ()
    reminded: tuple[Reminded, ...] = ()
    deadline: date | None = None
    start: Level | None = None
    """The level at which a person released an item that was old when first seen."""

    @property
    def standing(self) -> tuple[PerformedStep, ...]:
        """What was performed and not taken back since."""
        return tuple([step for step in self.performed if not step.taken_back])

    @property
    def last(self) -> PerformedStep | None:
        for step in reversed(self.performed):
            if not step.taken_back:
                return step
        return None

    @property
    def is_handed_over(self) -> bool:
        last = self.last
        if last is None or last.outcome is not Outcome.TASK_OPENED:
            return False
        return last.level in {Level.LITIGATION, None}


_NOTHING_DONE = Progress()


@dataclass(frozen=True, slots=True)
class LiveNotice:
    """The notice that a case is busy with.

    asked, performs: this case's part of it, when one message serves several debtors; asked: the
    rest demanded per item when it was planned; recipient: who was to get it, as a mark that
    changes with the address (`recipient_mark`).
    """

    id: str
    status: NoticeStatus
    step: str
    planned_for: date
    asked: dict[ItemKey, Decimal]
    performs: tuple[tuple[ItemKey, str], ...]
    recipient: str
    approved_by: str | None = None
    channel: Channel = Channel.EMAIL
    reminded_on: date | None = None
    escalated_on: date | None = None
    """When people were last reminded to approve it, and when that went to the approvers."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A salesperson (its key) was told that level 2 comes for these items. leaves_on: the first day
    on which it may leave; stopped_until: the last day on which they hold it back.
    """

    key: str
    items: tuple[ItemKey, ...]
    salesperson: str
    told_on: date
    leaves_on: date
    stopped_until: date | None = None
    stopped_by: str | None = None


@dataclass(frozen=True, slots=True)
class FormalNoticeOrder:
    """A person wants the formal notice of these items sooner than the policy (design §5 rule 2).
    by: who, and does not approve it; why is in the evidence.
    """

    items: tuple[ItemKey, ...]
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """An answer to the customer that is planned or leaving: it takes neither the day nor the items.

    about: the key of the hold, or of the call, that it is about; since: the day of what it answers;
    recipient: as of a live notice; is_copy: the e-mail of a letter that left; to: of `ToWrite`.
    """

    id: str
    status: NoticeStatus
    template: str
    about: str
    since: date
    recipient: str
    is_copy: bool = False
    to: str | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A message or a call that took place: contact budgets and spacing count these."""

    on: date
    channel: Channel
    level: Level
    by: str
    is_formal_notice: bool = False


@dataclass(frozen=True, slots=True)
class CreditorFacts:
    """What a decision needs of the creditor: it travels in the case (design §5 rule 12)."""

    mode: Mode
    paused: bool
    importing: bool
    can_send: bool
    """False until its payment details and sender address are confirmed."""
    balance: BalanceState
    min_days_between_reminders: int
    max_contacts_in_7_days: int
    quiet_periods: tuple[QuietPeriod, ...]
    is_allowed: bool = True
    """Whether the creditor's mode lets this debtor be written to."""
    released_for: date | None = None
    """The day whose batch a person released."""
    salespeople: tuple[Colleague, ...] = ()


@dataclass(frozen=True, slots=True)
class PayerFacts:
    """What a decision needs of the one who pays, and of the other debtors it pays for (rule 3).

    contacts: its own, none when it has no case; addresses: lower case, under which it or another
    debtor of the group is written to; reached: the e-mails that the others share with it, each
    once; leaving: their e-mails that are planned or may have left; is_sought: its own case already
    asks for a contact.
    """

    code: str
    name: str | None = None
    language: str | None = None
    contacts: tuple[Contact, ...] = ()
    addresses: frozenset[str] = frozenset()
    reached: tuple[ContactRecord, ...] = ()
    leaving: tuple[LiveNotice, ...] = ()
    is_sought: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """version rises with every change; `chain` is the head of its evidence.

    facts, payer and pays_for are read elsewhere and travel with it: they are not stored in it.
    pays_for: the debtors that declare this one as their payer.
    """

    creditor: str
    debtor: Debtor
    facts: CreditorFacts
    items: dict[ItemKey, OpenItem] = field(default_factory=dict)
    progress: dict[ItemKey, Progress] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()
    tasks: tuple[Task, ...] = ()
    contacts: tuple[ContactRecord, ...] = ()
    """The contacts of the last 30 days, oldest first."""
    live: LiveNotice | None = None
    awaiting: LiveNotice | None = None
    """The formal notice that waits for its approval: it holds its items and not the day."""
    unreached_on: date | None = None
    """Set when three calls were vain, until a message said so."""
    failures: int = 0
    data_asked: tuple[str, ...] = ()
    """What a task has asked for once: who closed it has answered (`missing_data`, `too_small`)."""
    attempt: int = 1
    """Rises each time a notice ends, sent or not: the next one on the same items has another id."""
    agenda: date | None = None
    import_seq: int = 0
    """The last import that wrote this case."""
    version: int = 0
    chain: ChainHead = field(default_factory=lambda: ChainHead(0, ""))
    payer: PayerFacts | None = None
    pays_for: tuple[str, ...] = ()
    settling: tuple[PaidItem, ...] = ()
    """Settled items that the next balance has still to confirm (`settling.py`)."""
    answering: tuple[LiveAnswer, ...] = ()
    to_release: frozenset[ItemKey] = frozenset()
    """Items already old when first seen: they wait until a person releases them (rule 7)."""
    rehearsals: tuple[ContactRecord, ...] = ()
    """Messages of the last 30 days that went to the test address: they space rehearsals only."""
    calls: tuple[CallMade, ...] = ()
    """The last calls, oldest first (`CALLS_KEPT`)."""
    causes: dict[ItemKey, LateCause] = field(default_factory=dict)
    """Why each item is late, as the customer said last."""
    announced: tuple[Announcement, ...] = ()
    """What salespeople were told, oldest first, while one of its items is open."""
    ordered: FormalNoticeOrder | None = None
    """Until its notice leaves, is refused, or its items are paid."""

    def progress_of(self, key: ItemKey) -> Progress:
        return self.progress.get(key, _NOTHING_DONE)

    def contact(self, key: str) -> Contact | None:
        return next((c for c in self.debtor.contacts if c.key == key), None)

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        return tuple([item for item in self.items.values() if item.is_open])

    def without_task(self, key: str) -> "Case":
        return replace(self, tasks=tuple(task for task in self.tasks if task.key != key))


def facts_of(creditor: Creditor, debtor: str | None = None) -> CreditorFacts:
    """What a case carries of its creditor. debtor: whose case, None: of nobody in particular."""
    return CreditorFacts(
        mode=creditor.mode,
        paused=creditor.pause is not None,
        importing=creditor.is_importing,
        can_send=creditor.payment is not None,
        balance=creditor.balance,
        min_days_between_reminders=creditor.profile.min_days_between_reminders,
        max_contacts_in_7_days=creditor.profile.max_contacts_in_7_days,
        quiet_periods=creditor.profile.quiet_periods,
        is_allowed=creditor.mode is not Mode.ALLOW_LIST or debtor in creditor.allow_list,
        released_for=creditor.released_for,
        salespeople=creditor.profile.salespeople,
    )
