"""What the import understood of a dropped balance, before anything is compared or written."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relance.domain.open_item import ItemFlag, ItemKind, PaymentMethod


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One row understood. Amounts: owed to the creditor positive (credit notes negative)."""

    line: int
    debtor_code: str | None
    debtor_name: str | None
    number: str | None
    kind: ItemKind
    issue_date: date | None
    due_date: date | None
    amount: Decimal
    open_amount: Decimal
    currency: str
    order_number: str | None = None
    credits_number: str | None = None
    account: str | None = None
    payment_method: PaymentMethod | None = None
    flag: ItemFlag | None = None
    reminder_level: int | None = None
    reminded_on: date | None = None
    parties: "ReadParties | None" = None
    insurer: str | None = None
    factor: str | None = None
    """Empty when the file has the column and this row says nobody."""


@dataclass(frozen=True, slots=True)
class ReadParties:
    """Who else a row names: key, name or e-mail of our salesperson and collector, the code of the
    debtor that pays for this one.
    """

    salesperson: str | None = None
    collector: str | None = None
    payer: str | None = None


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """How one column was understood. name: as printed; meaning: a field of ReadItem, "bucket" or
    "" for a column that says nothing to us; confidence: 0 to 100; why: a kebab-case reason.
    """

    index: int
    name: str
    meaning: str
    confidence: int
    why: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One customer of a balance that names no document. buckets: as the file labels them."""

    line: int
    debtor_code: str | None
    debtor_name: str | None
    total: Decimal
    currency: str
    buckets: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two figures that should be equal, to the cent. code: kebab-case, says what they are (the
    total of a customer, of the file, of a bucket); scope: the customer or the bucket, None for the
    whole file; line: where it is printed.
    """

    code: str
    currency: str
    printed: Decimal
    read: Decimal
    scope: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A quarantined row: what is known of it protects that item or debtor from settlement.

    reason is a kebab-case code; field and value say what to mend.
    """

    line: int
    reason: str
    field: str | None = None
    value: str | None = None
    number: str | None = None
    debtor_code: str | None = None
    debtor_name: str | None = None


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A row with nothing open that says when it was settled: payment history."""

    item: ReadItem
    settled_on: date


@dataclass(frozen=True, slots=True)
class BalanceReading:
    """A whole file understood.

    format: "csv", "xlsx", …; totals: sum of open amounts per currency; file_totals: the totals
    printed in the file per currency, empty when it prints none; settled_rows: rows of items with
    nothing open, which are history and not open items; warnings: kebab-case codes.
    """

    format: str
    as_of: date | None
    items: tuple[ReadItem, ...]
    rejected: tuple[RejectedRow, ...] = ()
    file_totals: dict[str, Decimal] = field(default_factory=dict)
    settled_rows: int = 0
    non_item_rows: int = 0
    """Preamble, headers, subtotals, totals and blank rows: recognised, and not items."""
    warnings: tuple[str, ...] = ()
    settled_totals: dict[str, Decimal] = field(default_factory=dict)
    """Original amounts of the settled rows, per currency."""
    columns: tuple[ReadColumn, ...] = ()
    summary: tuple[SummaryRow, ...] = ()
    """A balance by customer: it feeds the aged balance, and nothing is chased from it."""
    differences: tuple[Difference, ...] = ()
    buckets: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    """The file's own ageing columns added up: currency to label to amount."""
    encoding: str | None = None
    separator: str | None = None
    """How a text was read; None for a workbook, and for columns aligned by spaces."""
    settled_items: tuple[SettledRow, ...] = ()
    """Those of the settled rows that say when: counted in `settled_rows` already."""

    @property
    def is_summary(self) -> bool:
        return bool(self.summary) and not self.items

    @property
    def rows(self) -> int:
        """Every row of the file went to one of these: none is dropped in silence."""
        recognised = self.settled_rows + self.non_item_rows + len(self.summary)
        return len(self.items) + len(self.rejected) + recognised

    @property
    def totals(self) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for item in self.items:
            sums[item.currency] = sums.get(item.currency, Decimal()) + item.open_amount
        return sums

    @property
    def currency(self) -> str | None:
        """The only currency of the file, or None when it mixes several or has no item."""
        found = {item.currency for item in self.items}
        return next(iter(found)) if len(found) == 1 else None
