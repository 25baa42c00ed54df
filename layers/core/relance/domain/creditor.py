"""Creditors (*créanciers*): on whose behalf the system writes, and what it may do for them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from relance.domain.balance_settings import BalanceSettings
from relance.domain.evidence import ChainHead
from relance.domain.policy import Policy
from relance.domain.postal_address import PostalAddress
from relance.domain.sending_days import ALL_DAYS, QuietPeriod, Weekday


class Mode(StrEnum):
    """observe: decides and reports, nothing leaves; redirect: everything goes to one test address
    and does no step; allow_list: only to the debtors named; confirm: once a person released the
    day's batch; auto: what is decided leaves.
    """

    OBSERVE = "observe"
    REDIRECT = "redirect"
    ALLOW_LIST = "allow_list"
    CONFIRM = "confirm"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class LegalIdentity:
    """What a business letter must print (C. com. R123-237)."""

    name: str
    address: PostalAddress
    siren: str | None = None
    legal_form: str | None = None
    capital: str | None = None
    rcs_city: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody is away, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of ours who needs no account: a salesperson, an approver."""

    key: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Collector:
    """Who signs the reminders, makes the calls and gets the replies. backup: the key of the
    collector who does so on the days of the absences.
    """

    key: str
    name: str
    email: str
    phone: str | None = None
    max_calls_per_day: int = 15
    """Calls asked of them on one day, the largest stakes first; the others wait for the next."""
    backup: str | None = None
    absences: tuple[Absence, ...] = ()

    def is_away(self, day: date) -> bool:
        return any(absence.first <= day <= absence.last for absence in self.absences)


@dataclass(frozen=True, slots=True)
class PaymentDetails:
    """Where customers pay and which addresses we write from: never changed by a file alone."""

    payee: str
    iban: str
    bic: str | None
    sender_domain: str
    reply_domain: str


@dataclass(frozen=True, slots=True)
class PendingDetails:
    """Payment details waiting for two persons other than the uploader (design §6)."""

    details: PaymentDetails
    uploaded_by: str
    confirmed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditorProfile:
    """The configuration of `creditor.yaml`, payment details apart."""

    code: str
    identity: LegalIdentity
    finance_email: str
    collectors: tuple[Collector, ...]
    language: str = "fr"
    currency: str = "EUR"
    zone: str = "Europe/Paris"
    holidays: str = "FR"
    policy: str = "standard"
    plan_at: time = time(8)
    send_from: time = time(10)
    send_until: time = time(18)
    min_days_between_reminders: int = 7
    max_contacts_in_7_days: int = 3
    quiet_periods: tuple[QuietPeriod, ...] = (
        QuietPeriod((8, 1), (8, 22)),
        QuietPeriod((12, 23), (1, 3)),
    )
    payment_terms_days: int | None = None
    balance: BalanceSettings = field(default_factory=BalanceSettings)
    days: tuple[Weekday, ...] = ALL_DAYS
    max_messages_per_day: int = 50
    max_first_messages_per_day: int = 20
    """To debtors that we have not written to yet."""
    max_letters_per_day: int | None = 20
    letters_budget_per_month: Decimal | None = Decimal(500)
    """Some sixty registered letters: whoever posts more says so. None: said to be without limit."""
    letter_cost: Decimal = Decimal(2)
    registered_letter_cost: Decimal = Decimal(8)
    """Of one letter, all included: an estimate until the creditor says what it pays."""
    salespeople: tuple[Colleague, ...] = ()
    """Told before a step of level 2 leaves for their customers."""
    approvers: tuple[Colleague, ...] = ()
    """Who alone approves above `approval_above`; none declared: anybody but who prepared it."""
    approval_above: Decimal = Decimal(10000)
    promise_sign_above: Decimal = Decimal(5000)
    """A promise of more asks the customer to sign its recap, in whatever currency."""

    def collector(self, key: str | None) -> Collector:
        """The debtor's own collector, else the first one of the creditor."""
        return next((c for c in self.collectors if c.key == key), self.collectors[0])


@dataclass(frozen=True, slots=True)
class Pause:
    since: datetime
    by: str
    reason: str
    until: date | None = None
    """The last day of the pause; None: until somebody ends it."""


@dataclass(frozen=True, slots=True)
class BalanceState:
    """What is known of the last balance: freshness decides what may leave (design §5 rule 6)."""

    import_seq: int = 0
    as_of: date | None = None
    uploaded_on: date | None = None
    snapshot_key: str | None = None
    suspicious: bool = False

    @property
    def fresh_as_of(self) -> date | None:
        return self.as_of or self.uploaded_on


@dataclass(frozen=True, slots=True)
class Lease:
    """Who imports now. A crashed owner loses it at `until`; `import_seq` only rises."""

    owner: str
    until: datetime


@dataclass(frozen=True, slots=True)
class DayCount:
    """What was let out on `day`; spent_on_letters: in its month so far; stopped_for: the addresses
    that stopped the run of that day, until a person allows them.
    """

    day: date
    messages: int = 0
    first_messages: int = 0
    letters: int = 0
    spent_on_letters: Decimal = Decimal(0)
    stopped_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Creditor:
    """One creditor as stored: configuration, mode, and the state of its imports.

    waiting_drops: keys of the drops received and not yet applied or refused: while there is one,
    no reminder leaves.
    """

    profile: CreditorProfile
    payment: PaymentDetails | None = None
    pending: PendingDetails | None = None
    mode: Mode = Mode.OBSERVE
    pause: Pause | None = None
    balance: BalanceState = field(default_factory=BalanceState)
    lease: Lease | None = None
    import_seq: int = 0
    waiting_drops: frozenset[str] = frozenset()
    own_policy: Policy | None = None
    """Dropped as `policy.yaml`: it decides instead of the one that the profile names."""
    version: int = 0
    chain: ChainHead = field(default_factory=lambda: ChainHead(0, ""))
    """The head of the evidence of what people decided about the whole creditor."""
    redirect_to: str | None = None
    """The test address of the mode redirect."""
    allow_list: frozenset[str] = frozenset()
    """Codes of the debtors that the mode allow_list writes to."""
    released_for: date | None = None
    """The day whose batch a person released, in the mode confirm."""
    dispatched: DayCount | None = None
    allowed_addresses: frozenset[str] = frozenset()
    """Lower case: a person said that so many unrelated debtors do share them."""
    look_again_after: str | None = None
    """Its cases are looked at again, whatever their dates, since what decides changed: those up to
    this code were. None: there are none; "": all of them.
    """

    @property
    def code(self) -> str:
        return self.profile.code

    @property
    def is_importing(self) -> bool:
        return bool(self.waiting_drops) or self.lease is not None
