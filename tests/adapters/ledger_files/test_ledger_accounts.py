"""Customer accounts are told apart by their number, and customers by theirs."""

from datetime import date
from decimal import Decimal

import pytest

from relance.adapters.balance_files import BalanceHints, BalanceRefused
from relance.domain.open_item import ItemKind, PaymentMethod
from tests.adapters.ledger_files.ledgers import invoice, line, only, opened, payment, read, total

TERMS = BalanceHints(terms_days=30)
NO_AUXILIARY = {"CompAuxNum": "", "CompAuxLib": ""}


@pytest.mark.parametrize("account", ["401000", "409100", "445710", "512000", "707000", "467000"])
def test_other_accounts_are_no_items(account: str) -> None:
    reading = read(invoice("F1", "10,00"), line("0,00", "10,00", CompteNum=account))
    assert (opened(reading), reading.non_item_rows) == ([("F1", "10.00")], 2)
    assert reading.file_totals == {"EUR": Decimal(10)}


def test_a_ledger_without_customers_is_refused() -> None:
    with pytest.raises(BalanceRefused) as caught:
        read(line("10,00", CompteNum="401000"))
    assert (caught.value.code, caught.value.detail["rows"]) == ("ledger-without-customers", "1")


def test_bills_are_covered_until_maturity_and_have_no_due_date_of_the_terms() -> None:
    reading = read(invoice("LCR1", "10,00", CompteNum="413000"), hints=TERMS)
    item = only(reading)
    assert (item.kind, item.payment_method) == (ItemKind.OTHER, PaymentMethod.BILL_OF_EXCHANGE)
    assert item.due_date is None
    assert "bills-in-portfolio" in reading.warnings


def test_doubtful_accounts_keep_their_number_and_are_said() -> None:
    reading = read(invoice("F1", "10,00", CompteNum="416000"))
    assert only(reading).account == "416000"
    assert "doubtful-accounts" in reading.warnings


@pytest.mark.parametrize("account", ["418100", "419800"])
def test_what_is_not_invoiced_yet_is_no_item(account: str) -> None:
    reading = read(invoice("F1", "10,00"), line("5,00", CompteNum=account))
    assert opened(reading) == [("F1", "10.00")]
    assert "accruals-left-out" in reading.warnings
    assert (total(reading), reading.file_totals["EUR"]) == (Decimal(10), Decimal(10))


@pytest.mark.parametrize(
    ("account", "debit", "credit", "kind"),
    [
        ("419100", "0,00", "10,00", ItemKind.DOWN_PAYMENT),
        ("419000", "0,00", "10,00", ItemKind.DOWN_PAYMENT),
        ("419600", "0,00", "10,00", ItemKind.OTHER),
        ("419700", "0,00", "10,00", ItemKind.CREDIT_NOTE),
        ("419100", "10,00", "0,00", ItemKind.OTHER),
    ],
)
def test_money_received_beforehand(account: str, debit: str, credit: str, kind: ItemKind) -> None:
    item = only(read(line(debit, credit, CompteNum=account), hints=TERMS))
    assert (item.kind, item.due_date) == (kind, None)


def test_unusual_accounts_are_read_like_411_and_said() -> None:
    reading = read(invoice("F1", "10,00", CompteNum="412000"))
    assert only(reading).kind is ItemKind.INVOICE
    assert "unusual-customer-account" in reading.warnings
    assert "unusual-customer-account" not in read(invoice("F1", "10,00")).warnings


def test_retention_money_has_its_own_later_date() -> None:
    name = "Clients - retenues de garantie"
    item = only(read(invoice("F1", "10,00", CompteNum="411700", CompteLib=name), hints=TERMS))
    assert (item.kind, item.due_date) == (ItemKind.RETENTION, None)
    other = only(read(invoice("F1", "10,00", CompteNum="411700"), hints=TERMS))
    assert (other.kind, other.due_date) == (ItemKind.INVOICE, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("account", "auxiliary", "code", "collective"),
    [
        ("411000", "DUP", "DUP", False),
        ("411DUPONT", "", "411DUPONT", False),
        ("411DUP000", "", "411DUP000", False),
        ("41100123", "", "41100123", False),
        ("411100000", "", "411100000", True),
        ("4110000", "", "4110000", True),
        ("411", "", "411", True),
    ],
)
def test_the_customer_is_the_auxiliary_or_hides_in_the_account(
    account: str, auxiliary: str, code: str, collective: bool
) -> None:
    reading = read(invoice("F1", "1,00", CompteNum=account, CompAuxNum=auxiliary, CompAuxLib=""))
    assert only(reading).debtor_code == code
    assert ("collective-account" in reading.warnings) is collective


@pytest.mark.parametrize(
    ("name", "collective"),
    [
        ("CLIENTS DIVERS", True),
        ("Passage", True),
        ("Clients comptoir", True),
        ("Dupont Diversité", False),
        ("Passagers SARL", False),
    ],
)
def test_a_customer_that_is_many_people_is_said(name: str, collective: bool) -> None:
    reading = read(invoice("F1", "1,00", CompAuxLib=name))
    assert ("collective-account" in reading.warnings) is collective


def test_one_customer_has_one_code_on_all_its_accounts() -> None:
    names = {**NO_AUXILIARY, "CompteLib": "Dupont"}
    reading = read(
        invoice("F1", "1,00", CompteNum="411DUPONT", **names),
        invoice("F2", "1,00", CompteNum="416DUPONT", **{**names, "CompteLib": "Dupont douteux"}),
        invoice("F3", "1,00", CompteNum="41100012", **names),
        invoice("F4", "1,00", CompteNum="41600012", **{**names, "CompteLib": "Martin"}),
        payment("1,00", CompteNum="41900012", **names),
    )
    codes = [item.debtor_code for item in reading.items]
    assert codes == ["411DUPONT", "411DUPONT", "41100012", "41600012", "41100012"]
