"""What is kept of the run of a day: how far its pages are, what they found, the mails it owes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class RunNote:
    """What a page found of a debtor and wrote in no case: what is held, or only observed.

    asked: by currency; level, channel: of what would have been done, None when it is held.
    """

    debtor: str
    reason: str
    asked: dict[str, Decimal]
    level: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class RunProgress:
    """expected: the pages that were queued, None until all of them are; done: those decided."""

    expected: frozenset[str] | None = None
    done: frozenset[str] = frozenset()

    @property
    def is_complete(self) -> bool:
        return self.expected is not None and self.expected <= self.done

    @property
    def missing(self) -> int:
        return len((self.expected or frozenset()) - self.done)


class MailState(StrEnum):
    SENDING = "sending"
    """Somebody is at it, or died at it."""
    FREE = "free"
    """It did not leave: it may be tried again."""
    DONE = "done"
    """Left, or there was nothing to tell."""
    DOUBTFUL = "doubtful"
    """It may have left: not written again that day, and told again the next."""


@dataclass(frozen=True, slots=True)
class MorningMail:
    """The mail of the morning of one of our people, the last one only.

    recipient: their key; covers: all that happened before was told them, None: nothing was; as_of:
    the balance of which the broken promises were told.
    """

    recipient: str
    day: date
    state: MailState
    at: datetime
    covers: datetime | None = None
    as_of: date | None = None
    version: int = 0


def page_key(debtors: Sequence[str]) -> str:
    """The same page, queued or received twice, is one page."""
    return hashlib.sha256("\0".join(debtors).encode()).hexdigest()[:16]
