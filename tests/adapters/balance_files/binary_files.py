"""Binary workbooks (XLSB) written by hand, record by record."""

import struct
from collections.abc import Mapping, Sequence

from tests.adapters.balance_files.packed import pack

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
Cell = tuple[int, int, int | str | None]
"""Row, column, and the index of a shared text, a text of its own, or nothing."""


def part(kind: int, data: bytes = b"") -> bytes:
    """A record: type in one or two bytes, length in as many as it takes."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, rest = b"", len(data)
    while rest > 0x7F:
        length, rest = length + bytes([rest & 0x7F | 0x80]), rest >> 7
    return head + length + bytes([rest]) + data


def wide(text: str) -> bytes:
    letters = text.encode("utf-16-le")
    return struct.pack("<I", len(letters) // 2) + letters


def xlsb(
    cells: Sequence[Cell],
    shared: Sequence[str] = (),
    *,
    after_shared: bytes = b"",
    count: int | None = None,
    others: Mapping[str, bytes] | None = None,
) -> bytes:
    """after_shared: records at the end of the list of texts; count: as the list declares."""
    sheets = part(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("F"))
    book = part(0x83) + part(0x8F) + sheets + part(0x90) + part(0x9D, bytes(26)) + part(0x84)
    texts = b"".join(part(0x13, b"\0" + wide(text)) for text in shared) + after_shared
    declared = struct.pack("<II", 0, len(shared) if count is None else count)
    relations = (
        f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_SHEET}" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return pack(
        {
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations,
            "xl/sharedStrings.bin": part(0x9F, declared) + texts + part(0xA0),
            "xl/worksheets/sheet1.bin": sheet_of(cells),
            **(others or {}),
        }
    )


def sheet_of(cells: Sequence[Cell]) -> bytes:
    body, last = b"", -1
    for row, column, value in cells:
        if row != last:
            body += part(0, struct.pack("<I", row) + bytes(21))
            last = row
        place = struct.pack("<II", column, 0)
        if isinstance(value, int):
            body += part(7, place + struct.pack("<I", value))
        else:
            body += part(1, place) if value is None else part(6, place + wide(value))
    return part(0x81) + part(0x94, bytes(16)) + part(0x91) + body + part(0x92) + part(0x82)
