"""The real ledgers of ../shared/data: their items add up to their accounts, counted apart."""

import csv
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from relance.adapters.balance_files import read_balance
from relance.cli.read import read
from tests.shared_data import require

pytestmark = pytest.mark.shared_data
app = Typer()
app.command()(read)
FILES = [
    ("neolegal/0000000001FEC20220831.txt", "\t", "utf-8-sig", "52517.24", 6),
    ("neolegal/111111111FEC20221231.TXT", "|", "cp850", "14416.52", 19),
    ("tryton/tryton_A_FEC.csv", "\t", "utf-8", "14416.52", 19),
    ("tryton/FEC.csv", "\t", "utf-8", "15.00", 1),
    ("tryton/FEC-previous.csv", "\t", "utf-8", "5.00", 1),
    ("ekylibre-excerpts/odicom-123456789FEC20200331.excerpt.txt", "|", "utf-8", "75466.29", 3),
    ("ekylibre-excerpts/sage-coala-2020.excerpt.txt", "\t", "utf-8", "-363.70", 1),
]


def shared(path: str) -> Path:
    return require("fec", *path.split("/"))


def balances(path: str, separator: str, encoding: str) -> dict[str, Decimal]:
    """Debit less credit of each customer, by a reader of six lines."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    with shared(path).open(encoding=encoding, newline="") as file:
        for row in list(csv.reader(file, delimiter=separator, quoting=csv.QUOTE_NONE))[1:]:
            if row[4].startswith(("411", "412", "413", "416", "4191")):
                debit, credit = (Decimal(cell.replace(",", ".")) for cell in row[11:13])
                found[row[6].strip() or row[4].strip()] += debit - credit
    return {code: amount for code, amount in found.items() if amount}


@pytest.mark.parametrize(("path", "separator", "encoding", "total", "customers"), FILES)
def test_items_add_up_to_the_customer_accounts(
    path: str, separator: str, encoding: str, total: str, customers: int
) -> None:
    result = CliRunner().invoke(app, [str(shared(path)), "--json"])
    body = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (body["format"], body["total"], body["file_total"]) == ("fec", total, total)
    assert (body["rejected"], "total-differs" in body["warnings"]) == ([], False)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for item in body["items"]:
        sums[item["debtor_code"]] += Decimal(item["open_amount"])
    expected = balances(path, separator, encoding)
    assert {code: amount for code, amount in sums.items() if amount} == expected
    assert (len(expected), sum(expected.values())) == (customers, Decimal(total))


def test_the_ledger_and_the_list_of_open_lines_name_the_same_documents() -> None:
    """Tryton exported both from the same entries."""
    ledger = read_balance(shared("tryton/tryton_A_FEC.csv").read_bytes())
    listed = read_balance(
        require("ar", "tryton", "tryton_A_2023-09-30_lignes_ouvertes.csv").read_bytes()
    )
    assert sorted(item.open_amount for item in ledger.items) == sorted(
        item.open_amount for item in listed.items
    )


def test_what_last_year_left_open_and_this_year_paid_is_settled() -> None:
    reading = read_balance(shared(FILES[0][0]).read_bytes())
    opening = [item for item in reading.items if item.kind == "opening_balance"]
    assert [(item.debtor_code, item.open_amount) for item in opening] == [
        ("CPOCE0", Decimal("94.95"))
    ]


@pytest.mark.parametrize("name", ["VII-1", "VIII-3", "VIII-5", "VIII-7"])
def test_the_schemas_of_the_ledger_are_no_ledger(name: str) -> None:
    result = CliRunner().invoke(app, [str(shared(f"dgfip-xsd/formatA47A-I-{name}.xsd")), "--json"])
    assert (result.exit_code, json.loads(result.stdout)["error"]["code"]) == (
        2, "not-a-spreadsheet"
    )  # fmt: skip
