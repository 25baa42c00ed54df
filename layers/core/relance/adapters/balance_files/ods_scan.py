"""OpenDocument sheets say a row, a cell or a blank once and how often it is repeated: bound what
unfolds, cells and texts, before a library writes it all out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.macros import check_ods_tag
from relance.adapters.balance_files.safety import SafetyLimits, check_texts, check_width
from relance.adapters.balance_files.xml_pass import Attributes, walk

_TABLE, _ROW = "table:table", "table:table-row"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_NESTS = frozenset({_TABLE, _ROW}) | _CELLS
_VALUES = ("office:string-value", "office:date-value", "office:time-value", "table:formula")
_FILLED = frozenset({"office:value", "office:boolean-value", "office:value-type", *_VALUES})
_MOST_REPEATED = 2_000_000


def scan_ods(stream: Iterator[bytes], limits: SafetyLimits) -> set[str]:
    """The warnings about a content part. Raises `BalanceRefused`."""
    found = _Content(limits)
    walk(stream, start=found.start, end=found.end, text=found.text)
    return found.warnings


@dataclass(slots=True)
class _Content:
    """cells, texts: what the tables before this one unfold to, in cells and in bytes.

    height, width: of this table down to the last row that holds something; blanks: rows since.
    at, filled: columns of this row, up to the last cell that holds something.
    """

    limits: SafetyLimits
    warnings: set[str] = field(default_factory=set)
    cells: int = 0
    texts: int = 0
    height: int = 0
    width: int = 0
    blanks: int = 0
    times: int = 1
    at: int = 0
    filled: int = 0
    repeated: int = 1
    in_cell: bool = False
    is_text: bool = False

    def start(self, name: str, about: Attributes) -> None:
        if name in ("text:p", "text:s"):
            if self.is_text:
                self._add(_number(about["text:c"]) if "text:c" in about else 1)
            return
        if self.in_cell and name in _NESTS:
            raise BalanceRefused("workbook-damaged")  # readers do not agree on tables in a cell
        if name in _CELLS:
            self._start_cell(about)
        elif name == _ROW:
            self._start_row(about)
        elif name == "table:table-column" and about.get("table:visibility") == "collapse":
            self.warnings.add("hidden-columns")
        elif name == _TABLE:
            self.cells += self.height * self.width
            self.height = self.width = self.blanks = 0
        else:
            check_ods_tag(name, about)

    def end(self, name: str) -> None:
        if name in _CELLS:
            self.in_cell = self.is_text = False
        elif name == _ROW:
            self._end_row()

    def text(self, text: str) -> None:
        if self.is_text:
            self._add(len(text) if text.isascii() else len(text.encode()))

    def _start_row(self, about: Attributes) -> None:
        self.times, self.at, self.filled = self._times(about, "table:number-rows-repeated"), 0, 0
        if about.get("table:visibility") in ("collapse", "filter"):
            self.warnings.add("hidden-rows")

    def _start_cell(self, about: Attributes) -> None:
        kind = about.get("office:value-type")
        if kind is None and "table:formula" in about:
            # A blank there would be read as nothing owed.
            raise BalanceRefused("workbook-not-calculated", {"cell": "?"})
        self.in_cell = True
        self.repeated = self._times(about, "table:number-columns-repeated")
        self.at += self.repeated
        if kind is None and _FILLED.isdisjoint(about):
            return
        self.filled = self.at
        check_width(self.filled, self.limits)
        self.is_text = kind == "string"
        for one in _VALUES:
            if one in about:
                self._add(len(about[one].encode()))

    def _end_row(self) -> None:
        if not self.filled:
            self.blanks += self.times
            return
        self.height += self.blanks + self.times
        self.blanks = 0
        self.width = max(self.width, self.filled)
        if self.cells + self.height * self.width > self.limits.cells:
            self._refuse_cells()

    def _times(self, about: Attributes, name: str) -> int:
        """Only blank cells are repeated up to the end of a sheet, and never beyond."""
        if name not in about:
            return 1
        times = _number(about[name])
        if times > _MOST_REPEATED:
            self._refuse_cells()
        return times

    def _refuse_cells(self) -> NoReturn:
        raise BalanceRefused("too-many-cells", {"limit": str(self.limits.cells)})

    def _add(self, size: int) -> None:
        """A text, written out for each cell that repeats it."""
        self.texts += size * self.repeated * self.times
        check_texts(self.texts, self.limits)


def _number(count: str) -> int:
    if not count.isdecimal() or len(count) > 9:
        raise BalanceRefused("workbook-damaged")
    return int(count)
