"""How wide the rows of a ledger are: a row of another width has had its columns moved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from relance.adapters.ledger_files.columns import Col, Columns
from relance.adapters.ledger_files.rows import Cells

PEEKED_ROWS = 200
_MONEY = (Col.DEBIT, Col.CREDIT, Col.AMOUNT, Col.SIDE)


@dataclass(frozen=True, slots=True)
class Shape:
    """extra: blank cells that every row has after the last column (a separator too many); trimmed:
    an editor has cut the blank cells at the end of the rows.
    """

    columns: Columns
    extra: int = 0
    trimmed: bool = False

    def fit(self, cells: Cells) -> Cells | None:
        """The row at the width of the header; None when its cells may not be where they should.

        One separator inside a label, and a debit would be read for a credit: no row is stretched
        unless all the others were written so.
        """
        width = self.columns.width
        if len(cells) == width + self.extra:
            if not self.extra:
                return cells
            return None if any(map(str.strip, cells[width:])) else cells[:width]
        if not any(map(str.strip, cells)) or (self.trimmed and self._is_cut(cells)):
            return self.padded(cells)
        return None

    def padded(self, cells: Cells) -> Cells:
        return [*cells, *[""] * (self.columns.width - len(cells))]

    def _is_cut(self, cells: Cells) -> bool:
        """Only blank cells are missing, and its amounts are there."""
        if len(cells) >= self.columns.width or not cells[-1].strip():
            return False
        at = [self.columns.at[col] for col in (Col.ACCOUNT, Col.BOOKED, *_MONEY)
              if col in self.columns.at]  # fmt: skip
        return max(at) < len(cells) and all(cells[index].strip() for index in at)


def shape_of(columns: Columns, rows: Sequence[Cells]) -> Shape:
    """What the first rows have in common."""
    full = [row for row in rows if any(map(str.strip, row))]
    widths = Counter(map(len, full))
    most = max(widths.values(), default=0)
    usual = min((width for width in widths if widths[width] == most), default=columns.width)
    extra = max(usual - columns.width, 0)
    trimmed = not extra and all(row[-1].strip() for row in full)
    return Shape(columns, extra, trimmed)
