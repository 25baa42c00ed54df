"""Totals printed with their label in one cell: "Total Dupont 1 234,56"."""

import re
from collections.abc import Sequence
from decimal import Decimal

from relance.adapters.balance_files.amounts import Amount, parse, reduce
from relance.adapters.balance_files.currencies import currency_in_amount, strip_currency
from relance.adapters.balance_files.headers import Layout, cells_of
from relance.adapters.balance_files.labels import RowLabel, label_of
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, Row, all_of, is_blank, text_of

_BREAK = re.compile(r"(?:[\s:=]|\.{2,}|…)+")
_CENTS = re.compile(r"[.,]\d{2}$")
_AMOUNT_INSIDE = re.compile(r"\d[.,]\d{2}(?![\d.,])")
_IN_LABEL = re.compile(r"\b(EUR|USD|GBP|CAD|CHF)$")
_LONGEST = 200
_TOTALS = (RowLabel.TOTAL, RowLabel.PERHAPS)
_MONEY = (Field.OPEN, Field.AMOUNT, Field.DEBIT)


def with_totals_apart(
    layout: Layout, rows: Sequence[Row], open_: Sequence[Amount]
) -> Sequence[Row] | None:
    """The rows, with the amount of such a total in the column of amounts and its label behind the
    columns, where it names no customer and no document. None when there is no such row.
    """
    money = next((layout.columns[one] for one in _MONEY if one in layout.columns), None)
    if money is None or all_of(open_, Decimal):
        return None
    codes: frozenset[str] | None = None
    found: dict[int, Row] = {}
    for index, value in enumerate(open_):
        text = _only_text(rows[index]) if value.__class__ is not Decimal else None
        if text and label_of([text]) in _TOTALS:
            codes = _codes(layout, rows) if codes is None else codes
            if parts := split_total(text, codes):
                found[index] = _apart(layout, money, *parts)
    return [found.get(index, row) for index, row in enumerate(rows)] if found else None


def split_total(text: str, codes: frozenset[str] = frozenset()) -> tuple[str, str] | None:
    """(label, amount), the longest that reads as one: "1 234,56" of "Total 1 234,56".

    codes: of customers, which no amount begins with. Whole numbers without a currency are counts
    and years as often as amounts.
    """
    for match in _BREAK.finditer(text):
        label, amount = text[: match.start()].strip(), text[match.end() :].strip()
        first, _, rest = amount.partition(" ")
        if _value(amount) is not None and not (first in codes and _value(rest) is not None):
            return (label, amount) if _is_label(label) else None
    return None


def _is_label(text: str) -> bool:
    """With another amount in it, nobody knows which one is the total."""
    return label_of([text]) in _TOTALS and not _AMOUNT_INSIDE.search(text)


def _value(text: str) -> Decimal | None:
    """Whatever mark the columns of the file use, when it reads in one way only."""
    reduced = reduce(text.strip()) if text else None
    if reduced is None or not (_CENTS.search(reduced[1]) or strip_currency(text) != text):
        return None
    marks = reduced[1][-3] if _CENTS.search(reduced[1]) else ",."
    read = {value for mark in marks if isinstance(value := parse(text, mark), Decimal)}
    return read.pop() if len(read) == 1 else None


def _only_text(row: Row) -> str | None:
    filled = [cell for cell in row if not is_blank(cell)]
    if len(filled) != 1 or not isinstance(filled[0], str) or len(filled[0]) > _LONGEST:
        return None
    return filled[0].strip()


def _codes(layout: Layout, rows: Sequence[Row]) -> frozenset[str]:
    if Field.CODE not in layout.columns:
        return frozenset()
    return frozenset(map(text_of, cells_of(layout.columns[Field.CODE], rows)))


def _apart(layout: Layout, money: int, label: str, amount: str) -> Row:
    row: list[Cell] = [*[None] * len(layout.names), label]
    row[money] = _value(amount)
    in_label = _IN_LABEL.search(label)
    currency = currency_in_amount(amount) or (in_label and in_label[1])
    if currency and Field.CURRENCY in layout.columns:
        row[layout.columns[Field.CURRENCY]] = currency
    return row
