"""Find the header row by the names it holds, and say what each column is."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from relance.adapters.balance_files.buckets import is_bucket
from relance.adapters.balance_files.meanings import UNLISTED, column_meaning
from relance.adapters.balance_files.refine import refine
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, Row, Sheet, is_blank

_SEARCHED_ROWS = 100
_MONEY = frozenset({Field.AMOUNT, Field.OPEN, Field.DEBIT, Field.CREDIT, Field.TOTAL,
                    Field.DUE_OR_OPEN})  # fmt: skip
_NO_TIE = _MONEY | {Field.DUE, Field.PAID}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are in one sheet.

    header: index of the header row; columns: field to column index; names: the header's cells;
    buckets: indexes of the ageing columns.
    """

    header: int
    columns: dict[Field, int]
    names: tuple[str, ...]
    buckets: tuple[int, ...] = ()
    others: dict[Field, tuple[int, ...]] = field(default_factory=dict)
    tied: tuple[Field, ...] = ()
    """Fields that two columns claim equally, with different values."""

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
    def is_summary(self) -> bool:
        """One row per customer: no document number, and no date or ageing columns."""
        if self.has(Field.NUMBER):
            return False
        return bool(self.buckets) or not self.has(Field.ISSUE, Field.DUE)

    def name_of(self, one: Field) -> str:
        return self.names[self.columns[one]].strip()


def find_layout(sheet: Sheet) -> Layout | None:
    """The first row that names the most columns; None when no row names two."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        score = _score(row)
        if score >= 2 and (best is None or score > best[0]):
            best = score, index
    if best is None:
        return None
    return _layout(sheet, best[1])


def is_header_again(row: Row, layout: Layout) -> bool:
    """Page breaks repeat the header."""
    cells = [cell.strip() if isinstance(cell, str) else "" for cell in row]
    names = [name.strip() for name in layout.names[: len(cells)]]
    return any(names) and cells[: len(names)] == names


def _score(row: Row) -> int:
    texts = [cell for cell in row if isinstance(cell, str) and 0 < len(cell) < 80]
    fields = {meaning[0] for text in texts if (meaning := column_meaning(text))}
    buckets = sum(1 for text in texts if is_bucket(text))
    return len(fields) + min(buckets, 3) if fields else 0


def _layout(sheet: Sheet, header: int) -> Layout:
    names = tuple(cell if isinstance(cell, str) else "" for cell in sheet.rows[header])
    body = sheet.rows[header + 1 :]
    candidates: dict[Field, list[tuple[int, int]]] = {}
    for index, name in enumerate(names):
        meaning = column_meaning(name) if name and not is_bucket(name) else None
        if meaning:
            candidates.setdefault(meaning[0], []).append((meaning[1], index))
    _drop_vague_amounts(candidates)
    columns = {one: _ranked(found, body)[0][1] for one, found in candidates.items()}
    others = {
        one: tuple(index for _, index in sorted(found) if index != columns[one])
        for one, found in candidates.items()
    }
    buckets = tuple(index for index, name in enumerate(names) if is_bucket(name))
    tied = tuple(one for one, pairs in candidates.items() if _is_tied(one, pairs, body))
    layout = Layout(header, columns, names, buckets, others, tied)
    return replace(layout, columns=refine(columns, others, names, buckets, body))


def _drop_vague_amounts(candidates: dict[Field, list[tuple[int, int]]]) -> None:
    """An amount by one word of its name only is taken when it is alone of its kind."""
    found = candidates.get(Field.AMOUNT, [])
    vague = [pair for pair in found if pair[0] == UNLISTED]
    if vague and (len(vague) < len(found) or len(vague) > 1 or Field.TOTAL in candidates):
        candidates[Field.AMOUNT] = [pair for pair in found if pair not in vague]
        if not candidates[Field.AMOUNT]:
            del candidates[Field.AMOUNT]


def _ranked(found: list[tuple[int, int]], body: Sequence[Row]) -> list[tuple[int, int]]:
    """The best-named columns first, those that hold something before the empty ones."""
    if len(found) == 1:
        return found
    return [pair for pair in sorted(found) if not _is_empty(pair[1], body)] or sorted(found)


def _is_tied(one: Field, found: list[tuple[int, int]], body: Sequence[Row]) -> bool:
    (rank, index), *rest = _ranked(found, body)
    rivals = [other for other_rank, other in rest if other_rank == rank]
    return one in _NO_TIE and any(_differ(index, other, body) for other in rivals)


def cells_of(index: int, rows: Sequence[Row]) -> list[Cell]:
    """One column, None where a row is too short."""
    try:
        return [row[index] for row in rows]
    except IndexError:
        return [row[index] if index < len(row) else None for row in rows]


def _is_empty(index: int, body: Sequence[Row]) -> bool:
    return all(map(is_blank, cells_of(index, body)))


def _differ(index: int, other: int, body: Sequence[Row]) -> bool:
    return cells_of(index, body) != cells_of(other, body)
