"""From a table to a `BalanceReading`: one reader per format, this one normaliser."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from relance.adapters.balance_files.choice import choose_sheet
from relance.adapters.balance_files.entries import Body, read_body
from relance.adapters.balance_files.errors import BalanceQuestion, BalanceRefused
from relance.adapters.balance_files.headers import Layout
from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.balance_files.preamble import (
    as_of,
    currency_around,
    currency_of_columns,
    dates_around,
    preamble_ballot,
)
from relance.adapters.balance_files.sorting import Sorter
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row, Sheet, Table
from relance.domain.balance_reading import BalanceReading, ReadItem, RejectedRow
from relance.domain.open_item import ItemKind

FALLBACK_CURRENCY = "EUR"


def normalise(table: Table, hints: BalanceHints) -> BalanceReading:
    """Raises `BalanceRefused` for what is no list of items, `BalanceQuestion` on a tie."""
    choice = choose_sheet(table, hints)
    sheet, layout = choice.sheet, choice.layout
    around = dates_around(choice.title_rows)
    body = read_body(sheet, layout, hints, preamble_ballot(around))
    currency, assumed = _currency(sheet, layout, choice.title_rows, hints)
    sorter = Sorter(layout, body.money, currency)
    sorter.sort(body)
    if layout.is_summary:
        raise summary_refusal(sorter)
    _check_alignment(sorter)
    day, about_day = as_of(around, body.order)
    file_totals, about_total = _file_totals(sorter, choice.summaries, hints)
    warnings = {*sorter.warnings, *about_day, *about_total, *_notes(sorter, layout, body)}
    if assumed and sorter.used_default:
        warnings.add("currency-assumed")
    reading = BalanceReading(
        format=table.format,
        as_of=day,
        items=tuple(sorter.items),
        rejected=tuple(sorter.rejected),
        file_totals=file_totals,
        settled_rows=sorter.settled,
        non_item_rows=sorter.non_items + layout.header + 1,
        warnings=tuple(sorted(warnings)),
        settled_totals=sorter.settled_totals,
        settled_items=tuple(sorter.settled_items),
    )
    _check_rows(reading, sheet)
    return reading


def summary_refusal(sorter: Sorter) -> BalanceRefused:
    """A row per customer names no invoice: nothing can be chased from it."""
    sums = sorter.check.overall
    total = ", ".join(f"{value:.2f} {code}" for code, value in sorted(sums.items()))
    rows = sum(1 for row in sorter.rejected if row.debtor_code or row.debtor_name)
    return BalanceRefused("summary-names-no-item", {"rows": str(rows), "total": total or "0.00"})


def _currency(
    sheet: Sheet, layout: Layout, title: Sequence[Row], hints: BalanceHints
) -> tuple[str, bool]:
    """(currency of the rows that state none, whether nothing in the file or the hints says so)."""
    money = (Field.OPEN, Field.AMOUNT, Field.DEBIT, Field.CREDIT)
    names = [layout.name_of(one) for one in money if one in layout.columns]
    tail = sheet.rows[max(layout.header + 1, len(sheet.rows) - 20) :]
    notes = [row for row in tail if sum(1 for cell in row if cell) <= 2]
    found = currency_of_columns(names) or currency_around([*title, *notes])
    stated = found or hints.default_currency
    return stated or FALLBACK_CURRENCY, stated is None


def _file_totals(
    sorter: Sorter, summaries: Sequence[tuple[Sheet, Layout]], hints: BalanceHints
) -> tuple[dict[str, Decimal], set[str]]:
    """The totals printed under the items, else those of the workbook's summary sheet."""
    check = sorter.check
    printed = dict(check.printed)
    if not printed and len(summaries) == 1:
        sheet, layout = summaries[0]
        body = read_body(sheet, layout, hints, preamble_ballot(()))
        summary = Sorter(layout, body.money, sorter.currency)
        summary.sort(body)
        printed = dict(summary.check.printed or summary.check.overall)
    warnings = set(check.warnings) - {"total-differs"}
    sums = _sums(sorter.items)
    if any(abs(sums.get(code, Decimal()) - total) >= Decimal("0.01")
           for code, total in printed.items()):  # fmt: skip
        warnings.add("total-differs")
    elif "total-differs" in check.warnings:
        warnings.add("subtotal-differs")
    return printed, warnings


def _sums(items: Sequence[ReadItem]) -> dict[str, Decimal]:
    return BalanceReading("", None, tuple(items)).totals


def _notes(sorter: Sorter, layout: Layout, body: Body) -> set[str]:
    found = set()
    items = sorter.items
    if not items and sorter.settled:
        found.add("all-settled")
    if any(item.due_date is None and item.open_amount > 0 for item in items):
        found.add("due-date-missing")
    if any(item.kind is ItemKind.DOWN_PAYMENT and item.open_amount > 0 for item in items):
        found.add("down-payments-positive")
    if items and Field.NUMBER not in layout.columns:
        found.add("no-document-number")
    if Field.CLEARED_ON in layout.columns:
        found.add("clearing-date-ignored")
    if body.money.inverted:
        found.add("signs-inverted")
    if _repeats_numbers(items):
        found.add("duplicate-numbers")
    return found


def _repeats_numbers(items: Sequence[ReadItem]) -> bool:
    """One number, debtor and due date twice; one number with several due dates is instalments."""
    counts = Counter(item.number for item in items)
    doubtful = [item for item in items if item.number and counts[item.number] > 1]
    keys = {(i.debtor_code or i.debtor_name, i.number, i.kind, i.due_date) for i in doubtful}
    return len(keys) < len(doubtful)


def _check_alignment(sorter: Sorter) -> None:
    """Most rows wider than their header: a separator is inside the cells of this file."""
    wide: list[RejectedRow] = [
        row for row in sorter.rejected if row.reason == "too-many-cells-in-row"
    ]
    if len(wide) > len(sorter.items) + sorter.settled:
        lines = tuple(str(row.line) for row in wide[:5])
        raise BalanceQuestion("columns-misaligned", {"rows": str(len(wide))}, lines)


def _check_rows(reading: BalanceReading, sheet: Sheet) -> None:
    """Rows in = items + rejected + settled + recognised non-items, always."""
    if reading.rows != len(sheet.rows):
        raise BalanceRefused(
            "rows-lost", {"read": str(reading.rows), "file_rows": str(len(sheet.rows))}
        )
