"""Separated text to a table: the separator is the one under which the header is recognised."""

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.fixed_width import read_fixed_width
from relance.adapters.balance_files.meanings import known_columns
from relance.adapters.balance_files.safety import SafetyLimits, check_width
from relance.adapters.balance_files.table import Sheet, Table
from relance.adapters.balance_files.text_encoding import decode_named

if TYPE_CHECKING:
    import _csv

_SEPARATORS = ";\t,|"
_DECLARED = re.compile(r'"?sep=(.)"?(?:\r?\n|\r)', re.IGNORECASE)
_RULE = re.compile(r"[-=_+*. \t;,|]*[-=_]{3}[-=_+*. \t;,|]*$")
_RULE_STARTS = frozenset(("", *"-=_+"))
_PROBED_ROWS = 200
_LONGEST_CELL = 100_000
_LONGEST_LINE = 1_000_000
_END_OF_FILE = "\x1a"
"""What DOS programs end a text with."""


def read_csv(content: bytes, limits: SafetyLimits) -> Table:
    """Raises `BalanceRefused` for bytes that are no separated text."""
    _check_line(content[:_LONGEST_LINE])
    decoded, encoding = decode_named(content)
    text = decoded.replace("\r\r\n", "\n").replace("\f", "").rstrip(_END_OF_FILE)
    separator, known = _separator(text)
    fixed = read_fixed_width(text) if known < 2 else None
    if fixed is not None:
        check_width(max(map(len, fixed.rows), default=0), limits)
        return Table("fixed-width", (fixed,), encoding)
    return Table("csv", (_sheet(text, separator, limits),), encoding, separator)


def _check_line(head: bytes) -> None:
    """Before a hundred megabytes of one line are decoded and copied."""
    if len(head) == _LONGEST_LINE and b"\n" not in head and b"\r" not in head:
        raise BalanceRefused("line-too-long", {"limit": str(_LONGEST_LINE)})


def _sheet(text: str, separator: str, limits: SafetyLimits) -> Sheet:
    reader = _reader(text, separator)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise BalanceRefused("text-malformed", {"line": str(reader.line_num)}) from error
    check_width(max(map(len, rows), default=0), limits)
    lines: list[int] | range = range(1, len(rows) + 1)
    if reader.line_num != len(rows):
        rows, lines = _with_long_records(text, separator, _usual_width(rows))
    _blank_rules(rows)
    return Sheet("", rows, lines)


def _blank_rules(rows: list[list[str]]) -> None:
    """A line of dashes under a header or over a total says nothing."""
    suspects = [index for index, row in enumerate(rows) if row and row[0][:1] in _RULE_STARTS]
    for index in suspects:
        if _RULE.match(" ".join(rows[index])):
            rows[index] = []


def _reader(text: str, separator: str) -> "_csv.Reader":
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _usual_width(rows: list[list[str]]) -> int:
    widths = Counter(map(len, rows))
    return max(widths, key=lambda width: (widths[width], width))


def _with_long_records(text: str, separator: str, width: int) -> tuple[list[list[str]], list[int]]:
    """A quoted cell may hold line ends: rows keep the line where they start."""
    source = list(io.StringIO(text, newline=""))
    reader, line = csv.reader(source, delimiter=separator), 1
    rows: list[list[str]] = []
    lines: list[int] = []
    for row in reader:
        if reader.line_num > line:
            record = source[line - 1 : reader.line_num]
            if _is_ill_quoted(record, separator) or _swallows(row, separator, width):
                raise BalanceRefused("quote-left-open", {"line": str(line)})
        rows.append(row)
        lines.append(line)
        line = reader.line_num + 1
    return rows, lines


def _is_ill_quoted(record: list[str], separator: str) -> bool:
    """A quote left open is closed by the next one of the file, in the middle of a cell."""
    try:
        list(csv.reader(record, delimiter=separator, strict=True))
    except csv.Error:
        return True
    return False


def _swallows(row: list[str], separator: str, width: int) -> bool:
    """A quote left open swallows the rows that follow: they would vanish in silence."""
    wanted = max(min(len(row), width) - 1, 2)
    suspects = row[-1:] if len(row) == width else row
    return any(
        part.count(separator) >= wanted
        for cell in suspects
        if "\n" in cell
        for part in cell.split("\n")[1:]
    )


def _separator(text: str) -> tuple[str, int]:
    """(separator, how many columns of the header are known with it)."""
    head = text[:400_000]
    declared = _DECLARED.match(text)
    if declared:
        return declared[1], len(_SEPARATORS)
    evidence = {separator: _evidence(head, separator) for separator in _SEPARATORS}
    best = max(evidence, key=lambda separator: evidence[separator])
    return best, evidence[best][0]


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
