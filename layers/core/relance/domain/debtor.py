"""Debtors (*débiteurs*) and the people we may write to there."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from relance.domain.open_item import PaymentMethod
from relance.domain.postal_address import PostalAddress


class PayerProfile(StrEnum):
    """How a debtor pays (*profil payeur*, design §5 rule 9)."""

    NEGLIGENT = "negligent"
    BAD_PAYER = "bad_payer"
    SHORT_OF_CASH = "short_of_cash"
    ADMINISTRATIVE = "administrative"
    DISPUTE = "dispute"
    AUTOMATIC = "automatic"
    GOOD = "good"


class FlagKind(StrEnum):
    """What the machine may do about a debtor, from all to nothing (design §5 rule 9)."""

    NORMAL = "normal"
    CONFIRM_ALL = "confirm_all"
    """Each message waits for its approval."""
    MANUAL_ONLY = "manual_only"
    """Only tasks are prepared: people write."""
    NEVER = "never"
    """Nothing leaves, and nobody is asked to call."""

    @property
    def rank(self) -> int:
        return list(FlagKind).index(self)


IMPORT = "import"
"""Who set what a file says."""


@dataclass(frozen=True, slots=True)
class DebtorFlag:
    """A debtor that is not chased as others are, until a person says so. reason: free words;
    owner: who answers for it; review_on: when a person looks at it again; by: who set it, "import"
    for a contacts file.
    """

    kind: FlagKind
    reason: str
    owner: str
    set_on: date
    review_on: date
    by: str


class Role(StrEnum):
    ACCOUNTS_PAYABLE = "accounts_payable"
    BUYER = "buyer"
    MANAGER = "manager"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Contact:
    """unreachable: why e-mail to it is pointless ("hard-bounce", "complaint"), or None;
    wrong_phone: a number of theirs that was dialled and is somebody else's.
    """

    key: str
    name: str
    role: Role
    email: str | None = None
    phone: str | None = None
    unreachable: str | None = None
    wrong_phone: str | None = None

    @property
    def dial(self) -> str | None:
        """The number to call, None when there is none or it is known to be wrong."""
        return None if self.phone == self.wrong_phone else self.phone


@dataclass(frozen=True, slots=True)
class Debtor:
    """code: the customer code of the accounts, unique for the creditor; payment_days: the days of
    the month on which it pays its suppliers (10, 25), when it has such runs; payer: the code of
    the debtor of the same creditor that pays for it, None when it pays itself; salesperson: ours,
    as the accounts name them.
    """

    code: str
    name: str
    language: str | None = None
    siren: str | None = None
    address: PostalAddress | None = None
    collector: str | None = None
    contacts: tuple[Contact, ...] = ()
    payment_days: tuple[int, ...] = ()
    payer: str | None = None
    profile: PayerProfile | None = None
    """How it pays, as a person confirmed it."""
    proposed_profile: PayerProfile | None = None
    """What its payment history suggests instead, until a person says."""
    payment_method: PaymentMethod | None = None
    """How it usually pays, as a contacts file says."""
    salesperson: str | None = None
    flag: DebtorFlag | None = None
    """None: normal."""

    @property
    def flag_kind(self) -> FlagKind:
        return self.flag.kind if self.flag else FlagKind.NORMAL
