"""The last applied balance, normalised: what the next one is compared with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from relance.domain.open_item import ItemKey, OpenItem, Settlement


@dataclass(frozen=True, slots=True)
class DebtorBalance:
    """items: the open ones, and those whose settlement the next balance has still to confirm."""

    name: str
    items: dict[ItemKey, OpenItem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BalanceSnapshot:
    """debtors: by debtor code. received_at: when the file it was made from was dropped."""

    import_seq: int = 0
    as_of: date | None = None
    sha256: str = ""
    received_at: datetime | None = None
    debtors: dict[str, DebtorBalance] = field(default_factory=dict)

    def each(self) -> Iterator[tuple[str, OpenItem]]:
        for code, debtor in self.debtors.items():
            for item in debtor.items.values():
                yield code, item

    def items_of(self, code: str) -> dict[ItemKey, OpenItem]:
        debtor = self.debtors.get(code)
        return debtor.items if debtor else {}

    @property
    def claims(self) -> dict[str, Decimal]:
        """What is owed to the creditor per currency, credits apart."""
        sums: dict[str, Decimal] = {}
        for _, item in self.each():
            if item.is_claim:
                sums[item.currency] = sums.get(item.currency, Decimal()) + item.open_amount
        return sums


def is_followed(item: OpenItem) -> bool:
    """Whether the next balance has something to say about it: confirmed settlements are history."""
    return item.settlement is not Settlement.CONFIRMED
