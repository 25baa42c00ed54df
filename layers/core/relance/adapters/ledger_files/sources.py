"""Where a ledger comes from: separated text or a sheet of a workbook (XML: `xml_rows`)."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.balance_files.safety import SafetyLimits, check_ledger_size, check_width
from relance.adapters.balance_files.table import Cell, Sheet, Table, text_of
from relance.adapters.balance_files.text_encoding import decode
from relance.adapters.ledger_files.columns import find_columns, is_header
from relance.adapters.ledger_files.reading import read_source
from relance.adapters.ledger_files.rows import Source
from relance.adapters.ledger_files.xml_rows import ledger_in_xml
from relance.domain.balance_reading import BalanceReading

_SEPARATORS = "\t|;,"
_PEEKED_BYTES = 20_000
_SEARCHED_ROWS = 10
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_LINE_END = re.compile(r"\r*\n|\r")
_END_OF_DOS_FILE = "\x1a"

Split = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the header stands in a text, and how its cells are told apart."""

    row: int
    names: Sequence[str]
    separator: str
    quoted: bool


def ledger_in(content: bytes, hints: BalanceHints, limits: SafetyLimits) -> BalanceReading | None:
    """None for a file that is no ledger, in text or in XML."""
    return ledger_in_xml(content, hints, limits) or _ledger_in_text(content, hints, limits)


def _ledger_in_text(
    content: bytes, hints: BalanceHints, limits: SafetyLimits
) -> BalanceReading | None:
    """Lines are cut one at a time: none is kept for nothing."""
    head = _head(content)
    if head is None:
        return None
    check_ledger_size(content, limits)
    check_width(len(head.names), limits)
    columns = find_columns(head.names)
    rows = _rows(decode(content), head, columns.width)
    return read_source(Source(columns, rows, head.row + 1), hints)


def ledger_in_table(table: Table, hints: BalanceHints) -> BalanceReading | None:
    """A ledger that went through a spreadsheet."""
    for sheet in table.sheets:
        for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            names = [text_of(cell) for cell in row]
            if is_header(names):
                source = Source(find_columns(names), _sheet_rows(sheet, index + 1), index + 1)
                return read_source(source, hints)
    return None


def _sheet_rows(sheet: Sheet, start: int) -> Iterator[tuple[int, list[str]]]:
    for line, row in zip(sheet.lines[start:], sheet.rows[start:], strict=True):
        yield line, [_legal(cell) for cell in row]


def _legal(cell: Cell) -> str:
    """As the text form of a ledger writes it."""
    if isinstance(cell, date):
        return f"{cell:%Y%m%d}"
    if isinstance(cell, Decimal) and cell != cell.to_integral_value():
        return format(cell, "f").replace(".", ",")
    return text_of(cell)


def _head(content: bytes) -> _Head | None:
    """The names of the columns are ASCII but for accents put there by hand: any encoding will do
    to find them.
    """
    peeked = content[:_PEEKED_BYTES]
    wide = peeked.startswith(_WIDE)
    text = peeked.decode("utf-16" if wide else "utf-8", errors="ignore").lstrip("\ufeff")
    for row, line in enumerate(_LINE_END.split(text)[:_SEARCHED_ROWS]):
        for separator in _SEPARATORS:
            quoted = line.lstrip().startswith('"')
            names = _cells(line, separator) if quoted else line.split(separator)
            if is_header(names):
                return _Head(row, names, separator, quoted or separator in ";,")
    return None


def _rows(text: str, head: _Head, width: int) -> Iterator[tuple[int, list[str]]]:
    split = _quoted(head.separator, width) if head.quoted else _bare(head.separator)
    for number, line in enumerate(_lines(text), start=1):
        if number > head.row + 1:
            yield number, split(line)


def _lines(text: str) -> Iterator[str]:
    """CR CR LF is one line end; so is CR alone in a file without LF."""
    end = "\n" if "\n" in text else "\r"
    start, size = 0, len(text)
    while start < size:
        stop = text.find(end, start)
        stop = size if stop < 0 else stop
        yield text[start:stop].rstrip("\r").strip(_END_OF_DOS_FILE)
        start = stop + 1


def _bare(separator: str) -> Split:
    """The law knows no quotes: in a label they are letters like any other."""
    return lambda line: line.split(separator)


def _quoted(separator: str, width: int) -> Split:
    """Quotes as spreadsheets put them, unless only their absence gives the row its width."""

    def split(line: str) -> list[str]:
        if '"' not in line:
            return line.split(separator)
        cells, bare = _cells(line, separator), line.split(separator)
        return bare if len(bare) == width != len(cells) else cells

    return split


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)
