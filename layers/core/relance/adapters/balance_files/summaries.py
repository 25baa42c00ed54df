"""A balance by customer: it names no document, so it feeds the aged balance and nothing else."""

from collections.abc import Sequence
from decimal import Decimal

from relance.adapters.balance_files.ageing import FAR, spans_of
from relance.adapters.balance_files.entries import Body, Entry
from relance.adapters.balance_files.headers import Layout
from relance.adapters.balance_files.sorting import Sorter
from relance.adapters.balance_files.words import plain
from relance.domain.balance_reading import Difference, ReadItem, SummaryRow

_ZERO = Decimal()
_CENT = Decimal("0.01")
_IS_SUMMARY = "names-no-item"


def take_summary(sorter: Sorter, body: Body) -> tuple[SummaryRow, ...]:
    """The rows that name a customer and an amount, taken out of the rejected ones."""
    lines = {row.line for row in sorter.rejected if row.reason == _IS_SUMMARY}
    places = [index for index, line in enumerate(body.lines) if line in lines]
    entries = list(body)
    rows = tuple(_row(sorter, body, entries[index], index) for index in places)
    sorter.rejected = [row for row in sorter.rejected if row.reason != _IS_SUMMARY]
    return rows


def _row(sorter: Sorter, body: Body, entry: Entry, index: int) -> SummaryRow:
    total = entry.open if isinstance(entry.open, Decimal) else _ZERO
    names = sorter.layout.names
    buckets = {
        names[at].strip(): value
        for at, column in body.money.ageing.items()
        if isinstance(value := column[index], Decimal)
    }
    currency = str(entry.currency or sorter.currency)
    return SummaryRow(entry.line, entry.code or None, entry.name or None, total, currency, buckets)


def summary_totals(rows: Sequence[SummaryRow]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, _ZERO) + row.total
    return sums


def summary_buckets(rows: Sequence[SummaryRow]) -> dict[str, dict[str, Decimal]]:
    sums: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        own = sums.setdefault(row.currency, {})
        for label, value in row.buckets.items():
            own[label] = own.get(label, _ZERO) + value
    return sums


def row_differences(rows: Sequence[SummaryRow], layout: Layout) -> list[Difference]:
    """A customer's own columns add up to its total, when they cover every age."""
    spans = spans_of([layout.names[index] for index in layout.buckets])
    if not spans or spans[0][0] != -FAR or spans[-1][1] != FAR:
        return []
    found = []
    for row in rows:
        read = sum(row.buckets.values(), _ZERO)
        if row.buckets and abs(read - row.total) >= _CENT:
            scope = customer_of(row.debtor_code, row.debtor_name)
            found.append(Difference("customer-total-differs", row.currency, row.total, read,
                                    scope, row.line))  # fmt: skip
    return found


def customer_differences(rows: Sequence[SummaryRow], items: Sequence[ReadItem]) -> list[Difference]:
    """The summary sheet of a workbook against its list of items, customer by customer."""
    sums: dict[tuple[str, str], Decimal] = {}
    for item in items:
        for name in {item.debtor_code, item.debtor_name} - {None, ""}:
            key = (plain(str(name)), item.currency)
            sums[key] = sums.get(key, _ZERO) + item.open_amount
    found = []
    for row in rows:
        names = [name for name in (row.debtor_code, row.debtor_name) if name]
        read = next((sums[key] for name in names if (key := (plain(name), row.currency)) in sums),
                    _ZERO)  # fmt: skip
        if abs(read - row.total) >= _CENT:
            scope = customer_of(row.debtor_code, row.debtor_name)
            found.append(Difference("customer-total-differs", row.currency, row.total, read,
                                    scope, row.line))  # fmt: skip
    return found


def customer_of(code: str | None, name: str | None) -> str | None:
    return " ".join(part for part in (code, name) if part) or None
