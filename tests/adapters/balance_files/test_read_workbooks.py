"""Workbooks: sheets, native dates and numbers, and what a hostile archive may try."""

import io
import struct
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from relance.adapters.balance_files import (
    BalanceHints,
    BalanceQuestion,
    BalanceRefused,
    SafetyLimits,
    read_balance,
)
from tests.builders_xlsx import Value, build_xlsx

ITEMS: list[list[Value]] = [
    ["Balance au", date(2026, 9, 30)],
    [None],
    ["Client", "N° facture", "Date", "Échéance", "Montant TTC", "Reste dû (EUR)"],
    ["Dupont", 1001, date(2026, 8, 1), date(2026, 8, 31), 100.1, 0.30000000000000004],
    ["Durand", "F-2", date(2026, 8, 2), None, 50, 50],
    ["Total", None, None, None, None, 50.3],
]
SUMMARY: list[list[Value]] = [
    ["Client", "Non échu", "0-30", "Total"],
    ["Dupont", 0, 0.3, 0.3],
    ["Durand", 50, 0, 50],
    ["Total · 2 clients", 50, 0.3, 50.3],
]


def test_native_cells() -> None:
    reading = read_balance(build_xlsx({"Feuil1": ITEMS}), name="b.csv")
    first, second = reading.items
    assert (reading.format, reading.as_of) == ("xlsx", date(2026, 9, 30))
    assert (first.line, first.number, first.due_date) == (4, "1001", date(2026, 8, 31))
    assert (first.amount, first.open_amount) == (Decimal("100.1"), Decimal("0.3"))
    assert second.due_date is None
    assert reading.file_totals == {"EUR": Decimal("50.3")} == reading.totals
    assert reading.rows == len(ITEMS)


def test_the_sheet_of_items_is_preferred_and_the_summary_checks_it() -> None:
    reading = read_balance(build_xlsx({"Synthèse": SUMMARY, "Détail": ITEMS[:-1]}))
    assert len(reading.items) == 2
    assert reading.file_totals == {"EUR": Decimal("50.3")}
    wrong: list[list[Value]] = [*SUMMARY[:-1], ["Total", 50, 0.3, 60]]
    reading = read_balance(build_xlsx({"Synthèse": wrong, "Détail": ITEMS[:-1]}))
    assert "total-differs" in reading.warnings


def test_a_workbook_of_summaries_names_no_item() -> None:
    reading = read_balance(build_xlsx({"Synthèse": SUMMARY}))
    assert (reading.is_summary, reading.rows) == (True, len(SUMMARY))
    assert sum(row.total for row in reading.summary) == Decimal("50.3")


def test_each_customer_of_the_summary_sheet_checks_its_items() -> None:
    wrong: list[list[Value]] = [*SUMMARY]
    wrong[1] = [wrong[1][0], *wrong[1][1:-1], 999]
    reading = read_balance(build_xlsx({"Synthèse": wrong, "Détail": ITEMS[:-1]}))
    found = [one for one in reading.differences if one.code == "customer-total-differs"]
    assert [one.printed for one in found] == [Decimal(999)]


def test_two_sheets_of_items_are_asked_and_one_is_named() -> None:
    content = build_xlsx({"Janvier": ITEMS, "Février": ITEMS})
    with pytest.raises(BalanceQuestion) as caught:
        read_balance(content)
    assert (caught.value.code, caught.value.seen) == ("several-sheets", ("Janvier", "Février"))
    assert len(read_balance(content, hints=BalanceHints(sheet="Février")).items) == 2
    with pytest.raises(BalanceQuestion, match="sheet-not-found"):
        read_balance(content, hints=BalanceHints(sheet="Mars"))


def test_a_hidden_sheet_does_not_compete() -> None:
    reading = read_balance(build_xlsx({"Vu": ITEMS, "Caché": ITEMS}, hidden=["Caché"]))
    assert len(reading.items) == 2


def code_of(content: bytes, limits: SafetyLimits | None = None) -> str:
    with pytest.raises(BalanceRefused) as caught:
        read_balance(content, limits=limits or SafetyLimits())
    return caught.value.code


def with_sheet(xml: bytes) -> bytes:
    """The same workbook, its sheet replaced."""
    source = zipfile.ZipFile(io.BytesIO(build_xlsx({"Feuil1": ITEMS})))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            changed = name.startswith("xl/worksheets/")
            archive.writestr(name, xml if changed else source.read(name))
    return out.getvalue()


def test_a_decompression_bomb_is_not_opened() -> None:
    assert code_of(with_sheet(b" " * 20_000_000)) == "decompression-bomb"
    assert code_of(build_xlsx({"a": ITEMS}), SafetyLimits(unpacked=1000)) == "decompression-bomb"


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    content = bytearray(with_sheet(b" " * 2_000_000))
    true_size = struct.pack("<I", 2_000_000)
    at = content.rfind(true_size)
    content[at : at + 4] = struct.pack("<I", 100)
    assert code_of(bytes(content)) == "workbook-damaged"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("XFD1048576", "too-many-columns"),
        ("SG2", "too-many-columns"),
        ("CV1000000", "too-many-cells"),
    ],
)
def test_far_cells_do_not_reserve_memory(cell: str, code: str) -> None:
    row = "".join(filter(str.isdigit, cell))
    far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    xml = f"<worksheet><sheetData>{far}</sheetData></worksheet>"
    assert code_of(with_sheet(xml.encode())) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 garbage", "workbook-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 garbage", "workbook-damaged"),
        (with_sheet(b"<worksheet><sheetData><row"), "workbook-damaged"),
    ],
)
def test_damaged_workbooks(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_an_archive_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert code_of(out.getvalue()) == "not-a-spreadsheet"
