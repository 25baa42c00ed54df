"""Whole exports of each accounting tool, with their titles, groups, subtotals and page breaks."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from relance.adapters.balance_files import read_balance
from relance.domain.balance_reading import BalanceReading, ReadItem
from relance.domain.open_item import ItemFlag, ItemKind, PaymentMethod

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (HERE / "families.yaml").read_text(encoding="utf-8")
)


def read(name: str) -> BalanceReading:
    return read_balance((HERE / "families" / name).read_bytes(), name=name)


def by_number(reading: BalanceReading) -> dict[str, ReadItem]:
    return {item.number or f"line {item.line}": item for item in reading.items}


def test_each_file_has_its_expectations() -> None:
    assert {path.name for path in (HERE / "families").iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_family_file(name: str) -> None:
    expected, reading = EXPECTED[name], read(name)
    assert reading.rejected == ()
    assert reading.differences == ()
    opened: dict[str, Decimal] = {}
    for item in reading.items:
        number = item.number or f"line {item.line}"
        opened[number] = opened.get(number, Decimal()) + item.open_amount
    assert opened == {key: Decimal(value) for key, value in expected["open"].items()}
    debtors = Counter(item.debtor_code or item.debtor_name for item in reading.items)
    assert debtors == expected["debtors"]
    printed = {code: Decimal(value) for code, value in expected.get("printed", {}).items()}
    assert reading.file_totals == printed
    assert reading.settled_rows == expected.get("settled", 0)


def test_an_opening_balance_and_an_unmatched_payment_keep_their_kind() -> None:
    items = by_number(read("cegid_quadra_grand_livre.csv"))
    assert items["line 6"].kind is ItemKind.OPENING_BALANCE
    assert items["line 8"].kind is ItemKind.PAYMENT


def test_the_states_of_the_accounts_are_read() -> None:
    pennylane = by_number(read("pennylane_unpaid.csv"))
    first = pennylane["F-2026-001"]
    assert (first.reminder_level, first.reminded_on) == (2, date(2026, 3, 1))
    assert pennylane["F-2026-003"].flag is ItemFlag.DISPUTED
    dolibarr = by_number(read("dolibarr_unpaid.csv"))
    assert dolibarr["FA2601-0001"].payment_method is PaymentMethod.DIRECT_DEBIT
    assert dolibarr["FA2601-0002"].payment_method is PaymentMethod.CARD
    central = by_number(read("dynamics_bc_detailed.csv"))
    assert central["103017"].parties is not None
    assert central["103017"].parties.salesperson == "OF"
    assert by_number(read("sap_fbl5n.txt"))["1800000012"].reminder_level == 2
    assert by_number(read("odoo_aged_receivable.csv"))["INV/2026/00001"].account == "121000"


def test_retention_money_has_the_number_of_its_invoice_and_its_own_due_date() -> None:
    kept = [item for item in read("batiment_retenues.csv").items if item.number == "S26-001"]
    assert [(item.kind, item.due_date) for item in kept] == [
        (ItemKind.INVOICE, date(2026, 3, 10)),
        (ItemKind.RETENTION, date(2027, 1, 15)),
    ]


def test_flags_of_several_columns_keep_the_gravest() -> None:
    items = by_number(read("batiment_retenues.csv"))
    assert items["S26-002"].flag is ItemFlag.DISPUTED
    assert items["S26-002"].payment_method is PaymentMethod.BILL_OF_EXCHANGE
    assert items["S25-090"].flag is ItemFlag.LITIGATION
    assert items["AC-12"].flag is None


def test_document_currency_is_chosen_with_its_column() -> None:
    assert read("sap_fbl5n.txt").totals == {"EUR": Decimal("900.00"), "USD": Decimal("2000.00")}


def test_the_ageing_columns_are_added_up_and_agree_with_the_dates() -> None:
    reading = read("cegid_loop_balance_agee.csv")
    assert reading.as_of == date(2026, 3, 31)
    assert reading.buckets["EUR"]["Non échu"] == Decimal("140.00")
    assert reading.buckets["EUR"]["Plus de 90 j"] == Decimal("500.00")
