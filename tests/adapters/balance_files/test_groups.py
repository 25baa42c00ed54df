"""Customers named once: above their rows, or on the first of them. Never guessed."""

import pytest

from tests.adapters.balance_files.reading import asked, differences, read

HEAD = "N° pièce;Date;Échéance;Solde\n"


def debtors(text: str) -> list[tuple[str | None, str | None]]:
    return [(item.debtor_code, item.debtor_name) for item in read(text).items]


@pytest.mark.parametrize(
    ("line", "code", "name"),
    [
        ("Client : C001 - DUPONT SA;;;", "C001", "DUPONT SA"),
        ("Compte : 411DUPONT  SARL DUPONT;;;", "411DUPONT", "SARL DUPONT"),
        ("Tiers :;C001;DUPONT SA;", "C001", "DUPONT SA"),
        ("Customer: Acme Ltd (A002);;;", "A002", "Acme Ltd"),
        ("Client : Dupont Père et Fils;;;", None, "Dupont Père et Fils"),
        ("411DUPONT  SARL DUPONT;;;", "411DUPONT", "SARL DUPONT"),
        ("411DUPONT;SARL DUPONT;;", "411DUPONT", "SARL DUPONT"),
    ],
)
def test_a_line_above_names_the_customer_of_its_rows(
    line: str, code: str | None, name: str
) -> None:
    rows = "F1;15/02/2026;17/03/2026;50,00\nF2;16/02/2026;18/03/2026;25,00\n"
    found = debtors(f"{HEAD}{line}\n{rows}Total 411DUPONT;;;75,00\n")
    assert found == [(code, name), (code, name)]


def test_nothing_is_inherited_across_a_subtotal() -> None:
    reading = read(
        HEAD + "Client : C001 - DUPONT;;;\nF1;15/02/2026;17/03/2026;50,00\n"
        "Sous-total client;;;50,00\nF9;16/02/2026;18/03/2026;5,00\n"
    )
    assert [item.number for item in reading.items] == ["F1"]
    assert [(row.number, row.reason) for row in reading.rejected] == [("F9", "missing-debtor")]


def test_the_subtotal_of_a_customer_is_checked_to_the_cent() -> None:
    text = (
        HEAD + "411A1  UN;;;\nF1;15/02/2026;17/03/2026;50,00\nTotal 411A1;;;50,01\n"
        "411B2  DEUX;;;\nF2;15/02/2026;17/03/2026;20,00\nTotal 411B2;;;20,00\n"
        "Total général;;;70,00\n"
    )
    found = read(text)
    assert differences(found) == [("customer-total-differs", "411A1 UN", "50.01", "50.00")]
    assert "customer-total-differs" in found.warnings
    assert str(found.file_totals["EUR"]) == "70.00"


def test_a_rejected_row_makes_the_total_of_its_customer_differ() -> None:
    reading = read(
        "Code;Nom;Pièce;Date;Montant\nC1;Un;F1;15/01/2026;10,00\nC1;Un;F2;31/31/2026;20,00\n"
        ";;;Total C1 Un;30,00\n;;;Total général;30,00\n"
    )
    assert differences(reading) == [
        ("customer-total-differs", "C1 Un", "30.00", "10.00"),
        ("total-differs", None, "30.00", "10.00"),
    ]


def test_a_statement_names_its_customer_in_its_title() -> None:
    assert debtors(f"Relevé\nClient : C0042 ROUX\n{HEAD}F1;15/01/2026;15/02/2026;10,00\n") == [
        ("C0042", "ROUX")
    ]


def test_a_range_of_accounts_names_nobody() -> None:
    question = asked(f"Comptes : 411000 à 411ZZZ\n{HEAD}F1;15/01/2026;15/02/2026;10,00\n")
    assert question.code == "debtor-column-not-found"


def test_titles_of_sections_are_not_customers() -> None:
    question = asked(
        HEAD + "Factures échues;;;\nF1;15/01/2026;15/02/2026;10,00\n"
        "Factures à échoir;;;\nF2;25/01/2026;15/05/2026;10,00\n"
    )
    assert question.code == "group-headers-unsure"
    assert question.seen == ("Factures échues", "Factures à échoir")


def test_blank_customers_repeat_the_one_above_when_each_is_written_once() -> None:
    rows = ["A;F1", ";F2", ";F3", "B;F4", ";F5", "C;F6"]
    text = "Client;Pièce;Date;Solde\n" + "".join(f"{row};15/01/2026;1,00\n" for row in rows)
    assert [name for _, name in debtors(text)] == ["A", "A", "A", "B", "B", "C"]


@pytest.mark.parametrize(
    "rows",
    [
        ["A;F1", ";F2", "C;F3", "D;F4"],
        ["A;F1", ";F2", "C;F3", ";F4"],
        ["A;F1", "A;F2", ";F3", ";F4", ";F5", "B;F6"],
    ],
)
def test_a_forgotten_customer_stays_missing(rows: list[str]) -> None:
    text = "Client;Pièce;Date;Solde\n" + "".join(f"{row};15/01/2026;1,00\n" for row in rows)
    assert {row.reason for row in read(text).rejected} == {"missing-debtor"}


def test_blanks_are_not_filled_across_a_subtotal() -> None:
    rows = ["A;F1", ";F2", ";F3", ";F4"]
    body = "".join(f"{row};15/01/2026;1,00\n" for row in rows)
    text = "Client;Pièce;Date;Solde\n" + body + "Total A;;;4,00\n;F5;15/01/2026;1,00\n"
    assert [row.number for row in read(text).rejected] == ["F5"]


def test_an_opening_balance_without_date_is_an_item_and_a_page_carry_is_not() -> None:
    reading = read(
        "Client,Date,Activity,Reference,Due Date,Invoice Amount,Payments,Balance GBP\n"
        "Bank West,,Opening Balance,,,,,100.00\n"
        "Bank West,10 Jan 2026,Invoice,INV-1,9 Feb 2026,500.00,,600.00\n"
        "Bank West,12 Jan 2026,Payment,P1,,,100.00,500.00\n"
        "Bank West,,Closing Balance,,,,,500.00\n"
    )
    assert [(item.kind.value, str(item.open_amount)) for item in reading.items] == [
        ("opening_balance", "100.00"),
        ("invoice", "500.00"),
        ("payment", "-100.00"),
    ]
    assert reading.differences == ()
    carried = read("Client;Pièce;Date;Solde\nA;F1;15/01/2026;1,00\nReport;;;1,00\n")
    assert len(carried.items) == 1


def test_a_page_break_repeats_title_and_header_inside_a_group() -> None:
    title = "MOREAU;;;Page 1/2\n"
    text = (
        title + HEAD + "Client : C1 - UN;;;\nF1;15/01/2026;15/02/2026;1,00\n"
        "MOREAU;;;Page 2/2\n" + HEAD + "F2;15/01/2026;15/02/2026;2,00\nTotal;;;3,00\n"
    )
    reading = read(text)
    assert [item.debtor_code for item in reading.items] == ["C1", "C1"]
    assert (reading.rejected, reading.differences) == ((), ())
