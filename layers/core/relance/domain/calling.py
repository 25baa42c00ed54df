"""Calls (*appels*): what came of them, why an item is late, what is then to be put in writing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from relance.domain.holds import ToWrite
from relance.domain.open_item import ItemKey
from relance.domain.task import TaskKind

CALLS_KEPT = 5
"""Calls that a case remembers, the last ones: its evidence has them all."""
NOTE_KEPT = 400
"""Characters of their notes that it remembers."""


class CallOutcome(StrEnum):
    REACHED = "reached"
    PROMISE = "promise"
    DISPUTE = "dispute"
    INVOICE_NOT_RECEIVED = "invoice-not-received"
    WAITING_FOR_APPROVAL = "waiting-for-approval"
    PAYMENT_SENT = "payment-sent"
    TO_MEND = "to-mend"
    VOICEMAIL = "voicemail"
    UNREACHABLE = "unreachable"
    WRONG_NUMBER = "wrong-number"


class Cause(StrEnum):
    """Why an item is late, as the customer says."""

    FORGOTTEN = "forgotten"
    APPROVAL = "approval"
    INVOICE_MISSING = "invoice-missing"
    DISPUTE = "dispute"
    CASH = "cash"
    OUR_ERROR = "our-error"


class Needs(StrEnum):
    """What a person must say with an outcome."""

    DATE = "date"
    DOCUMENTS = "documents"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an outcome does to the case, beyond what the person adds (a promise, another date).

    reaches: somebody answered for the customer: the steps are done, the call counts as a reminder;
    cause: of the items it is about, unless the person gives another; task: ours, it holds these
    items until it is done; pays: the items are held as a payment announced; days: working days
    until that task is due, or until the next call; agrees: there is something to put in writing.
    """

    reaches: bool
    needs: Needs | None = None
    cause: Cause | None = None
    task: TaskKind | None = None
    pays: bool = False
    calls_again: bool = False
    days: int = 0
    agrees: bool = False


EFFECTS: dict[CallOutcome, Effect] = {
    CallOutcome.REACHED: Effect(reaches=True),
    CallOutcome.PROMISE: Effect(reaches=True, needs=Needs.DATE, agrees=True),
    CallOutcome.DISPUTE: Effect(
        reaches=True, needs=Needs.DOCUMENTS, cause=Cause.DISPUTE, agrees=True
    ),
    CallOutcome.INVOICE_NOT_RECEIVED: Effect(
        reaches=True, cause=Cause.INVOICE_MISSING, task=TaskKind.SEND_INVOICE, days=1, agrees=True
    ),
    CallOutcome.WAITING_FOR_APPROVAL: Effect(
        reaches=True, cause=Cause.APPROVAL, calls_again=True, days=5, agrees=True
    ),
    CallOutcome.PAYMENT_SENT: Effect(reaches=True, pays=True, agrees=True),
    CallOutcome.TO_MEND: Effect(
        reaches=True,
        needs=Needs.NOTE,
        cause=Cause.OUR_ERROR,
        task=TaskKind.MEND,
        days=5,
        agrees=True,
    ),
    CallOutcome.VOICEMAIL: Effect(reaches=False),
    CallOutcome.UNREACHABLE: Effect(reaches=False),
    CallOutcome.WRONG_NUMBER: Effect(reaches=False),
}
"""The one table of what each outcome does (docs/calls.md)."""


@dataclass(frozen=True, slots=True)
class LateCause:
    """by: who noted it, on that day."""

    cause: Cause
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class CallRecap:
    """What a call is confirmed in writing as: an outcome, and the documents it was about. day: by
    which we do our part of it, or call again.
    """

    what: CallOutcome
    items: tuple[ItemKey, ...]
    day: date | None = None


@dataclass(frozen=True, slots=True)
class CallMade:
    """One call, as logged. call: the key of its task; phone: the number used; recap: of one whose
    promise or dispute is not confirmed by itself.
    """

    on: date
    outcome: CallOutcome
    call: str
    by: str
    phone: str | None = None
    spoke_to: str | None = None
    note: str = ""
    recap: CallRecap | None = None
    to_write: ToWrite | None = None

    @property
    def reached(self) -> bool:
        return EFFECTS[self.outcome].reaches


@dataclass(frozen=True, slots=True)
class RecapRequest:
    """What was agreed on the telephone is to be confirmed in writing the same day.

    holds: keys of the promises, disputes and payments that the call added; items: what it was
    about; to: key of the contact it goes to: the one spoken to, else the first of the audience.
    """

    creditor: str
    debtor: str
    call: str
    outcome: CallOutcome
    on: date
    by: str
    to: str
    spoke_to: str | None
    holds: tuple[str, ...]
    items: tuple[ItemKey, ...]
