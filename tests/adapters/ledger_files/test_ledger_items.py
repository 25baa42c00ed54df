"""What a line is, its number and its dates."""

from datetime import date
from decimal import Decimal

import pytest

from relance.adapters.balance_files import BalanceHints
from relance.domain.balance_reading import Difference
from relance.domain.open_item import ItemKind, PaymentMethod
from tests.adapters.ledger_files.ledgers import (
    NAMES,
    as_text,
    invoice,
    line,
    only,
    payment,
    read,
    read_bytes,
)


@pytest.mark.parametrize(
    ("code", "name", "debit", "credit", "kind"),
    [
        ("VE", "Ventes", "1,00", "0,00", ItemKind.INVOICE),
        ("VE", "Ventes", "0,00", "1,00", ItemKind.CREDIT_NOTE),
        ("BQ", "Banque", "0,00", "1,00", ItemKind.PAYMENT),
        ("BQ", "Banque", "1,00", "0,00", ItemKind.OTHER),
        ("CASH", "Cash", "0,00", "1,00", ItemKind.PAYMENT),
        ("OD", "Opérations diverses", "1,00", "0,00", ItemKind.OTHER),
        ("AN", "OD54", "1,00", "0,00", ItemKind.OPENING_BALANCE),
        ("OUV", "Balance Initiale", "0,00", "1,00", ItemKind.OPENING_BALANCE),
        ("2", "BILAN D'OUVERTURE", "1,00", "0,00", ItemKind.OPENING_BALANCE),
        ("77", "Divers", "1,00", "0,00", ItemKind.OTHER),
    ],
)
def test_the_journal_says_what_a_line_is(
    code: str, name: str, debit: str, credit: str, kind: ItemKind
) -> None:
    item = only(read(line(debit, credit, JournalCode=code, JournalLib=name, PieceRef="-")))
    assert item.kind is kind


@pytest.mark.parametrize(
    ("account", "debit", "credit", "kind"),
    [
        ("707000", "1,00", "0,00", ItemKind.INVOICE),
        ("707000", "0,00", "1,00", ItemKind.CREDIT_NOTE),
        ("512000", "0,00", "1,00", ItemKind.PAYMENT),
        ("512000", "1,00", "0,00", ItemKind.OTHER),
    ],
)
def test_the_accounts_a_journal_touches_say_more_than_its_name(
    account: str, debit: str, credit: str, kind: ItemKind
) -> None:
    journal = {"JournalCode": "XYZ", "JournalLib": "Crédit Agricole"}
    reading = read(
        line(debit, credit, **journal), line(credit, debit, CompteNum=account, **journal)
    )
    assert only(reading).kind is kind


def test_a_journal_of_sales_and_their_payment_has_both() -> None:
    till = {"JournalCode": "TIC", "JournalLib": "Tickets", "CompAuxNum": "DUP"}
    reading = read(
        line("2,00", **till), line("0,00", "1,00", **till),
        line("0,00", "2,00", **{**till, "CompteNum": "707000"}),
        line("1,00", **{**till, "CompteNum": "530000"}),
    )  # fmt: skip
    assert [item.kind for item in reading.items] == [ItemKind.INVOICE, ItemKind.PAYMENT]


def test_a_credit_whose_label_says_so_is_a_credit_note() -> None:
    journal = {"JournalCode": "OD", "JournalLib": "Opérations diverses"}
    assert only(read(line("0,00", "1,00", EcritureLib="Avoir 12", **journal))).kind is (
        ItemKind.CREDIT_NOTE
    )


def test_an_opening_entry_with_a_number_is_that_document() -> None:
    opening = {"JournalCode": "AN", "JournalLib": "A nouveaux", "PieceDate": "20251105"}
    item = only(read(invoice("FA-77", "1,00", **opening)))
    assert (item.kind, item.number, item.issue_date) == (
        ItemKind.INVOICE, "FA-77", date(2025, 11, 5)
    )  # fmt: skip


def test_the_reference_that_customers_share_is_that_of_the_opening_entry() -> None:
    opening = {"JournalCode": "AN", "JournalLib": "A nouveaux", "PieceRef": "00012"}
    reading = read(line("1,00", **opening), line("2,00", **opening, CompAuxNum="DUR"))
    assert {(item.kind, item.number) for item in reading.items} == {
        (ItemKind.OPENING_BALANCE, None)
    }


def test_an_opening_label_in_a_general_journal_opens_too() -> None:
    general = {"JournalCode": "OD", "JournalLib": "OD", "PieceRef": "x"}
    assert only(read(line("1,00", EcritureLib="A nouveau", **general))).kind is (
        ItemKind.OPENING_BALANCE
    )
    assert only(read(line("1,00", EcritureLib="Écart", **general))).kind is ItemKind.OTHER


@pytest.mark.parametrize(
    ("piece", "label", "number"),
    [
        ("FA  220004", "Vente", "FA  220004"),
        ("12", "Vente", "12"),
        ("-", "Vente", None),
        ("x", "Vente", None),
        ("", "VENTE COMPTOIR ,FA2000004", "FA2000004"),
        ("0000000", "Facture n° 2026-0117 Dupont", "2026-0117"),
        ("Anouveau", "A nouveau", None),
        ("RAN", "Facture du mois", None),
        ("RAN2025", "Solde", None),
        ("ANTOINE12", "Vente", "ANTOINE12"),
        ("-", "FACT. F12/2026", "F12/2026"),
        ("-", "NECTAR FRAISE 2026", None),
    ],
)
def test_the_number_is_the_reference_or_stands_in_the_label(
    piece: str, label: str, number: str | None
) -> None:
    assert only(read(line("1,00", PieceRef=piece, EcritureLib=label))).number == number


def test_a_bank_label_names_no_document() -> None:
    item = only(read(payment("1,00", PieceRef="0000000", EcritureLib="VIR SAS SUS2109")))
    assert item.number is None


def test_the_day_of_the_document_or_else_of_its_entry() -> None:
    dated = only(read(line("1,00", EcritureDate="20260131", PieceDate="20260115")))
    undated = only(read(line("1,00", EcritureDate="20260131", PieceDate="")))
    assert (dated.issue_date, undated.issue_date) == (date(2026, 1, 15), date(2026, 1, 31))


def test_the_balance_is_as_of_the_last_entry_of_any_account() -> None:
    reading = read(
        line("1,00", EcritureDate="20260131"),
        line("1,00", CompteNum="707000", EcritureDate="20261231"),
    )
    assert reading.as_of == date(2026, 12, 31)
    assert "as-of-last-entry" in reading.warnings


@pytest.mark.parametrize(
    ("hints", "due", "note"),
    [
        (BalanceHints(), None, "due-date-missing"),
        (BalanceHints(terms_days=45), date(2026, 3, 17), "due-dates-from-terms"),
        (BalanceHints(terms_days=45, end_of_month=True), date(2026, 3, 31), "due-dates-from-terms"),
    ],
)
def test_due_dates_come_from_the_terms_and_it_is_said(
    hints: BalanceHints, due: date | None, note: str
) -> None:
    reading = read(invoice("F1", "1,00"), hints=hints)
    assert only(reading).due_date == due
    assert {"due-date-missing", "due-dates-from-terms"} & set(reading.warnings) == {note}


def test_a_column_of_due_dates_beyond_the_law_wins_over_the_terms() -> None:
    names = [*NAMES, "Date d'échéance"]
    rows = [{**invoice("F1", "1,00"), names[-1]: "20260215"}, invoice("F2", "1,00")]
    reading = read_bytes(as_text(rows, names=names).encode(), BalanceHints(terms_days=30))
    assert [item.due_date for item in reading.items] == [date(2026, 2, 15), date(2026, 3, 2)]


def test_credits_and_payments_have_no_due_date() -> None:
    hints = BalanceHints(terms_days=45)
    assert only(read(payment("1,00"), hints=hints)).due_date is None
    assert only(read(line("0,00", "1,00"), hints=hints)).due_date is None


def test_amounts_stay_in_the_currency_of_the_books_and_it_is_said() -> None:
    reading = read(invoice("F1", "90,00", Montantdevise="100,00", Idevise="USD"))
    item = only(reading)
    assert (item.open_amount, item.currency) == (Decimal(90), "EUR")
    assert "foreign-currency-in-books" in reading.warnings
    euros = read(invoice("F1", "90,00", Montantdevise="90,00", Idevise="EUR"))
    assert "foreign-currency-in-books" not in euros.warnings


def test_a_treasury_ledger_says_how_an_item_is_paid() -> None:
    names = [*NAMES, "DateRglt", "ModeRglt", "NatOp", "IdClient"]
    row = {**invoice("F1", "1,00", CompAuxLib=""), "ModeRglt": "Prélèvement", "IdClient": "Durand"}
    item = only(read_bytes(as_text([row], names=names).encode()))
    assert (item.payment_method, item.debtor_name) == (PaymentMethod.DIRECT_DEBIT, "Durand")


def test_debits_that_are_not_credits_are_a_named_difference() -> None:
    reading = read(line("10,00"), line("0,00", "9,00", CompteNum="707000"))
    [difference] = reading.differences
    assert difference == Difference("ledger-unbalanced", "EUR", Decimal(10), Decimal(9))
    even = read(line("10,00"), line("0,00", "10,00", CompteNum="707000"))
    assert (even.differences, "ledger-unbalanced" in even.warnings) == ((), False)


def test_an_entry_that_does_not_balance_is_said() -> None:
    entries = [
        line("10,00", EcritureNum="1"), line("0,00", "9,00", CompteNum="707000", EcritureNum="1"),
        line("0,00", "1,00", CompteNum="707000", EcritureNum="2"),
    ]  # fmt: skip
    reading = read(*entries)
    assert ("entries-unbalanced" in reading.warnings, reading.differences) == (True, ())
    assert "entries-unbalanced" not in read(*({**e, "EcritureNum": "0"} for e in entries)).warnings


def test_a_ledger_says_nothing_of_insurers_and_factors() -> None:
    lines = [{**invoice("F1", "1,00"), "Assureur": "Coface", "Affacturage": "Oui"}]
    text = as_text(lines, names=(*NAMES, "Assureur", "Affacturage"))
    item = only(read_bytes(text.encode()))
    assert (item.insurer, item.factor) == (None, None)
