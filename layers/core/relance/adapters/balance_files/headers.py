"""What one sheet is made of: where its header stands, and what each column means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, Row, is_blank

_DEBTOR = (Field.CODE, Field.NAME)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are in one sheet.

    header: index of the last row of the header, -1 without one; columns: field to column index;
    names: the header's cells; buckets: indexes of the ageing columns; lines: the rows that the
    header is made of, as printed; pinned: fields whose column the creditor named.
    """

    header: int
    columns: dict[Field, int]
    names: tuple[str, ...]
    buckets: tuple[int, ...] = ()
    others: dict[Field, tuple[int, ...]] = field(default_factory=dict)
    tied: tuple[Field, ...] = ()
    """Fields that two columns claim equally, with different values."""
    lines: tuple[tuple[str, ...], ...] = ()
    pinned: frozenset[Field] = frozenset()

    @property
    def top(self) -> int:
        """Index of the first row of the header: what stands above is the title."""
        return self.header + 1 - len(self.lines)

    @property
    def tied_names(self) -> tuple[str, ...]:
        indexes = [self.columns[one] for one in self.tied[:1]]
        indexes += [index for one in self.tied[:1] for index in self.others[one]]
        return tuple(f"{self.names[index].strip()} ({index + 1})" for index in indexes)

    def has(self, *fields: Field) -> bool:
        return any(one in self.columns for one in fields)

    @property
    def has_money(self) -> bool:
        return bool(self.buckets) or self.has(Field.AMOUNT, Field.OPEN, Field.DEBIT, Field.CREDIT)

    @property
    def has_debtor(self) -> bool:
        return self.has(*_DEBTOR)

    @property
    def is_summary(self) -> bool:
        """One row per customer: no document number, and no date or ageing columns."""
        if self.has(Field.NUMBER):
            return False
        return bool(self.buckets) or not self.has(Field.ISSUE, Field.DUE)

    def name_of(self, one: Field) -> str:
        return self.names[self.columns[one]].strip()

    def indexes_of(self, one: Field) -> tuple[int, ...]:
        """Every column of that name, the one that is read first."""
        if one not in self.columns:
            return ()
        return (self.columns[one], *self.others.get(one, ()))


def is_header_again(row: Row, layout: Layout) -> bool:
    """Page breaks repeat the header, one of its lines at a time."""
    cells = tuple(cell.strip() if isinstance(cell, str) else "" for cell in row)
    return any(_same(cells, line) for line in layout.lines)


def _same(cells: tuple[str, ...], line: tuple[str, ...]) -> bool:
    """Readers may cut the blank cells at the end of a row."""
    width = min(len(cells), len(line))
    return (
        any(line)
        and cells[:width] == line[:width]
        and not any(cells[width:])
        and not any(line[width:])
    )


def cells_of(index: int, rows: Sequence[Row]) -> list[Cell]:
    """One column, None where a row is too short."""
    try:
        return [*map(itemgetter(index), rows)]
    except IndexError:
        return [row[index] if index < len(row) else None for row in rows]


def is_empty(index: int, body: Sequence[Row]) -> bool:
    return all(map(is_blank, cells_of(index, body)))


def differ(index: int, other: int, body: Sequence[Row]) -> bool:
    return cells_of(index, body) != cells_of(other, body)
