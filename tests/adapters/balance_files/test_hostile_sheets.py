"""However a sheet is written, named or listed: nobody allocates what it only hints at."""

import time
from decimal import Decimal

import pytest

from relance.adapters.balance_files import SafetyLimits, read_table
from tests.adapters.balance_files.binary_files import xlsb
from tests.adapters.balance_files.packed import MAIN, changed, ods, ods_row, pack, unpack
from tests.adapters.balance_files.test_hostile_files import TOO_LONG, code_of, unread
from tests.builders_xlsx import build_xlsx

SHEET = "xl/worksheets/sheet1.xml"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="125000"><c r="CV125000"><v>1</v></c></row>'
LIMIT = SafetyLimits(cells=20_000)


def sheet(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def book(rows: str, after: str = "") -> bytes:
    return changed({SHEET: sheet(rows, after)})


def rows_of(content: bytes, limits: SafetyLimits | None = None) -> int:
    return len(read_table(content, limits or SafetyLimits()).sheets[0].rows)


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c s="0"r="CV125000"><v>1</v></c></row>',
        '<row><c r="cv125000"><v>1</v></c></row>',
        '<row r="125000"><c><v>1</v></c><c r="CV5"><v>1</v></c></row>',
        '<row r="9"><c r="A9"/></row><row r="10"><c r="KN99999"><v>1</v></c></row>',
        "<row r='9'><c r='A9'/></row><row r='10'><c r='KN99999'><v>1</v></c></row>",
        '<row r="50000"><c r="A50000"/></row><row r="50001"><c r="KN61000"><v>1</v></c></row>',
        "<row/>" * 60_000 + "<row>" + "<c/>" * 300 + "<c><v>1</v></c></row>",
        '<row><c r="KN1"/></row>' + "<x:row/>" * 60_000 + "<row><c><v>1</v></c></row>",
        '<row r="60000">' + "<c/>" * 300 + "<c><v>1</v></c></row>",
        '<row r="60000"><c r="GR60000"/>' + "<c/>" * 299 + "<c><v>1</v></c></row>",
    ],
)
def test_a_rectangle_too_large_to_hold(rows: str) -> None:
    assert unread(book(rows)) == "too-many-cells"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="{0}" spans="1:8" x:dy="0.2"><c r="AN{0}"><v>1</v></c></row>',
        "<row r='{0}'><c r='AN{0}'><v>1</v></c></row>",
        '<row spans="1:8" r="{0}">\n<c s="1" r="AN{0}"><v>1</v></c></row>\n',
        '<row spans="1:8"><c s="1" r="AN{0}"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 40 + "</row>",
        "<x:row r='{0}'><x:c r='AN{0}'><x:v>1</x:v></x:c></x:row>",
    ],
)
def test_sheets_of_every_writer_are_measured_to_the_cell(rows: str) -> None:
    """Two hundred rows of forty columns, the rectangle's cells at most counted twice."""
    written = "".join(rows.format(at) for at in range(1, 201))
    end = '<pageSetup firstPageNumber="4294967295" useFirstPageNumber="1"/>'
    rule = '<cfRule operator="greaterThan10"/><rowBreaks/><conditionalFormatting/>'
    assert rows_of(book(written, end + rule), LIMIT) == 200
    assert code_of(book(written, end + rule), SafetyLimits(cells=7_900)) == "too-many-cells"


def test_a_wide_and_long_sheet_is_read() -> None:
    """Its last cell lies within the first two figures of the number of its last row."""
    rows = "".join(f'<row r="{at}"><c r="SF{at}"><v>1</v></c></row>' for at in (1, 9, 10, 99, 123))
    table = read_table(book(rows)).sheets[0]
    assert (len(table.rows), table.rows[122][499]) == (123, Decimal(1))


@pytest.mark.parametrize(
    "path", ["xl/WORKSHEETS/sheet1.xml", "xl/worksheets\\sheet1.xml", "xl/other/a.dat"]
)
def test_a_sheet_under_another_name(path: str) -> None:
    parts = unpack(build_xlsx({"F": [["Client"]]}))
    relations = parts["xl/_rels/workbook.xml.rels"]
    assert isinstance(relations, bytes)
    target = path.removeprefix("xl/").replace("WORKSHEETS", "worksheets").encode()
    del parts[SHEET]
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(b"worksheets/sheet1.xml", target)
    near = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'
    assert unread(pack({**parts, path: sheet(FAR)})) == "too-many-cells"
    assert read_table(pack({**parts, path: sheet(near)})).sheets[0].rows == [["#N/A"]]


def named_twice(times: int) -> bytes:
    """A workbook whose every name leads to one sheet."""
    parts = unpack(build_xlsx({"F": [["Client", "Solde"], ["A" * 1_000, None]]}))
    xml = parts["xl/workbook.xml"]
    assert isinstance(xml, bytes)
    start, end = xml.index(b"<sheet "), xml.index(b"</sheets>")
    names = (xml[start:end].replace(b'"F"', b'"F%d"' % at) for at in range(times))
    return pack({**parts, "xl/workbook.xml": xml[:start] + b"".join(names) + xml[end:]})


def test_one_sheet_under_many_names() -> None:
    assert len(read_table(named_twice(10), SafetyLimits(cells=40, text=10_110)).sheets) == 10
    assert code_of(named_twice(10), SafetyLimits(cells=39)) == "too-many-cells"
    assert code_of(named_twice(10), SafetyLimits(text=10_109)) == TOO_LONG


def test_a_file_of_two_kinds() -> None:
    """Readers try one kind after the other: what one of them looked at, another may not read."""
    both = unpack(xlsb([(0, 0, "a")]))
    assert code_of(changed(both)) == "workbook-damaged"
    assert code_of(changed({name.upper(): part for name, part in both.items()})) == (
        "workbook-damaged"
    )
    assert code_of(changed(unpack(ods(ods_row("a"))))) == "workbook-damaged"


def shared(cells: str, texts: str) -> bytes:
    return changed({SHEET: sheet(f"<row>{cells}</row>"), "xl/sharedStrings.xml": texts})


LONG = "x" * 20_000
TEXTS = f"<sst><si><t>short</t></si><si><t>{LONG}</t></si></sst>"


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        ('<c t="s"><f/><v>1</v></c>', TEXTS),
        ('<c t="s"><v>0</v><v>1</v></c>', TEXTS),
        ("<c t = 's'><v>1</v></c>", TEXTS),
        ('<c t="s"><v>1</v></c>', TEXTS.replace("<si>", "<!--</si>--><si>", 1)),
        ('<c t="s"><v>1</v></c>', f"<sst><si><si/><t>a</t></si><si><t>{LONG}</t></si></sst>"),
        ('<c t="s"><v>0</v></c>', f"<sst><si><t>{LONG}</t><x:si xmlns:x='y'/></si></sst>"),
        ('<c t="s"><v>0</v></c>', f"<sst><si><t>{LONG}<!--</si>-->{LONG}</t></si></sst>"),
    ],
)
def test_a_shared_text_however_the_cells_say_it(cells: str, texts: str) -> None:
    limits = SafetyLimits(text=230_000)
    assert rows_of(shared(cells * 5, texts), limits) == 1
    assert code_of(shared(cells * 40, texts), limits) == TOO_LONG


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        ('<c t="s" x="><v>0</v></c><c y="><v>1</v></c>', TEXTS),
        ('<c s="0"t="s"><v>1</v></c>', TEXTS),
        ('<c t="s"><v>0</v></c>', f"<a:sst><a:si><a:t>{LONG}</a:t></b:si></a:si></a:sst>"),
    ],
)
def test_xml_that_readers_understand_differently(cells: str, texts: str) -> None:
    assert code_of(shared(cells * 40, texts), SafetyLimits(text=230_000)) == "workbook-damaged"


def merged(count: int, ranges: str) -> bytes:
    rows = [["Client", "N° pièce"], *([f"Client {at}", f"F{at}"] for at in range(count))]
    xml = unpack(build_xlsx({"F": rows}))[SHEET]
    assert isinstance(xml, bytes)
    cells = f"</sheetData><mergeCells>{ranges}</mergeCells>"
    return changed({SHEET: xml.decode().replace("</sheetData>", cells)})


def test_merged_cells_that_overlap() -> None:
    """No program writes them, and filling a million of them would take a day."""
    assert code_of(merged(999, '<mergeCell ref="A1:A1000"/>' * 3)) == "workbook-damaged"
    assert rows_of(merged(999, '<mergeCell ref="A1:A1000"/><mergeCell ref="B1:B1000"/>')) == 1_000
    assert rows_of(merged(9, '<mergeCell ref="A2:XFD1048576"/>')) == 10


def test_as_many_merged_customers_as_rows_take_no_time() -> None:
    """Each looked for its title in all the rows above: eight thousand rows took three seconds."""
    ranges = "".join(f'<mergeCell ref="A{at}:A{at + 1}"/>' for at in range(2, 16_000, 2))
    content = merged(16_000, ranges)
    begun = time.process_time()
    assert rows_of(content) == 16_001
    assert time.process_time() - begun < 4
