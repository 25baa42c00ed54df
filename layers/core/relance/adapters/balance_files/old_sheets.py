"""Sheets of an XLS file (BIFF): bound the rectangle of their cells before a library opens it."""

import struct
from collections.abc import Iterator

from relance.adapters.balance_files.compound_file import streams_of
from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.safety import SafetyLimits, check_width

_STREAMS = frozenset({"workbook", "book"})
_LOCKED, _END, _SHEET, _STRINGS, _SIZE, _SEVERAL = 0x002F, 0x000A, 0x0085, 0x00FC, 0x0200, 0x00BD
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, _SEVERAL})
_LARGEST_SHEET = 65_536 * 256
_SHORTEST_STRING = 3
Records = Iterator[tuple[int, bytes]]


def check_xls(content: bytes, limits: SafetyLimits) -> None:
    """Raises BalanceRefused for what would make a reader allocate more than the limits."""
    left = limits.cells
    for stream in streams_of(content, _STREAMS):
        for start in _sheets(stream):
            used = _check_sheet(_records(stream, start), left, limits)
            left -= used


def _sheets(stream: bytes) -> list[int]:
    """Where each sheet starts. The count of shared strings is believed by readers: it must fit."""
    starts = []
    for kind, data in _records(stream, 0):
        if kind == _SHEET and len(data) >= 4:
            starts.append(struct.unpack_from("<I", data)[0])
        elif kind == _LOCKED and any(data[:2]):
            raise BalanceRefused("workbook-encrypted")  # what follows is noise, not counts
        elif kind == _STRINGS and len(data) >= 8:
            count = struct.unpack_from("<I", data, 4)[0]
            if count * _SHORTEST_STRING > len(stream):
                raise BalanceRefused("workbook-damaged")
    return starts


def _check_sheet(records: Records, left: int, limits: SafetyLimits) -> int:
    """What it takes of the cells that are left: its rectangle, or its records if they are more."""
    row = width = seen = 0
    for kind, data in records:
        seen += 1
        if kind in _CELLS and len(data) >= 6:
            at, column = struct.unpack_from("<HH", data)
            last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _SEVERAL else column
            row, width = max(row, at + 1), max(width, column + 1, last + 1)
        elif kind == _SIZE:
            _check_declared(data, limits)
        if max(seen, row * width) > left:
            check_width(width, limits)
            raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})
    check_width(width, limits)
    return max(seen, row * width)


def _check_declared(data: bytes, limits: SafetyLimits) -> None:
    """A reader makes room for the size a sheet declares, before any cell; many declare the
    largest there is.
    """
    if len(data) not in (10, 14):
        return
    top, bottom, first, last = struct.unpack_from("<HHHH" if len(data) == 10 else "<IIHH", data)
    if bottom and last:
        if bottom < top or last < first:
            raise BalanceRefused("workbook-damaged")
        if (bottom - top) * (last - first) > _LARGEST_SHEET:
            raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})


def _records(stream: bytes, start: int) -> Records:
    """(kind, payload) up to the end mark, or to where the stream is cut."""
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _END:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
