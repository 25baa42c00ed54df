"""Texts of an XLS file (BIFF): what a reader makes of them in memory, before it does.

A text that cells share is copied for each of them; a text that promises more letters than it has
gets their room all the same; a formula of eight kilobytes may say a long name a thousand times.
"""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.safety import SafetyLimits, check_texts

SHARED_TEXTS, _CONTINUED = 0x00FC, 0x003C
_SHARED, _LABEL, _RESULT, _FORMULA, _NAME, _SHEET = 0x00FD, 0x0204, 0x0207, 0x0006, 0x0018, 0x0085
WITH_TEXT = frozenset({_SHARED, _LABEL, _RESULT, _FORMULA})
_LONGEST_RECORD = 8_224
_FORMULA_AT = 22
_MOST_SPACES, _LONGEST_FORMULA = 8_192, 300_000
_PER_TOKEN = 4
_SPACES = re.compile(rb"\x19(?=[\x40\x41].(.))", re.DOTALL)
# Tokens that stand for a name: of a range, of a sheet. Each comes in three classes.
_TOKENS = (0x03, 0x19, 0x1A, 0x1B, 0x1C, 0x1D)
_NAMES = bytes(token | kind for token in _TOKENS for kind in (0x20, 0x40, 0x60))
_SHORTEST_CRUMB = 512


@dataclass(slots=True)
class OldTexts:
    """sizes: bytes of each text that cells share; name: letters of the longest name; shown: bytes
    of text that the cells so far show.
    """

    limits: SafetyLimits
    sizes: Sequence[int] = ()
    name: int = 0
    shown: int = 0
    _crumbs: list[bytes] = field(default_factory=list)
    _listing: bool = False

    def look_at_globals(self, kind: int, data: bytes) -> None:
        if kind == _CONTINUED:
            if self._listing:
                self._crumbs.append(data)
            return
        self._listing = kind == SHARED_TEXTS
        if self._listing:
            self._crumbs = [data]  # a second list takes the place of the first
        elif kind == _NAME and len(data) > 3:
            self.name = max(self.name, 2 * data[3])
        elif kind == _SHEET and len(data) > 6:
            self.name = max(self.name, 2 * data[6])

    def end_globals(self, length: int) -> None:
        """length: bytes of the whole stream."""
        if len(self._crumbs) > 64 + length // _SHORTEST_CRUMB:
            raise BalanceRefused("workbook-damaged")  # readers go over all of them for each one
        self.sizes = _Shared(self._crumbs).sizes()
        self._crumbs.clear()

    def look_at_cell(self, kind: int, data: bytes) -> None:
        if kind == _SHARED and len(data) >= 10:
            place = struct.unpack_from("<I", data, 6)[0]
            self.shown += self.sizes[place] if place < len(self.sizes) else 0
        elif kind == _LABEL and len(data) >= 8:
            self.shown += max(len(data), struct.unpack_from("<H", data, 6)[0])
        elif kind == _RESULT and len(data) >= 2:
            self.shown += max(len(data), struct.unpack_from("<H", data)[0])
        elif kind == _FORMULA:
            self.shown += self._formula(data)
        check_texts(self.shown, self.limits)

    def _formula(self, data: bytes) -> int:
        """Bytes of its text, at most."""
        if len(data) > _LONGEST_RECORD:
            raise BalanceRefused("workbook-damaged")
        tokens = data[_FORMULA_AT:]
        spaces = sum(found[0] for found in _SPACES.findall(tokens)) if b"\x19" in tokens else 0
        names = len(tokens) - len(tokens.translate(None, _NAMES))
        text = names * self.name + spaces
        if spaces > _MOST_SPACES or text > _LONGEST_FORMULA:
            raise BalanceRefused("workbook-texts-too-long", {"limit": str(_LONGEST_FORMULA)})
        return text + _PER_TOKEN * len(tokens)


class _Shared:
    """The list of shared texts over its records: where one ends inside a text, the next begins
    with a byte that says again how wide its letters are.
    """

    def __init__(self, crumbs: Sequence[bytes]):
        self._crumbs = crumbs
        self._index = self._at = 0
        self._data = crumbs[0] if crumbs else b""

    def sizes(self) -> list[int]:
        """Up to where the list is damaged: readers stop there too."""
        found: list[int] = []
        if len(self._data) < 8:
            return found
        (count,) = struct.unpack_from("<I", self._data, 4)
        self._at = 8
        while len(found) < count:
            size = self._text()
            if size is None:
                break
            found.append(size)
        return found

    def _next(self) -> bool:
        self._index += 1
        self._at = 0
        self._data = self._crumbs[self._index] if self._index < len(self._crumbs) else b""
        return self._index < len(self._crumbs)

    def _text(self) -> int | None:
        """Bytes of its letters."""
        if self._at >= len(self._data) and not self._next():
            return None
        data, at = self._data, self._at
        if at + 3 > len(data):
            return None
        count, flags = struct.unpack_from("<HB", data, at)
        at += 3
        more = 0
        try:
            if flags & 8:
                more += 4 * struct.unpack_from("<H", data, at)[0]
                at += 2
            if flags & 4:
                more += struct.unpack_from("<I", data, at)[0]
                at += 4
        except struct.error:
            return None
        self._at = at
        size = self._letters(count, wide=bool(flags & 1))
        return size if size is not None and self._skip(more) else None

    def _letters(self, count: int, *, wide: bool) -> int | None:
        size = 0
        while count:
            width = 2 if wide else 1
            taken = min(count, (len(self._data) - self._at) // width)
            self._at += taken * width
            size += taken * width
            count -= taken
            if count:
                if not self._next() or not self._data:
                    return None
                wide, self._at = bool(self._data[0] & 1), 1
        return size

    def _skip(self, size: int) -> bool:
        while size:
            if self._at >= len(self._data) and not self._next():
                return False
            step = min(size, len(self._data) - self._at)
            self._at, size = self._at + step, size - step
        return True
