"""The real files of ../shared/data, against the figures of its manifest."""

import json
from decimal import Decimal

import pytest
from typer import Typer
from typer.testing import CliRunner

from relance.cli.read import read
from tests.shared_data import require

pytestmark = pytest.mark.shared_data
app = Typer()
app.command()(read)


def run(path: str) -> tuple[int, dict[str, object]]:
    result = CliRunner().invoke(app, [str(require("ar", *path.split("/"))), "--json"])
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize(
    ("path", "items", "total", "file_total"),
    [
        ("tryton/tryton_A_2023-09-30_lignes_ouvertes.csv", 34, "14416.52", None),
        ("tryton/tryton_C_2023-06-30_lignes_ouvertes.csv", 153, "27771.70", None),
        ("highradius/HRC62723WK_open_invoices_predicted.csv", 9681, "310427858.97", None),
        ("misc/unicorn_inc.csv", 707, {"CAD": "4324.89", "USD": "495396.08"}, None),
        ("misc/barbarzilay_ar-aging-report.xlsx", 26, "7670150.00", "7670150.00"),
        ("misc/danngo_receivables.xlsx", 20, "51011.72", None),
        ("ibm/WA_Fn-UseC_-Accounts-Receivable.csv", 0, "0.00", None),
        ("yellevate/Yellevate Invoices.csv", 0, "0.00", None),
        ("fr-misc/eworkforce_factures.csv", 11, "1093349.00", None),
        ("fr-misc/eworkforce_factures_exemple.csv", 7, "26004.10", None),
        ("xero/fivetran_xero_invoice_data.csv", 13, {"GBP": "12735.00", "USD": "30106.00"}, None),
        ("xero/sample_AR_aging_detail.xlsx", 10, "22170.00", None),
    ],
)
def test_items_and_totals(path: str, items: int, total: object, file_total: object) -> None:
    code, body = run(path)
    assert code == 0
    assert len(body["items"]) == items  # type: ignore[arg-type]
    assert (body["total"], body["file_total"], body["rejected"]) == (total, file_total, [])


def test_the_rows_of_unicorn_add_up_over_both_currencies() -> None:
    _, body = run("misc/unicorn_inc.csv")
    opened = [Decimal(item["open_amount"]) for item in body["items"]]  # type: ignore[attr-defined]
    assert sum(opened) == Decimal("499720.97")


def test_the_rows_of_highradius_add_up_before_rounding() -> None:
    _, body = run("highradius/HRC62723WK_open_invoices_predicted.csv")
    opened = [Decimal(item["open_amount"]) for item in body["items"]]  # type: ignore[attr-defined]
    assert sum(opened, Decimal()).quantize(Decimal("0.01")) == Decimal("310427858.97")
    assert len({item["debtor_code"] for item in body["items"]}) == 694  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "rows", "total"),
    [
        ("ibm/WA_Fn-UseC_-Accounts-Receivable.csv", 2466, "147703.18"),
        ("yellevate/Yellevate Invoices.csv", 2466, "14770318"),
    ],
)
def test_histories_are_all_settled(path: str, rows: int, total: str) -> None:
    from relance.adapters.balance_files import read_balance

    reading = read_balance(require("ar", *path.split("/")).read_bytes())
    assert (reading.settled_rows, len(reading.items)) == (rows, 0)
    assert sum(reading.settled_totals.values()) == Decimal(total)
    assert "all-settled" in reading.warnings
    assert len(reading.settled_items) == rows  # each says when: the payment history


@pytest.mark.parametrize(
    ("path", "rows", "total"),
    [
        ("tryton/tryton_A_2023-09-30_balance_agee.csv", "19", "14416.52 EUR"),
        ("tryton/tryton_C_2023-06-30_balance_agee.csv", "4", "27771.70 EUR"),
    ],
)
def test_summaries_ask_for_the_detail_with_their_total(path: str, rows: str, total: str) -> None:
    code, body = run(path)
    assert code == 3
    assert body["question"]["code"] == "summary-names-no-item"  # type: ignore[index]
    assert f"({rows} rows, {total})" in body["question"]["text"]  # type: ignore[index]


def test_the_sap_list_keeps_its_currencies_apart() -> None:
    code, body = run("sap/export_document_ageing.xls")
    assert code == 0
    assert len(body["items"]) == 1459  # type: ignore[arg-type]
    assert "total-mixes-currencies" in body["warnings"]  # type: ignore[operator]
    sums = body["total"].values()  # type: ignore[attr-defined]
    assert sum(map(Decimal, sums), Decimal()) == Decimal("-238931747.16")


@pytest.mark.parametrize(
    "path", ["xero/fivetran_xero_contact_data.csv", "xero/fivetran_xero_credit_note_data.csv"]
)
def test_other_lists_are_refused(path: str) -> None:
    code, body = run(path)
    assert (code, body["error"]["code"]) == (2, "not-a-receivables-list")  # type: ignore[index]
