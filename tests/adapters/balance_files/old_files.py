"""XLS files written by hand: an OLE container around a stream of BIFF records."""

import struct
from collections.abc import Sequence

SECTOR = 512
LONGEST = 8_224
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


def shared(*texts: str) -> bytes:
    """The list of texts that cells share, over as many records as it takes."""
    records, now = [], struct.pack("<II", len(texts), len(texts))
    for value in texts:
        letters = value.encode("latin-1")
        now += struct.pack("<HB", len(letters), 0)
        while len(now) + len(letters) > LONGEST:
            room = LONGEST - len(now)
            records.append(now + letters[:room])
            now, letters = b"\0", letters[room:]
        now += letters
    records.append(now)
    return record(0x00FC, records[0]) + b"".join(record(0x003C, one) for one in records[1:])


def shows(row: int, column: int, index: int) -> bytes:
    """A cell that shows a shared text."""
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, index))


def formula(row: int, tokens: bytes) -> bytes:
    head = struct.pack("<HHHdHIH", row, 0, 0, 1.0, 0, 0, len(tokens))
    return record(0x0006, head + tokens)


def named(name: str) -> bytes:
    """A range with a name."""
    return record(
        0x0018, bytes(3) + bytes([len(name)]) + bytes(10) + b"\0" + name.encode("latin-1")
    )


def biff(
    *cells: bytes, globals_: bytes = b"", sheets: int = 1, kind: int = 0, begin: int = 5
) -> bytes:
    """sheets: how many entries name the one sheet; kind: what they say it is; begin: what its own
    first record says.
    """
    end = record(0x000A)

    def first(what: int) -> bytes:
        return record(0x0809, struct.pack("<HH", 0x0600, what) + bytes(12))

    def entries(start: int) -> bytes:
        names = (f"F{index}".encode() for index in range(sheets))
        return b"".join(
            record(0x0085, struct.pack("<IBBBB", start, 0, kind, len(name), 0) + name)
            for name in names
        )

    before = first(5) + globals_ + entries(0) + end
    return first(5) + globals_ + entries(len(before)) + end + first(begin) + b"".join(cells) + end


def xls(
    stream: bytes,
    *,
    chain: Sequence[int] | None = None,
    length: int | None = None,
    storages: Sequence[str] = (),
) -> bytes:
    """The table, the directory, then the stream, long enough to be no small one.

    chain: the sectors of the stream, as the table links them (from sector 2, with a table of one);
    length: as the directory says; storages: names that stand in the directory beside it.
    """
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    entries = _entry("Root Entry", 5, END, 0) + b"".join(_entry(name, 1, 0, 0) for name in storages)
    listed = -(-(2 + len(storages)) // (SECTOR // 128))
    tables = 1
    while tables * 128 < tables + listed + count:
        tables += 1
    start = tables + listed
    directory = [*range(tables + 1, start), END]
    followed = [*range(start + 1, start + count), END] if chain is None else list(chain)
    fat = [TABLE] * tables + directory + followed
    fat += [FREE] * (tables * 128 - len(fat))
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    book = _entry("Workbook", 2, start, len(stream) if length is None else length)
    written = (entries + book).ljust(listed * SECTOR, b"\0")
    return (
        header + struct.pack(f"<{len(fat)}I", *fat) + written + stream.ljust(count * SECTOR, b"\0")
    )


def _entry(name: str, kind: int, start: int, length: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1)
    return (
        head
        + struct.pack("<III", FREE, FREE, FREE)
        + bytes(36)
        + struct.pack("<III", start, length, 0)
    )
