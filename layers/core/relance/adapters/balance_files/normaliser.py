"""From a table to a `BalanceReading`: one reader per format, this one normaliser."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from relance.adapters.balance_files.balancing import (
    SummarySheet,
    check_balance,
    with_summary_sheet,
)
from relance.adapters.balance_files.choice import Choice, choose_sheet, seen_table
from relance.adapters.balance_files.columns import read_columns
from relance.adapters.balance_files.entries import Body, company_currencies, read_body
from relance.adapters.balance_files.errors import BalanceQuestion, BalanceRefused
from relance.adapters.balance_files.groups import title_keys
from relance.adapters.balance_files.headers import Layout
from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.balance_files.inherited import with_inherited_debtors
from relance.adapters.balance_files.open_amount import rival_amounts
from relance.adapters.balance_files.preamble import (
    as_of,
    currency_around,
    currency_of_columns,
    dates_around,
    preamble_ballot,
)
from relance.adapters.balance_files.sorting import Sorter
from relance.adapters.balance_files.summaries import take_summary
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row, Sheet, Table
from relance.domain.balance_reading import BalanceReading, ReadItem, RejectedRow
from relance.domain.open_item import ItemKind

FALLBACK_CURRENCY = "EUR"


def normalise(table: Table, hints: BalanceHints) -> BalanceReading:
    """Raises `BalanceRefused` for what is no list of items, `BalanceQuestion` on a tie."""
    choice = choose_sheet(table, hints)
    try:
        return _read(table.format, choice, hints)
    except BalanceQuestion as question:
        if not question.table.columns:
            question.table = seen_table(choice.sheet, choice.layout)
        raise


def _read(form: str, choice: Choice, hints: BalanceHints) -> BalanceReading:
    sheet, layout = choice.sheet, choice.layout
    around = dates_around(choice.title_rows)
    titles = sheet.rows[: max(0, layout.top)]
    body = with_inherited_debtors(
        read_body(sheet, layout, hints, preamble_ballot(around)), layout, titles
    )
    currency, assumed = _currency(sheet, layout, choice.title_rows, hints)
    sorter = Sorter(layout, body.money, currency, title_keys=title_keys(titles))
    sorter.sort(body)
    summary = take_summary(sorter, body) if layout.is_summary else ()
    _check_alignment(sorter)
    _check_open_amount(layout, body)
    _check_debtors(sorter)
    dated_by_terms = _date_by_terms(sorter, layout, hints)
    day, about_day = as_of(around, body.order)
    balance = check_balance(sorter, body, summary, day)
    sheets = _summary_sheets(choice.summaries, hints, currency)
    balance = with_summary_sheet(balance, sorter.items, sheets) if sheets else balance
    warnings = {
        *sorter.warnings,
        *about_day,
        *balance.warnings,
        *_notes(sorter, layout, body, hints),
    }
    if dated_by_terms:
        warnings.add("due-dates-by-terms")
    if assumed and sorter.used_default:
        warnings.add("currency-assumed")
    reading = BalanceReading(
        format=form,
        as_of=day,
        items=tuple(sorter.items),
        rejected=tuple(sorter.rejected),
        file_totals=balance.printed,
        settled_rows=sorter.settled,
        non_item_rows=sorter.non_items + layout.header + 1,
        warnings=tuple(sorted(warnings)),
        settled_totals=sorter.settled_totals,
        columns=read_columns(layout),
        summary=summary,
        differences=balance.differences,
        buckets=balance.buckets,
        settled_items=tuple(sorter.settled_items),
    )
    _check_rows(reading, sheet)
    return reading


def _summary_sheets(
    summaries: Sequence[tuple[Sheet, Layout]], hints: BalanceHints, currency: str
) -> SummarySheet | None:
    """The summary that stands beside the items in a workbook, when there is one only."""
    if len(summaries) != 1:
        return None
    sheet, layout = summaries[0]
    body = read_body(sheet, layout, hints, preamble_ballot(()))
    sorter = Sorter(layout, body.money, currency)
    sorter.sort(body)
    printed = dict(sorter.check.printed or sorter.check.overall)
    return SummarySheet(printed, take_summary(sorter, body))


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


def _notes(sorter: Sorter, layout: Layout, body: Body, hints: BalanceHints) -> set[str]:
    items = sorter.items
    undated = [one for one in items if one.due_date is None]
    down_payments = [one for one in items if one.kind is ItemKind.DOWN_PAYMENT]
    facts = {
        "all-settled": not items and bool(sorter.settled),
        "due-date-missing": any(one.open_amount > 0 for one in undated),
        "down-payments-positive": any(one.open_amount > 0 for one in down_payments),
        "no-document-number": bool(items) and Field.NUMBER not in layout.columns,
        "clearing-date-ignored": Field.CLEARED_ON in layout.columns,
        "signs-inverted": body.money.inverted,
        "company-amount-differs": _company_differs(layout, body, hints),
        "duplicate-numbers": _repeats_numbers(items),
    }
    return {code for code, holds in facts.items() if holds}


def _company_differs(layout: Layout, body: Body, hints: BalanceHints) -> bool:
    """Where document and company have one currency, both amounts are the same."""
    if not body.money.company:
        return False
    pairs = ((body.money.amount, Field.AMOUNT), (body.money.open, Field.OPEN))
    own = company_currencies(layout, body.rows, hints.default_currency)
    return any(
        ours and document and document != ours and company and company == currency
        for documents, one in pairs
        for document, ours, currency, company in zip(
            documents, body.money.company.get(one, ()), body.column("currency"), own, strict=False
        )
    )


def _repeats_numbers(items: Sequence[ReadItem]) -> bool:
    """One number, debtor and due date twice; one number with several due dates is instalments."""
    numbers = [item.number for item in items]
    if len(set(numbers)) == len(numbers):
        return False
    counts = Counter(numbers)
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


def _date_by_terms(sorter: Sorter, layout: Layout, hints: BalanceHints) -> bool:
    """A list without due dates takes them from the terms agreed, and the report says so."""
    if hints.terms_days is None or Field.DUE in layout.columns:
        return False
    sorter.items = [
        replace(one, due_date=hints.due_date(one.issue_date))
        if one.issue_date and one.open_amount > 0
        else one
        for one in sorter.items
    ]
    return bool(sorter.items)


def _check_open_amount(layout: Layout, body: Body) -> None:
    """Which of two amounts is still owed is not for us to choose."""
    rivals = rival_amounts(layout, body.rows)
    if rivals:
        name = layout.name_of(Field.AMOUNT)
        raise BalanceQuestion("open-amount-unsure", {"column": name}, (name, *rivals))


def _check_debtors(sorter: Sorter) -> None:
    """No column and no line names a customer: a question, sooner than every row refused."""
    lost = [row for row in sorter.rejected if row.reason == "missing-debtor"]
    if lost and not sorter.items and not sorter.layout.has_debtor:
        seen = tuple(name.strip() for name in sorter.layout.names if name.strip())
        raise BalanceQuestion("debtor-column-not-found", {}, seen)


def _check_rows(reading: BalanceReading, sheet: Sheet) -> None:
    """Rows in = items + rejected + settled + recognised non-items, always."""
    if reading.rows != len(sheet.rows):
        raise BalanceRefused(
            "rows-lost", {"read": str(reading.rows), "file_rows": str(len(sheet.rows))}
        )
