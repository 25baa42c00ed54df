"""How one creditor's balances are written and what they cover: `balance:` in `creditor.yaml`."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

DateOrder = Literal["day-first", "month-first"]
DecimalMark = Literal[",", "."]
OwedSign = Literal["positive", "negative"]

LEAST_KEPT_DAYS = 90
"""As long as a receipt is remembered: bank files repeat the days before."""

MAPPED_FIELDS = (
    "debtor_code", "debtor_name", "number", "kind", "label", "issue_date", "due_date", "amount",
    "open_amount", "paid", "debit", "credit", "side", "currency", "status", "settled_on",
    "order_number", "credits_number", "account", "payment_method", "flag", "reminder_level",
    "reminded_on", "salesperson", "collector", "payer", "insurer", "factor",
)  # fmt: skip
"""What `mapping` may name: the fields of an item, and the columns that they are computed from."""


class BalanceMode(StrEnum):
    """STOCK: a full balance, what is absent from it is settled; DELTA: an addition (design §6)."""

    STOCK = "stock"
    DELTA = "delta"


class PartBy(StrEnum):
    """What tells the parts of a balance apart."""

    ACCOUNT = "account"
    CURRENCY = "currency"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class BalancePart:
    """One of the files that together make the balance. pattern: an account prefix, an ISO
    currency, or a file pattern, as `by` says; absence settles within the part only.
    """

    name: str
    by: PartBy
    pattern: str


@dataclass(frozen=True, slots=True)
class BalanceSettings:
    """mapping: field of ours to the column's name, its 1-based index or its letter; header_row:
    1-based line of the header; terms_days: from issue to due date, for files without due dates;
    keep_settled_days: how long a case keeps what was paid (docs/data-model.md).
    """

    mode: BalanceMode = BalanceMode.STOCK
    parts: tuple[BalancePart, ...] = ()
    mapping: dict[str, str | int] = field(default_factory=dict)
    header_row: int | None = None
    sheet: str | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    owed_sign: OwedSign | None = None
    default_currency: str | None = None
    terms_days: int | None = None
    keep_settled_days: int = 400
