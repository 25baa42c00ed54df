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

from relance.adapters.balance_files.binary_sheets import XlsbScan
from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.macros import (
    check_ods_tag,
    check_package_tag,
    check_part_name,
    lists_parts,
)
from relance.adapters.balance_files.ods_scan import scan_ods
from relance.adapters.balance_files.safety import SafetyLimits
from relance.adapters.balance_files.shared_texts import check_shared
from relance.adapters.balance_files.sheet_scan import SheetFacts, scan_sheet
from relance.adapters.balance_files.xml_pass import walk

_PIECE = 1_000_000
_LONGEST_ROW = 8_000_000
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_XML = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")
_PROGRAMS = re.compile(rb"<(?:\w{1,20}:)?(?:ddeLink|oleLink)\b")
_CELLS_FOLLOW = b"sheetData"
_SHARED_BINARY = "xl/sharedstrings.bin"


@dataclass(slots=True)
class WorkbookFacts:
    """sheets: by the key of their part."""

    warnings: set[str] = field(default_factory=set)
    sheets: dict[str, SheetFacts] = field(default_factory=dict)


def part_key(name: str) -> str:
    """Readers find a part whatever its capitals and slashes."""
    return name.replace("\\", "/").lower()


def scan(archive: zipfile.ZipFile, kind: str, limits: SafetyLimits) -> WorkbookFacts:
    """kind: "xlsx", "xlsb" or "ods". Raises BalanceRefused."""
    facts = WorkbookFacts()
    for entry in archive.infolist():
        check_part_name(entry.filename)
        if "externallinks/" in entry.filename.lower():
            facts.warnings.add("external-links")
        if kind == "ods":
            _scan_ods_part(archive, entry, limits, facts)
        else:
            _scan_part(archive, entry, limits, facts)
    if kind == "xlsb":
        _scan_binary(archive, limits)
    for sheet in facts.sheets.values():
        facts.warnings.update(sheet.hidden)
    _check_shared(archive, facts, limits)
    return facts


def _check_shared(archive: zipfile.ZipFile, facts: WorkbookFacts, limits: SafetyLimits) -> None:
    cells = sum(sheet.shared for sheet in facts.sheets.values())
    parts = archive.infolist()
    for entry in parts:
        if "sharedstrings" in entry.filename.lower() and cells * entry.file_size > limits.text:
            sheets = [one for one in parts if part_key(one.filename) in facts.sheets]
            streams = (_bytes(archive, sheet) for sheet in sheets)
            check_shared(cells, _bytes(archive, entry), streams, limits)


def _scan_binary(archive: zipfile.ZipFile, limits: SafetyLimits) -> None:
    """A sheet is a part that holds cells, not one that is called so."""
    found = XlsbScan(limits)
    parts = archive.infolist()
    for entry in parts:
        if part_key(entry.filename) == _SHARED_BINARY:
            found.read_shared(_bytes(archive, entry))
    for entry in parts:
        found.check_sheet(_bytes(archive, entry))


def _scan_ods_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: SafetyLimits, facts: WorkbookFacts
) -> None:
    stream = _checked(_bytes(archive, entry), entry.filename)
    if entry.filename == "content.xml":
        facts.warnings |= scan_ods(stream, limits)
    elif entry.filename == "styles.xml":
        walk(stream, start=check_ods_tag)
    else:
        for _ in stream:
            pass


def _scan_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: SafetyLimits, facts: WorkbookFacts
) -> None:
    name = entry.filename
    stream = _bytes(archive, entry)
    if lists_parts(name):
        walk(_checked(stream, name), start=check_package_tag)
        return
    key = part_key(name)
    for piece in _checked(pieces(stream), name):
        if key not in facts.sheets:
            _check_programs(piece)
            if _CELLS_FOLLOW not in piece:
                continue
        scan_sheet(piece, facts.sheets.setdefault(key, SheetFacts()), limits)


def _checked(stream: Iterator[bytes], name: str) -> Iterator[bytes]:
    is_xml = name.lower().endswith((".xml", ".rels"))
    first = True
    for piece in stream:
        if is_xml:
            _check_xml(piece, first=first)
        first = False
        yield piece


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


def _check_programs(piece: bytes) -> None:
    if b"eLink" in piece and _PROGRAMS.search(piece):
        raise BalanceRefused("workbook-runs-programs")
