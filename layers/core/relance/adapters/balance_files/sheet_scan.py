"""The XML of a sheet, piece by piece, by patterns that cost less than reading it: how far its
cells reach, how many show a shared text, and what the library does not tell (hidden rows, error
cells, formulas nobody computed).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.safety import SafetyLimits, check_width

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
_ROW = re.compile(rb'<row r="(\d{1,9})"')
_ANY_ROW = re.compile(rb"<(?:\w{1,20}:)?row(?=[\s/>])([^<>]{0,400})")
_ANY_CELL = re.compile(rb"<(?:\w{1,20}:)?c(?=[\s/>])([^<>]{0,400})")
_HAS_PLACE = re.compile(rb"(?<![\w:.-])r\s*=")
# Whatever stands around an attribute: quotes of either kind, spaces, lines.
_UNUSUAL = re.compile(rb"\s(r|t|hidden)\s*=\s*['\"]\s*([^'\"<>]{0,40}?)\s*['\"]")
# The sign of an attribute that is not set as every writer we know sets them.
_ODD_SIGN = re.compile(rb"=(?:(?<=\s=)|(?=['\s]))")
_ANY_PLACE = re.compile(rb"(?<![\w:.-])r\s*=\s*['\"]\s*([A-Za-z]{0,7})(\d{1,9})")
_EDGE = r"[\s'\"]"
_ANY_SHARED = re.compile(rb"t\s*=\s*['\"]s['\"]")


@dataclass(slots=True)
class SheetFacts:
    """width, height: of the smallest rectangle that holds its cells, under the truth by a tenth
    at the most; nameless: rows that do not say their number and take the one after the last, and
    the most cells of a row that do not say their place.

    errors: (row, column, text) of the cells that show an error, counted from 0; shared: how many
    cells show a text of the list that all share.
    """

    width: int = 0
    height: int = 0
    nameless_rows: int = 0
    nameless_cells: int = 0
    shared: int = 0
    hidden: set[str] = field(default_factory=set)
    errors: list[tuple[int, int, str]] = field(default_factory=list)


def scan_sheet(xml: bytes, sheet: SheetFacts, limits: SafetyLimits) -> None:
    """Two cells far apart make a reader allocate everything between: bound the rectangle."""
    plain = not _ODD_SIGN.search(xml)
    sheet.shared += xml.count(b't="s"') if plain else len(_ANY_SHARED.findall(xml))
    if not plain or not _all_say_their_place(xml):
        _count_nameless(xml, sheet)
    _reach(xml, sheet, plain=plain)
    width = sheet.width + sheet.nameless_cells
    check_width(width, limits)
    if width * (sheet.height + sheet.nameless_rows) > limits.cells:
        raise BalanceRefused("too-many-cells", {"limit": str(limits.cells)})
    _note(xml if plain else _UNUSUAL.sub(rb' \1="\2"', xml), sheet)


def _all_say_their_place(xml: bytes) -> bool:
    """Of most pieces, four counts prove it."""
    prefixed = b":" in xml and (b":row" in xml or b":c" in xml)
    return not prefixed and (
        xml.count(b"<row") == xml.count(b'<row r="') and xml.count(b"<c") == xml.count(b'<c r="')
    )


def _count_nameless(xml: bytes, sheet: SheetFacts) -> None:
    abouts = _ANY_ROW.findall(xml)
    sheet.nameless_rows += sum(1 for about in abouts if not _HAS_PLACE.search(about))
    for row in xml.split(b"row>"):
        cells = sum(1 for about in _ANY_CELL.findall(row) if not _HAS_PLACE.search(about))
        sheet.nameless_cells = max(sheet.nameless_cells, cells)


def _reach(xml: bytes, sheet: SheetFacts, *, plain: bool) -> None:
    """The last row of a piece is the greatest, as a rule; the exceptions are looked for."""
    if last := _ROW.match(xml, max(0, xml.rfind(b'<row r="'))):
        sheet.height = max(sheet.height, int(last[1]))
    height = str(sheet.height)
    pattern = _beyond(column_name(sheet.width), height[:2], len(height)) if plain else _ANY_PLACE
    for name, row in set(pattern.findall(xml)):
        sheet.width = max(sheet.width, column_number(name))
        sheet.height = max(sheet.height, int(row))


@lru_cache(maxsize=256)
def _beyond(width: str, height: str, figures: int) -> re.Pattern[bytes]:
    """References to a column after this one, or to a row of more figures or of greater ones: few
    in a usual sheet. height: its first two figures, so that one pattern serves many pieces.
    """
    columns = "|".join(_up_to(width, "A", "[A-Z]", len(width)))
    rows = "|".join(_up_to(height, "0", r"\d", figures))
    inside = rf'(?:{columns})?(?:{rows})"'
    return re.compile(rf'r="(?!{inside})(?<={_EDGE}r=")([A-Za-z]{{0,7}})(\d{{1,9}})'.encode())


def _up_to(last: str, first: str, any_one: str, length: int) -> Iterator[str]:
    """Patterns of all that is shorter, or as long and no greater in its first two signs."""
    if length > 1:
        yield f"{any_one}{{1,{length - 1}}}"
    if len(last) > 1 and last[0] > first:
        yield f"[{first}-{chr(ord(last[0]) - 1)}]{any_one}{{{length - 1}}}"
    if last:
        yield f"{last[:-1]}[{first}-{last[-1]}]{any_one}{{{length - len(last)}}}"


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
    if b"><f" in xml or (b":" in xml and b":f" in xml):
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
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number


def column_name(number: int) -> str:
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(65 + letter) + name
    return name
