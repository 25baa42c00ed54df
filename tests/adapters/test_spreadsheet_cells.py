"""No text from outside is run by the spreadsheet that opens what we write; amounts stay amounts."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from relance.adapters.balance_files import read_table
from relance.adapters.spreadsheet_cells import cell_text, starts_formula
from relance.cli.demo.exports import export_balance
from relance.cli.demo.ledger import Entry, Ledger
from relance.domain.open_item import ItemKind

ATTACKS = [f"{start}1+HYPERLINK(1)" for start in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠")]
ODD_WEEK, EVEN_WEEK = date(2026, 3, 23), date(2026, 3, 30)


def exported(day: date, name: str) -> bytes:
    entry = Entry("C1", name, "F1", ItemKind.CREDIT_NOTE, day, day, Decimal(-12), Decimal(-12),
                  "EUR", None, None, day)  # fmt: skip
    return export_balance(Ledger((entry,)), day, "Acme")[1]


@pytest.mark.parametrize("text", ATTACKS)
def test_a_text_is_never_a_formula(text: str) -> None:
    assert cell_text(text) == f"'{text}"
    assert not starts_formula(cell_text(text))


@pytest.mark.parametrize("value", [Decimal("-12.50"), -3, date(2026, 1, 2), "Dupont", "", "1-2"])
def test_amounts_dates_and_plain_texts_stay_as_they_are(value: object) -> None:
    assert cell_text(value) == str(value)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)"])
def test_the_csv_of_the_demonstration(text: str) -> None:
    content = exported(ODD_WEEK, text).decode("cp1252")
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    row = next(row for row in rows if row[0] == "C1")
    assert (row[1], row[7]) == (f"'{text}", "-12,00")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)"])
def test_its_workbook_has_texts_that_no_program_computes(text: str) -> None:
    rows = read_table(exported(EVEN_WEEK, text)).sheets[0].rows
    row = next(row for row in rows if row[0] == "C1")
    assert (row[1], row[7]) == (text, Decimal(-12))
