"""Tasks: what the system asks a person to do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from relance.domain.open_item import ItemKey


class TaskKind(StrEnum):
    CALL = "call"
    HAND_OVER = "hand_over"
    MATCH_PAYMENT = "match_payment"
    FIND_CONTACT = "find_contact"
    FIND_ADDRESS = "find_address"
    COMPLETE_DATA = "complete_data"
    FAILED_STEP = "failed_step"
    REVIEW = "review"
    END_PLAN = "end_plan"
    MEND = "mend"
    """Something to mend on our side."""


@dataclass(frozen=True, slots=True)
class Task:
    """performs: the (item, step) pairs that are done when the task is (calls, hand-over); detail:
    item keys, or tokens of missing data, parted by spaces; of something to mend: about says what,
    owner who does it (written to at owner_email), told_on and reminded_on when they last were.
    """

    key: str
    kind: TaskKind
    opened_on: date
    due_on: date
    performs: tuple[tuple[ItemKey, str], ...] = ()
    attempts: int = 0
    detail: str | None = None
    about: str | None = None
    owner: str | None = None
    owner_email: str | None = None
    told_on: date | None = None
    reminded_on: date | None = None
