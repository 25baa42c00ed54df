"""Separated text to a table: the separator is the one under which the header is recognised."""

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.meanings import known_columns
from relance.adapters.balance_files.safety import SafetyLimits, check_width
from relance.adapters.balance_files.table import Sheet, Table
from relance.adapters.balance_files.text_encoding import decode

if TYPE_CHECKING:
    import _csv

_SEPARATORS = ";\t,|"
_DECLARED = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_PROBED_ROWS = 200
_LONGEST_CELL = 100_000


def read_csv(content: bytes, limits: SafetyLimits) -> Table:
    """Raises `BalanceRefused` for bytes that are no separated text."""
    text = decode(content).replace("\r\r\n", "\n")
    reader = _reader(text, _separator(text))
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise BalanceRefused("text-malformed", {"line": str(reader.line_num)}) from error
    check_width(max(map(len, rows), default=0), limits)
    if reader.line_num == len(rows):
        return Table("csv", (Sheet("", rows, range(1, len(rows) + 1)),))
    return Table("csv", (_with_long_records(text, reader.dialect.delimiter),))


def _reader(text: str, separator: str) -> "_csv.Reader":
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _with_long_records(text: str, separator: str) -> Sheet:
    """A quoted cell may hold line ends: rows keep the line where they start."""
    reader, line = _reader(text, separator), 1
    rows: list[list[str]] = []
    lines: list[int] = []
    for row in reader:
        if any("\n" in cell and _swallowed(cell, separator, len(row)) for cell in row[-1:]):
            raise BalanceRefused("quote-left-open", {"line": str(line)})
        rows.append(row)
        lines.append(line)
        line = reader.line_num + 1
    return Sheet("", rows, lines)


def _separator(text: str) -> str:
    declared = _DECLARED.match(text)
    if declared:
        return declared[1]
    head = text[:400_000]
    return max(_SEPARATORS, key=lambda separator: _evidence(head, separator))


def _evidence(head: str, separator: str) -> tuple[int, float, int]:
    """Known column names, then share of rows of the usual width, then that width."""
    rows = _probe(head, separator)
    widths = Counter(len(row) for row in rows if row)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    known = max((known_columns(row) for row in rows[:100]), default=0)
    return known, count / len(rows) if width > 1 else 0.0, width


def _probe(head: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(islice(_reader(head, separator), _PROBED_ROWS))
    except csv.Error:
        return rows
    return rows


def _swallowed(cell: str, separator: str, width: int) -> bool:
    """A quote left open swallows the rows that follow: they would vanish in silence."""
    wanted = max(width - 1, 2)
    return any(part.count(separator) >= wanted for part in cell.split("\n")[1:])
