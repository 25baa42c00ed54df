"""What a hostile file may try is refused with its own code, before memory suffers."""

import io
import time
import tracemalloc
import zipfile

import pytest

from relance.adapters.balance_files import BalanceRefused, SafetyLimits, read_balance, read_table
from relance.adapters.balance_files.meanings import ruined_meaning
from relance.adapters.balance_files.old_sheets import check_xls
from relance.adapters.balance_files.safety import open_archive
from relance.adapters.balance_files.workbook_scan import scan
from relance.adapters.balance_files.xlsx_reader import kind_of
from tests.adapters.balance_files.binary_files import xlsb
from tests.adapters.balance_files.packed import (
    changed,
    ods,
    ods_row,
    pack,
    unpack,
    with_sheet,
)
from tests.builders_xlsx import build_xlsx

PEAK = 40_000_000
TOO_LONG = "workbook-texts-too-long"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
REPEATED = ' table:number-rows-repeated="1000000"'
WIDE = '<table:table-cell table:number-columns-repeated="16000"/>'


def code_of(content: bytes, limits: SafetyLimits | None = None) -> str:
    """The refusal, reached without more memory than the file and a few pieces of it."""
    tracemalloc.start()
    try:
        with pytest.raises(BalanceRefused) as caught:
            read_balance(content, limits=limits or SafetyLimits())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < PEAK + 3 * len(content)
    return caught.value.code


def unread(content: bytes, limits: SafetyLimits | None = None) -> str:
    """The refusal, before any library opens the file."""
    with pytest.raises(BalanceRefused) as caught:
        look_at(content, limits or SafetyLimits())
    return caught.value.code


def look_at(content: bytes, limits: SafetyLimits) -> None:
    if not content.startswith(b"PK"):
        check_xls(content, limits)
        return
    with open_archive(content, limits) as archive:
        scan(archive, kind_of(archive), limits)


def doubled() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return pack_twice()


def pack_twice() -> bytes:
    out = io.BytesIO(build_xlsx({"F": [["Client"]]}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def bomb() -> bytes:
    return with_sheet(b"<worksheet>" + b"<row></row>" * 30_000_000)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/worksheets/sheet1.xml": LAUGHS}, "xml-entities"),
        ({"xl/sharedStrings.xml": LAUGHS}, "xml-entities"),
        ({"xl/worksheets/sheet1.xml": LAUGHS.encode("utf-16")}, "workbook-damaged"),
        ({"xl/vbaProject.bin": b"\0"}, "workbook-has-macros"),
        ({"xl/macrosheets/sheet1.xml": "<macrosheet/>"}, "workbook-has-macros"),
        ({"xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/>'
          "</externalLink>"}, "workbook-runs-programs"),
        ({"../../etc/cron.d/x": "x"}, "archive-paths"),
        ({"/etc/passwd": "x"}, "archive-paths"),
        ({"..\\x": "x"}, "archive-paths"),
        ({"C:/x": "x"}, "archive-paths"),
        ({f"a/{i}": b"" for i in range(6_000)}, "archive-too-many-parts"),
    ],
)  # fmt: skip
def test_parts_of_a_workbook_that_no_spreadsheet_needs(
    parts: dict[str, str | bytes], code: str
) -> None:
    assert code_of(changed(parts)) == code


def test_a_link_to_another_workbook_is_read_and_said() -> None:
    link = "<externalLink><externalBook/></externalLink>"
    rows = [["Client", "N° pièce", "Échéance", "Solde"], ["A", "F1", "31/12/2026", "1,00"]]
    reading = read_balance(changed({"xl/externalLinks/externalLink1.xml": link}, rows))
    assert "external-links" in reading.warnings


def test_decompression_bombs() -> None:
    assert code_of(bomb()) == "decompression-bomb"
    inner = pack({"a": bytes(20_000_000)})
    assert code_of(changed({"xl/media/image1.png": bytes(20_000_000)})) == "decompression-bomb"
    assert code_of(pack({"xl/workbook.xml": inner})) == "workbook-damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ods(ods_row("x", about=' table:number-rows-repeated="3000000"')), "too-many-cells"),
        (ods(ods_row(*"abcdefghijklmn", about=REPEATED)), "too-many-cells"),
        (ods(f"<table:table-row>{WIDE}{ods_row('x')[17:]}"), "too-many-columns"),
        (ods(ods_row("x").replace("<table:table-cell", WIDE[:-2])), "too-many-columns"),
        (xlsb([(1_000_000, 1, None), (1, 100, None)]), "too-many-cells"),
        (xlsb([(1, 16_000, None)]), "too-many-columns"),
        (pack({"mimetype": "text/plain", "content.xml": "<a/>"}), "not-a-spreadsheet"),
    ],
)
def test_cells_that_unfold(content: bytes, code: str) -> None:
    assert code_of(content) == code


def shared(text: str, cells: int) -> bytes:
    row = '<row><c r="A1" t="s"><v>1</v></c></row>'
    sheet = f"<worksheet><sheetData>{row * cells}</sheetData></worksheet>"
    texts = f"<sst><si><t>Client</t></si><si><t>{text}</t></si></sst>"
    return changed({"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": texts})


def test_one_long_text_that_all_cells_share() -> None:
    assert code_of(shared("x" * 30_000, 50_000)) == TOO_LONG


def test_a_long_text_that_few_cells_show() -> None:
    content = shared("x" * 2_000, 60)
    assert read_table(content, SafetyLimits(text=150_000)).format == "xlsx"
    assert code_of(content, SafetyLimits(text=100_000)) == TOO_LONG


@pytest.mark.parametrize(
    "place", ["r='CV125000'", 'r = "CV125000"', '\tr="CV125000"', "r=\n'CV125000'"]
)
def test_far_cells_however_they_are_written(place: str) -> None:
    xml = f"<worksheet><sheetData><row><c {place}><v>1</v></c></row></sheetData></worksheet>"
    assert unread(changed({"xl/worksheets/sheet1.xml": xml})) == "too-many-cells"


def test_an_archive_that_two_readers_see_differently() -> None:
    book = build_xlsx({"F": [["Client"]]})
    assert code_of(doubled()) == "workbook-damaged"
    assert code_of(b"PK\x03\x04 something else first" + book) == "workbook-damaged"
    assert code_of(b"%PDF-1.7\n" + book) == "not-a-spreadsheet"


def test_a_truncated_or_locked_workbook() -> None:
    book = build_xlsx({"F": [["Client"]]})
    for size in (30, len(book) // 2, len(book) - 10):
        assert code_of(book[:size]) == "workbook-damaged"
    locked = bytearray(book)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = locked.find(mark)
        while start >= 0:
            locked[start + at] |= 1
            start = locked.find(mark, start + 4)
    assert code_of(bytes(locked)) == "workbook-encrypted"


def test_a_workbook_without_cells() -> None:
    parts = unpack(build_xlsx({"F": [["Client"]]}))
    xml = parts["xl/workbook.xml"]
    assert isinstance(xml, bytes)
    start, end = xml.index(b"<sheet "), xml.index(b"</sheets>")
    assert code_of(pack({**parts, "xl/workbook.xml": xml[:start] + xml[end:]})) == (
        "workbook-without-sheet"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b";".join([b"Client"] * 10_000) + b"\n", "too-many-columns"),
        (b"x" * 61_000_000, "file-too-large"),
        (b"Client;Solde\n" + b"\0" * 1_000, "nul-bytes"),
    ],
)
def test_texts(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_one_line_that_never_ends() -> None:
    assert code_of(b"a" * 20_000_000) == "line-too-long"
    assert code_of(b"Client;Solde\n" + b"a" * 5_000_000) == "text-malformed"


@pytest.mark.parametrize("name", ["?" * 60, "??e" * 20, "é?" * 25 + "x", "Ω" * 40 + " a"])
def test_a_name_of_lost_letters_takes_no_time(name: str) -> None:
    """Found by tests/fuzz: each lost letter made the search for its meaning three times longer."""
    begun = time.process_time()
    assert ruined_meaning(name + "a") is None
    assert time.process_time() - begun < 1
