"""Refuse what could exhaust memory, before any library opens it."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from relance.adapters.balance_files.errors import BalanceRefused

_COLUMN = re.compile(rb' r="([A-Z]{1,7})')
_ROW = re.compile(rb'<row [^>]{0,200}?r="(\d{1,9})"')
_FAR_CELL = re.compile(rb' r="[A-Z]{1,7}(\d{6,})"')
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')


@dataclass(frozen=True, slots=True)
class SafetyLimits:
    """Sizes in bytes. A workbook unpacks to `unpacked`, at `ratio` to one once it is large; a
    ledger in text or XML is read line by line and may be of `ledger` (a million lines).
    """

    size: int = 60_000_000
    ledger: int = 150_000_000
    unpacked: int = 400_000_000
    ratio: int = 150
    columns: int = 500
    cells: int = 20_000_000


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


def open_archive(content: bytes, limits: SafetyLimits) -> zipfile.ZipFile:
    """The archive of a workbook, once its directory promises a reasonable size."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BalanceRefused("workbook-damaged") from error
    unpacked = sum(entry.file_size for entry in archive.infolist())
    crowded = unpacked > 10_000_000 and unpacked > limits.ratio * len(content)
    if unpacked > limits.unpacked or crowded:
        raise BalanceRefused("decompression-bomb", {"unpacked": str(unpacked)})
    return archive


def check_sheets(archive: zipfile.ZipFile, limits: SafetyLimits) -> None:
    """Two cells far apart make a reader allocate everything between: bound the rectangle.

    Reading each part to its end also proves that the directory told the truth (size and CRC).
    """
    for entry in archive.infolist():
        try:
            part = archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise BalanceRefused("workbook-damaged") from error
        except RuntimeError as error:
            raise BalanceRefused("workbook-encrypted") from error
        if "worksheets/" in entry.filename:
            _check_rectangle(part, limits)
        elif entry.filename == "content.xml":
            _check_repeats(part)


def _check_rectangle(xml: bytes, limits: SafetyLimits) -> None:
    width = max((_column_number(name) for name in set(_COLUMN.findall(xml))), default=0)
    check_width(width, limits)
    rows = {int(number) for number in _ROW.findall(xml)}
    rows.update(int(number) for number in _FAR_CELL.findall(xml))
    if width * max(rows, default=0) > limits.cells:
        raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})


def _check_repeats(xml: bytes) -> None:
    """ODS repeats cells and rows by a count; only blank ones are repeated beyond a sheet's size."""
    if any(int(count[:9]) > 2_000_000 for count in set(_REPEATED.findall(xml))):
        raise BalanceRefused("too-many-cells", {"limit": "2000000"})


def _column_number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
