"""Lists of receipts (a bank's or the accounts'): what came in, from whom, for which documents.

Never taken for a balance, nor the reverse: a header that could be either is asked about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files import BalanceQuestion
from relance.adapters.balance_files.amounts import amount_ballot, read_amount
from relance.adapters.balance_files.currencies import currency_in_header
from relance.adapters.balance_files.dates import date_ballot, read_date
from relance.adapters.balance_files.table import Cell, Row, Sheet, Table, is_blank_row, text_of
from relance.adapters.balance_files.values import Bad, elect
from relance.adapters.payment_words import (
    Column,
    column_of,
    is_balance_word,
    is_invoice_word,
    is_total_row,
    method_of,
    names_receipt,
    names_receipt_date,
    tells_return,
)
from relance.application.drop_contents import PaymentLine, PaymentsFile
from relance.domain.balance_reading import RejectedRow
from relance.domain.errors import RelanceError

_SEARCHED_ROWS = 30
_BETWEEN_NUMBERS = re.compile(r"[;,+&\n]|\s+(?:et|and)\s+", re.IGNORECASE)
_IN_LABEL = re.compile(
    r"\b(?:factures?|fact|fac|invoices?|inv)\b\.?\s*(?:n[°ºo]?\.?\s*|#\s*)?([A-Z]*[-/]?\d[\w/.-]*)",
    re.IGNORECASE,
)
_WHO = frozenset({Column.CODE, Column.NAME, Column.NUMBER, Column.LABEL})
_CURRENCY = re.compile(r"[A-Z]{3}")
Columns = dict[Column, int]


class PaymentsRefused(RelanceError):
    """The file is no list of receipts."""


class _RowRefused(Exception):
    def __init__(self, reason: str, column: Column):
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class _Layout:
    """doubt: it may as well be a list of invoices with the day each was paid."""

    sheet: Sheet
    header: int
    columns: Columns
    doubt: bool

    @property
    def names(self) -> Row:
        return self.sheet.rows[self.header]

    def rows(self) -> Iterator[tuple[int, Row]]:
        start = self.header + 1
        yield from zip(self.sheet.lines[start:], self.sheet.rows[start:], strict=True)

    def column(self, column: Column) -> list[Cell]:
        return [_cell(row, self.columns.get(column)) for _, row in self.rows()]


@dataclass(frozen=True, slots=True)
class _Notation:
    """How this file writes: the decimal mark, the order of its dates, its only currency."""

    mark: str
    order: str
    currency: str | None


def looks_like_payments(table: Table, *, told: bool = False) -> bool:
    """told: somebody said so (a folder's name), and a plain date and amount are enough.

    Raises BalanceQuestion when it may as well be a list of invoices.
    """
    layout = _layout(table, told=told)
    if layout is None:
        return False
    if layout.doubt and not told:
        if not _all_paid(layout):
            return False
        seen = tuple(text_of(cell) for cell in layout.names if text_of(cell))
        raise BalanceQuestion("payments-or-balance", {}, seen[:20])
    return True


def payments_of(table: Table, *, told: bool = False) -> PaymentsFile:
    """Raises PaymentsRefused, and BalanceQuestion for an undecidable mark or order of dates."""
    layout = _layout(table, told=told)
    if layout is None:
        raise PaymentsRefused("payments-header-not-found")
    notation = _notation(layout)
    rows: list[PaymentLine] = []
    rejected: list[RejectedRow] = []
    others = 0
    for line, row in layout.rows():
        try:
            found = _line(line, row, layout.columns, notation)
        except _RowRefused as refused:
            rejected.append(_rejected(line, row, layout.columns, refused))
            continue
        if found is None:
            others += 1
        else:
            rows.append(found)
    return PaymentsFile(tuple(rows), tuple(rejected), others)


def _rejected(line: int, row: Row, columns: Columns, refused: _RowRefused) -> RejectedRow:
    """With what the cell shows, and whose the row is: enough to find it again and mend it."""

    def shown(column: Column) -> str | None:
        return text_of(_cell(row, columns.get(column))) or None

    return RejectedRow(
        line,
        refused.reason,
        refused.column.value,
        shown(refused.column),
        number=shown(Column.NUMBER),
        debtor_code=shown(Column.CODE),
        debtor_name=shown(Column.NAME),
    )


def _layout(table: Table, *, told: bool) -> _Layout | None:
    for sheet in table.sheets:
        for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            found = _header(sheet, index, row, told=told)
            if found is not None:
                return found
    return None


def _header(sheet: Sheet, index: int, row: Row, *, told: bool) -> _Layout | None:
    names = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    columns = _columns(row)
    if Column.AMOUNT not in columns or not _WHO & columns.keys():
        return None
    if not told and (_is_balance(names, columns) or not _tells_receipts(names, columns)):
        return None
    return _Layout(sheet, index, columns, doubt=any(map(is_invoice_word, names)))


def _columns(row: Row) -> Columns:
    """The first column of each meaning; a word that only receipts have comes before a general one,
    and a list of invoices has the number of the invoice in the column that is called so.
    """
    found: Columns = {}
    for certain in (True, False):
        for index, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            if certain and not (names_receipt(cell) or names_receipt_date(cell)):
                continue
            column = column_of(cell)
            if column is not None and index not in found.values():
                found.setdefault(column, index)
    return found


def _tells_receipts(names: list[str], columns: Columns) -> bool:
    """A date or an amount that only receipts have: "date de valeur", "montant reçu"."""
    dated = any(map(names_receipt_date, names))
    return dated or (any(map(names_receipt, names)) and Column.DATE in columns)


def _is_balance(names: list[str], columns: Columns) -> bool:
    """What is still owed is shown, or what was invoiced beside what was paid. A bank's statement
    has a running balance too: it names no customer nor document.
    """
    statement = not {Column.CODE, Column.NAME, Column.NUMBER} & columns.keys()
    invoiced = [name for name in names if _is_money(name) and not names_receipt(name)]
    both = bool(invoiced) and any(map(names_receipt, names))
    return both or (any(map(is_balance_word, names)) and not (statement and Column.DATE in columns))


def _is_money(name: str) -> bool:
    return column_of(name) is Column.AMOUNT or (
        column_of(name) is None and "montant" in name.lower() and "ht" not in name.lower()
    )


def _all_paid(layout: _Layout) -> bool:
    """Every row has its day of payment. An invoice still owed has none: the list is a balance."""
    cells = [
        _cell(row, layout.columns.get(Column.DATE))
        for _, row in layout.rows()
        if not is_blank_row(row) and not is_total_row(row)
    ]
    return bool(cells) and all(text_of(cell) for cell in cells)


def _notation(layout: _Layout) -> _Notation:
    names = layout.names
    amounts = layout.column(Column.AMOUNT)
    ballots = [amount_ballot(layout.column(Column.DEBIT))]
    amount_name = text_of(names[layout.columns[Column.AMOUNT]])
    mark = elect(amount_ballot(amounts), ballots, None, "decimal-mark", amount_name)
    order = ""
    if Column.DATE in layout.columns:
        name = text_of(names[layout.columns[Column.DATE]])
        order = elect(date_ballot(layout.column(Column.DATE)), (), None, "date-order", name)
    return _Notation(mark, order, currency_in_header(amount_name))


def _line(line: int, row: Row, columns: Columns, notation: _Notation) -> PaymentLine | None:
    """None: a blank row, a total, or money that went out."""
    if is_blank_row(row) or is_total_row(row):
        return None
    text = {column: text_of(_cell(row, index)) for column, index in columns.items()}
    label = text.get(Column.LABEL, "")
    amount = _amount(row, columns, notation, label)
    if amount is None:
        return None
    numbers = _numbers(text.get(Column.NUMBER, ""), label)
    code, name = text.get(Column.CODE) or None, text.get(Column.NAME) or None
    if not (code or name or numbers):
        raise _RowRefused("payment-names-nobody", Column.LABEL if label else Column.NUMBER)
    return PaymentLine(
        line=line,
        amount=amount,
        currency=_currency(text.get(Column.CURRENCY, "")) or notation.currency,
        paid_on=_day(row, columns, notation),
        debtor_code=code,
        debtor_name=name,
        numbers=numbers,
        method=method_of(text.get(Column.METHOD, "")) or method_of(label),
        label=label,
    )


def _amount(row: Row, columns: Columns, notation: _Notation, label: str) -> Decimal | None:
    """What came in. Money out is no receipt, but one that is taken back needs a person."""
    read = read_amount(_cell(row, columns[Column.AMOUNT]), notation.mark)
    if isinstance(read, Bad):
        raise _RowRefused("bad-amount", Column.AMOUNT)
    out = read_amount(_cell(row, columns.get(Column.DEBIT)), notation.mark)
    went_out = (read is not None and read < 0) or (not read and isinstance(out, Decimal) and out)
    if went_out:
        if tells_return(label):
            raise _RowRefused("payment-returned", Column.LABEL)
        return None
    if not read:
        raise _RowRefused("missing-amount", Column.AMOUNT)
    return read


def _day(row: Row, columns: Columns, notation: _Notation) -> date | None:
    read = read_date(_cell(row, columns.get(Column.DATE)), notation.order)
    if isinstance(read, Bad):
        raise _RowRefused(read.reason, Column.DATE)
    return read


def _numbers(text: str, label: str) -> tuple[str, ...]:
    """The column's own, else those that the label announces: "Vir. Dupont facture FA-12"."""
    given = [part.strip() for part in _BETWEEN_NUMBERS.split(text) if part.strip()]
    found = given or [match.rstrip(".-/") for match in _IN_LABEL.findall(label)]
    return tuple(dict.fromkeys(found))


def _currency(text: str) -> str | None:
    code = text.strip().upper()
    if not code:
        return None
    if not _CURRENCY.fullmatch(code):
        raise _RowRefused("bad-currency", Column.CURRENCY)
    return code


def _cell(row: Row, index: int | None) -> Cell:
    return row[index] if index is not None and index < len(row) else None
