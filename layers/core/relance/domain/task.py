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
    FIND_PHONE = "find_phone"
    SEND_INVOICE = "send_invoice"
    MEND = "mend"
    REVIEW_FLAG = "review_flag"
    """Whether the debtor must still be spared."""
    WRITE = "write"
    """A reminder that people write themselves."""
    JOIN_FILE = "join_file"
    """Items that fell due after the hand-over."""


OUR_TURN = frozenset({TaskKind.SEND_INVOICE, TaskKind.MEND})
"""Tasks that hold items until we have done them: what is late for them is not the customer's."""


@dataclass(frozen=True, slots=True)
class Task:
    """performs: the (item, step) pairs that are done when the task is (calls, hand-over); detail:
    item keys, or tokens of missing data, parted by spaces; again_on: the day agreed for the next
    call; listed_on: the day it was on its collector's list; owner: who does it, None: the
    collector; reminded_on: when they were last reminded of it; of something to mend, about says
    what, owner_email where its owner is written to, told_on when they first were.
    """

    key: str
    kind: TaskKind
    opened_on: date
    due_on: date
    performs: tuple[tuple[ItemKey, str], ...] = ()
    attempts: int = 0
    detail: str | None = None
    again_on: date | None = None
    listed_on: date | None = None
    owner: str | None = None
    reminded_on: date | None = None
    escalated_on: date | None = None
    """When the people above were told that it is late."""
    about: str | None = None
    owner_email: str | None = None
    told_on: date | None = None

    @property
    def is_appointment(self) -> bool:
        """A call that does no step: it was agreed on, and nothing waits for it."""
        return self.kind is TaskKind.CALL and not self.performs
