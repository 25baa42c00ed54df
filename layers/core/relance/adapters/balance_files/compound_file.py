"""Streams of an OLE compound file (the container of XLS), by the chains that a library will follow.

A chain that turns in a circle, leaves the file or promises more bytes than the file holds makes a
reader allocate without end: it is refused. Only what leads to the named streams is looked at.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from relance.adapters.balance_files.errors import BalanceRefused

_END_OF_CHAIN = 0xFFFFFFFE
_RESERVED = 0xFFFFFFFA
_SECTOR_SIZES = {9: 512, 12: 4096}
_MINI_SECTOR = 64
_MINI_STREAM_BELOW = 4096
_ENTRY = 128
_HEADER = 512
_KIND = 66


def entry_names(content: bytes) -> list[str]:
    """Of all the storages and streams, wherever they stand in the tree."""
    try:
        sectors, directory = _opened(content)
    except struct.error as error:
        raise BalanceRefused("workbook-damaged") from error
    entries = _entries(sectors.stream(directory), sectors.size)
    return [entry.name for entry in entries if entry.used]


def streams_of(content: bytes, names: frozenset[str]) -> list[bytes]:
    """Every stream of one of these names (lower case): two readers may choose differently."""
    try:
        return _streams(content, names)
    except struct.error as error:
        raise BalanceRefused("workbook-damaged") from error


@dataclass(frozen=True, slots=True)
class _Entry:
    """used: not a place left free by what was deleted; some readers take it all the same."""

    name: str
    used: bool
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class _Sectors:
    """next: the sector after each one."""

    content: bytes
    first: int
    size: int
    next: Sequence[int]

    def stream(self, start: int, length: int | None = None) -> bytes:
        if length is not None and length > len(self.content):
            raise BalanceRefused("workbook-damaged")
        data = b"".join(self._at(sector) for sector in self._chain(start))
        return data if length is None else data[:length]

    def _at(self, sector: int) -> bytes:
        start = self.first + sector * self.size
        return self.content[start : start + self.size]

    def _chain(self, start: int) -> Iterator[int]:
        left = (len(self.content) - self.first + self.size - 1) // self.size
        count, sector = left, start
        while sector != _END_OF_CHAIN:
            if left == 0 or sector >= min(count, len(self.next)):
                raise BalanceRefused("workbook-damaged")
            yield sector
            sector, left = self.next[sector], left - 1


def _opened(content: bytes) -> tuple[_Sectors, int]:
    """(its sectors, the first of the directory)."""
    (power,) = struct.unpack_from("<H", content, 30)
    size = _SECTOR_SIZES.get(power, 0)
    fat_sectors, directory, _, promised = _heads(content)
    if not size or max(fat_sectors, promised) * size > len(content):
        raise BalanceRefused("workbook-damaged")
    return _Sectors(content, size, size, _fat(content, size)), directory


def _streams(content: bytes, names: frozenset[str]) -> list[bytes]:
    sectors, directory = _opened(content)
    mini_fat = _heads(content)[2]
    entries = list(_entries(sectors.stream(directory), sectors.size))
    if not entries:
        raise BalanceRefused("workbook-damaged")
    small = sectors.stream(entries[0].start, entries[0].size)
    minis = _Sectors(small, 0, _MINI_SECTOR, _numbers(sectors.stream(mini_fat)))
    wanted = [entry for entry in entries if entry.name.lower() in names]
    if sum(entry.size for entry in wanted) > len(content):
        raise BalanceRefused("workbook-damaged")  # no two streams share their bytes
    return [
        (minis if entry.size < _MINI_STREAM_BELOW else sectors).stream(entry.start, entry.size)
        for entry in wanted
    ]


def _heads(content: bytes) -> tuple[int, int, int, int]:
    """(sectors of the table, first of the directory, first of the small table, most promised)."""
    directory_sectors, fat_sectors, directory = struct.unpack_from("<III", content, 40)
    mini_fat, mini_fat_sectors = struct.unpack_from("<II", content, 60)
    return fat_sectors, directory, mini_fat, max(directory_sectors, mini_fat_sectors)


def _fat(content: bytes, size: int) -> list[int]:
    """The table of chains; where its own sectors stand is listed in the header, then in a chain."""
    places = list(struct.unpack_from("<109I", content, 76))
    (sector,) = struct.unpack_from("<I", content, 68)
    left = len(content) // size
    while sector < _RESERVED:
        if left == 0 or (sector + 1) * size > len(content):
            raise BalanceRefused("workbook-damaged")
        *more, sector = struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
        places, left = places + more, left - 1
    used = [place for place in places if place < _RESERVED]
    if len(used) > len(content) // size or len(set(used)) < len(used):
        raise BalanceRefused("workbook-damaged")
    starts = [(place + 1) * size for place in used]
    return [one for start in starts for one in _numbers(content[start : start + size])]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack_from(f"<{len(data) // 4}I", data))


def _entries(directory: bytes, size: int) -> Iterator[_Entry]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        name = directory[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        start, low, high = struct.unpack_from("<III", directory, at + 116)
        length = low if size == _HEADER else low | high << 32
        yield _Entry(name, directory[at + _KIND] != 0, start, length)
