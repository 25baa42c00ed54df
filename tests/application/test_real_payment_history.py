"""2,466 settled invoices of a hundred customers, against the plain sums of the same file."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from relance.adapters.balance_files import read_balance
from relance.application.payment_statistics import creditor_statistics
from tests.application.fakes_import import ImportWorld, new_creditor
from tests.shared_data import require

IBM = ("ar", "ibm", "WA_Fn-UseC_-Accounts-Receivable.csv")


def day(text: str) -> date:
    month, number, year = map(int, text.split("/"))
    return date(year, month, number)


@pytest.mark.shared_data
def test_the_figures_are_those_of_the_file() -> None:
    path = require(*IBM)
    world = ImportWorld(new_creditor())
    world.drop(read_balance(path.read_bytes()))
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    late = [(day(row["SettledDate"]) - day(row["DueDate"])).days for row in rows]
    amounts = [Decimal(row["InvoiceAmount"]) for row in rows]
    weighted = sum(a * d for a, d in zip(amounts, late, strict=True)) / sum(amounts)
    (found,) = creditor_statistics("acme", office=world.doors().office).values()
    assert found.paid.items == len(rows)
    assert found.paid.amount == sum(amounts)
    assert found.paid.average_days_late == round(Decimal(sum(late)) / len(rows), 1)
    assert found.paid.weighted_days_late == round(weighted, 1)
    assert found.paid.late_share == round(Decimal(100 * sum(d > 0 for d in late)) / len(rows), 1)
