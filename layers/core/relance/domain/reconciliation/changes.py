"""What a new balance changes, item by item and debtor by debtor."""

from dataclasses import dataclass
from enum import StrEnum

from relance.domain.balance_reading import ReadParties
from relance.domain.open_item import ItemKey, OpenItem, Settlement


class ChangeKind(StrEnum):
    """confirmed: the settlement of an item, seen absent by a second balance; moved: it is under
    another code now.
    """

    NEW = "new"
    PART_PAID = "part_paid"
    CHANGED = "changed"
    SETTLED = "settled"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """before None: never seen; was: the key under which the same item was known until now; now:
    its key under the other code, for an item that moved there.
    """

    kind: ChangeKind
    before: OpenItem | None
    after: OpenItem
    was: ItemKey | None = None
    now: ItemKey | None = None

    @property
    def due_moved_earlier(self) -> bool:
        before = self.before.due_date if self.before else None
        after = self.after.due_date
        return before is not None and after is not None and after < before

    @property
    def is_covered(self) -> bool:
        """Handed to the bank: paid unless it comes back."""
        was = self.before.settlement if self.before else None
        return self.after.settlement is Settlement.COVERED and was is None

    @property
    def was_returned(self) -> bool:
        """A bill, a direct debit or a cheque that the bank gave back unpaid."""
        covered = self.before is not None and self.before.settlement is Settlement.COVERED
        return covered and self.after.settlement is None

    @property
    def due_moved_later(self) -> bool:
        before = self.before.due_date if self.before else None
        after = self.after.due_date
        return before is not None and after is not None and after > before


@dataclass(frozen=True, slots=True)
class DebtorChange:
    """renamed: the accounts give the same code another name; merged_into: the code under which its
    items are from now on; parties: who else its rows name, when that changed.
    """

    code: str
    name: str
    items: tuple[ItemChange, ...]
    renamed: bool = False
    merged_into: str | None = None
    parties: ReadParties | None = None


def change_between(before: OpenItem | None, after: OpenItem) -> ItemChange | None:
    """None when the two balances say the same of it."""
    if before == after:
        return None
    return ItemChange(_kind(before, after), before, after)


def _kind(before: OpenItem | None, after: OpenItem) -> ChangeKind:
    if after.settlement is Settlement.MOVED:
        return ChangeKind.MOVED
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
