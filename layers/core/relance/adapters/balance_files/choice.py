"""Which sheet of a file lists the items; what its other sheets are good for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from relance.adapters.balance_files.amounts import read_amount
from relance.adapters.balance_files.columns import read_columns, sample_rows
from relance.adapters.balance_files.dates import read_date
from relance.adapters.balance_files.errors import BalanceQuestion, BalanceRefused, SeenTable
from relance.adapters.balance_files.groups import may_be_grouped
from relance.adapters.balance_files.headers import Layout
from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.balance_files.layouts import find_layout
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row, Sheet, Table, is_blank, text_of
from relance.adapters.balance_files.values import Bad
from relance.domain.balance_reading import ReadColumn

_LEDGER = frozenset({"ecrituredate", "ecriturelib"})

Found = tuple[Sheet, Layout]


@dataclass(frozen=True, slots=True)
class Choice:
    """title_rows: what stands above the tables of the workbook; summaries: per-customer sheets."""

    sheet: Sheet
    layout: Layout
    title_rows: tuple[Row, ...]
    summaries: tuple[Found, ...] = ()


def choose_sheet(table: Table, hints: BalanceHints) -> Choice:
    """Raises BalanceQuestion when several sheets list items, BalanceRefused when none does."""
    found = _layouts(_candidates(table, hints), hints)
    for _, layout in found:
        _refuse_ledger(layout)
    lists = [pair for pair in found if pair[1].has_money and _has_debtors(*pair)]
    items = [pair for pair in lists if not pair[1].is_summary]
    visible = [pair for pair in items if not pair[0].hidden] or items
    if len(visible) > 1:
        raise BalanceQuestion("several-sheets", {}, tuple(sheet.name for sheet, _ in visible))
    if not lists:
        raise _nothing(table, found)
    sheet, layout = (visible or lists)[0]
    if layout.tied:
        detail = {"field": layout.tied[0].value}
        raise BalanceQuestion("columns-tied", detail, layout.tied_names, seen_table(sheet, layout))
    summaries = tuple(pair for pair in lists if pair[1].is_summary and pair[0] is not sheet)
    titles = tuple(row for one, at in found for row in one.rows[: at.top])
    return Choice(sheet, layout, titles, summaries)


def seen_table(sheet: Sheet, layout: Layout) -> SeenTable:
    rows = sample_rows(sheet.rows[layout.header + 1 :], len(layout.names))
    return SeenTable(read_columns(layout), rows)


def _layouts(sheets: Sequence[Sheet], hints: BalanceHints) -> list[Found]:
    """A pin needs to fit one sheet only of a workbook."""
    found: list[Found] = []
    misfit: BalanceQuestion | None = None
    for sheet in sheets:
        try:
            layout = find_layout(sheet, hints)
        except BalanceQuestion as question:
            misfit = question
            continue
        if layout is not None:
            found.append((sheet, layout))
    if misfit is not None and not found:
        raise misfit
    return found


def _has_debtors(sheet: Sheet, layout: Layout) -> bool:
    """By a column, or by lines above the rows of each customer."""
    if layout.has_debtor:
        return True
    if layout.is_summary or layout.has(Field.SUPPLIER):
        return False
    titles = sheet.rows[: max(0, layout.top)]
    return may_be_grouped(layout, sheet.rows[layout.header + 1 :], titles)


def _candidates(table: Table, hints: BalanceHints) -> Sequence[Sheet]:
    if hints.sheet is None or len(table.sheets) == 1:
        return table.sheets
    wanted = [sheet for sheet in table.sheets if sheet.name.strip() == hints.sheet.strip()]
    if not wanted:
        raise BalanceQuestion("sheet-not-found", {}, tuple(sheet.name for sheet in table.sheets))
    return wanted


def _refuse_ledger(layout: Layout) -> None:
    keys = {"".join(filter(str.isalnum, name.lower())) for name in layout.names}
    if keys >= _LEDGER:
        raise BalanceRefused("ledger-not-read-yet")


def _nothing(table: Table, found: Sequence[Found]) -> BalanceRefused | BalanceQuestion:
    named = [layout for _, layout in found]
    if any(layout.has(Field.SUPPLIER) and layout.has_money for layout in named):
        return BalanceRefused("payables-not-receivables")
    for layout in named:
        if layout.has_money and layout.has(Field.NUMBER):
            return BalanceQuestion(
                "debtor-column-not-found", {}, _names(layout), seen_table(*_at(found, layout))
            )
    for layout in named:
        if layout.has(Field.NUMBER) and layout.has_debtor and layout.has(Field.ISSUE, Field.DUE):
            return BalanceQuestion(
                "amount-column-not-found", {}, _names(layout), seen_table(*_at(found, layout))
            )
    if named:
        columns = ", ".join(_names(named[0])[:20])
        return BalanceRefused("not-a-receivables-list", {"columns": columns[:300]})
    rows = [row for sheet in table.sheets for row in sheet.rows[:200]]
    if sum(map(_looks_like_an_item, rows)) >= 2:
        first = next(row for row in rows if _looks_like_an_item(row))
        width = max(map(len, rows))
        unnamed = tuple(ReadColumn(i, "", "", 0, "no-header") for i in range(width))
        seen = SeenTable(unnamed, sample_rows(rows, width))
        cells = tuple(text_of(cell) for cell in first[:20])
        return BalanceQuestion("header-not-found", {}, cells, seen)
    return BalanceRefused("not-a-receivables-list", {"columns": ""})


def _at(found: Sequence[Found], layout: Layout) -> Found:
    return next(pair for pair in found if pair[1] is layout)


def _names(layout: Layout) -> tuple[str, ...]:
    return tuple(name.strip() for name in layout.names if name.strip())


def _looks_like_an_item(row: Row) -> bool:
    """A date, an amount and a word, whatever their order."""
    cells = [cell for cell in row if not is_blank(cell)]
    dates = [cell for cell in cells if isinstance(read_date(cell, "day-first"), date)]
    others = [cell for cell in cells if cell not in dates]
    amounts = [c for c in others if not isinstance(read_amount(c, "."), Bad)
               or not isinstance(read_amount(c, ","), Bad)]  # fmt: skip
    return bool(dates and amounts) and len(cells) >= 3
