"""Lists of receipts, and how they are told from balances."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.balance_files import BalanceQuestion, read_table
from relance.adapters.payments_files import PaymentsRefused, looks_like_payments, payments_of
from relance.application.drop_contents import PaymentLine, PaymentsFile
from relance.domain.errors import RelanceError
from relance.domain.open_item import PaymentMethod
from tests.adapters.workbooks import workbook

FRENCH = "Date règlement;Code client;Client;N° facture;Montant reçu;Mode de règlement;Libellé\n"
ROW = "13/03/2026;C001;Dupont;FA-1;1 234,56;Virement;VIR DUPONT\n"


def read(text: str, *, told: bool = False) -> PaymentsFile:
    return payments_of(read_table(text.encode()), told=told)


def is_payments(text: str, *, told: bool = False) -> bool:
    return looks_like_payments(read_table(text.encode()), told=told)


def refused(found: PaymentsFile) -> list[tuple[int, str, str | None, str | None]]:
    return [(row.line, row.reason, row.field, row.value) for row in found.rejected]


def test_a_receipt() -> None:
    assert read(FRENCH + ROW).rows == (
        PaymentLine(
            line=2,
            amount=Decimal("1234.56"),
            currency=None,
            paid_on=date(2026, 3, 13),
            debtor_code="C001",
            debtor_name="Dupont",
            numbers=("FA-1",),
            method=PaymentMethod.TRANSFER,
            label="VIR DUPONT",
        ),
    )


def test_an_english_workbook() -> None:
    rows = [
        ["Received on", "Customer", "Amount received", "Currency", "Invoices", "Payment method"],
        ["2026-03-13", "Acme", "10.50", "gbp", "INV-1, INV-2", "Cheque"],
    ]
    (row,) = payments_of(read_table(workbook(rows))).rows
    assert (row.amount, row.currency, row.numbers) == (Decimal("10.5"), "GBP", ("INV-1", "INV-2"))
    assert row.method is PaymentMethod.CHEQUE


def test_a_bank_statement() -> None:
    text = (
        "Relevé de compte;;;;\n"
        "Date opération;Libellé;Débit;Crédit;Solde\n"
        "13/03/2026;VIR SEPA DUPONT FACTURE FA-12;;100,00;900,00\n"
        "14/03/2026;FRAIS;12,00;;888,00\n"
        "15/03/2026;VIR SEPA INCONNU;;50,00;938,00\n"
        "16/03/2026;REJET PRLV DUPONT FA-9;80,00;;858,00\n"
        "TOTAL;;92,00;150,00;\n"
    )
    assert is_payments(text)
    found = read(text)
    assert [(row.numbers, row.amount) for row in found.rows] == [(("FA-12",), Decimal("100.00"))]
    assert refused(found) == [
        (5, "payment-names-nobody", "label", "VIR SEPA INCONNU"),
        (6, "payment-returned", "label", "REJET PRLV DUPONT FA-9"),
    ]
    assert found.other_rows == 2


@pytest.mark.parametrize(
    ("old", "new", "reason", "field", "value"),
    [
        ("1 234,56", "beaucoup", "bad-amount", "amount", "beaucoup"),
        ("1 234,56", "", "missing-amount", "amount", None),
        ("13/03/2026", "hier", "bad-date", "date", "hier"),
        ("C001;Dupont;FA-1", ";;", "payment-names-nobody", "label", "VIR DUPONT"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line_and_what_it_shows(
    old: str, new: str, reason: str, field: str, value: str | None
) -> None:
    assert old in ROW
    found = read(FRENCH + ROW + ROW.replace(old, new))
    assert (len(found.rows), refused(found)) == (1, [(3, reason, field, value)])


def test_a_currency_nobody_knows_is_shown() -> None:
    header = "Date valeur;Client;Montant;Devise\n"
    found = read(f"{header}13/03/2026;Dupont;10,00;EUR\n14/03/2026;Dupont;10,00;roubles\n")
    assert refused(found) == [(3, "bad-currency", "currency", "roubles")]


def test_a_rejected_row_says_whose_it_is() -> None:
    (row,) = read(FRENCH + ROW + ROW.replace("1 234,56", "beaucoup")).rejected
    assert (row.debtor_code, row.debtor_name, row.number) == ("C001", "Dupont", "FA-1")


@pytest.mark.parametrize(
    ("header", "payments"),
    [
        (FRENCH, True),
        ("Date valeur;Client;Montant", True),
        ("Date;Client;Facture;Montant encaissé", True),
        ("Payment date;Customer;Amount", True),
        ("Payé le;Client;Payé", True),
        ("Date;Client;Reçu", True),
        ("Date;Client;Reçu le", False),
        # Balances: what is owed shows, or what was invoiced beside what was paid.
        ("Code client;N° facture;Date facture;Échéance;Montant TTC;Solde", False),
        ("Client;Facture;Date;Montant;Réglé;Reste dû", False),
        ("Client;Facture;Date facture;Montant TTC;Montant réglé;Date règlement", False),
        ("Client;Non échu;0-30;31-60;> 90;Date règlement", False),
        ("Client;Facture;Date règlement;Encaissé;Reste dû", False),
        ("Date;Client;Facture;Montant", False),
        ("Journal;Date;Compte;Pièce;Débit;Crédit", False),
        ("Code;E-mail", False),
    ],
)
def test_told_from_a_balance_by_its_header(header: str, payments: bool) -> None:
    cells = ";".join("1" for _ in header.strip().split(";"))
    assert is_payments(f"{header.strip()}\n{cells}\n") is payments


PAID = "Facture;Client;Échéance;Date règlement;Montant\n"


def test_invoices_all_paid_are_asked_about() -> None:
    with pytest.raises(BalanceQuestion, match="payments-or-balance") as question:
        is_payments(PAID + "FA-1;Dupont;01/03/2026;13/03/2026;100,00\n")
    assert "Date règlement" in question.value.seen


def test_an_invoice_not_paid_makes_it_a_balance() -> None:
    two = "FA-1;Dupont;01/03/2026;13/03/2026;100,00\nFA-2;Dupont;01/03/2026;;100,00\n"
    assert not is_payments(PAID + two)


def test_who_is_told_does_not_ask() -> None:
    assert is_payments(PAID + "FA-1;Dupont;01/03/2026;13/03/2026;100,00\n", told=True)
    (row,) = read("Date;Client;Facture;Montant\n13/03/2026;Dupont;FA-1;10,00\n", told=True).rows
    assert (row.numbers, row.paid_on) == (("FA-1",), date(2026, 3, 13))


def test_an_undecidable_amount_is_asked_about() -> None:
    with pytest.raises(BalanceQuestion, match="decimal-mark-tied"):
        read("Date valeur;Client;Montant\n13/03/2026;Dupont;1,234\n")


def test_what_is_no_list_of_receipts() -> None:
    with pytest.raises(PaymentsRefused):
        read("a;b\n1;2\n")


_CELL = st.text(
    st.characters(codec="utf-8", exclude_characters='\x00\r\n;"', exclude_categories=["Cs"]),
    max_size=20,
)


@given(st.lists(st.lists(_CELL, min_size=7, max_size=7), min_size=1, max_size=6))
def test_no_row_is_lost_and_nothing_else_is_raised(cells: list[list[str]]) -> None:
    lines = [";".join(row) for row in cells]
    try:
        found = read(FRENCH + ROW + "\n".join(lines) + "\n")
    except RelanceError:
        return
    assert len(found.rows) + len(found.rejected) + found.other_rows == 1 + len(lines)
