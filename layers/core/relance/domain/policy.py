"""Policies (*scénarios de relance*): the ordered steps of the escalation (design §5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from relance.domain.debtor import Role
from relance.domain.errors import RelanceError


class Level(StrEnum):
    PREVENTIVE = "preventive"
    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"
    LITIGATION = "litigation"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Base(StrEnum):
    """What a step counts its days from; deadline: the date that the formal notice printed."""

    ISSUE_DATE = "issue_date"
    DUE_DATE = "due_date"
    DEADLINE = "deadline"


class Channel(StrEnum):
    EMAIL = "email"
    CALL = "call"
    REGISTERED_LETTER = "registered_letter"
    LETTER = "letter"
    TASK = "task"

    @property
    def is_message(self) -> bool:
        return self is not Channel.CALL and self is not Channel.TASK

    @property
    def is_letter(self) -> bool:
        return self is Channel.REGISTERED_LETTER or self is Channel.LETTER


class Approval(StrEnum):
    AUTO = "auto"
    CONFIRM = "confirm"


class Penalties(StrEnum):
    NONE = "none"
    MENTION = "mention"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. after_days counts from `base` (working days when base is the deadline).

    min_item: an item whose rest is lower skips the step; min_total: a message asking for less
    waits; below `letter_from` a registered letter leaves as an e-mail; grants_days: days given to
    pay, at least, from first presentation; announces: what is said to follow.
    """

    key: str
    level: Level
    base: Base
    after_days: int
    channel: Channel
    audience: tuple[Role, ...]
    template: str
    approval: Approval = Approval.AUTO
    min_item: Decimal = Decimal(0)
    min_total: Decimal = Decimal(0)
    letter_from: Decimal = Decimal(0)
    grants_days: int | None = None
    penalties: Penalties = Penalties.NONE
    announces: str | None = None

    @property
    def is_after_due(self) -> bool:
        return self.base is Base.DUE_DATE and self.after_days > 0

    @property
    def is_formal_notice(self) -> bool:
        return self.level is Level.LEVEL_3 and self.channel.is_message


@dataclass(frozen=True, slots=True)
class Policy:
    name: str
    steps: tuple[Step, ...]
    reminders_before_formal_notice: int = 3
    formal_notice_days: int = 15
    """Days between a formal notice and the calendar date that it prints."""
    take_along_days: int = 15
    """Items whose own formal notice is due within so many days join the one that leaves."""
    letter_spacing_days: int = 15
    """Days between two level-2 registered letters to one debtor."""
    call_spacing_days: int = 12
    """Days between two calls to one debtor: a call is about all of its account."""

    def index(self, key: str | None) -> int:
        """The position of a step, -1 for None: nothing performed yet."""
        if key is None:
            return -1
        for index, step in enumerate(self.steps):
            if step.key == key:
                return index
        raise RelanceError("step-unknown", {"step": key, "policy": self.name})

    def find(self, key: str) -> Step | None:
        """None for a step of a former policy: policies are edited while cases run."""
        for step in self.steps:
            if step.key == key:
                return step
        return None

    def step(self, key: str) -> Step:
        """Raises RelanceError for a step that this policy does not have."""
        return self.steps[self.index(key)]

    def deadline(self, step: Step, written_on: date) -> date | None:
        """The one calendar date that a formal notice prints (design §5 rule 8)."""
        if not step.is_formal_notice:
            return None
        return written_on + timedelta(days=max(self.formal_notice_days, step.grants_days or 0))

    @property
    def formal_notice(self) -> Step | None:
        return next((step for step in self.steps if step.is_formal_notice), None)
