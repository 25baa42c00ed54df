"""Texts of an XLS file that would grow in memory are counted to the letter before it is opened."""

import struct
import time
from decimal import Decimal

import pytest

from relance.adapters.balance_files import SafetyLimits, read_table
from tests.adapters.balance_files.old_files import (
    biff,
    formula,
    named,
    number,
    record,
    shared,
    shows,
    text,
    xls,
)
from tests.adapters.balance_files.test_hostile_files import TOO_LONG, code_of, unread

LONG = "x" * 30_000
SMALL = SafetyLimits(text=200_000)
NAME = b"\x23" + struct.pack("<I", 1)
BLANKS = b"\x19\x40\x00\xff"
ONE, JOINED = b"\x1e\x01\x00", b"\x08"


def test_short_texts_that_very_many_cells_show() -> None:
    """A name in each of twenty thousand rows, with one long text that one cell shows."""
    cells = [shows(0, 1, 1), *(shows(row, 0, 0) for row in range(20_000))]
    table = read_table(xls(biff(*cells, globals_=shared("Client", LONG))))
    assert (len(table.sheets[0].rows), table.sheets[0].rows[0]) == (20_000, ["Client", LONG])


@pytest.mark.parametrize(
    "lengths", [[8_211, 1, 5], [8_213, 3], [20_000, 1, 16_440, 2], [0, 3, 0, 9]]
)
def test_lists_over_several_records_are_counted_letter_by_letter(lengths: list[int]) -> None:
    """Wherever a record ends: in a text, before one, inside its head."""
    texts = [chr(97 + at) * length for at, length in enumerate(lengths)]
    content = xls(biff(*(shows(at, 0, at) for at in range(len(texts))), globals_=shared(*texts)))
    shown = sum(lengths)
    rows = read_table(content, SafetyLimits(text=shown)).sheets[0].rows
    assert [one[0] or "" for one in rows] == texts
    assert code_of(content, SafetyLimits(text=shown - 1)) == TOO_LONG


def test_texts_with_formats_and_in_two_widths_are_counted_too() -> None:
    """Between two texts stand the formats of the first; a record may change the letters' width."""
    head = struct.pack("<II", 2, 2)
    rich = struct.pack("<HBHI", 3, 0x0C, 1, 2) + b"abc" + b"\0\0\1\0" + b"??"
    first = head + rich + struct.pack("<HB", 4, 1) + "éé".encode("utf-16-le")
    texts = record(0x00FC, first) + record(0x003C, b"\0ff")
    content = xls(biff(shows(0, 0, 0), shows(1, 0, 1), globals_=texts))
    rows = read_table(content, SafetyLimits(text=3 + 6)).sheets[0].rows
    assert rows == [["abc"], ["ééff"]]
    assert code_of(content, SafetyLimits(text=3 + 5)) == TOO_LONG


def test_the_last_list_of_texts_is_the_one_that_counts() -> None:
    content = xls(biff(shows(0, 0, 0), globals_=shared("a") + shared(LONG)))
    assert read_table(content).sheets[0].rows == [[LONG]]
    assert code_of(content, SafetyLimits(text=20_000)) == TOO_LONG


def test_a_list_of_texts_in_crumbs() -> None:
    """A reader moves all the crumbs that are left for each one it takes."""
    head = record(0x00FC, struct.pack("<IIHB", 1, 1, 1_000, 0))
    content = xls(biff(number(0, 0), globals_=head + record(0x003C, b"\0") * 9_000))
    assert unread(content) == "workbook-damaged"


def test_a_text_that_promises_more_letters_than_it_has() -> None:
    """A reader makes room for what is promised."""
    promised = [record(0x0204, struct.pack("<HHHHB", at, 0, 0, 65_535, 0)) for at in range(4)]
    assert code_of(xls(biff(*promised)), SMALL) == TOO_LONG
    after = [number(at, 0) + record(0x0207, struct.pack("<HB", 65_535, 0)) for at in range(4)]
    assert code_of(xls(biff(*after)), SMALL) == TOO_LONG


def test_texts_of_their_own_are_counted_in_xls() -> None:
    content = xls(biff(*(text(at, 0, "x" * 8_000) for at in range(30))))
    assert code_of(content, SMALL) == TOO_LONG
    assert len(read_table(content).sheets[0].rows) == 30


def test_a_formula_that_says_a_long_name_a_thousand_times() -> None:
    tokens = NAME + (NAME + JOINED) * 1_300
    cells = [formula(at, tokens) for at in range(3)]
    assert code_of(xls(biff(*cells, globals_=named("n" * 255)))) == TOO_LONG
    assert read_table(xls(biff(*cells, globals_=named("n")))).sheets[0].rows == [[Decimal(1)]] * 3


def test_a_formula_full_of_blanks_takes_no_time() -> None:
    """A reader shifts the whole text for each blank: sixty kilobytes took a quarter of an hour."""
    begun = time.process_time()
    assert code_of(xls(biff(formula(0, ONE + BLANKS * 2_000)))) == TOO_LONG
    assert code_of(xls(biff(formula(0, ONE + b"\x12" * 60_000)))) == "workbook-damaged"
    assert time.process_time() - begun < 1
    assert read_table(xls(biff(formula(0, ONE + BLANKS * 30)))).sheets[0].rows == [[Decimal(1)]]


def test_many_formulas_together() -> None:
    cells = [formula(at, NAME + (NAME + JOINED) * 50) for at in range(10)]
    assert code_of(xls(biff(*cells, globals_=named("n" * 200))), SMALL) == TOO_LONG
