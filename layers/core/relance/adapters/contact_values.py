"""The values of a contacts file: each read, or its row refused with what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from stdnum.fr import siren as siren_number

from relance.adapters.balance_files.dates import read_date
from relance.adapters.balance_files.table import Row, text_of
from relance.adapters.contact_words import (
    Column,
    country_of,
    flag_of,
    language_of,
    profile_of,
    role_of,
)
from relance.adapters.payment_words import method_of
from relance.adapters.simple_syntax import email_of
from relance.application.ports import FlagLine
from relance.domain.debtor import Contact, PayerProfile, Role
from relance.domain.open_item import PaymentMethod
from relance.domain.postal_address import PostalAddress

LAST_DAY = 31
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-]{3,22}(?:\s*(?:ext|poste|x)\.?\s*\d{1,6})?", re.IGNORECASE)
_PHONE_DIGITS = range(4, 16)
_BETWEEN = re.compile(r"[;,|\n]+|\s+/\s+")
Columns = dict[Column, int]


class RowRefused(Exception):
    def __init__(self, reason: str, column: Column):
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class Cells:
    row: Row
    columns: Columns

    def text(self, column: Column) -> str:
        index = self.columns.get(column)
        return text_of(self.row[index]) if index is not None and index < len(self.row) else ""


def payment_days_in(cells: Cells) -> tuple[int, ...]:
    """Days of the month, such as "10, 25"."""
    days = tuple(int(day) for day in re.findall(r"\d+", cells.text(Column.PAYMENT_DAYS)))
    if not all(1 <= day <= LAST_DAY for day in days):
        raise RowRefused("bad-payment-day", Column.PAYMENT_DAYS)
    return tuple(sorted(set(days)))


def contacts_in(cells: Cells) -> tuple[Contact, ...]:
    """One per address of the row: a cell may list several."""
    emails, phone, name = _emails(cells), _phones(cells), cells.text(Column.CONTACT)
    if not emails and not phone and not name:
        return ()
    role = _role(cells)
    return tuple(
        Contact(
            key=_key(role, email or f"{name} {phone or ''}"),
            name=name or cells.text(Column.NAME),
            role=role,
            email=email,
            phone=phone,
        )
        for email in emails or (None,)
    )


def _emails(cells: Cells) -> tuple[str, ...]:
    parts = [part.strip() for part in _BETWEEN.split(cells.text(Column.EMAIL)) if part.strip()]
    found = [email_of(part.removeprefix("mailto:")) for part in parts]
    if None in found:
        raise RowRefused("bad-email", Column.EMAIL)
    return tuple(dict.fromkeys(email for email in found if email is not None))


def _phones(cells: Cells) -> str | None:
    """As people dial them, one way: "+33 (0)1.23" and "0033 1 23" become "+33 1 23"."""
    parts = [part.strip() for part in _BETWEEN.split(cells.text(Column.PHONE)) if part.strip()]
    return " / ".join(dict.fromkeys(map(_phone, parts))) or None


def _phone(text: str) -> str:
    digits = sum(map(str.isdigit, text))
    if not _PHONE.fullmatch(text) or digits not in _PHONE_DIGITS:
        raise RowRefused("bad-phone", Column.PHONE)
    international = re.sub(r"^00(?=[1-9])", "+", text)
    without_trunk = re.sub(r"\(0\)", " ", international) if international[0] == "+" else text
    return " ".join(re.sub(r"[.()\-]", " ", without_trunk).split())


def flag_in(cells: Cells) -> FlagLine | None:
    """How the debtor is to be chased, when the file says so."""
    text = cells.text(Column.FLAG)
    if not text:
        return None
    kind = flag_of(text)
    if kind is None:
        raise RowRefused("unknown-flag", Column.FLAG)
    reason, owner = cells.text(Column.FLAG_REASON), cells.text(Column.FLAG_OWNER)
    return FlagLine(kind, reason or None, owner or None, _review_in(cells))


def _review_in(cells: Cells) -> date | None:
    found = read_date(cells.text(Column.FLAG_REVIEW), "day-first")
    if found is not None and not isinstance(found, date):
        raise RowRefused("bad-review-date", Column.FLAG_REVIEW)
    return found


def profile_in(cells: Cells) -> PayerProfile | None:
    text = cells.text(Column.PROFILE)
    found = profile_of(text)
    if text and found is None:
        raise RowRefused("unknown-profile", Column.PROFILE)
    return found


def method_in(cells: Cells) -> PaymentMethod | None:
    text = cells.text(Column.METHOD)
    found = method_of(text)
    if text and found is None:
        raise RowRefused("unknown-payment-method", Column.METHOD)
    return found


def _key(role: Role, who: str) -> str:
    """Steady from one file to the next, and no personal data: keys appear in logs."""
    return sha256(f"{role}:{who.lower()}".encode()).hexdigest()[:12]


def _role(cells: Cells) -> Role:
    """Accounts payable when the file does not say: who the first reminders are for."""
    text = cells.text(Column.ROLE)
    if not text:
        return Role.ACCOUNTS_PAYABLE
    role = role_of(text)
    if role is None:
        raise RowRefused("unknown-role", Column.ROLE)
    return role


def language_in(cells: Cells) -> str | None:
    text = cells.text(Column.LANGUAGE)
    if not text:
        return None
    language = language_of(text)
    if language is None:
        raise RowRefused("unknown-language", Column.LANGUAGE)
    return language


def siren_in(cells: Cells) -> str | None:
    """A SIREN, or the SIREN inside a SIRET or a French VAT number; none in a foreign one."""
    digits = re.sub(r"[\s.]", "", cells.text(Column.SIREN)).upper()
    if not digits or (digits[:2].isalpha() and not digits.startswith("FR")):
        return None
    found = digits[4:] if digits.startswith("FR") else digits
    found = found[:9] if len(found) == 14 else found
    if not siren_number.is_valid(found):
        raise RowRefused("bad-siren", Column.SIREN)
    return found


def address_in(cells: Cells) -> PostalAddress | None:
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
        raise RowRefused("unknown-country", Column.COUNTRY)
    return PostalAddress(lines, country)
