"""OpenDocument sheets say a row or a cell once and how often it is repeated: bound what unfolds."""

import re
from dataclasses import dataclass

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.safety import SafetyLimits, check_width

_ROW = re.compile(rb"<table:table-row\b([^<>]{0,500})>(.*?)</table:table-row>", re.DOTALL)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^<>]{0,4000})>")
_ROWS = re.compile(rb'number-rows-repeated="(\d{1,9})')
_COLUMNS = re.compile(rb'number-columns-repeated="(\d{1,9})')
_VALUE = re.compile(rb"\boffice:(?:value|date-value|string-value|boolean-value|time-value)=")
_HIDDEN = (b'table:visibility="collapse"', b'table:visibility="filter"')
_HIDDEN_COLUMN = re.compile(rb'<table:table-column\b[^<>]{0,500}table:visibility="collapse"')
_MOST_REPEATED = 2_000_000


@dataclass(slots=True)
class OdsScan:
    """Of all the pieces of a content part: cells that its repetitions unfold to."""

    unfolded: int = 0

    def look(self, xml: bytes, limits: SafetyLimits, warnings: set[str]) -> None:
        """Raises `BalanceRefused`; adds what the sheets hide to the warnings."""
        _check_counts(xml, limits)
        for about, cells in _ROW.findall(xml):
            if any(mark in about for mark in _HIDDEN):
                warnings.add("hidden-rows")
            if b"repeated=" in about or b"repeated=" in cells:
                self.unfolded += _times(_ROWS, about) * _filled_width(cells, limits)
            if b"table:formula" in cells:
                _check_computed(cells)
        if _HIDDEN_COLUMN.search(xml):
            warnings.add("hidden-columns")
        if self.unfolded > limits.cells:
            raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})


def _check_counts(xml: bytes, limits: SafetyLimits) -> None:
    """Only blank cells are repeated up to the end of a sheet, and never beyond."""
    for pattern in (_ROWS, _COLUMNS):
        if any(int(count) > _MOST_REPEATED for count in set(pattern.findall(xml))):
            raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})


def _filled_width(cells: bytes, limits: SafetyLimits) -> int:
    """Columns up to the last cell that holds something."""
    at = width = 0
    for match in _CELL.finditer(cells):
        at += _times(_COLUMNS, match[1])
        if not match[1].endswith(b"/") or _VALUE.search(match[1]):
            width = at
    check_width(width, limits)
    return width


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _check_computed(cells: bytes) -> None:
    for match in _CELL.finditer(cells):
        attributes = match[1]
        if b"table:formula=" in attributes and b"value-type=" not in attributes:
            raise BalanceRefused("workbook-not-calculated", {"cell": "?"})
