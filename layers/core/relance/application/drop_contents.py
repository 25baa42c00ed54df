"""What a dropped file may hold besides balances, contacts and `creditor.yaml`."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relance.domain.balance_reading import RejectedRow
from relance.domain.open_item import PaymentMethod
from relance.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One receipt of a `payments` drop: money that the bank shows and no balance does yet.

    amount: positive, what was received; numbers: the documents that it names, none: the debtor's
    oldest; debtor code or name: None when only documents are named.
    """

    line: int
    amount: Decimal
    currency: str | None
    paid_on: date | None
    debtor_code: str | None = None
    debtor_name: str | None = None
    numbers: tuple[str, ...] = ()
    method: PaymentMethod | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class PaymentsFile:
    """other_rows: blank rows, totals and money that went out, recognised and no receipts."""

    rows: tuple[PaymentLine, ...]
    rejected: tuple[RejectedRow, ...] = ()
    other_rows: int = 0


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """`policy.yaml`: an escalation of the creditor's own."""

    policy: Policy


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """What the structured part of an invoice says (Factur-X, UBL). Amounts: in `currency`."""

    number: str
    issue_date: date | None
    due_date: date | None
    order_number: str | None
    total: Decimal | None
    currency: str | None
    buyer_name: str | None = None
    buyer_siren: str | None = None
    missing_mentions: tuple[str, ...] = ()
    """Kebab-case codes of the mandatory mentions that were not found."""
    advised_mentions: tuple[str, ...] = ()
    """Likewise, of those that the law asks for in some cases only."""
    coming_mentions: tuple[str, ...] = ()
    """Likewise, of those that it will ask for on later invoices."""


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document of the file of a claim: an invoice, an order, a proof of delivery or of deposit.

    kind: "invoice", "order", "delivery", "deposit" or "other"; numbers: document numbers that its
    structured part gives; text: of its first page, to look for numbers in; pages: None when it is
    no PDF.
    """

    kind: str
    file_name: str
    content_type: str
    numbers: tuple[str, ...]
    pages: int | None = None
    facts: InvoiceFacts | None = None
    text: str = field(default="", repr=False)
    content: bytes = field(default=b"", repr=False)
