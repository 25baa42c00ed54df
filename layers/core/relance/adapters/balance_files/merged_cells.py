"""Merged cells hold their value in the first one only: it is said of all the cells they span."""

from collections.abc import Iterable

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
    """Fill the spans in place; whether any was.

    Downwards: what stands under the title of a customer or a document, and titles themselves; an
    amount over several rows is a subtotal, and repeating it would count it again. Sideways: the
    group titles above a line of column titles only.
    """
    changed = False
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or is_blank(rows[top][left]):
            continue
        if right > left and top == bottom:
            changed = _sideways(rows, top, left, right) or changed
        elif bottom > top and _is_repeated(rows, top, left):
            changed = _downwards(rows, top, bottom, left) or changed
    return changed


def _sideways(rows: list[list[Cell]], top: int, left: int, right: int) -> bool:
    below = rows[top + 1] if top + 1 < len(rows) else []
    titles = below[left : right + 1]
    if top >= _SEARCHED_ROWS or known_columns(below) < 2 or any(map(is_blank, titles)):
        return False
    row = rows[top]
    row[left : right + 1] = [row[left]] * len(titles)
    return True


def _is_repeated(rows: list[list[Cell]], top: int, left: int) -> bool:
    for row in reversed(rows[:top]):
        title = row[left] if left < len(row) else None
        meaning = column_meaning(title) if isinstance(title, str) and len(title) < 80 else None
        if meaning:
            return meaning[0] in _NAMES
    value = rows[top][left]
    return isinstance(value, str) and any(map(str.isalpha, value))


def _downwards(rows: list[list[Cell]], top: int, bottom: int, left: int) -> bool:
    value = rows[top][left]
    below = [row for row in rows[top + 1 : bottom + 1] if left < len(row) and is_blank(row[left])]
    for row in below:
        row[left] = value
    return bool(below)
