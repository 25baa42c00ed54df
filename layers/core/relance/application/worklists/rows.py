"""The rows of a worklist, as they leave and as they come back. Codes: the words of people are those
of the adapter that writes and reads the workbook.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from urllib.parse import quote, unquote

from relance.domain.balance_reading import RejectedRow
from relance.domain.calling import CallOutcome


class RowKind(StrEnum):
    CALL = "call"
    REPLY = "reply"
    APPROVAL = "approval"
    """A message that awaits its approval."""
    CHECK = "check"
    """What its approver answers for, one row each, under it."""
    ARRANGEMENT = "arrangement"


SEEN, APPROVE, REFUSE, YES, NO = "seen", "approve", "refuse", "yes", "no"

OUTCOMES: dict[RowKind, tuple[str, ...]] = {
    RowKind.CALL: tuple(map(str, CallOutcome)),
    RowKind.REPLY: (
        SEEN,
        str(CallOutcome.PROMISE),
        str(CallOutcome.DISPUTE),
        str(CallOutcome.PAYMENT_SENT),
    ),
    RowKind.APPROVAL: (APPROVE, REFUSE),
    RowKind.CHECK: (YES, NO),
    RowKind.ARRANGEMENT: (APPROVE, REFUSE),
}
"""What a person may write in the outcome of each kind of row."""

MEANS = ("transfer", "cheque", "direct_debit", "bill_of_exchange", "card", "cash")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a row is about, whatever becomes of the order of the rows.

    key: of the call task, the reply, the notice or the arrangement; mark: the attempts of the call
    when the row was written, the code of a check, else empty.
    """

    kind: RowKind
    debtor: str
    key: str
    mark: str = ""

    def text(self, creditor: str) -> str:
        """One word, with six digits that tell a reference of this creditor from a damaged one."""
        parts = (str(self.kind), self.debtor, self.key, self.mark)
        word = ".".join(_plain(part) for part in parts)
        return f"{word}.{_digits(creditor, word)}"

    @classmethod
    def read(cls, text: str, creditor: str) -> "Reference | None":
        word, _, digits = text.strip().rpartition(".")
        parts = [unquote(part) for part in word.split(".")]
        if digits != _digits(creditor, word) or len(parts) != 4 or parts[0] not in set(RowKind):
            return None
        return cls(RowKind(parts[0]), *parts[1:])


def _plain(part: str) -> str:
    """Without the two signs that mean something, here and in the text of a workbook (`_x0041_`)."""
    return quote(part, safe="").replace(".", "%2E").replace("_", "%5F")


def _digits(creditor: str, word: str) -> str:
    return hashlib.sha256(f"{creditor}\n{word}".encode()).hexdigest()[:6]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """amount: what may be asked for."""

    number: str
    due_date: date | None
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One thing to do. stake: by currency; why: a code (a step, a kind of arrangement, a check) or
    the words of whoever wrote; text: the aim of the call, the reply as it was written, what to look
    at; promised: the dates of promises that hold.
    """

    reference: Reference
    debtor_name: str
    stake: dict[str, Decimal] = field(default_factory=dict)
    why: str = ""
    text: str = ""
    contact: str = ""
    phone: str = ""
    promised: tuple[date, ...] = ()
    items: tuple[ListedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class DayWorklist:
    """people: who may have filled it in, by name."""

    creditor: str
    creditor_name: str
    day: date
    people: tuple[str, ...]
    rows: tuple[ListedRow, ...]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """What a person wrote in a row. line: 1-based, in the file; numbers: of the documents."""

    line: int
    reference: Reference
    outcome: str
    day: date | None = None
    amount: Decimal | None = None
    means: str | None = None
    spoke_to: str | None = None
    numbers: tuple[str, ...] = ()
    note: str = ""

    def mark(self, author: str) -> str:
        """The same for the same row with the same words, in whatever file it comes."""
        said = (
            self.reference,
            author,
            self.outcome,
            self.day,
            self.amount.normalize() if self.amount is not None else None,
            self.means,
            self.spoke_to,
            self.numbers,
            self.note,
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class WorklistFile:
    """A worklist that came back. author: as written in the workbook, "" for none; empty: rows that
    nobody filled in.
    """

    creditor: str
    written_on: date
    author: str
    rows: tuple[FilledRow, ...]
    rejected: tuple[RejectedRow, ...] = ()
    empty: int = 0

    def checks(self, outcome: str) -> dict[str, frozenset[str]]:
        """By notice, the codes of those that were answered so."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            if row.reference.kind is RowKind.CHECK and row.outcome == outcome:
                found.setdefault(row.reference.key, set()).add(row.reference.mark)
        return {notice: frozenset(codes) for notice, codes in found.items()}
