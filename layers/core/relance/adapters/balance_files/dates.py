"""Dates as exports write them; day-first or month-first is decided on a whole column."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from relance.adapters.balance_files.table import Cell, text_of
from relance.adapters.balance_files.values import NOTHING, Bad, Ballot

Day = date | Bad | None

_TIME = r"(?:[ T,]+\d{1,2}[:hH]\d{0,2}\S*(?: .*)?)?$"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})" + _TIME)
_COMPACT = re.compile(r"(?:19|20)\d{6}$")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:er)?[-/ .]*([a-z]{3,9})\.?[-/ .,]*(\d{4}|\d{2})" + _TIME)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})" + _TIME)
_MONTHS = (
    ("juil", 7), ("jul", 7), ("juin", 6), ("jun", 6), ("jan", 1), ("fev", 2), ("feb", 2),
    ("mar", 3), ("avr", 4), ("apr", 4), ("mai", 5), ("may", 5), ("aou", 8), ("aug", 8),
    ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12),
)  # fmt: skip
_WEEKDAY = re.compile(
    r"(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? +"
    r"(?=\d|[a-z]{3,9}\.? +\d)",
    re.IGNORECASE,
)
_NONE = NOTHING | {"0", "00/00/0000", "00.00.0000", "0000-00-00", "00000000", "01/01/0001"}
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_051  # 1970 to 2100 in Excel's days
_EPOCH = date(1899, 12, 30)


def date_ballot(cells: Iterable[Cell]) -> Ballot:
    ballot = Ballot()
    for text in [cell for cell in {*cells} if isinstance(cell, str)]:
        match = _NUMERIC.match(_without_weekday(text.strip()))
        if match:
            _vote(ballot, match)
    ballot.tied.sort()
    return ballot


def _without_weekday(text: str) -> str:
    """ "mar. 12/03/2026", "Thursday, March 12, 2026"; "mars 12, 2026" starts with no weekday."""
    return text if text[:1].isdigit() else _WEEKDAY.sub("", text, count=1)


def _vote(ballot: Ballot, match: re.Match[str]) -> None:
    first, second = int(match[1]), int(match[3])
    # Dotted dates are only ever written day first.
    if match[2] == "." or first > 12 >= second:
        ballot.cast("day-first")
    elif second > 12 >= first:
        ballot.cast("month-first")
    elif first != second and first <= 12:
        ballot.tied.append(match.group())


def read_dates(cells: Sequence[Cell], order: str) -> list[Day]:
    """One date per cell; "" as order means that no cell depends on it."""
    known: dict[Cell, Day] = {cell: read_date(cell, order) for cell in set(cells)}
    return [*map(known.__getitem__, cells)]


def read_date(cell: Cell, order: str) -> Day:
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return _plausible(cell.date(), cell.isoformat())
    if isinstance(cell, date):
        return _plausible(cell, cell.isoformat())
    if isinstance(cell, Decimal) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(cell))
    text = text_of(cell)
    if text.lower() in _NONE:
        return None
    found = _parse(text, order) or _parse(_without_weekday(text), order)
    return _plausible(found, text) if found else Bad("bad-date", text)


def _plausible(day: date, text: str) -> Day:
    """Outside a working life it is a placeholder or a misreading, never a due date."""
    return day if 1970 <= day.year <= 2100 else Bad("date-out-of-range", text)


def _parse(text: str, order: str) -> date | None:
    match = _YEAR_FIRST.match(text)
    if match:
        return _build(match[1], match[3], match[4])
    match = _NUMERIC.match(text)
    if match:
        first, second = match[1], match[3]
        if order == "month-first" and match[2] != ".":
            first, second = second, first
        return _build(match[4], second, first)
    if _COMPACT.match(text):
        return _build(text[:4], text[4:6], text[6:])
    return _named(text)


def _named(text: str) -> date | None:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    match = _DAY_MONTH.match(plain)
    if match:
        return _build(match[3], _month(match[2]), match[1])
    match = _MONTH_DAY.match(plain)
    return _build(match[3], _month(match[1]), match[2]) if match else None


def _month(word: str) -> str:
    return next((str(number) for start, number in _MONTHS if word.startswith(start)), "0")


def _build(year: str, month: str, day: str) -> date | None:
    full = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) >= 70 else 0)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
