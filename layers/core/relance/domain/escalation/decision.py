"""What a decision says: actions, and what is not done, each with a reason code."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.domain.notice import Recipient
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Step
from relance.domain.task import TaskKind

Performs = tuple[tuple[ItemKey, str], ...]
"""Sorted (item, step) pairs."""


@dataclass(frozen=True, slots=True)
class PlanMessage:
    """One message for the day. step: the highest due, it gives the tone; asked: rests per item."""

    step: Step
    channel: Channel
    performs: Performs
    asked: dict[ItemKey, Decimal]
    recipients: tuple[Recipient, ...]
    recipient_mark: str
    template: str
    reason: str = "step-due"


@dataclass(frozen=True, slots=True)
class ReleaseFormalNotice:
    """An approved formal notice leaves today."""

    notice_id: str
    reason: str = "step-due"


@dataclass(frozen=True, slots=True)
class ExpireNotice:
    """What a notice demands is no longer true, or its day is over: it frees its items."""

    notice_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call to make: joins the case's open call task when there is one."""

    performs: Performs
    due_on: date
    reason: str = "step-due"


@dataclass(frozen=True, slots=True)
class CloseCall:
    """Nobody logged the call in time: it counts as not made, and blocks nothing."""

    task_key: str
    reason: str = "call-not-made"


@dataclass(frozen=True, slots=True)
class WithdrawCall:
    """These steps need no call any more: they leave the task, undone; an empty task is over."""

    task_key: str
    performs: Performs
    reason: str


@dataclass(frozen=True, slots=True)
class OpenTask:
    kind: TaskKind
    performs: Performs
    due_on: date
    reason: str
    items: tuple[ItemKey, ...] = ()
    detail: str | None = None
    """What the task names; None: its items."""


@dataclass(frozen=True, slots=True)
class RemindTask:
    """A task of ours is past its date: its owner is told again."""

    task_key: str
    reason: str = "task-overdue"


@dataclass(frozen=True, slots=True)
class TellSalesperson:
    """Level 2 comes for these items: the salesperson (its key) is told. leaves_on: the first day on
    which it may leave.
    """

    salesperson: str
    items: tuple[ItemKey, ...]
    leaves_on: date
    reason: str = "level-2-near"


@dataclass(frozen=True, slots=True)
class RemindApproval:
    """Nobody has approved or refused it: those who may are told again, or those above them."""

    notice_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RemindArrangement:
    """Likewise for an arrangement that a person noted. key: of the hold."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class EscalateTask:
    """It is late: those above are told."""

    task_key: str
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawTask:
    """What it asks for has lost its purpose."""

    task_key: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndHold:
    """The last day of a hold, or of a proposal that nobody agreed to, is over."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class RemindOwner:
    """Write to who of us solves this dispute, or mends this; key: of the hold or of the task."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class WriteAnswer:
    """Tell the customer about this hold or call; key: of it; to: the contact it was agreed with."""

    key: str
    template: str
    reason: str = "answer-due"
    to: str | None = None


Begun = PlanMessage | OpenCall | OpenTask
"""What a day begins is decided at once, and looked at tomorrow. All else makes the case another
one, to be decided again.
"""
TaskAction = OpenCall | CloseCall | WithdrawCall | OpenTask | RemindTask
Chore = TellSalesperson | RemindApproval | RemindArrangement | EscalateTask | WithdrawTask
FollowUp = EndHold | RemindOwner | WriteAnswer
Action = PlanMessage | ReleaseFormalNotice | ExpireNotice | TaskAction | Chore | FollowUp


@dataclass(frozen=True, slots=True)
class Held:
    """What is not done, and why. items empty: the whole case; until: when to look again."""

    reason: str
    items: tuple[ItemKey, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """agenda: the next day on which this case must be decided again, None when nothing is open."""

    actions: tuple[Action, ...]
    held: tuple[Held, ...]
    agenda: date | None
