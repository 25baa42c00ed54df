"""Binary sheets (XLSB, and BIFF inside XLS): bound the rectangle of their cells before it is read.

Only the row and column of each cell are looked at; values are for the library to read.
"""

import struct
from collections.abc import Iterator

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.safety import SafetyLimits, check_width

_ROW_HEADER = 0
_XLSB_CELLS = range(1, 12)


def check_xlsb(stream: Iterator[bytes], limits: SafetyLimits) -> None:
    """Records: type (1 or 2 bytes), length (1 to 4 bytes of 7 bits), payload."""
    row = width = 0
    for kind, head in _records(stream, limits):
        if kind == _ROW_HEADER and len(head) == 4:
            row = max(row, struct.unpack("<I", head)[0] + 1)
        elif kind in _XLSB_CELLS and len(head) == 4:
            width = max(width, struct.unpack("<I", head)[0] + 1)
            check_width(width, limits)
        if row * width > limits.cells:
            raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})


def _records(stream: Iterator[bytes], limits: SafetyLimits) -> Iterator[tuple[int, bytes]]:
    """(type, first four bytes of the payload) of each record."""
    data, at, skip, seen = b"", 0, 0, 0
    for piece in stream:
        data, at = data[at:] + piece, 0
        while True:
            if skip:
                step = min(skip, len(data) - at)
                at, skip = at + step, skip - step
            found = None if skip else _header(data, at)
            if found is None:
                break
            kind, length, start = found
            yield kind, data[start : start + min(length, 4)]
            at, skip, seen = start, length, seen + 1
            if seen > 10 * limits.records:
                raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})


def _header(data: bytes, at: int) -> tuple[int, int, int] | None:
    """(type, length, where the payload starts); None when its start is not all there yet."""
    if at + 10 > len(data):
        return None
    kind = data[at]
    at += 1
    if kind & 0x80:
        kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
        at += 1
    length = shift = 0
    for _ in range(4):
        length |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not data[at - 1] & 0x80:
            break
    return kind, length, at
