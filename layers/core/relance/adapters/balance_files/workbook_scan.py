"""One pass over the parts of a workbook, piece by piece, before a library opens it.

What a hostile file may try is refused; what the library does not tell (hidden rows, error cells,
formulas nobody computed) is noted. Reading each part to its end also proves that the directory
told the truth (size and CRC).
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from relance.adapters.balance_files.binary_sheets import check_xlsb
from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.ods_scan import OdsScan
from relance.adapters.balance_files.safety import SafetyLimits, check_width
from relance.adapters.balance_files.sheet_xml import check_shared, usual

_PIECE = 1_000_000
_LONGEST_ROW = 8_000_000
_MACROS = re.compile(r"vbaproject|/macrosheets/|^(?:basic|scripts)/", re.IGNORECASE)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_XML = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")
_PROGRAMS = re.compile(rb"<(?:\w{1,20}:)?(?:ddeLink|oleLink)\b")
_HIDDEN = rb"\b[^<>]{0,400}\bhidden=\"(?:1|true)\""
_HIDDEN_ROW = re.compile(rb"<(?:\w{1,20}:)?row" + _HIDDEN)
_HIDDEN_COLUMN = re.compile(rb"<(?:\w{1,20}:)?col" + _HIDDEN)
_ERROR = re.compile(
    rb'<(?:\w{1,20}:)?c ([^<>]{0,300}\bt="e"[^<>]{0,300})>'
    rb"(?:<(?:\w{1,20}:)?f\b[^<>]{0,500}>(?:[^<]{0,9000}</(?:\w{1,20}:)?f>)?)?"
    rb"<(?:\w{1,20}:)?v>(#[^<]{1,20})</"
)
_FORMULA = re.compile(
    rb"<(?:\w{1,20}:)?c ([^<>]{0,300})>"
    rb"<(?:\w{1,20}:)?f\b[^<>]{0,500}(?:/>|>[^<]{0,9000}</(?:\w{1,20}:)?f>)"
    rb"(<(?:\w{1,20}:)?v ?/>|<(?:\w{1,20}:)?v></(?:\w{1,20}:)?v>)?</(?:\w{1,20}:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_MOST_ERRORS = 100_000


@dataclass(slots=True)
class SheetFacts:
    """width, height: of the smallest rectangle that holds its cells, never under the truth.

    errors: (row, column, text) of the cells that show an error, counted from 0; shared: how many
    cells show a text of the list that all share.
    """

    width: int = 0
    height: int = 0
    shared: int = 0
    hidden: set[str] = field(default_factory=set)
    errors: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class WorkbookFacts:
    """sheets: by the name of their part."""

    warnings: set[str] = field(default_factory=set)
    sheets: dict[str, SheetFacts] = field(default_factory=dict)


def scan(archive: zipfile.ZipFile, limits: SafetyLimits) -> WorkbookFacts:
    facts = WorkbookFacts()
    for entry in archive.infolist():
        if _MACROS.search(entry.filename):
            raise BalanceRefused("workbook-has-macros")
        if "externallinks/" in entry.filename.lower():
            facts.warnings.add("external-links")
        _scan_part(archive, entry, limits, facts)
    for sheet in facts.sheets.values():
        facts.warnings.update(sheet.hidden)
    _check_shared(archive, facts, limits)
    return facts


def _check_shared(archive: zipfile.ZipFile, facts: WorkbookFacts, limits: SafetyLimits) -> None:
    cells = sum(sheet.shared for sheet in facts.sheets.values())
    for entry in archive.infolist():
        if "sharedstrings" in entry.filename.lower() and cells * entry.file_size > limits.text:
            sheets = (pieces(_bytes(archive, archive.getinfo(name))) for name in facts.sheets)
            check_shared(cells, _bytes(archive, entry), sheets, limits)


def _scan_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: SafetyLimits, facts: WorkbookFacts
) -> None:
    name = entry.filename
    is_sheet = "worksheets/" in name
    if is_sheet and name.endswith(".bin"):
        check_xlsb(_bytes(archive, entry), limits)
        return
    sheet, ods = SheetFacts(), OdsScan()
    is_ods = name == "content.xml"
    first = True
    for piece in pieces(_bytes(archive, entry)):
        if name.endswith((".xml", ".rels")):
            _check_xml(piece, first=first)
        first = False
        if is_sheet:
            _scan_sheet(piece, sheet, limits)
        elif is_ods:
            ods.look(piece, limits, facts.warnings)
    if is_sheet:
        facts.sheets[name] = sheet


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise BalanceRefused("workbook-damaged") from error
    except RuntimeError as error:
        raise BalanceRefused("workbook-encrypted") from error


def pieces(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Cut after a row, so that no cell is split; a part without rows comes cut anywhere, with an
    overlap that no tag we look for exceeds.
    """
    rest = b""
    for piece in stream:
        rest += piece
        cut = rest.rfind(b"row>") + 4
        if cut >= 4:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_ROW:
            yield rest
            rest = rest[-1_000:]
    if rest:
        yield rest


def _check_xml(piece: bytes, *, first: bool) -> None:
    if first and piece.startswith(_WIDE_XML):
        raise BalanceRefused("workbook-damaged")
    if b"!" in piece and b"<!" in piece and _ENTITIES.search(piece):
        raise BalanceRefused("xml-entities")
    if b"eLink" in piece and _PROGRAMS.search(piece):
        raise BalanceRefused("workbook-runs-programs")


def _scan_sheet(xml: bytes, sheet: SheetFacts, limits: SafetyLimits) -> None:
    """Two cells far apart make a reader allocate everything between: bound the rectangle."""
    xml = usual(xml)
    sheet.shared += xml.count(b' t="s"')
    for name, row in set(_beyond(min(sheet.width, 26)).findall(xml)):
        sheet.width = max(sheet.width, column_number(name))
        sheet.height = max(sheet.height, int(row or 0))
    check_width(sheet.width, limits)
    if sheet.width * sheet.height > limits.cells:
        raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})
    _note(xml, sheet)


@cache
def _beyond(width: int) -> re.Pattern[bytes]:
    """References to a column after this one, or to a row of six figures: few in a usual sheet."""
    after = b"|[%c-Z]" % (65 + width) if width < 26 else b""
    return re.compile(rb' r="(?:([A-Z]{2,7}' + after + rb")(?=\d)|[A-Z]?(?=\d{6}))(\d{6,9})?")


def _note(xml: bytes, sheet: SheetFacts) -> None:
    if b"hidden=" in xml:
        if _HIDDEN_ROW.search(xml):
            sheet.hidden.add("hidden-rows")
        if _HIDDEN_COLUMN.search(xml):
            sheet.hidden.add("hidden-columns")
    if b't="e"' in xml and len(sheet.errors) < _MOST_ERRORS:
        for attributes, text in _ERROR.findall(xml):
            if place := _PLACE.search(attributes):
                at = int(place[2]) - 1, column_number(place[1]) - 1
                sheet.errors.append((*at, text.decode("ascii", "replace")))
    if b"><f" in xml or b":f" in xml:
        _check_computed(xml)


def _check_computed(xml: bytes) -> None:
    """Programs write formulas without their values; a blank there would be read as nothing owed."""
    for attributes, value in _FORMULA.findall(xml):
        if value and b't="str"' in attributes:
            continue  # a text that is empty
        place = _PLACE.search(attributes)
        cell = (place[1] + place[2]).decode() if place else "?"
        raise BalanceRefused("workbook-not-calculated", {"cell": cell})


def column_number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
