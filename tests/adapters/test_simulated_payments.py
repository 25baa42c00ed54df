"""The payment models that a simulation may name."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from relance.adapters.simulated_payments import PaymentsUnknown, payment_model
from relance.application.simulation.payments import Payment
from tests.builders import a_debtor, an_invoice

ITEM = an_invoice("FA-1", amount="1000")


def of_file(tmp_path: Path, text: str) -> tuple[Payment, ...]:
    path = tmp_path / "payments.csv"
    path.write_text(text, encoding="utf-8")
    return payment_model(str(path))(a_debtor(), ITEM)


def test_nobody_pays_unless_asked() -> None:
    assert payment_model("never")(a_debtor(), ITEM) == ()


def test_a_seed_of_the_typical_trade() -> None:
    drawn = {payment_model(f"typical:{n}")(a_debtor(), ITEM) for n in range(20)}
    assert len(drawn) > 5
    assert payment_model("typical")(a_debtor(), ITEM) == payment_model("typical:1")(
        a_debtor(), ITEM
    )


@pytest.mark.parametrize(
    "text",
    [
        "FA-1,2026-03-31\nFA-2,2026-04-01,3\nFA-1,2026-04-30,1200.50\n",
        "Numéro;Date;Montant\nFA-1;31/03/2026;\n\nFA-1;30/04/2026;1 200,50\n",
    ],
)
def test_a_file_of_numbers_dates_and_amounts(tmp_path: Path, text: str) -> None:
    assert of_file(tmp_path, text) == (
        Payment(date(2026, 3, 31)),
        Payment(date(2026, 4, 30), Decimal("1200.50")),
    )


@pytest.mark.parametrize(
    "row", ["FA-1", "FA-1,soon", "FA-1,2026-03-31,much", "FA-1,2026-03-31,-5", "a,b,c,d"]
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(PaymentsUnknown) as refused:
        of_file(tmp_path, f"number,date,amount\n{row}\n")
    assert (refused.value.code, refused.value.detail) == ("bad-payment-row", {"line": "2"})


def test_an_unknown_model() -> None:
    for name in ("sometimes", "typical:x", "no-such.csv"):
        with pytest.raises(PaymentsUnknown, match="unknown-payment-model"):
            payment_model(name)
