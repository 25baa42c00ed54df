"""Open items are what the letters of a customer's account leave open."""

from decimal import Decimal

from relance.domain.open_item import ItemFlag
from tests.adapters.ledger_files.ledgers import invoice, line, only, opened, payment, read

OPENING = {"JournalCode": "AN", "JournalLib": "A nouveaux", "PieceRef": "RAN",
           "EcritureLib": "Report à nouveau"}  # fmt: skip


def test_a_letter_that_nets_to_zero_is_settled() -> None:
    reading = read(
        invoice("F1", "100,00", EcritureLet="A"), payment("100,00", EcritureLet="A"),
        invoice("F2", "50,00"),
    )  # fmt: skip
    assert opened(reading) == [("F2", "50.00")]
    assert reading.settled_rows == 2
    assert reading.settled_totals == {"EUR": Decimal("100.00")}


def test_unlettered_lines_are_open_one_by_one() -> None:
    reading = read(invoice("F1", "100,00"), payment("100,00", PieceRef="R1"))
    assert opened(reading) == [("F1", "100.00"), ("R1", "-100.00")]


def test_the_same_letter_of_two_customers_is_two_letters() -> None:
    reading = read(
        invoice("F1", "100,00", EcritureLet="AA"),
        payment("100,00", EcritureLet="AA", CompAuxNum="DUR", CompAuxLib="Durand"),
    )
    assert opened(reading) == [("F1", "100.00"), (None, "-100.00")]


def test_upper_and_lower_case_are_two_letters() -> None:
    reading = read(invoice("F1", "9,00", EcritureLet="a"), payment("9,00", EcritureLet="A"))
    assert len(reading.items) == 2


def test_a_letter_pays_its_oldest_document_first_whatever_the_order_of_the_lines() -> None:
    reading = read(
        invoice("LATE", "70,00", EcritureLet="A", PieceDate="20260301"),
        payment("100,00", EcritureLet="A", PieceDate="20260401"),
        invoice("EARLY", "60,00", EcritureLet="A", PieceDate="20260101"),
    )
    item = only(reading)
    assert (item.number, item.amount, item.open_amount) == ("LATE", Decimal(70), Decimal(30))
    assert reading.settled_rows == 2


def test_a_letter_paid_too_much_leaves_the_rest_of_the_last_payment() -> None:
    reading = read(
        invoice("F1", "60,00", EcritureLet="A"),
        payment("50,00", EcritureLet="A", PieceDate="20260301", PieceRef="R1"),
        payment("40,00", EcritureLet="A", PieceDate="20260401", PieceRef="R2"),
    )
    assert opened(reading) == [("R2", "-30.00")]


def test_a_negative_debit_is_a_credit() -> None:
    reading = read(
        invoice("F1", "60,00", EcritureLet="A"), line("-60,00", PieceRef="AV1", EcritureLet="A")
    )
    assert (reading.items, reading.settled_rows) == ((), 2)
    assert "all-settled" in reading.warnings


def test_a_line_of_nothing_is_no_item() -> None:
    reading = read(invoice("F1", "0,00"), invoice("F2", "1,00"))
    assert (opened(reading), reading.settled_rows) == ([("F2", "1.00")], 1)


def test_payments_lettered_with_last_years_documents_pay_the_opening_entry() -> None:
    reading = read(
        line("100,00", **OPENING),
        payment("70,00", EcritureLet="ZZ", PieceRef="R1"),
        invoice("F1", "40,00"),
    )
    assert opened(reading) == [(None, "30.00"), ("F1", "40.00")]


def test_they_pay_no_more_than_it_holds_and_nothing_of_this_year() -> None:
    reading = read(
        line("100,00", **OPENING),
        payment("130,00", EcritureLet="ZZ", PieceRef="R1"),
        invoice("F1", "40,00"),
    )
    assert opened(reading) == [("R1", "-30.00"), ("F1", "40.00")]


def test_an_unlettered_payment_is_left_for_a_person_to_match() -> None:
    reading = read(line("100,00", **OPENING), payment("100,00", PieceRef="R1"))
    assert opened(reading) == [(None, "100.00"), ("R1", "-100.00")]


def test_an_invoice_lettered_with_nothing_of_this_ledger_is_held() -> None:
    """Its payment came after the closing: nobody is to be chased for it."""
    reading = read(invoice("F1", "9,00", EcritureLet="A"), invoice("F2", "9,00"))
    assert [item.flag for item in reading.items] == [ItemFlag.BLOCKED, None]
    assert "lettered-elsewhere" in reading.warnings


def test_the_rest_of_a_part_payment_is_not_held() -> None:
    reading = read(invoice("F1", "9,00", EcritureLet="A"), payment("5,00", EcritureLet="A"))
    assert only(reading).flag is None
    assert "lettered-elsewhere" not in reading.warnings


def test_a_carried_over_document_that_has_its_number_is_left_for_a_person_to_match() -> None:
    named = line("100,00", **{**OPENING, "PieceRef": "FA-77"})
    reading = read(named, payment("70,00", EcritureLet="ZZ", PieceRef="R1"))
    assert opened(reading) == [("FA-77", "100.00"), ("R1", "-70.00")]


def test_a_dash_is_no_letter() -> None:
    reading = read(invoice("F1", "9,00", EcritureLet="-"), payment("9,00", EcritureLet="-"))
    assert len(reading.items) == 2
