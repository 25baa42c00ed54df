"""Parts of an XLSB workbook: bound the rectangle of their cells, and the texts that these show,
before they are read.

Of each record only its start is looked at; values are for the library to read.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.safety import SafetyLimits, check_texts, check_width

_ROW_HEADER, _SHARED_TEXT, _TEXT, _TEXT_OF_FORMULA = 0, 7, 6, 8
_CELLS = range(1, 12)
_BEGIN, _END = 0x91, 0x92
_LIST, _STRING, _SKIP, _SKIP_END = 0x9F, 0x13, 0x23, 0x24
_LINK, _DDE, _OLE = 0x168, 1, 2
_HEAD = 12
_LONGEST_HEADER = 6


@dataclass(slots=True)
class XlsbScan:
    """Of all the parts of a workbook. sizes: bytes of each text that cells share; cells: what
    the sheets before this one cover; texts: bytes that all the cells show.
    """

    limits: SafetyLimits
    sizes: list[int] = field(default_factory=list)
    cells: int = 0
    texts: int = 0

    def read_shared(self, stream: Iterator[bytes]) -> None:
        """A text without its own letters would take those of the one before it, again and again."""
        listed = skipped = False
        for kind, head, length in _records(stream, self.limits):
            if not listed:
                listed = kind == _LIST
            elif kind in (_SKIP, _SKIP_END):
                skipped = kind == _SKIP
            elif kind == _STRING and not skipped:
                size = 2 * struct.unpack_from("<I", head, 1)[0] if len(head) >= 5 else length
                if size + 5 > length:
                    raise BalanceRefused("workbook-damaged")
                self.sizes.append(size)

    def check_sheet(self, stream: Iterator[bytes]) -> None:
        """Whatever the part is called: cells are what stands between two marks."""
        row = width = 0
        inside = False
        for kind, head, length in _records(stream, self.limits):
            if kind in (_BEGIN, _END):
                inside = kind == _BEGIN
            elif not inside:
                _check_link(kind, head)
            elif kind == _ROW_HEADER and len(head) >= 4:
                row = max(row, struct.unpack_from("<I", head)[0] + 1)
            elif kind in _CELLS and len(head) >= 4:
                width = max(width, struct.unpack_from("<I", head)[0] + 1)
                check_width(width, self.limits)
                self._add_text(kind, head, length)
            if self.cells + row * width > self.limits.cells:
                raise BalanceRefused("too-many-cells", {"limit": str(self.limits.cells)})
        self.cells += row * width

    def _add_text(self, kind: int, head: bytes, length: int) -> None:
        if kind == _SHARED_TEXT and len(head) == _HEAD:
            place = struct.unpack_from("<I", head, 8)[0]
            self.texts += self.sizes[place] if place < len(self.sizes) else 0
        elif kind in (_TEXT, _TEXT_OF_FORMULA):
            self.texts += length
        check_texts(self.texts, self.limits)


def _check_link(kind: int, head: bytes) -> None:
    if kind == _LINK and len(head) >= 2 and struct.unpack_from("<H", head)[0] in (_DDE, _OLE):
        raise BalanceRefused("workbook-runs-programs")


def _records(stream: Iterator[bytes], limits: SafetyLimits) -> Iterator[tuple[int, bytes, int]]:
    """(type, first bytes of the payload, its length) of each record: type in 1 or 2 bytes, length
    in 1 to 4 of 7 bits, payload. Some empty ones follow the last.
    """
    data, at, skip, seen = b"", 0, 0, 0
    for piece in chain(stream, [bytes(_LONGEST_HEADER + _HEAD)]):
        data, at = data[at:] + piece, 0
        while True:
            step = min(skip, len(data) - at)
            at, skip = at + step, skip - step
            found = _header(data, at) if not skip else None
            if found is None:
                break
            kind, length, start = found
            yield kind, data[start : start + min(length, _HEAD)], length
            at, skip, seen = start, length, seen + 1
            if seen > 10 * limits.records:
                raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})


def _header(data: bytes, at: int) -> tuple[int, int, int] | None:
    """(type, length, where the payload starts); None when its start is not all there yet."""
    if at + _LONGEST_HEADER + _HEAD > len(data):
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
