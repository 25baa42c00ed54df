"""The last applied balance, normalised: what the next one is compared with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from relance.domain.balance_reading import ReadParties
from relance.domain.open_item import ItemKey, OpenItem, Settlement


@dataclass(frozen=True, slots=True)
class DebtorBalance:
    """items: the open ones, and those whose settlement the next balance has still to confirm;
    parties: who else its rows named last.
    """

    name: str
    items: dict[ItemKey, OpenItem] = field(default_factory=dict)
    parties: ReadParties | None = None


@dataclass(frozen=True, slots=True)
class PartState:
    """The last file that held a part of the balance. dated: its date, else the day it came."""

    dated: date
    sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class BalanceSnapshot:
    """debtors: by debtor code; received_at: when the file it was made from was dropped; parts: the
    last file of each part, for a balance that comes in parts.
    """

    import_seq: int = 0
    as_of: date | None = None
    sha256: str = ""
    received_at: datetime | None = None
    debtors: dict[str, DebtorBalance] = field(default_factory=dict)
    parts: dict[str, PartState] = field(default_factory=dict)

    def each(self) -> Iterator[tuple[str, OpenItem]]:
        for code, debtor in self.debtors.items():
            for item in debtor.items.values():
                yield code, item

    def items_of(self, code: str) -> dict[ItemKey, OpenItem]:
        debtor = self.debtors.get(code)
        return debtor.items if debtor else {}

    @property
    def claims(self) -> dict[str, Decimal]:
        return claims_of(item for _, item in self.each())


def claims_of(items: Iterable[OpenItem]) -> dict[str, Decimal]:
    """What is owed to the creditor per currency, credits apart."""
    sums: dict[str, Decimal] = {}
    for item in items:
        if item.is_claim:
            sums[item.currency] = sums.get(item.currency, Decimal()) + item.open_amount
    return sums


def is_followed(item: OpenItem) -> bool:
    """Whether the next balance has something to say about it: confirmed settlements, and what is
    under another code now, are history.
    """
    return item.settlement not in {Settlement.CONFIRMED, Settlement.MOVED}
