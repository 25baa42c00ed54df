"""One entry per row under the header: its cells, read column by column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from relance.adapters.balance_files.amounts import Amount
from relance.adapters.balance_files.currencies import (
    currency_in_amount,
    currency_in_header,
    currency_of,
)
from relance.adapters.balance_files.dates import Day, date_ballot, read_dates
from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.groups import Groups
from relance.adapters.balance_files.headers import Layout, cells_of
from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.balance_files.meanings import is_company_amount
from relance.adapters.balance_files.money import Money, read_money
from relance.adapters.balance_files.one_cell_totals import with_totals_apart
from relance.adapters.balance_files.states import RowState, read_states
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, Row, Sheet, text_of
from relance.adapters.balance_files.values import Bad, Ballot, elect

_DATES = (Field.ISSUE, Field.DUE, Field.SETTLED_ON)
_FLOAT_NUMBER = re.compile(r"\d+\.0+$")
_FIGURES = re.compile(r"[-+0-9.,() \u00a0\u202f]*")
_UNREADABLE = 10
_NO_GROUPS = Groups()


class Entry(NamedTuple):
    """A row as read: a `Bad` in a field says why it could not be. "" is a missing text.

    currency: ISO code, "" when the row states none.
    """

    row: Row
    line: int
    number: str
    code: str
    name: str
    issue: Day
    due: Day
    amount: Amount
    open: Amount
    currency: str | Bad
    kind: str
    label: str
    status: str
    is_open: str
    is_paid: str
    settled_on: Day
    order: str
    credits: str
    facts: RowState | None


@dataclass(frozen=True, slots=True)
class Body:
    """Everything under the header. order: the date order proved by the columns, "" if none was."""

    rows: Sequence[Row]
    lines: Sequence[int]
    columns: tuple[Sequence[object], ...]
    money: Money
    order: str
    groups: Groups = _NO_GROUPS

    def column(self, name: str) -> Sequence[object]:
        return self.columns[Entry._fields.index(name) - 2]

    def entry(self, index: int) -> Entry:
        cells = (column[index] for column in self.columns)
        return Entry._make((self.rows[index], self.lines[index], *cells))

    def with_debtors(self, codes: Sequence[str], names: Sequence[str], groups: Groups) -> "Body":
        columns = (self.columns[0], codes, names, *self.columns[3:])
        return replace(self, columns=columns, groups=groups)

    def __iter__(self) -> Iterator[Entry]:
        return map(Entry._make, zip(self.rows, self.lines, *self.columns, strict=True))


def read_body(sheet: Sheet, layout: Layout, hints: BalanceHints, around: Ballot) -> Body:
    """around: votes of the dates of the title, for columns that prove nothing by themselves."""
    rows = sheet.rows[layout.header + 1 :]
    money = read_money(layout, rows, hints)
    currencies = rows
    if apart := with_totals_apart(layout, rows, money.open):
        currencies = apart if Field.CURRENCY in layout.columns else rows
        rows, money = apart, read_money(layout, apart, hints)
    _check_readable(money.open, "amount-column-unreadable", _money_name(layout))
    dates, order = _dates(layout, rows, hints, around)
    columns = (
        _numbers(layout, rows), _texts(layout, rows, Field.CODE), _texts(layout, rows, Field.NAME),
        dates[Field.ISSUE], dates[Field.DUE], money.amount, money.open,
        _currencies(layout, currencies), _texts(layout, rows, Field.KIND),
        _texts(layout, rows, Field.LABEL), _texts(layout, rows, Field.STATUS),
        _texts(layout, rows, Field.IS_OPEN), _texts(layout, rows, Field.IS_PAID),
        dates[Field.SETTLED_ON], _texts(layout, rows, Field.ORDER),
        _texts(layout, rows, Field.CREDITS), read_states(layout, rows, order),
    )  # fmt: skip
    return Body(rows, sheet.lines[layout.header + 1 :], columns, money, order)


def _texts(layout: Layout, rows: Sequence[Row], one: Field) -> list[str]:
    if one not in layout.columns:
        return [""] * len(rows)
    cells = cells_of(layout.columns[one], rows)
    if {*map(type, cells)} == {str}:
        return [*map(str.strip, cells)]  # type: ignore[arg-type]  # their class was looked at
    return [cell.strip() if cell.__class__ is str else text_of(cell) for cell in cells]


def _numbers(layout: Layout, rows: Sequence[Row]) -> list[str]:
    """A spreadsheet that took numbers for floats wrote 1930659387.0 in every row."""
    texts = _texts(layout, rows, Field.NUMBER)
    if all(not text or _FLOAT_NUMBER.match(text) for text in texts):
        return [text.partition(".")[0] for text in texts]
    return texts


def _dates(
    layout: Layout, rows: Sequence[Row], hints: BalanceHints, around: Ballot
) -> tuple[dict[Field, list[Day]], str]:
    cells = {one: cells_of(layout.columns[one], rows) for one in _DATES if one in layout.columns}
    ballots = {one: date_ballot(column) for one, column in cells.items()}
    read: dict[Field, list[Day]] = {one: [None] * len(rows) for one in _DATES}
    orders: set[str] = set()
    for one, column in cells.items():
        others = [ballot for other, ballot in ballots.items() if other is not one]
        name = layout.name_of(one)
        order = elect(ballots[one], [*others, around], hints.date_order, "date-order", name)
        orders.add(order)
        read[one] = read_dates(column, order)
        _check_readable(read[one], "date-column-unreadable", name)
    proved = orders - {""} or ({around.winner() or hints.date_order or ""} - {""})
    return read, proved.pop() if len(proved) == 1 else ""


def _check_readable(cells: Sequence[object], code: str, name: str) -> None:
    """A column that fails on most rows is not what its name says: Excel ruined it, or we did."""
    if Bad not in {*map(type, cells)}:
        return
    bad = [cell for cell in cells if isinstance(cell, Bad)]
    filled = sum(1 for cell in cells if cell is not None)
    if len(bad) >= _UNREADABLE and 2 * len(bad) > filled:
        raise BalanceRefused(code, {"column": name, "value": bad[0].text[:40]})


def _money_name(layout: Layout) -> str:
    fields = (Field.OPEN, Field.AMOUNT, Field.DEBIT, Field.CREDIT)
    found = next((one for one in fields if one in layout.columns), None)
    return layout.name_of(found) if found else ""


def _currencies(layout: Layout, rows: Sequence[Row]) -> list[str | Bad]:
    if Field.CURRENCY in layout.columns:
        cells = cells_of(layout.columns[Field.CURRENCY], rows)
        known = {cell: _currency(text_of(cell)) for cell in set(cells)}
        return [known[cell] for cell in cells]
    money = layout.columns.get(Field.OPEN, layout.columns.get(Field.AMOUNT))
    if money is None:
        return [""] * len(rows)
    cells = cells_of(money, rows)
    if _FIGURES.fullmatch("".join([cell for cell in cells if cell.__class__ is str])):
        return [""] * len(rows)
    distinct = set(cells)
    signs = {cell: _sign(cell) for cell in distinct}
    found = {sign for sign in signs.values() if sign}
    if len(found) == 1:
        # Some exports print the sign on the first and total rows only.
        return [*found] * len(rows)
    return [signs[cell] for cell in cells]


def company_currencies(
    layout: Layout, rows: Sequence[Row], default: str | None
) -> Sequence[str | Bad | None]:
    """Of the amounts in the company's currency: its own column, its header, or the creditor's."""
    for index in layout.others.get(Field.CURRENCY, ()):
        if is_company_amount(layout.names[index]):
            return [_currency(text_of(cell)) for cell in cells_of(index, rows)]
    money = (Field.COMPANY_OPEN, Field.COMPANY_AMOUNT)
    names = [layout.name_of(one) for one in money if one in layout.columns]
    stated = next((code for name in names if (code := currency_in_header(name))), default)
    return [stated] * len(rows)


def _currency(text: str) -> str | Bad:
    return (currency_of(text) or Bad("unknown-currency", text)) if text else ""


def _sign(cell: Cell) -> str:
    if not isinstance(cell, str) or (cell[-1:].isdigit() and cell[:1].isdigit()):
        return ""
    return currency_in_amount(cell) or ""
