"""Workbooks (XLSX, XLSB, XLS, ODS) to a table, through python-calamine.

calamine hands numbers over as floats: the shortest decimal that gives the float back is what the
cell shows, and the float is dropped at once.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from relance.adapters.balance_files.merged_cells import spread
from relance.adapters.balance_files.old_sheets import check_xls
from relance.adapters.balance_files.safety import SafetyLimits, check_width, open_archive
from relance.adapters.balance_files.table import Cell, Sheet, Table
from relance.adapters.balance_files.workbook_scan import SheetFacts, WorkbookFacts, scan

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEMBERS = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"))
_VBA = "_VBA_PROJECT".encode("utf-16-le")
_SHEET = re.compile(rb'<(?:\w{1,20}:)?sheet [^<>]{0,2000}?\b\w{1,20}:id="([^"]{1,200})"')
_RELATION = re.compile(rb"<(?:\w{1,20}:)?Relationship [^<>]{0,2000}>")
_ID, _TARGET = re.compile(rb'\bId="([^"]*)"'), re.compile(rb'\bTarget="([^"]*)"')
_AS_IT_IS = frozenset({str, date, datetime})


def is_workbook(content: bytes) -> bool:
    return content.startswith((_ZIP, _OLE))


def read_workbook(content: bytes, limits: SafetyLimits) -> Table:
    """Raises `BalanceRefused` for an archive that is no workbook, damaged, locked or a bomb."""
    if content.startswith(_OLE):
        if _VBA in content:
            raise BalanceRefused("workbook-has-macros")
        check_xls(content, limits)
        found = _Scanned("xls", WorkbookFacts())
    else:
        found = _scanned(content, limits)
    sheets = _read(content, limits, found)
    if not sheets:
        raise BalanceRefused("workbook-without-sheet")
    return Table(found.kind, sheets, warnings=tuple(sorted(found.facts.warnings)))


@dataclass(frozen=True, slots=True)
class _Scanned:
    """parts: the part of each sheet in the order of the workbook, when they are known."""

    kind: str
    facts: WorkbookFacts
    parts: Sequence[str] = ()

    def sheet(self, index: int) -> SheetFacts:
        part = self.parts[index] if index < len(self.parts) else ""
        return self.facts.sheets.get(part) or SheetFacts()


def _read(content: bytes, limits: SafetyLimits, found: _Scanned) -> tuple[Sheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return tuple(_sheets(workbook, limits, found))
    except PasswordError as error:
        raise BalanceRefused("workbook-encrypted") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise BalanceRefused("workbook-damaged") from error
    except BaseException as error:
        # A panic of the Rust reader derives from BaseException, and is a damaged file here.
        if type(error).__name__ == "PanicException":
            raise BalanceRefused("workbook-damaged") from error
        raise


def _scanned(content: bytes, limits: SafetyLimits) -> _Scanned:
    with open_archive(content, limits) as archive:
        names = set(archive.namelist())
        kind = next((kind for member, kind in _MEMBERS if member in names), None)
        if kind is None and "content.xml" in names and "mimetype" in names:
            declared = _small(archive, "mimetype")
            kind = "ods" if b"opendocument.spreadsheet" in declared else None
        if kind is None:
            raise BalanceRefused("not-a-spreadsheet")
        facts = scan(archive, limits)
        return _Scanned(kind, facts, _parts(archive) if kind == "xlsx" else ())


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(1_000_000)
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return b""


def _parts(archive: zipfile.ZipFile) -> list[str]:
    targets = {}
    for relation in _RELATION.findall(_small(archive, "xl/_rels/workbook.xml.rels")):
        name, target = _ID.search(relation), _TARGET.search(relation)
        if name and target:
            path = target[1].decode("utf-8", "replace")
            targets[name[1]] = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return [targets.get(one, "") for one in _SHEET.findall(_small(archive, "xl/workbook.xml"))]


def _sheets(workbook: CalamineWorkbook, limits: SafetyLimits, found: _Scanned) -> Iterator[Sheet]:
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ is SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_index(index)
            check_width(sheet.total_width, limits)
            rows = _rows(sheet, found.sheet(index))
            if spread(rows, sheet.merged_cell_ranges or ()):
                found.facts.warnings.add("merged-cells")
            hidden = about.visible is not SheetVisibleEnum.Visible
            yield Sheet(about.name, rows, range(1, len(rows) + 1), hidden)


def _rows(sheet: CalamineSheet, facts: SheetFacts) -> list[list[Cell]]:
    """calamine shows an error cell as a blank: what the file says is put back."""
    kept = _AS_IT_IS
    known: dict[float, Decimal] = {}
    rows: list[list[Cell]] = [
        [value if value.__class__ in kept else _cell(value, known) for value in row]  # type: ignore[misc]  # the class was looked at
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for row, column, text in facts.errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return rows


def _cell(value: Any, known: dict[float, Decimal]) -> Cell:
    if value.__class__ is float:
        found = known.get(value)
        if found is not None:
            return found
        if not math.isfinite(value):
            return str(value)
        known[value] = found = Decimal(repr(value))
        return found
    if isinstance(value, bool):
        return str(value).lower()
    return Decimal(value) if isinstance(value, int) else str(value)
