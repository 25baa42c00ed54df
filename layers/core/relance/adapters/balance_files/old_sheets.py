"""Sheets of an XLS file (BIFF): bound their cells and texts before a library opens it, and refuse
what would run.
"""

import struct
from collections.abc import Iterator

from relance.adapters.balance_files.compound_file import entry_names, streams_of
from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.macros import check_storage
from relance.adapters.balance_files.old_texts import SHARED_TEXTS, WITH_TEXT, OldTexts
from relance.adapters.balance_files.safety import SafetyLimits, check_width

_STREAMS = frozenset({"workbook", "book"})
_LOCKED, _END, _SHEET, _SIZE, _SEVERAL = 0x002F, 0x000A, 0x0085, 0x0200, 0x00BD
_BEGIN, _MACRO_SHEET, _LINK = 0x0809, b"\x40\0", 0x01AE
_MACROS = (0x01, 0x06)
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, _SEVERAL})
_LARGEST_SHEET = 65_536 * 256
_SHORTEST_STRING = 3
Records = Iterator[tuple[int, bytes]]


def check_xls(content: bytes, limits: SafetyLimits) -> None:
    """Raises BalanceRefused for what would run, or make a reader allocate more than the limits."""
    for name in entry_names(content):
        check_storage(name)
    left, texts = limits.cells, OldTexts(limits)
    for stream in streams_of(content, _STREAMS):
        for start in _sheets(stream, texts):
            left -= _check_sheet(_records(stream, start), left, texts)


def _sheets(stream: bytes, texts: OldTexts) -> list[int]:
    """Where each sheet starts. The count of shared strings is believed by readers: it must fit."""
    starts = []
    for kind, data in _records(stream, 0):
        texts.look_at_globals(kind, data)
        if kind == _SHEET and len(data) >= 6:
            if data[5] in _MACROS:
                raise BalanceRefused("workbook-has-macros")
            starts.append(struct.unpack_from("<I", data)[0])
        elif kind == _LOCKED and any(data[:2]):
            raise BalanceRefused("workbook-encrypted")  # what follows is noise, not counts
        elif kind == _LINK and _calls_program(data):
            raise BalanceRefused("workbook-runs-programs")
        elif kind == SHARED_TEXTS and len(data) >= 8:
            count = struct.unpack_from("<I", data, 4)[0]
            if count * _SHORTEST_STRING > len(stream):
                raise BalanceRefused("workbook-damaged")
    texts.end_globals(len(stream))
    return starts


def _calls_program(link: bytes) -> bool:
    """A path to another workbook begins with 1; a program and its topic stand around a 3."""
    path = link[5:]
    return path[:1] != b"\x01" and b"\x03" in (path[::2] if link[4:5] == b"\x01" else path)


def _check_sheet(records: Records, left: int, texts: OldTexts) -> int:
    """What it takes of the cells that are left: its rectangle, or its records if they are more."""
    row = width = seen = 0
    limits = texts.limits
    for kind, data in records:
        seen += 1
        if kind in _CELLS and len(data) >= 6:
            at, column = struct.unpack_from("<HH", data)
            last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _SEVERAL else column
            row, width = max(row, at + 1), max(width, column + 1, last + 1)
        elif kind == _SIZE:
            _check_declared(data, limits)
        elif kind == _BEGIN and data[2:4] == _MACRO_SHEET:
            raise BalanceRefused("workbook-has-macros")
        if kind in WITH_TEXT:
            texts.look_at_cell(kind, data)
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
