"""Text whose columns are aligned by spaces, as accounting programs print it to a file.

The cuts are the positions where the header and the rows are blank together. A line that does not
keep to them is never cut in the middle of a word: it goes to quarantine when it looks like an item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from relance.adapters.balance_files.errors import BalanceQuestion
from relance.adapters.balance_files.meanings import column_meaning, known_columns
from relance.adapters.balance_files.table import Sheet

_GAP = re.compile(r" {2,}")
_LINE_END = re.compile(r"\r\n|\n|\r")
_RULE = re.compile(r"[-=_+*.| ]*[-=_]{3}[-=_+*.| ]*$")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{8}")
_FIGURE = re.compile(r"[(+-]?[\d .,'’\u00a0\u202f]*\d(?:[.,]\d+)?[)-]?\s?[€$£CD]?$")
_SEARCHED_LINES = 150
_PROBED_LINES = 3_000
_LONGEST_LINE = 2_000
_KNOWN_COLUMNS = 3
_ITEMS = 2
_ALIGNED = 0.8
_RUNNING_OVER = (0.0, 0.02, 0.1, 0.25)


@dataclass(frozen=True, slots=True)
class _Cuts:
    """starts[i]: where column i begins, the first one at 0; gaps[i]: blanks before it."""

    starts: tuple[int, ...]
    gaps: tuple[int, ...]

    def keeps_to(self, line: str) -> bool:
        """Nothing of the line stands across a cut: its gaps are there, two blanks of them."""
        return not any(
            line[at - min(gap, 2) : at].strip()
            for at, gap in zip(self.starts[1:], self.gaps[1:], strict=True)
        )

    def cells(self, line: str) -> list[str]:
        ends = (*self.starts[1:], len(line))
        return [line[a:b].strip() for a, b in zip(self.starts, ends, strict=True)]

    def placed(self, line: str) -> list[str]:
        """Words out of line, each chunk where it ends: totals are set under their column."""
        cells = [""] * len(self.starts)
        at = 0
        for chunk in _chunks(line):
            at = line.index(chunk, at)
            edge = at + (len(chunk) - 1 if _FIGURE.match(chunk) else 0)
            column = max(i for i, start in enumerate(self.starts) if start <= edge)
            cells[column] = f"{cells[column]} {chunk}".strip()
            at += len(chunk)
        return cells


def read_fixed_width(text: str) -> Sheet | None:
    """None when nothing shows that the text is aligned in columns.

    Raises BalanceQuestion for a header over rows that do not stand under it.
    """
    if "\t" in text[:100_000]:
        return None
    lines = [line.rstrip() for line in _LINE_END.split(text)]
    if lines and not lines[-1]:
        lines.pop()
    header = _header(lines[:_SEARCHED_LINES])
    if header is None:
        return None
    items = [line for line in lines[header + 1 :][:_PROBED_LINES] if is_item_like(line)]
    if len(items) < _ITEMS or max(map(len, items)) > _LONGEST_LINE:
        return None
    cuts = _best_cuts(lines[header], items)
    aligned = sum(map(cuts.keeps_to, items))
    named = known_columns(cuts.cells(lines[header]))
    if named < known_columns(_chunks(lines[header])) or aligned < _ALIGNED * len(items):
        seen = (lines[header][:200], *(line[:200] for line in items[:3]))
        raise BalanceQuestion("columns-not-aligned", {"line": str(header + 1)}, seen)
    rows = [_row(line, index > header, cuts) for index, line in enumerate(lines)]
    rows[header] = cuts.cells(lines[header])
    return Sheet("", rows, range(1, len(rows) + 1))


def is_item_like(line: str) -> bool:
    """Columns of which two at least hold figures, a date or an amount among them."""
    if _RULE.match(line):
        return False
    chunks = _chunks(line)
    figures = [chunk for chunk in chunks if any(map(str.isdigit, chunk))]
    dated = any(_DATE.search(chunk) for chunk in figures)
    return len(figures) >= 2 and (dated or len(chunks) >= 4)


def _header(lines: Sequence[str]) -> int | None:
    """The line whose chunks name the most columns."""
    scored = [(known_columns(_chunks(line)), -i) for i, line in enumerate(lines)]
    known, index = max(scored, default=(0, 0))
    return -index if known >= _KNOWN_COLUMNS else None


def _best_cuts(header: str, items: Sequence[str]) -> _Cuts:
    """Some lines may run over: the strictest cuts under which the header says the most."""
    width = max(len(header), *map(len, items))
    filled = [0] * width
    for line in items:
        for match in re.finditer(r"\S+", line):
            for at in range(*match.span()):
                filled[at] += 1
    found = [_cuts(header, items, [share <= allowed * len(items) for share in filled])
             for allowed in _RUNNING_OVER]  # fmt: skip
    named = [known_columns(cuts.cells(header)) for cuts in found]
    wanted = min(known_columns(_chunks(header)), max(named))
    return next(cuts for cuts, known in zip(found, named, strict=True) if known >= wanted)


def _cuts(header: str, items: Sequence[str], blank: Sequence[bool]) -> _Cuts:
    """A column begins where a gap common to the header and the items ends."""
    starts, gaps, gap = [0], [0], 0
    for at, is_blank in enumerate(blank):
        if is_blank and header[at : at + 1] in ("", " "):
            gap += 1
            continue
        if gap and gap < at:
            starts.append(at)
            gaps.append(gap)
        gap = 0
    return _merged(_Cuts(tuple(starts), tuple(gaps)), header, items)


def _merged(cuts: _Cuts, header: str, items: Sequence[str]) -> _Cuts:
    """Join back what only looks like a gap: words of a name, thousands, words of one title."""
    pieces = _pieces(cuts, header, items)
    kept = [pieces[0]]
    for piece, after in zip_longest(pieces[1:], pieces[2:]):
        if _is_one(kept[-1], piece, after):
            kept[-1] = kept[-1].with_(piece)
        else:
            kept.append(piece)
    return _Cuts(tuple(one.start for one in kept), tuple(one.gap for one in kept))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two gaps. gap: blanks before it in every line."""

    start: int
    gap: int
    title: str
    values: frozenset[str]

    def with_(self, other: "_Piece") -> "_Piece":
        title = f"{self.title} {other.title}".strip()
        return _Piece(self.start, self.gap, title, self.values | other.values)


def _pieces(cuts: _Cuts, header: str, items: Sequence[str]) -> list[_Piece]:
    rows = [cuts.cells(line) for line in items]
    return [
        _Piece(start, gap, title, frozenset(row[i] for row in rows) - {""})
        for i, (start, gap, title) in enumerate(
            zip(cuts.starts, cuts.gaps, cuts.cells(header), strict=True)
        )
    ]


def _is_one(left: _Piece, piece: _Piece, after: _Piece | None) -> bool:
    if not left.title or not piece.title:
        if not piece.values or not left.values:
            return True  # a title that is set off from its values
        if piece.gap > 1:
            return False
        thousands = all(value.isdigit() and len(value) <= 3 for value in piece.values)
        return not left.title or not (thousands and after is not None and after.gap == 1)
    if piece.gap > 1:
        return False
    both = column_meaning(f"{left.title} {piece.title}")
    apart = column_meaning(left.title) and column_meaning(piece.title)
    return not piece.values or bool(both and not apart)


def _row(line: str, is_body: bool, cuts: _Cuts) -> list[str]:
    if not line.strip() or _RULE.match(line):
        return []
    if not is_body:
        return _chunks(line)
    if cuts.keeps_to(line):
        return cuts.cells(line)
    return _quarantined(line, cuts) if is_item_like(line) else cuts.placed(line)


def _quarantined(line: str, cuts: _Cuts) -> list[str]:
    """More cells than the header: the row is rejected, and shows no number nor customer, since
    whatever a wrong cut shows could be taken for another item.
    """
    return [*[""] * len(cuts.starts), f"? {line.strip()}", "?"]


def _chunks(line: str) -> list[str]:
    return _GAP.split(line.strip())
