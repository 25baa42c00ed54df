"""How each column was understood, with what confidence, for people to check."""

from collections.abc import Sequence

from relance.adapters.balance_files.headers import Layout
from relance.adapters.balance_files.meanings import UNLISTED, column_meaning
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row, text_of
from relance.domain.balance_reading import ReadColumn

_PINNED, _LISTED, _BY_VALUES, _BY_WORDS, _MENDED = 100, 95, 85, 75, 65
_SHOWN_ROWS = 5
_LONGEST_CELL = 60


def read_columns(layout: Layout) -> tuple[ReadColumn, ...]:
    meanings = {index: one for one, index in layout.columns.items()}
    for one in (Field.FLAG, Field.INSURER, Field.FACTOR):
        meanings |= dict.fromkeys(layout.indexes_of(one), one)
    return tuple(_column(layout, index, meanings.get(index)) for index in range(len(layout.names)))


def _column(layout: Layout, index: int, one: Field | None) -> ReadColumn:
    name = layout.names[index].strip()
    if one is None:
        if index in layout.buckets:
            return ReadColumn(index, name, "bucket", _LISTED, "ageing-label")
        why = "column-not-chosen" if name and column_meaning(name) else "column-unknown"
        return ReadColumn(index, name, "", 0, why)
    confidence, why = _reason(layout, one, name)
    return ReadColumn(index, name, one.value, confidence, why)


def _reason(layout: Layout, one: Field, name: str) -> tuple[int, str]:
    if one in layout.pinned:
        return _PINNED, "pinned"
    meaning = column_meaning(name)
    if not name:
        return _BY_VALUES, "values"
    if meaning is None:
        return _MENDED, "name-mended"
    if meaning[0] is not one:
        return _BY_VALUES, "values"
    return (_BY_WORDS, "name-words") if meaning[1] == UNLISTED else (_LISTED, "name-known")


def sample_rows(rows: Sequence[Row], width: int) -> tuple[tuple[str, ...], ...]:
    """The first rows of a table, short enough to be shown."""
    shown = [row for row in rows if any(text_of(cell) for cell in row)][:_SHOWN_ROWS]
    return tuple(
        tuple(text_of(cell)[:_LONGEST_CELL] for cell in (*row, *[None] * (width - len(row))))
        for row in shown
    )
