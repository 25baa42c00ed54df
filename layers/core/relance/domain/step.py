"""Steps (*étapes*) of a policy: what is done, by which channel, at whom, when (design §5)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from relance.domain.debtor import Role
from relance.domain.threshold import Threshold


class Level(StrEnum):
    PREVENTIVE = "preventive"
    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"
    LITIGATION = "litigation"

    @property
    def rank(self) -> int:
        return _LEVELS[self]


_LEVELS = {level: rank for rank, level in enumerate(Level)}


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
    waits; below `letter_from` a registered letter leaves as an e-mail (each a figure, or one per
    currency); grants_days: days given to pay, at least, from first presentation; announces: what
    is said to follow.
    """

    key: str
    level: Level
    base: Base
    after_days: int
    channel: Channel
    audience: tuple[Role, ...]
    template: str
    approval: Approval = Approval.AUTO
    min_item: Threshold = Decimal(0)
    min_total: Threshold = Decimal(0)
    letter_from: Threshold = Decimal(0)
    grants_days: int | None = None
    penalties: Penalties = Penalties.NONE
    announces: str | None = None

    @property
    def is_after_due(self) -> bool:
        return self.base is Base.DUE_DATE and self.after_days > 0

    @property
    def is_formal_notice(self) -> bool:
        return self.level is Level.LEVEL_3 and self.channel.is_message
