"""A neutral table: what every format is turned into before anything is understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Cell = str | Decimal | date | datetime | None
"""A blank cell is None, or a string of spaces. Never a float: see `xlsx_reader`."""

Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as they stand in the file; lines[i] is the 1-based line where rows[i] starts."""

    name: str
    rows: Sequence[Row]
    lines: Sequence[int]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """format: "csv", "fixed-width", "xlsx", "xlsb", "xls", "ods"; a text file has one sheet.

    encoding, separator: of a text, as decided on its bytes; warnings: kebab-case codes.
    """

    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    separator: str | None = None
    warnings: tuple[str, ...] = ()


def all_of(cells: Sequence[object], *classes: type) -> bool:
    """In one sweep: most columns hold one kind of cells, and need no look at each of them."""
    return {*map(type, cells)} <= {*classes}


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_blank_row(row: Row) -> bool:
    return all(map(is_blank, row))


def text_of(cell: Cell) -> str:
    """A code or a name as a person reads it: 1930659387, not 1930659387.0."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, Decimal):
        return str(int(cell)) if cell == cell.to_integral_value() else format(cell, "f")
    return cell.isoformat()
