"""Refuse what could exhaust memory, before any library opens it."""

import io
import struct
import zipfile
from dataclasses import dataclass

from relance.adapters.balance_files.errors import BalanceRefused

_END_MARK = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_BYTES_PER_PART = 400
"""Of the directory of an archive: a header of 46 bytes, a name and its extra fields."""


@dataclass(frozen=True, slots=True)
class SafetyLimits:
    """Sizes in bytes. A workbook unpacks to `unpacked`, at `ratio` to one once it is large; a
    ledger in text or XML is read line by line and may be of `ledger` (a million lines); the texts
    of the cells, each with its own copy, may come to `text`: readers make three or four.
    """

    size: int = 60_000_000
    ledger: int = 150_000_000
    unpacked: int = 400_000_000
    text: int = 200_000_000
    ratio: int = 150
    columns: int = 500
    cells: int = 12_000_000
    parts: int = 5_000
    records: int = 3_000_000


def check_ledger_size(content: bytes, limits: SafetyLimits) -> None:
    if len(content) > limits.ledger:
        raise BalanceRefused("file-too-large", {"limit": str(limits.ledger)})


def check_size(content: bytes, limits: SafetyLimits) -> None:
    if len(content) > limits.size:
        raise BalanceRefused("file-too-large", {"limit": str(limits.size)})
    if not content.strip():
        raise BalanceRefused("file-empty")


def check_width(width: int, limits: SafetyLimits) -> None:
    if width > limits.columns:
        raise BalanceRefused("too-many-columns", {"limit": str(limits.columns)})


def check_texts(shown: int, limits: SafetyLimits) -> None:
    """shown: bytes of text of all cells, each with its own copy."""
    if shown > limits.text:
        raise BalanceRefused("workbook-texts-too-long", {"limit": str(limits.text)})


def open_archive(content: bytes, limits: SafetyLimits) -> zipfile.ZipFile:
    """The archive of a workbook, once its directory promises a reasonable size."""
    _check_directory(content, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BalanceRefused("workbook-damaged") from error
    parts = archive.infolist()
    _check_names(parts)
    unpacked = sum(part.file_size for part in parts)
    crowded = unpacked > 10_000_000 and unpacked > limits.ratio * len(content)
    if unpacked > limits.unpacked or crowded:
        raise BalanceRefused("decompression-bomb", {"unpacked": str(unpacked)})
    return archive


def _check_directory(content: bytes, limits: SafetyLimits) -> None:
    """Its end says how many parts there are: a million of them would fill memory by their names."""
    at = content.rfind(_END_MARK, max(0, len(content) - _END_SIZE - _LONGEST_COMMENT))
    if at < 0 or at + _END_SIZE > len(content):
        raise BalanceRefused("workbook-damaged")
    count, size = struct.unpack_from("<HI", content, at + 10)
    if count > limits.parts or size > limits.parts * _BYTES_PER_PART:
        raise BalanceRefused("archive-too-many-parts", {"limit": str(limits.parts)})


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.replace("\\", "/") for part in parts]
    if any(name.startswith("/") or ":" in name or ".." in name.split("/") for name in names):
        raise BalanceRefused("archive-paths")
    # Two parts of one name, or bytes before the first: two readers may see two different files.
    if len(set(names)) < len(names) or (parts and min(part.header_offset for part in parts)):
        raise BalanceRefused("workbook-damaged")
