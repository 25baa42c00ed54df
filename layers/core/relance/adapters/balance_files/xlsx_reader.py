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
from relance.adapters.balance_files.safety import (
    SafetyLimits,
    check_texts,
    check_width,
    open_archive,
)
from relance.adapters.balance_files.sheet_scan import SheetFacts
from relance.adapters.balance_files.table import Cell, Sheet, Table
from relance.adapters.balance_files.workbook_scan import WorkbookFacts, part_key, scan

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEMBERS = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"))
_SHEET = re.compile(rb'<(?:\w{1,20}:)?sheet [^<>]{0,2000}?\b\w{1,20}:id="([^"]{1,200})"')
_RELATION = re.compile(rb"<(?:\w{1,20}:)?Relationship [^<>]{0,2000}>")
_ID, _TARGET = re.compile(rb'\bId="([^"]*)"'), re.compile(rb'\bTarget="([^"]*)"')
_AS_IT_IS = frozenset({str, date, datetime})


def is_workbook(content: bytes) -> bool:
    return content.startswith((_ZIP, _OLE))


def read_workbook(content: bytes, limits: SafetyLimits) -> Table:
    """Raises `BalanceRefused` for an archive that is no workbook, damaged, locked or a bomb."""
    if content.startswith(_OLE):
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
        return self.facts.sheets.get(part_key(part)) or SheetFacts()


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
        kind = kind_of(archive)
        facts = scan(archive, kind, limits)
        return _Scanned(kind, facts, _parts(archive) if kind == "xlsx" else ())


def kind_of(archive: zipfile.ZipFile) -> str:
    """ "xlsx", "xlsb" or "ods". A file of two kinds at once is a different one to each reader."""
    names = {part_key(name) for name in archive.namelist()}
    kinds = [kind for member, kind in _MEMBERS if member in names]
    if {"content.xml", "mimetype"} <= names:
        declared = _small(archive, "mimetype")
        kinds += ["ods"] if b"opendocument.spreadsheet" in declared else []
    if len(kinds) > 1:
        raise BalanceRefused("workbook-damaged")
    if not kinds:
        raise BalanceRefused("not-a-spreadsheet")
    return kinds[0]


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
    room = _Room(limits)
    several = len(workbook.sheets_metadata) > 1
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ is SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_index(index)
            check_width(sheet.total_width, limits)
            room.take_cells(sheet)
            rows = _rows(sheet, found.sheet(index))
            if several:
                room.take_texts(rows)
            if spread(rows, sheet.merged_cell_ranges or ()):
                found.facts.warnings.add("merged-cells")
            hidden = about.visible is not SheetVisibleEnum.Visible
            yield Sheet(about.name, rows, range(1, len(rows) + 1), hidden)


@dataclass(slots=True)
class _Room:
    """What the sheets so far hold: many names may stand for one part, which was looked at once."""

    limits: SafetyLimits
    cells: int = 0
    texts: int = 0

    def take_cells(self, sheet: CalamineSheet) -> None:
        self.cells += (sheet.total_height + 1) * (sheet.total_width + 1)
        if self.cells > self.limits.cells:
            raise BalanceRefused("too-many-cells", {"limit": str(self.limits.cells)})

    def take_texts(self, rows: list[list[Cell]]) -> None:
        self.texts += sum([len(cell) for row in rows for cell in row if isinstance(cell, str)])
        check_texts(self.texts, self.limits)


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
