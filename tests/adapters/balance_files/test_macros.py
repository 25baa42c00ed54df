"""Workbooks that would run something are refused; what programs leave behind is no reason."""

import struct

import pytest

from relance.adapters.balance_files import read_table
from tests.adapters.balance_files.binary_files import part, xlsb
from tests.adapters.balance_files.old_files import biff, number, record, xls
from tests.adapters.balance_files.packed import changed, ods, ods_row, pack, unpack
from tests.adapters.balance_files.test_hostile_files import code_of

MACROS, PROGRAMS = "workbook-has-macros", "workbook-runs-programs"
RELATION = "http://schemas.microsoft.com/office/2006/relationships/"
OFFICE = "http://schemas.openxmlformats.org/package/2006/"


def relations(kind: str) -> str:
    return (
        f'<Relationships xmlns="{OFFICE}relationships">'
        f'<Relationship Id="r9" Type="{kind}" Target="a.bin"/></Relationships>'
    )


def types(entry: str) -> str:
    return f'<Types xmlns="{OFFICE}content-types">{entry}</Types>'


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/vbaProject.bin": b"\0"},
        {"xl/VBAPROJECT.BIN": b"\0"},
        {"xl/macrosheets/sheet1.xml": "<macrosheet/>"},
        {"xl/macrosheets/intlsheet1.xml": "<macrosheet/>"},
        {"xl/macroSheets/sheet1.bin": b"\0"},
        {"xl/_rels/a.rels": relations(RELATION + "vbaProject")},
        {"xl/_rels/a.rels": relations(RELATION + "xlMacrosheet")},
        {"xl/_rels/a.rels": relations(RELATION + "xlIntlMacrosheet")},
        {"XL/_RELS/A.RELS": relations(RELATION + "&#118;baProject")},
        {"[Content_Types].xml": types('<Override PartName="/xl/a.bin" ContentType='
                                      '"application/vnd.ms-office.vbaProject"/>')},
        {"[Content_Types].xml": types('<Override PartName="/xl/a.xml" ContentType='
                                      '"application/vnd.ms-excel.intlmacrosheet+xml"/>')},
        {"[Content_Types].xml": types('<Override PartName="/xl/a.bin" ContentType='
                                      '"application/vnd.ms-excel.macrosheet"/>')},
    ],
)  # fmt: skip
def test_office_packages(parts: dict[str, str | bytes]) -> None:
    assert code_of(changed(parts)) == MACROS
    others = {
        name: part.encode() if isinstance(part, str) else part for name, part in parts.items()
    }
    assert code_of(xlsb([(0, 0, "a")], others=others)) == MACROS


def test_a_workbook_that_was_saved_without_its_macros() -> None:
    """Its types still say that it might have some."""
    main = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    left = types(
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/>'
    )
    assert read_table(changed({"[Content_Types].xml": left})).format == "xlsx"


def test_a_link_of_xlsb_to_a_program() -> None:
    def link(kind: int) -> dict[str, bytes]:
        begin = part(0x168, struct.pack("<H", kind) + bytes(8))
        return {"xl/externalLinks/externalLink1.bin": begin + part(0x169)}

    assert code_of(xlsb([(0, 0, "a")], others=link(1))) == PROGRAMS
    assert code_of(xlsb([(0, 0, "a")], others=link(2))) == PROGRAMS
    assert read_table(xlsb([(0, 0, "a")], others=link(0))).warnings == ("external-links",)


@pytest.mark.parametrize("name", ["_VBA_PROJECT_CUR", "_vba_project_cur", "VBA", "_VBA_PROJECT"])
def test_storages_of_an_old_workbook(name: str) -> None:
    assert code_of(xls(biff(number(0, 0)), storages=[name])) == MACROS


def test_other_storages_of_an_old_workbook() -> None:
    names = ["\x05SummaryInformation", "_SX_DB_CUR", "MBD0001", "Ctls", "_VBA_PROJECT_OLD"]
    assert read_table(xls(biff(number(0, 0)), storages=names)).format == "xls"


def test_a_storage_that_was_deleted() -> None:
    content = bytearray(xls(biff(number(0, 0)), storages=["_VBA_PROJECT_CUR"]))
    content[1024 + 128 + 66] = 0
    assert read_table(bytes(content)).format == "xls"


def test_macro_sheets_of_an_old_workbook() -> None:
    """Excel 4.0 macros, and the modules of Excel 5."""
    assert code_of(xls(biff(number(0, 0), kind=1))) == MACROS
    assert code_of(xls(biff(number(0, 0), kind=6))) == MACROS
    assert code_of(xls(biff(number(0, 0), begin=0x40))) == MACROS
    assert read_table(xls(biff(number(0, 0), begin=0x10))).format == "xls"


def test_links_of_an_old_workbook() -> None:
    def linked(path: bytes, wide: int = 0) -> bytes:
        head = struct.pack("<HHB", 0, len(path) // (1 + wide), wide)
        return xls(biff(number(0, 0), globals_=record(0x01AE, head + path)))

    assert code_of(linked(b"cmd\x03/c calc")) == PROGRAMS
    assert code_of(linked("cmd\x03/c calc".encode("utf-16-le"), wide=1)) == PROGRAMS
    assert read_table(linked(b"\x01\x01Cfolder\x03other.xls")).format == "xls"
    assert read_table(linked("\x01Ã\u0103.xls".encode("utf-16-le"), wide=1)).format == "xls"
    itself = record(0x01AE, struct.pack("<HH", 1, 0x0401))
    assert read_table(xls(biff(number(0, 0), globals_=itself))).format == "xls"


EVENT = '<s:event-listener xmlns:s="urn:oasis:names:tc:opendocument:xmlns:script:1.0"/>'
CALL = '<text:a xmlns:l="http://www.w3.org/1999/xlink" l:href="{}">x</text:a>'
CELL = '<table:table-row><table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell></table:table-row>'  # noqa: E501


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (f"<office:scripts>{EVENT}</office:scripts>", MACROS),
        ("<office:scripts><office:script>Sub Main</office:script></office:scripts>", MACROS),
        (CELL.format(CALL.format("vnd.sun.star.script:Standard.M.Main?language=Basic")), MACROS),
        (CELL.format(CALL.format(" MACRO:///Standard.M.Main")), MACROS),
        ('<table:dde-links><table:dde-link/></table:dde-links>', PROGRAMS),
        ('<office:dde-source office:dde-application="soffice"/>', PROGRAMS),
    ],
)  # fmt: skip
def test_opendocument(rows: str, code: str) -> None:
    assert code_of(ods(ods_row("Client") + rows)) == code


@pytest.mark.parametrize(
    "name", ["Basic/script-lc.xml", "basic/Standard/a.xml", "Scripts/python/a.py"]
)
def test_libraries_of_opendocument(name: str) -> None:
    assert code_of(pack({**unpack(ods(ods_row("Client"))), name: b"<a/>"})) == MACROS


def test_styles_of_opendocument() -> None:
    def styled(inner: str) -> bytes:
        parts = unpack(ods(ods_row("Client")))
        return pack({**parts, "styles.xml": f"<styles>{inner}</styles>"})

    assert code_of(styled(EVENT)) == MACROS
    assert read_table(styled("<style/>")).format == "ods"


def test_an_ordinary_opendocument_sheet_is_read() -> None:
    """LibreOffice writes an empty list of scripts into each file; a link to a page is a link."""
    link = CALL.format("https://exemple.fr/macro:x")
    table = read_table(ods("<office:scripts/>" + CELL.format(link)))
    assert table.sheets[0].rows == [["x"]]
