"""What was read against every figure that the file prints: to the cent, or a named difference."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.ageing import bucket_differences, bucket_sums
from relance.adapters.balance_files.entries import Body
from relance.adapters.balance_files.sorting import Sorter
from relance.adapters.balance_files.summaries import (
    customer_differences,
    row_differences,
    summary_buckets,
    summary_totals,
)
from relance.domain.balance_reading import BalanceReading, Difference, ReadItem, SummaryRow

_ZERO = Decimal()
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Balance:
    printed: dict[str, Decimal]
    differences: tuple[Difference, ...]
    buckets: dict[str, dict[str, Decimal]]
    warnings: frozenset[str]


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """printed: its total per currency; rows: one per customer."""

    printed: dict[str, Decimal]
    rows: tuple[SummaryRow, ...]


def check_balance(
    sorter: Sorter, body: Body, summary: Sequence[SummaryRow], as_of: date | None
) -> Balance:
    """Totals of the file, of its customers and of its ageing columns."""
    check, layout, items = sorter.check, sorter.layout, sorter.items
    found = [*check.differences]
    if check.printed:
        sums = summary_totals(summary) if summary else totals_of(items)
        found += _total_differences(check.printed, sums, check.lines)
    warnings = {one.code for one in found} | check.warnings
    if summary:
        buckets = summary_buckets(summary)
        found += row_differences(summary, layout)
        warnings |= {one.code for one in found}
    else:
        buckets = bucket_sums(body, layout, items) if layout.buckets else {}
        aged, about = bucket_differences(body, layout, items, as_of)
        found += aged
        warnings |= about
    printed_columns = _column_differences(sorter, body, buckets)
    found += printed_columns
    warnings |= {one.code for one in printed_columns}
    return Balance(dict(check.printed), tuple(found), buckets, frozenset(warnings))


def with_summary_sheet(balance: Balance, items: Sequence[ReadItem], sheet: SummarySheet) -> Balance:
    """The workbook's own summary checks its list: its total when the list prints none."""
    found = customer_differences(sheet.rows, items)
    printed = balance.printed
    if not printed:
        printed = sheet.printed
        found += _total_differences(printed, totals_of(items), {})
    return replace(
        balance,
        printed=printed,
        differences=(*balance.differences, *found),
        warnings=balance.warnings | {one.code for one in found},
    )


def totals_of(items: Sequence[ReadItem]) -> dict[str, Decimal]:
    return BalanceReading("", None, tuple(items)).totals


def _total_differences(
    printed: Mapping[str, Decimal], sums: Mapping[str, Decimal], lines: Mapping[str, int]
) -> list[Difference]:
    return [
        Difference("total-differs", code, total, sums.get(code, _ZERO), None, lines.get(code))
        for code, total in printed.items()
        if abs(sums.get(code, _ZERO) - total) >= _CENT
    ]


def _column_differences(
    sorter: Sorter, body: Body, buckets: Mapping[str, Mapping[str, Decimal]]
) -> list[Difference]:
    """The total row under each ageing column."""
    return [
        Difference("bucket-differs", currency, value, buckets[currency][label], label, line)
        for currency, label, value, line in _printed_columns(sorter, body)
        if currency in buckets
        and label in buckets[currency]
        and abs(value - buckets[currency][label]) >= _CENT
    ]


def _printed_columns(sorter: Sorter, body: Body) -> Iterator[tuple[str, str, Decimal, int]]:
    if not sorter.check.lines or not body.money.ageing:
        return
    places = {line: at for at, line in enumerate(body.lines)}
    for currency, line in sorter.check.lines.items():
        at = places.get(line)
        if at is None or currency not in sorter.check.printed:
            continue
        for index, column in body.money.ageing.items():
            value = column[at]
            if isinstance(value, Decimal):
                yield currency, sorter.layout.names[index].strip(), value, line
