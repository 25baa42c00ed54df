"""Everything a template may print: one value, so that the bytes depend on nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from relance.domain.creditor import Collector, LegalIdentity, PaymentDetails
from relance.domain.debtor import Debtor
from relance.domain.notice import Notice
from relance.domain.open_item import ItemKey
from relance.domain.penalties import PenaltyClaim
from relance.domain.policy import Channel, Level, Penalties
from relance.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class PastStep:
    """A past reminder, call or letter, recalled by the formal notice."""

    on: date
    channel: Channel
    level: Level
    outcome: str


@dataclass(frozen=True, slots=True)
class DebtorAccount:
    """What a message shows of one debtor; level, asked: of its own part of the notice."""

    debtor: Debtor
    level: Level
    asked: frozenset[ItemKey]
    statement: Statement
    claim: PenaltyClaim | None


@dataclass(frozen=True, slots=True)
class CopiedLetter:
    """The registered letter that an e-mail is the copy of. pdf: its very bytes, None when they are
    too heavy for an e-mail.
    """

    sent_on: date
    pdf: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A document that an agreement is about; amount: what it holds of it."""

    number: str
    due_date: date | None
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ToldInstalment:
    due_on: date
    amount: Decimal
    is_paid: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells of a promise, a dispute, a plan, another arrangement or a call.

    day: promised, granted until, to be expected on, or the date of the instalment that misses;
    total: of the lines, per currency; to_sign: whether the customer is asked to sign; what: the
    category of a dispute, the kind of an arrangement, the outcome of a call; missing: what an
    instalment lacks; attached: (file name, content, content type).
    """

    lines: tuple[ToldLine, ...]
    total: dict[str, Decimal]
    day: date | None = None
    means: str | None = None
    person: str | None = None
    to_sign: bool = False
    what: str | None = None
    resolution: str | None = None
    instalments: tuple[ToldInstalment, ...] = ()
    currency: str = "EUR"
    missing: Decimal | None = None
    attached: tuple[tuple[str, bytes, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """What one notice says, on the day it leaves.

    written_on: that day where the creditor is; written_at: the instant, UTC; reply_to: the address
    carrying the notice's token; penalties: how the step treats them; announces: the key of what
    follows if nothing is paid (a sentence of the templates); companions: the accounts of the other
    debtors that share it, history and broken_promises being those of all; payer: the name of who
    pays for them; letter: of an e-mail that is a copy; told: of a message about an agreement, which
    asks for no item by itself.
    """

    notice: Notice
    identity: LegalIdentity
    payment: PaymentDetails
    collector: Collector
    debtor: Debtor
    statement: Statement
    written_on: date
    written_at: datetime
    reply_to: str
    penalties: Penalties
    claim: PenaltyClaim | None
    history: tuple[PastStep, ...]
    broken_promises: tuple[date, ...]
    announces: str | None
    grants_days: int | None
    companions: tuple[DebtorAccount, ...] = ()
    payer: str | None = None
    letter: CopiedLetter | None = None
    told: Told | None = None
    rehearsal_to: str | None = None
    """The test address that gets it instead of its recipients; None: it is for real."""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """An e-mail ready for SES: raw is the exact MIME; tags fit the alphabet of SES."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]
    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """pdf: reproducible bytes for the same content; pages: A4, counted in the PDF itself; window:
    the lines of the address as it is printed.
    """

    pdf: bytes
    pages: int
    window: tuple[str, ...]
