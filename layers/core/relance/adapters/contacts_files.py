"""Contacts files (CSV, XLSX and their kin): who to write to at each customer, row by row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from stdnum.fr import siren as siren_number

from relance.adapters.balance_files import read_table
from relance.adapters.balance_files.table import Row, Sheet, Table, is_blank_row, text_of
from relance.adapters.contact_words import (
    Column,
    column_of,
    country_of,
    language_of,
    role_of,
)
from relance.adapters.simple_syntax import is_email
from relance.application.ports import ContactLine, ContactsFile
from relance.domain.debtor import Contact, Role
from relance.domain.errors import RelanceError
from relance.domain.postal_address import PostalAddress
from relance.domain.reconciliation.identity import debtor_key

_SEARCHED_ROWS = 30
LAST_DAY = 31
_PHONE = re.compile(r"[+0-9][0-9 ().\-/]{5,24}")
Columns = dict[Column, int]


class ContactsRefused(RelanceError):
    """The file is no list of contacts."""


class _RowRefused(Exception):
    def __init__(self, reason: str, column: Column):
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class _Layout:
    sheet: Sheet
    header: int
    columns: Columns

    def rows(self) -> Iterator[tuple[int, "_Cells"]]:
        """(line in the file, cells), blank rows left out."""
        start = self.header + 1
        for line, row in zip(self.sheet.lines[start:], self.sheet.rows[start:], strict=True):
            if not is_blank_row(row):
                yield line, _Cells(row, self.columns)


@dataclass(frozen=True, slots=True)
class _Cells:
    row: Row
    columns: Columns

    def text(self, column: Column) -> str:
        index = self.columns.get(column)
        return text_of(self.row[index]) if index is not None and index < len(self.row) else ""


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
    rejected: list[tuple[int, str, str]] = []
    for line, cells in layout.rows():
        try:
            rows.append(_line(line, cells))
        except _RowRefused as refused:
            rejected.append((line, refused.reason, refused.column.value))
    return ContactsFile(tuple(rows), tuple(rejected))


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


def _line(line: int, cells: _Cells) -> ContactLine:
    code = debtor_key(cells.text(Column.CODE), cells.text(Column.NAME))
    if code is None:
        raise _RowRefused("missing-debtor", Column.CODE)
    return ContactLine(
        line=line,
        debtor_code=code,
        debtor_name=cells.text(Column.NAME) or None,
        contact=_contact(cells),
        language=_language(cells),
        siren=_siren(cells),
        address=_address(cells),
        collector=cells.text(Column.COLLECTOR) or None,
        payment_days=_payment_days(cells),
        payer=cells.text(Column.PAYER) or None,
    )


def _payment_days(cells: _Cells) -> tuple[int, ...]:
    """Days of the month, such as "10, 25"."""
    days = tuple(int(day) for day in re.findall(r"\d+", cells.text(Column.PAYMENT_DAYS)))
    if not all(1 <= day <= LAST_DAY for day in days):
        raise _RowRefused("bad-payment-day", Column.PAYMENT_DAYS)
    return tuple(sorted(set(days)))


def _contact(cells: _Cells) -> Contact | None:
    email, phone = cells.text(Column.EMAIL).lower(), cells.text(Column.PHONE)
    name = cells.text(Column.CONTACT)
    if not email and not phone and not name:
        return None
    if email and not is_email(email):
        raise _RowRefused("bad-email", Column.EMAIL)
    if phone and not _PHONE.fullmatch(phone):
        raise _RowRefused("bad-phone", Column.PHONE)
    role = _role(cells)
    return Contact(
        key=_key(role, email or f"{name} {phone}"),
        name=name or cells.text(Column.NAME),
        role=role,
        email=email or None,
        phone=phone or None,
    )


def _key(role: Role, who: str) -> str:
    """Steady from one file to the next, and no personal data: keys appear in logs."""
    return sha256(f"{role}:{who.lower()}".encode()).hexdigest()[:12]


def _role(cells: _Cells) -> Role:
    """Accounts payable when the file does not say: who the first reminders are for."""
    text = cells.text(Column.ROLE)
    if not text:
        return Role.ACCOUNTS_PAYABLE
    role = role_of(text)
    if role is None:
        raise _RowRefused("unknown-role", Column.ROLE)
    return role


def _language(cells: _Cells) -> str | None:
    text = cells.text(Column.LANGUAGE)
    if not text:
        return None
    language = language_of(text)
    if language is None:
        raise _RowRefused("unknown-language", Column.LANGUAGE)
    return language


def _siren(cells: _Cells) -> str | None:
    """A SIREN, or the SIREN inside a SIRET."""
    digits = re.sub(r"[\s.]", "", cells.text(Column.SIREN))
    if not digits:
        return None
    found = digits[:9] if len(digits) == 14 else digits
    if not siren_number.is_valid(found):
        raise _RowRefused("bad-siren", Column.SIREN)
    return found


def _address(cells: _Cells) -> PostalAddress | None:
    streets = [cells.text(one) for one in (Column.LINE_1, Column.LINE_2, Column.LINE_3)]
    postcode = cells.text(Column.POSTCODE)
    if postcode.isdigit() and len(postcode) == 4:
        postcode = postcode.zfill(5)  # a spreadsheet ate the zero of 01000
    town = " ".join(part for part in (postcode, cells.text(Column.CITY)) if part)
    lines = tuple(line for line in (*streets, town) if line)
    if not lines:
        return None
    country = country_of(cells.text(Column.COUNTRY))
    if country is None:
        raise _RowRefused("unknown-country", Column.COUNTRY)
    return PostalAddress(lines, country)
