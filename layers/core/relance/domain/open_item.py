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
    OTHER = "other"


class Settlement(StrEnum):
    """Why an item is no longer owed."""

    UNKNOWN_CAUSE = "settled-cause-unknown"
    CONFIRMED = "settled-confirmed"


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
