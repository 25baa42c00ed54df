"""XLS files that would make a reader allocate without end are refused before it opens them."""

import struct
from decimal import Decimal

import pytest

from relance.adapters.balance_files import SafetyLimits, read_table
from tests.adapters.balance_files.old_files import SECTOR, biff, number, record, size, text, xls
from tests.adapters.balance_files.test_hostile_files import code_of, unread


def test_a_sound_file_is_read() -> None:
    content = xls(biff(size(2, 2), text(0, 0, "Client"), text(0, 1, "Solde"), number(1, 1, 2.5)))
    table = read_table(content)
    assert (table.format, table.sheets[0].rows[0]) == ("xls", ["Client", "Solde"])
    assert table.sheets[0].rows[1][1] == Decimal("2.5")


@pytest.mark.parametrize("declared", [(65_536, 256), (0, 0)])
def test_whatever_usual_size_the_sheet_declares(declared: tuple[int, int]) -> None:
    table = read_table(xls(biff(size(*declared), text(0, 0, "Client"))))
    assert len(table.sheets[0].rows) == 1


def test_rows_in_any_order() -> None:
    rows = read_table(xls(biff(number(9, 0, 2), number(0, 0, 1)))).sheets[0].rows
    assert (len(rows), rows[0], rows[9]) == (10, [Decimal(1)], [Decimal(2)])


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        (biff(number(0, 0), number(65_535, 400)), "too-many-cells"),
        (biff(number(0, 0), number(0, 40_000)), "too-many-columns"),
        (biff(record(0x00BD, struct.pack("<HHHIH", 0, 0, 0, 0, 40_000))), "too-many-columns"),
        (biff(number(30_000, 30), sheets=20), "too-many-cells"),
        (biff(number(65_535, 400), number(0, 0)), "too-many-cells"),
        (biff(size(4_000_000_000, 60_000), number(0, 0)), "too-many-cells"),
        (biff(size(1, 1, top=5), number(0, 0)), "workbook-damaged"),
        (biff(number(65_535, 400), globals_=record(0x002F, b"\1\0")), "workbook-encrypted"),
        (biff(globals_=record(0x00FC, struct.pack("<II", 1, 2**31 - 1))), "workbook-damaged"),
    ],
)
def test_far_cells_and_false_counts(stream: bytes, code: str) -> None:
    assert code_of(xls(stream)) == code


@pytest.mark.parametrize("chain", [[3, 2], [3, 9_999], [3, 4, 5, 6, 7, 8, 9, 2]])
def test_chains_in_a_circle_or_out_of_the_file(chain: list[int]) -> None:
    assert code_of(xls(biff(number(0, 0)), chain=chain)) == "workbook-damaged"


def test_a_length_beyond_the_file() -> None:
    assert code_of(xls(biff(number(0, 0)), length=4_000_000_000)) == "workbook-damaged"


@pytest.mark.parametrize(("at", "value"), [(40, 2**31), (44, 2**31), (64, 2**31), (68, 1)])
def test_false_counts_of_the_container(at: int, value: int) -> None:
    content = bytearray(xls(biff(number(0, 0))))
    struct.pack_into("<I", content, at, value)
    assert code_of(bytes(content)) == "workbook-damaged"


def test_the_limits_are_those_of_the_other_formats() -> None:
    content = xls(biff(number(9, 9)))
    assert unread(content, SafetyLimits(cells=99)) == "too-many-cells"
    assert unread(content, SafetyLimits(columns=9)) == "too-many-columns"
    assert code_of(content, SafetyLimits(cells=99)) == "too-many-cells"


def test_streams_that_share_their_bytes() -> None:
    """A directory of a few kilobytes could name the whole file a thousand times."""
    content = bytearray(xls(biff(number(0, 0))))
    directory = 2 * SECTOR
    content[directory + 256 : directory + 384] = content[directory + 128 : directory + 256]
    assert code_of(bytes(content)) == "workbook-damaged"
