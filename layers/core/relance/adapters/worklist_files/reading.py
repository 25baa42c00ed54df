"""A worklist that people filled in and dropped back, whatever they moved in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from relance.adapters.balance_files.amounts import read_amount
from relance.adapters.balance_files.dates import read_date
from relance.adapters.balance_files.table import Cell, Row, Sheet, Table, is_blank, text_of
from relance.adapters.balance_files.values import Bad
from relance.adapters.worklist_files.layout import (
    AUTHOR_COLUMN,
    AUTHOR_ROW,
    COLUMNS,
    FILLED,
    MARKER,
    TO_FILL,
    VERSION,
    Col,
)
from relance.adapters.worklist_files.words import MEANS, OUTCOMES, code_of
from relance.application.worklists.rows import MEANS as KNOWN_MEANS
from relance.application.worklists.rows import OUTCOMES as ALLOWED
from relance.application.worklists.rows import FilledRow, Reference, WorklistFile
from relance.domain.balance_reading import RejectedRow
from relance.domain.errors import RelanceError

_SEARCHED_ROWS = 10
_BETWEEN = re.compile(r"[;,\n]")


class WorklistRefused(RelanceError):
    """The workbook is a worklist and cannot be read as one."""


class _BadCell(Exception):
    def __init__(self, reason: str, col: Col, value: str):
        super().__init__(reason)
        self.reason, self.col, self.value = reason, col, value


@dataclass(frozen=True, slots=True)
class _Found:
    """The sheet with the marker, and what the marker says."""

    sheet: Sheet
    version: str
    creditor: str
    day: date
    language: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One row by its columns."""

    number: int
    cells: dict[Col, Cell]

    def text(self, col: Col) -> str:
        return text_of(self.cells.get(col))


def looks_like_worklist(table: Table) -> bool:
    return any(True for _ in _find(table))


def worklist_of(table: Table) -> WorklistFile:
    """Of the sheet that was filled in, when somebody copied it. Raises WorklistRefused for a column
    that is gone, a file of a later version, or several sheets filled in: which one counts is not
    guessed.
    """
    files = [_read(found) for found in _find(table)]
    if not files:
        raise WorklistRefused("worklist-marker-missing")
    filled = [file for file in files if file.rows or file.rejected]
    if len(filled) > 1:
        raise WorklistRefused("worklist-filled-twice")
    return (filled or files)[0]


def _read(found: _Found) -> WorklistFile:
    if found.version != VERSION:
        raise WorklistRefused("worklist-version-unknown", {"version": found.version})
    rows: list[FilledRow] = []
    rejected: list[RejectedRow] = []
    empty = 0
    for line in _lines(found.sheet):
        if all(is_blank(line.cells.get(col)) for col in TO_FILL):
            empty += 1
            continue
        try:
            rows.append(_filled(line, found))
        except _BadCell as bad:
            rejected.append(_rejected(line, bad))
    author = _author(found.sheet)
    return WorklistFile(found.creditor, found.day, author, tuple(rows), tuple(rejected), empty)


def _find(table: Table) -> Iterator[_Found]:
    """The sheets with a marker, in their order."""
    for sheet in table.sheets:
        found = next(filter(None, map(partial(_found, sheet), _markers(sheet))), None)
        if found is not None:
            yield found


def _markers(sheet: Sheet) -> Iterator[list[str]]:
    for row in sheet.rows[:_SEARCHED_ROWS]:
        for cell in row:
            words = text_of(cell).split() if isinstance(cell, str) else []
            if len(words) == 5 and words[0] == MARKER:
                yield words


def _found(sheet: Sheet, words: list[str]) -> _Found | None:
    try:
        day = date.fromisoformat(words[3])
    except ValueError:
        return None
    return _Found(sheet, words[1], words[2], day, words[4])


def _author(sheet: Sheet) -> str:
    """Beside its label, wherever the rows above were moved to."""
    for row, line in zip(sheet.rows[:_SEARCHED_ROWS], sheet.lines, strict=False):
        if line == AUTHOR_ROW and len(row) > AUTHOR_COLUMN:
            return text_of(row[AUTHOR_COLUMN])
    return ""


def _lines(sheet: Sheet) -> Iterator[_Line]:
    places, start = _header(sheet)
    for number, row in zip(sheet.lines[start:], sheet.rows[start:], strict=True):
        cells = {col: row[at] for col, at in places.items() if at < len(row)}
        if not all(map(is_blank, cells.values())):
            yield _Line(number, cells)


def _header(sheet: Sheet) -> tuple[dict[Col, int], int]:
    """The place of each column, and the row after the header."""
    best: dict[Col, int] = {}
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        places = _places(row)
        if len(places) == len(COLUMNS):
            return places, number + 1
        best = max(best, places, key=len)
    missing = next(column for column in COLUMNS if column.col not in best)
    raise WorklistRefused("worklist-column-missing", {"column": missing.title.fr})


def _places(row: Row) -> dict[Col, int]:
    """Two columns may have one title (amount at stake, amount promised): each has its own words."""
    places: dict[Col, int] = {}
    for at, cell in enumerate(row):
        text = text_of(cell)
        for column in COLUMNS:
            if text in column.title and column.col not in places:
                places[column.col] = at
                break
    return places


def _filled(line: _Line, found: _Found) -> FilledRow:
    reference = _reference(line, found)
    kind = reference.kind
    for col in TO_FILL:
        if col not in FILLED[kind] and not is_blank(line.cells.get(col)):
            raise _BadCell("row-cell-closed", col, line.text(col))
    outcome = line.text(Col.OUTCOME)
    if not outcome:
        raise _BadCell("row-outcome-missing", Col.OUTCOME, "")
    code = code_of(outcome, OUTCOMES, ALLOWED[kind])
    if code is None:
        raise _BadCell("row-outcome-unknown", Col.OUTCOME, outcome)
    return FilledRow(
        line.number,
        reference,
        code,
        _day(line),
        _amount(line, found.language),
        _means(line),
        line.text(Col.SPOKE_TO) or None,
        _numbers(line),
        line.text(Col.NOTE),
    )


def _reference(line: _Line, found: _Found) -> Reference:
    text = line.text(Col.REFERENCE)
    reference = Reference.read(text, found.creditor)
    if reference is None:
        raise _BadCell("row-reference-damaged", Col.REFERENCE, text)
    if line.text(Col.CODE) != reference.debtor:
        raise _BadCell("row-reference-of-another", Col.CODE, line.text(Col.CODE))
    return reference


def _day(line: _Line) -> date | None:
    day = read_date(line.cells.get(Col.DAY), "day-first")
    if isinstance(day, Bad):
        raise _BadCell(day.reason, Col.DAY, line.text(Col.DAY))
    return day


def _amount(line: _Line, language: str) -> Decimal | None:
    cell = line.cells.get(Col.AMOUNT)
    amount = read_amount(None if is_blank(cell) else cell, "," if language == "fr" else ".")
    if isinstance(amount, Bad) or (amount is not None and amount <= 0):
        raise _BadCell("bad-amount", Col.AMOUNT, line.text(Col.AMOUNT))
    return amount


def _means(line: _Line) -> str | None:
    """One of the list, else as it was written."""
    text = line.text(Col.MEANS)
    return (code_of(text, MEANS, KNOWN_MEANS) or text) if text else None


def _numbers(line: _Line) -> tuple[str, ...]:
    parts = (part.strip() for part in _BETWEEN.split(line.text(Col.NUMBERS)))
    return tuple(part for part in parts if part)


def _rejected(line: _Line, bad: _BadCell) -> RejectedRow:
    return RejectedRow(
        line=line.number,
        reason=bad.reason,
        field=str(bad.col),
        value=bad.value or None,
        debtor_code=line.text(Col.CODE) or None,
    )
