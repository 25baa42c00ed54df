"""The parts of an XLSX file, written by hand: the standard library only, so that a function that
attaches one pays nothing at import (docs/decisions/0009-workbooks-written-by-hand.md).
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

Value = str | Decimal | date | None

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH = date(1899, 12, 30)
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time in the archive: the same cells give the same bytes."""
_LONGEST = 32_000
"""Characters of a cell: spreadsheets refuse a file with more than 32,767."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ROOT = f"""{XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""


def build_package(sheets: Mapping[str, str], styles: str, *, hidden: Sequence[str] = ()) -> bytes:
    """sheets: the XML of each by its name, in their order; styles: what `styleSheet` holds."""
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _workbook(sheets, hidden),
        "xl/_rels/workbook.xml.rels": _relations(len(sheets)),
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets.values(), 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _ALWAYS)
            archive.writestr(entry, text, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def cell_xml(place: str, value: Value, style: int = 0) -> str:
    """A text is an inline string whatever it begins with: no program runs it as a formula."""
    look = f' s="{style}"' if style else ""
    if value is None or value == "":
        return f'<c r="{place}"{look}/>' if style else ""
    if isinstance(value, date):
        return f'<c r="{place}"{look}><v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, Decimal):
        return f'<c r="{place}"{look}><v>{value:f}</v></c>'
    text = f'<t xml:space="preserve">{escape(plain_text(value))}</t>'
    return f'<c r="{place}"{look} t="inlineStr"><is>{text}</is></c>'


def plain_text(text: str) -> str:
    """What XML may hold, and what no spreadsheet takes for one of its own escapes."""
    return _LOOKS_ESCAPED.sub("_x005F_", _NO_XML.sub("", text)[:_LONGEST])


def letters(index: int) -> str:
    """Of a column, from 0: A … Z, AA …"""
    found, rest = "", index + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        found = chr(ord("A") + last) + found
    return found


def _types(count: int) -> str:
    parts = {"workbook": "sheet.main", "styles": "styles"}
    parts |= {f"worksheets/sheet{n}": "worksheet" for n in range(1, count + 1)}
    listed = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_MS}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{listed}</Types>"
    )


def _workbook(names: Mapping[str, str], hidden: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}"'
        f'{" state=" + quoteattr("hidden") if name in hidden else ""} r:id="r{n}"/>'
        for n, name in enumerate(names, 1)
    )
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{sheets}</sheets></workbook>'


def _relations(count: int) -> str:
    listed = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    styles = f'<Relationship Id="r{count + 1}" Type="{REL}/styles" Target="styles.xml"/>'
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}{styles}</Relationships>'
