"""Workbooks (XLSX, XLSB, XLS, ODS) to a table, through python-calamine.

calamine hands numbers over as floats: the shortest decimal that gives the float back is what the
cell shows, and the float is dropped at once.
"""

import io
import math
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.safety import (
    SafetyLimits,
    check_sheets,
    check_width,
    open_archive,
)
from relance.adapters.balance_files.table import Cell, Sheet, Table

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEMBERS = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"))


def is_workbook(content: bytes) -> bool:
    return content.startswith((_ZIP, _OLE))


def read_workbook(content: bytes, limits: SafetyLimits) -> Table:
    """Raises `BalanceRefused` for an archive that is no workbook, damaged, locked or a bomb."""
    kind = "xls" if content.startswith(_OLE) else _archive_kind(content, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return Table(kind, tuple(_sheets(workbook, limits)))
    except PasswordError as error:
        raise BalanceRefused("workbook-encrypted") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise BalanceRefused("workbook-damaged") from error
    except BaseException as error:
        # A panic of the Rust reader derives from BaseException, and is a damaged file here.
        if type(error).__name__ == "PanicException":
            raise BalanceRefused("workbook-damaged") from error
        raise


def _archive_kind(content: bytes, limits: SafetyLimits) -> str:
    with open_archive(content, limits) as archive:
        names = set(archive.namelist())
        kind = next((kind for member, kind in _MEMBERS if member in names), None)
        if kind is None and "content.xml" in names and "mimetype" in names:
            declared = archive.read("mimetype")
            kind = "ods" if b"opendocument.spreadsheet" in declared else None
        if kind is None:
            raise BalanceRefused("not-a-spreadsheet")
        check_sheets(archive, limits)
    return kind


def _sheets(workbook: CalamineWorkbook, limits: SafetyLimits) -> Iterator[Sheet]:
    for about in workbook.sheets_metadata:
        if about.typ is SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_name(about.name)
            check_width(sheet.total_width, limits)
            rows = _rows(sheet)
            hidden = about.visible is not SheetVisibleEnum.Visible
            yield Sheet(about.name, rows, range(1, len(rows) + 1), hidden)


def _rows(sheet: CalamineSheet) -> list[list[Cell]]:
    return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return Decimal(repr(value)) if math.isfinite(value) else str(value)
    if isinstance(value, int):
        return Decimal(value)
    return value if isinstance(value, date | datetime) else str(value)
