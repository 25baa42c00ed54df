"""XLS files written by hand: an OLE container around a stream of BIFF records."""

import struct
from collections.abc import Sequence

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def number(row: int, column: int, value: float = 1) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def text(row: int, column: int, value: str) -> bytes:
    head = struct.pack("<HHHHB", row, column, 0, len(value), 0)
    return record(0x0204, head + value.encode("latin-1"))


def size(bottom: int, last: int, *, top: int = 0, first: int = 0) -> bytes:
    return record(0x0200, struct.pack("<IIHHH", top, bottom, first, last, 0))


def biff(*cells: bytes, globals_: bytes = b"", sheets: int = 1) -> bytes:
    """sheets: how many entries name the one sheet."""
    begin = record(0x0809, struct.pack("<HH", 0x0600, 5) + bytes(12))
    end = record(0x000A)

    def entries(start: int) -> bytes:
        names = (f"F{index}".encode() for index in range(sheets))
        return b"".join(
            record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
            for name in names
        )

    before = begin + globals_ + entries(0) + end
    return begin + globals_ + entries(len(before)) + end + begin + b"".join(cells) + end


def xls(stream: bytes, *, chain: Sequence[int] | None = None, length: int | None = None) -> bytes:
    """One table sector, one directory sector, then the stream, long enough to be no small one.

    chain: the sectors of the stream, as the table links them; length: as the directory says.
    """
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    followed = [*range(3, 2 + count), END] if chain is None else list(chain)
    tables = -(-(2 + count + 2) // 128)
    assert tables == 1, "one sector of the table is enough for tests"
    fat = [TABLE, END, *followed]
    fat += [FREE] * (128 - len(fat))
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header += struct.pack("<108I", *[FREE] * 108)
    root = _entry("Root Entry", 5, END, 0)
    book = _entry("Workbook", 2, 2, len(stream) if length is None else length)
    directory = (root + book).ljust(SECTOR, b"\0")
    return header + struct.pack("<128I", *fat) + directory + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, length: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1)
    return (
        head
        + struct.pack("<III", FREE, FREE, FREE)
        + bytes(36)
        + struct.pack("<III", start, length, 0)
    )
