"""Contacts files (CSV, XLSX and their kin): who to write to at each customer, row by row."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from relance.adapters.balance_files import read_table
from relance.adapters.balance_files.table import Row, Sheet, Table, is_blank_row
from relance.adapters.contact_values import (
    Cells,
    Columns,
    RowRefused,
    address_in,
    contacts_in,
    flag_in,
    language_in,
    method_in,
    payment_days_in,
    profile_in,
    siren_in,
)
from relance.adapters.contact_words import Column, column_of
from relance.application.ports import ContactLine, ContactsFile
from relance.domain.balance_reading import RejectedRow
from relance.domain.errors import RelanceError
from relance.domain.reconciliation.identity import debtor_key

_SEARCHED_ROWS = 30
_REACHED = {Column.EMAIL, Column.PHONE, Column.LINE_1}
_NAMED = {Column.CODE, Column.NAME}


class ContactsRefused(RelanceError):
    """The file is no list of contacts."""


@dataclass(frozen=True, slots=True)
class _Layout:
    sheet: Sheet
    header: int
    columns: Columns

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """(line in the file, cells), blank rows left out."""
        start = self.header + 1
        for line, row in zip(self.sheet.lines[start:], self.sheet.rows[start:], strict=True):
            if not is_blank_row(row):
                yield line, Cells(row, self.columns)


def read_contacts(content: bytes) -> ContactsFile:
    """Raises ContactsRefused, and the refusals of `read_table`."""
    return contacts_of(read_table(content))


def looks_like_contacts(table: Table) -> bool:
    """A header with e-mail addresses, or contact persons, and no amount."""
    return _layout(table) is not None


def contacts_of(table: Table) -> ContactsFile:
    layout = _layout(table)
    if layout is None:
        raise ContactsRefused("contacts-header-not-found")
    rows: list[ContactLine] = []
    rejected: list[RejectedRow] = []
    for line, cells in layout.rows():
        try:
            rows.append(_line(line, cells))
        except RowRefused as refused:
            rejected.append(_rejected(line, cells, refused))
    return ContactsFile(tuple(rows), tuple(rejected))


def contacts_beside(table: Table) -> ContactsFile | None:
    """The contacts and addresses that a list of open items shows beside its amounts; rows that show
    none, or that are totals, are no matter here. None: it has no such column.
    """
    for sheet in table.sheets:
        for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            columns = _columns(row)
            if Column.MONEY in columns and columns.keys() & _REACHED and columns.keys() & _NAMED:
                layout = _Layout(sheet, index, columns)
                return ContactsFile(tuple(_readable(layout)))
    return None


def _readable(layout: _Layout) -> Iterator[ContactLine]:
    for line, cells in layout.rows():
        with suppress(RowRefused):
            yield _line(line, cells)


def _rejected(line: int, cells: Cells, refused: RowRefused) -> RejectedRow:
    return RejectedRow(
        line,
        refused.reason,
        refused.column.value,
        cells.text(refused.column) or None,
        debtor_code=cells.text(Column.CODE) or None,
        debtor_name=cells.text(Column.NAME) or None,
    )


def _layout(table: Table) -> _Layout | None:
    for sheet in table.sheets:
        for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            columns = _columns(row)
            names_debtor = Column.CODE in columns or Column.NAME in columns
            if names_debtor and (Column.EMAIL in columns or Column.CONTACT in columns):
                return None if Column.MONEY in columns else _Layout(sheet, index, columns)
    return None


def _columns(row: Row) -> Columns:
    """The first column of each meaning; a column of amounts makes it no contacts file."""
    found: Columns = {}
    for index, cell in enumerate(row):
        column = column_of(cell) if isinstance(cell, str) else None
        if column is not None:
            found.setdefault(column, index)
    return found


def _line(line: int, cells: Cells) -> ContactLine:
    code = debtor_key(cells.text(Column.CODE), cells.text(Column.NAME))
    if code is None:
        raise RowRefused("missing-debtor", Column.CODE)
    contact, *others = contacts_in(cells) or (None,)
    return ContactLine(
        line=line,
        debtor_code=code,
        debtor_name=cells.text(Column.NAME) or None,
        contact=contact,
        others=tuple(one for one in others if one is not None),
        language=language_in(cells),
        siren=siren_in(cells),
        address=address_in(cells),
        collector=cells.text(Column.COLLECTOR) or None,
        payment_days=payment_days_in(cells),
        payer=cells.text(Column.PAYER) or None,
        profile=profile_in(cells),
        payment_method=method_in(cells),
        flag=flag_in(cells),
    )
