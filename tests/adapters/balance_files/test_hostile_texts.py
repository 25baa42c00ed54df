"""A text said once and shown by a million cells is refused before each of them gets its copy."""

import struct

import pytest

from relance.adapters.balance_files import SafetyLimits, read_table
from tests.adapters.balance_files.binary_files import part, sheet_of, xlsb
from tests.adapters.balance_files.old_files import biff, shared, shows, xls
from tests.adapters.balance_files.packed import ods, ods_row
from tests.adapters.balance_files.test_hostile_files import TOO_LONG, code_of, unread

LONG = "x" * 30_000
SMALL = SafetyLimits(text=200_000)


def in_xlsb(cells: int) -> bytes:
    return xlsb([(row, 0, 0) for row in range(cells)], [LONG])


def in_xls(cells: int) -> bytes:
    return xls(biff(*(shows(row, 0, 1) for row in range(cells)), globals_=shared("Client", LONG)))


def cell(value: str, about: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{about}><text:p>{value}</text:p>'
        "</table:table-cell>"
    )


def row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def across(times: int) -> str:
    return f' table:number-columns-repeated="{times}"'


@pytest.mark.parametrize(
    "content",
    [
        in_xlsb(10_000),
        in_xls(10_000),
        ods(row(cell(LONG), 10_000)),
        ods(row(cell(LONG, across(400))) * 20),
        ods(row(cell(LONG, across(200)), 200)),
        ods(row(cell('a<text:s text:c="999999999"/>b'))),
        ods(row(cell("a" + '<text:s text:c="1999999"/>' * 101))),
        ods(row(f'<table:table-cell office:string-value="{LONG}"{across(400)}/>', 20)),
        ods(row(f'<table:table-cell office:date-value="{LONG}"{across(400)}/>', 20)),
        ods(
            row(
                f'<table:table-cell office:value-type="float" office:value="1" '
                f'table:formula="{LONG}"{across(400)}/>',
                20,
            )
        ),
    ],
)
def test_a_long_text_that_very_many_cells_show(content: bytes) -> None:
    assert code_of(content) == TOO_LONG


@pytest.mark.parametrize(
    ("few", "many"),
    [
        (in_xlsb(3), in_xlsb(4)),
        (in_xls(6), in_xls(7)),
        (ods(row(cell(LONG), 6)), ods(row(cell(LONG), 7))),
        (ods(row(cell(LONG, across(3)), 2)), ods(row(cell(LONG, across(4)), 2))),
    ],
)
def test_what_is_counted_is_what_the_cells_show(few: bytes, many: bytes) -> None:
    """Two bytes a letter in XLSB, one in XLS and ODS."""
    table = read_table(few, SMALL)
    assert {cell for row in table.sheets[0].rows for cell in row} == {LONG}
    assert code_of(many, SMALL) == TOO_LONG


def test_a_shared_text_without_letters_of_its_own_in_xlsb() -> None:
    """A reader gives it those of the text before: two bytes become thirty thousand."""
    content = xlsb([(0, 0, 3)], [LONG], after_shared=b"\x13\x00" * 3, count=4)
    assert code_of(content) == "workbook-damaged"


def test_shared_texts_that_a_reader_of_xlsb_skips() -> None:
    """They would shift the places of those that it takes."""
    unused = part(0x13, b"\0\1\0\0\0a\0")
    skipped = part(0x23) + unused + part(0x24)
    text = part(0x13, b"\0" + struct.pack("<I", len(LONG)) + LONG.encode("utf-16-le"))
    content = xlsb([(at, 0, 0) for at in range(4)], after_shared=skipped + text, count=1)
    assert code_of(content, SMALL) == TOO_LONG
    assert read_table(content).sheets[0].rows == [[LONG]] * 4


def test_an_xlsb_sheet_under_another_name() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="worksheet" Target="worksheets/image1.png"/></Relationships>'
    )
    sheet = sheet_of([(0, 0, "a"), (300_000, 100, "b")])
    others = {"xl/worksheets/image1.png": sheet, "xl/_rels/workbook.bin.rels": relations.encode()}
    assert code_of(xlsb([(0, 0, "a")], others=others)) == "too-many-cells"
    others["xl/worksheets/image1.png"] = sheet_of([(0, 0, "a"), (1, 0, "b")])
    assert read_table(xlsb([(0, 0, "a")], others=others)).sheets[0].rows == [["a"], ["b"]]


def test_bytes_that_are_no_sheet_are_not_taken_for_one() -> None:
    others = {"xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 50}
    assert read_table(xlsb([(0, 0, "a")], others=others)).sheets[0].rows == [["a"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ods(row(cell("x"), 9_000_000)), "too-many-cells"),
        (ods(row(cell("x")).replace('"1"', "'3000000'")), "too-many-cells"),
        (ods(row(cell("x")).replace('"1"', '"&#51;000000"')), "too-many-cells"),
        (ods(row(cell("x")).replace('="1"', ' = "3000000"')), "too-many-cells"),
        (ods(row(cell("x")).replace(" table:", f' a="{LONG}" table:').replace('"1"', '"3000000"')),
         "too-many-cells"),
        (ods(row("", 1_000_000) + row(cell("x") * 40)), "too-many-cells"),
        (ods(row(cell("x") * 40) + row("", 1_000_000) + row(cell("x"))), "too-many-cells"),
        (ods(row(cell("x")).replace('"1"', '"-5"')), "workbook-damaged"),
        (ods(row(cell("x")).replace('"1"', '"99999999999999"')), "workbook-damaged"),
        (ods(row(cell(f"<table:table>{row(cell(LONG))}</table:table>"), 9_000)),
         "workbook-damaged"),
        (ods(row(cell("x")) + "<a b='" + "x" * 9_000_000 + "'/>"), "workbook-damaged"),
    ],
)  # fmt: skip
def test_rows_of_ods_however_they_are_written(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_blanks_are_counted_as_what_they_unfold_to() -> None:
    limits = SafetyLimits(text=1_000, cells=1_000)
    blanks = '<text:s text:c="{}"/>'
    rows = read_table(ods(row(cell(blanks.format(998)))), limits).sheets[0].rows
    assert rows == [[" " * 998]]
    assert code_of(ods(row(cell(blanks.format(1_000)))), limits) == TOO_LONG
    assert len(read_table(ods(row("", 99) + row(cell("x") * 10)), limits).sheets[0].rows) == 100
    assert unread(ods(row("", 100) + row(cell("x") * 10)), limits) == "too-many-cells"


def test_several_tables_share_the_limit() -> None:
    table = row(cell("x", across(100)), 1_000) + "</table:table><table:table table:name='G'>"
    assert code_of(ods(table * 2 + row(cell("x"))), SafetyLimits(cells=199_999)) == "too-many-cells"
    assert len(read_table(ods(table * 2 + row(cell("x"))), SafetyLimits(cells=200_001)).sheets) == 3


def test_blank_rows_to_the_end_of_the_sheet_cost_nothing() -> None:
    """As LibreOffice writes them, with a note at the end of the table."""
    tail = row(f"<table:table-cell{across(16_384)}/>", 1_048_000)
    note = '<table:shapes xmlns:draw="d"><draw:frame><text:p>a note</text:p></draw:frame></table:shapes>'  # noqa: E501
    rows = read_table(ods(ods_row("Client") + tail + note)).sheets[0].rows
    assert rows == [["Client"]]
