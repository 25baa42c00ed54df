"""Find the header by the names it holds, on one row or on two."""

from collections.abc import Sequence
from dataclasses import dataclass

from relance.adapters.balance_files.amounts import reduce
from relance.adapters.balance_files.buckets import is_bucket
from relance.adapters.balance_files.meanings import column_meaning
from relance.adapters.balance_files.table import Row, Sheet, text_of

_SEARCHED_ROWS = 100
_LONGEST_NAME = 80
_COUNTED_BUCKETS = 3


@dataclass(frozen=True, slots=True)
class Header:
    """last: index of its last row; lines: its rows as printed; names: one per column."""

    last: int
    lines: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]


def find_header(sheet: Sheet) -> Header | None:
    """The first row, or pair of rows, that names the most columns; None when none names two."""
    best: tuple[int, Header] | None = None
    rows = sheet.rows[:_SEARCHED_ROWS]
    for index, row in enumerate(rows):
        names = _strings(row)
        score = score_of(names)
        if score >= 2 and (best is None or score > best[0]):
            best = score, Header(index, (_stripped(row),), names)
        pair = _pair(rows, index)
        if pair is not None:
            both = score_of(pair.names)
            if both >= 3 and (best is None or both > best[0]) and both > _alone(rows[index + 1]):
                best = both, pair
    return best[1] if best else None


def header_at(sheet: Sheet, line: int) -> Header | None:
    """The header that the creditor named by its line; 0 for a file without one."""
    width = max((len(row) for row in sheet.rows[:_SEARCHED_ROWS]), default=0)
    if line == 0:
        return Header(-1, (), ("",) * width)
    if line not in sheet.lines:
        return None
    index = list(sheet.lines).index(line)
    row = sheet.rows[index]
    return Header(index, (_stripped(row),), tuple(map(text_of, row)))


def score_of(names: Sequence[str]) -> int:
    texts = [name for name in names if 0 < len(name) < _LONGEST_NAME]
    fields = {meaning[0] for text in texts if (meaning := column_meaning(text))}
    buckets = sum(1 for text in texts if is_bucket(text))
    return len(fields) + min(buckets, _COUNTED_BUCKETS) if fields else 0


def _alone(row: Row) -> int:
    return score_of(_strings(row))


def _strings(row: Row) -> tuple[str, ...]:
    return tuple(cell if isinstance(cell, str) else "" for cell in row)


def _stripped(row: Row) -> tuple[str, ...]:
    return tuple(cell.strip() if isinstance(cell, str) else "" for cell in row)


def _pair(rows: Sequence[Row], index: int) -> Header | None:
    """Two rows that are both made of names: the second completes the first."""
    if index + 1 >= len(rows) or not (_is_of_names(rows[index]) and _is_of_names(rows[index + 1])):
        return None
    top, bottom = _stripped(rows[index]), _stripped(rows[index + 1])
    width = max(len(top), len(bottom))
    tops, bottoms = _padded(top, width), _padded(bottom, width)
    # A cell that spans several columns is written in the first of them.
    spans = [tops[i] or _left(tops, i) for i in range(width)]
    names = tuple(_joined(*cells) for cells in zip(tops, spans, bottoms, strict=True))
    return Header(index + 1, (top, bottom), names)


def _is_of_names(row: Row) -> bool:
    filled = [cell for cell in row if text_of(cell)]
    return len(filled) >= 2 and all(
        isinstance(cell, str)
        and len(cell) < _LONGEST_NAME
        and (is_bucket(cell) or (reduce(cell.strip()) is None and not cell.strip()[0].isdigit()))
        for cell in filled
    )


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def _left(tops: tuple[str, ...], index: int) -> str:
    return next((tops[i] for i in range(index - 1, -1, -1) if tops[i]), "")


def _joined(own: str, span: str, bottom: str) -> str:
    """The name that two cells make: both together, else whichever says something alone."""
    if not bottom:
        return own
    both = [f"{own} {bottom}".strip(), bottom, f"{span} {bottom}".strip()]
    return next((name for name in both if is_bucket(name) or _is_listed(name)), both[0])


def _is_listed(name: str) -> bool:
    return column_meaning(name) is not None
