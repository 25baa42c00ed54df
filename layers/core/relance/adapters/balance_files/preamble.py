"""What is written around the table: the date of the balance, its currency."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from relance.adapters.balance_files.currencies import currency_in_header, currency_of
from relance.adapters.balance_files.dates import date_ballot, read_date
from relance.adapters.balance_files.table import Cell, Row, is_blank, text_of
from relance.adapters.balance_files.values import Ballot

_AS_OF = re.compile(
    r"\b(?:as (?:of|at|on)|balance date|situation (?:au|du)|arr[eê]t[eé]e?s? (?:au|le|à)|"
    r"date d['’ ]arr[eê]t[eé]|[aà] la date du|date de (?:la )?balance|date de situation|"
    r"balance [aâ]g[eé]e (?:\w+ ){0,3}au|au|position at)\b",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"\b(?:[eé]dit[eé]e?|imprim[eé]e?|export[eé]e?|g[eé]n[eé]r[eé]e?|tir[eé]e?|printed|generated|"
    r"exported|run|extrait) (?:le|du|on|at)\b|\bdate (?:d['’ ]|of )?(?:[eé]dition|tirage|export|"
    r"extraction|run|report)\b|\breport date\b|\brun date\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})|"
    r"\d{1,2}(?:er)? +[a-zéûA-Z]{3,9}\.? +\d{4}|[A-Z][a-z]{2,8}\.? +\d{1,2}, +\d{4}"
)
_CURRENCY = re.compile(
    r"\b(?i:devise|currency|monnaie|exprim[eé]e?s? en|figures in|amounts?(?: \w+){0,4} in|"
    r"montants? en|values in|in)\b\s*[:=]?\s*(€|\$|£|[A-Z]{3}\b|[Ee]uros?\b)"
)


def dates_around(rows: Sequence[Row]) -> list[tuple[str, Cell]]:
    """(lead, date cell) for each date of the lines around the table, in their order.

    The lead is the text before the date, in its cell or in the cell on its left.
    """
    found: list[tuple[str, Cell]] = []
    for row in rows:
        filled = [cell for cell in row if not is_blank(cell)]
        for left, cell in pairwise(["", *filled]):
            if isinstance(cell, str):
                found.extend(_dates_in(text_of(left), cell))
            elif isinstance(cell, date):
                found.append((text_of(left), cell))
    return found


def _dates_in(left: str, cell: str) -> Iterator[tuple[str, Cell]]:
    for match in _DATE.finditer(cell):
        yield f"{left} {cell[: match.start()]}".strip(), match.group()


def preamble_ballot(found: Iterable[tuple[str, Cell]]) -> Ballot:
    return date_ballot(cell for _, cell in found)


def as_of(found: Sequence[tuple[str, Cell]], order: str) -> tuple[date | None, tuple[str, ...]]:
    """(date of the balance, warnings). A date that needs an order nobody proved is not taken."""
    for pattern, warnings in ((_AS_OF, ()), (_PRINTED, ("as-of-from-print-date",))):
        for lead, cell in found:
            if pattern.search(lead):
                if not order and date_ballot([cell]).tied:
                    return None, ("as-of-unclear",)
                day = read_date(cell, order)
                if isinstance(day, date):
                    return day, warnings
    return None, ()


def currency_around(rows: Sequence[Row]) -> str | None:
    """The currency the title or a note states, when only one is."""
    found: set[str] = set()
    for row in rows:
        text = " ".join(text_of(cell) for cell in row if isinstance(cell, str))
        found.update(code for name in _CURRENCY.findall(text) if (code := currency_of(name)))
    return found.pop() if len(found) == 1 else None


def currency_of_columns(names: Iterable[str]) -> str | None:
    found = {code for name in names if (code := currency_in_header(name))}
    return found.pop() if len(found) == 1 else None
