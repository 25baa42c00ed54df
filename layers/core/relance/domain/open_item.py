"""Open items (*pièces ouvertes*): what a debtor owes, or is owed, piece by piece."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

ItemKey = NewType("ItemKey", str)
"""Identity of an item within its case: number, kind and rank (design §6), readable, no spaces."""


class ItemKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    DOWN_PAYMENT = "down_payment"
    PAYMENT = "payment"
    OPENING_BALANCE = "opening_balance"
    """What an account carried over from an earlier year, its documents not named."""
    RETENTION = "retention"
    """Retention money (*retenue de garantie*): a part of an invoice, owed at its own later date."""
    OTHER = "other"


class PaymentMethod(StrEnum):
    """How the accounts say that an item is, or will be, paid."""

    TRANSFER = "transfer"
    CHEQUE = "cheque"
    DIRECT_DEBIT = "direct_debit"
    BILL_OF_EXCHANGE = "bill_of_exchange"
    """LCR, BOR, traite: given to the bank, paid at its maturity or returned."""
    CARD = "card"
    CASH = "cash"
    OTHER = "other"

    @property
    def may_be_returned(self) -> bool:
        """Leaves the account when it is handed to the bank, and may come back (design §6)."""
        return self in {
            PaymentMethod.CHEQUE,
            PaymentMethod.DIRECT_DEBIT,
            PaymentMethod.BILL_OF_EXCHANGE,
        }


class ItemFlag(StrEnum):
    """What the accounts say of an item and that holds it from the first day (design §6)."""

    LITIGATION = "litigation"
    DISPUTED = "disputed"
    BLOCKED = "blocked"


DISPUTED_FLAGS = frozenset({ItemFlag.DISPUTED, ItemFlag.LITIGATION})
"""A blocked item is not disputed: it may wait for an order number or an approval of ours."""


UNNAMED_INSURER, UNNAMED_FACTOR = "insured", "assigned"
"""The accounts say that it is, and not by whom or to whom."""


class Settlement(StrEnum):
    """Why an item is no longer owed."""

    UNKNOWN_CAUSE = "settled-cause-unknown"
    CONFIRMED = "settled-confirmed"
    COVERED = "covered-until-maturity"
    """Absent because a bill, a direct debit or a cheque was handed to the bank: paid unless it is
    returned (design §6)."""
    MOVED = "moved-to-another-code"
    """Not paid: the accounts have it under another customer's code now."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One line of the account, as the last applied balance states it.

    amount and open_amount are in `currency`; owed to the creditor is positive, credit notes and
    payments are negative. `due_date` is None for payments and when the file has none.
    """

    key: ItemKey
    number: str
    kind: ItemKind
    issue_date: date | None
    due_date: date | None
    amount: Decimal
    open_amount: Decimal
    currency: str
    order_number: str | None = None
    credits_number: str | None = None
    """For a credit note, the number of the invoice it corrects, when the file says it."""
    settlement: Settlement | None = None
    settled_on: date | None = None
    payment_method: PaymentMethod | None = None
    flag: ItemFlag | None = None
    account: str | None = None
    """The general account that holds it (411000, 416000), when the file says it."""
    part: str | None = None
    """The part of the creditor's balance that lists it, for balances that come in parts."""
    reminder_level: int | None = None
    reminded_on: date | None = None
    """The last reminder that the accounts know of, sent before or beside this system."""
    insurer: str | None = None
    factor: str | None = None
    """Who insures it, to whom it was assigned (UNNAMED_… when the file does not name them): empty
    when the file has the column and says nobody, None when it has none, so that nothing is known.
    """

    @property
    def is_open(self) -> bool:
        return self.settlement is None and self.open_amount != 0

    @property
    def is_claim(self) -> bool:
        """Owed to the creditor: the only items that can be chased."""
        return self.is_open and self.open_amount > 0

    @property
    def is_credit(self) -> bool:
        return self.is_open and self.open_amount < 0
