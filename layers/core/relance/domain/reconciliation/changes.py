"""What a new balance changes, item by item and debtor by debtor."""

from dataclasses import dataclass
from enum import StrEnum

from relance.domain.open_item import ItemKey, OpenItem, Settlement


class ChangeKind(StrEnum):
    """confirmed: the settlement of an item, seen absent by a second balance."""

    NEW = "new"
    PART_PAID = "part_paid"
    CHANGED = "changed"
    SETTLED = "settled"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """before None: never seen; was: the key under which the same item was known until now."""

    kind: ChangeKind
    before: OpenItem | None
    after: OpenItem
    was: ItemKey | None = None

    @property
    def due_moved_later(self) -> bool:
        before = self.before.due_date if self.before else None
        after = self.after.due_date
        return before is not None and after is not None and after > before


@dataclass(frozen=True, slots=True)
class DebtorChange:
    """renamed: the accounts give the same code another name."""

    code: str
    name: str
    items: tuple[ItemChange, ...]
    renamed: bool = False


def change_between(before: OpenItem | None, after: OpenItem) -> ItemChange | None:
    """None when the two balances say the same of it."""
    if before == after:
        return None
    return ItemChange(_kind(before, after), before, after)


def _kind(before: OpenItem | None, after: OpenItem) -> ChangeKind:
    if after.settlement is Settlement.CONFIRMED:
        return ChangeKind.CONFIRMED
    if after.settlement is not None:
        return ChangeKind.SETTLED
    if before is None:
        return ChangeKind.NEW
    if before.settlement is not None:
        return ChangeKind.REOPENED
    same_document = before.amount == after.amount and before.currency == after.currency
    if same_document and abs(after.open_amount) < abs(before.open_amount):
        return ChangeKind.PART_PAID
    return ChangeKind.CHANGED
