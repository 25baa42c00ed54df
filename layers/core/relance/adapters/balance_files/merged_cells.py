"""Merged cells hold their value in the first one only: it is said of all the cells they span."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.meanings import column_meaning, known_columns
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, is_blank

_NAMES = frozenset(
    {Field.CODE, Field.NAME, Field.PARTY, Field.WEAK_NAME, Field.ACCOUNT, Field.NUMBER, Field.KIND,
     Field.CURRENCY, Field.INSURER, Field.FACTOR}
)  # fmt: skip
_SEARCHED_ROWS = 100

Place = tuple[int, int]


def spread(rows: list[list[Cell]], ranges: Iterable[tuple[Place, Place]]) -> bool:
    """Fill the spans in place; whether any was. Raises BalanceRefused when they overlap.

    Downwards: what stands under the title of a customer or a document, and titles themselves; an
    amount over several rows is a subtotal, and repeating it would count it again. Sideways: the
    group titles above a line of column titles only.
    """
    changed = False
    titles: dict[int, _Title] = {}
    for (top, left), (bottom, right) in _apart(rows, sorted(ranges)):
        if is_blank(rows[top][left]):
            continue
        if right > left and top == bottom:
            changed = _sideways(rows, top, left, right) or changed
        elif bottom > top and titles.setdefault(left, _Title(left)).is_repeated(rows, top):
            changed = _downwards(rows, top, bottom, left) or changed
    return changed


def _apart(
    rows: Sequence[Sequence[Cell]], ranges: Iterable[tuple[Place, Place]]
) -> Iterator[tuple[Place, Place]]:
    """Those that begin inside the table. Together they cover no more than there is: no program
    lets two of them overlap, and a million that do would take a day to fill.
    """
    height, width = len(rows), max(map(len, rows), default=0)
    left_over = height * width
    for (top, left), (bottom, right) in ranges:
        if top < height and left < len(rows[top]):
            deep, wide = min(bottom + 1, height) - top, min(right + 1, width) - left
            left_over -= max(deep, 0) * max(wide, 0)
            if left_over < 0:
                raise BalanceRefused("workbook-damaged")
            yield (top, left), (bottom, right)


def _sideways(rows: list[list[Cell]], top: int, left: int, right: int) -> bool:
    below = rows[top + 1] if top + 1 < len(rows) else []
    titles = below[left : right + 1]
    if top >= _SEARCHED_ROWS or known_columns(below) < 2 or any(map(is_blank, titles)):
        return False
    row = rows[top]
    row[left : right + 1] = [row[left]] * len(titles)
    return True


@dataclass(slots=True)
class _Title:
    """The nearest title above the rows looked at so far, from the top down, in this column."""

    column: int
    field: Field | None = None
    seen: int = 0

    def is_repeated(self, rows: Sequence[Sequence[Cell]], top: int) -> bool:
        column = self.column
        for at in range(self.seen, top):
            title = rows[at][column] if column < len(rows[at]) else None
            meaning = column_meaning(title) if isinstance(title, str) and len(title) < 80 else None
            self.field = meaning[0] if meaning else self.field
        self.seen = max(self.seen, top)
        if self.field is not None:
            return self.field in _NAMES
        value = rows[top][column]
        return isinstance(value, str) and any(map(str.isalpha, value))


def _downwards(rows: list[list[Cell]], top: int, bottom: int, left: int) -> bool:
    value = rows[top][left]
    below = [row for row in rows[top + 1 : bottom + 1] if left < len(row) and is_blank(row[left])]
    for row in below:
        row[left] = value
    return bool(below)
