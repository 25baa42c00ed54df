"""A total that stands in one cell with its label is a printed total like any other."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.balance_files import read_balance
from relance.adapters.balance_files.one_cell_totals import split_total
from tests.adapters.balance_files.reading import differences, read
from tests.builders_xlsx import build_xlsx

HEAD = "Client;Pièce;Date;Échéance;Solde\n"
DUPONT = "Dupont;F1;15/01/2026;15/02/2026;1 000,00\nDupont;F2;15/01/2026;15/02/2026;234,56\n"
MARTIN = "Martin;F3;15/01/2026;15/02/2026;100,00\n"
ALIGNED = """Compte     Nom              N° pièce     Échéance        Solde
411DUP     Dupont           F1           15/02/2026     1 000,00
411DUP     Dupont           F2           15/02/2026       234,56
Total Dupont 1 234,56
411MAR     Martin           F3           15/02/2026       100,00
Total Martin 100,00
Total général 1 334,56
"""
GROUPED = """Pièce;Date;Échéance;Solde
Client : 411DUP Dupont;;;
F1;15/01/2026;15/02/2026;1 000,00
F2;15/01/2026;15/02/2026;234,56
Total 411DUP 1 234,56
Client : 411MAR Martin;;;
F3;15/01/2026;15/02/2026;100,00
Total 411MAR : 100,00;;;
Total général 1 334,56 EUR
"""
SIMPLE = HEAD + DUPONT + "Total Dupont 1 234,56\n" + MARTIN + "Total Martin 100,00;;;;\n"


@pytest.mark.parametrize("text", [ALIGNED, GROUPED, SIMPLE + ";;;;Total général : 1 334,56 €\n"])
def test_totals_that_agree(text: str) -> None:
    reading = read(text)
    assert (len(reading.items), reading.rejected, reading.differences) == (3, (), ())
    assert reading.file_totals == {"EUR": Decimal("1334.56")}


@pytest.mark.parametrize(
    ("text", "total", "customer"),
    [
        (ALIGNED, "Total Martin 100,00", "411MAR Martin"),
        (GROUPED, "Total 411MAR : 100,00", "411MAR Martin"),
        (SIMPLE, "Total Martin 100,00", "Martin"),
    ],
)
def test_the_total_of_a_customer_that_differs_is_named(
    text: str, total: str, customer: str
) -> None:
    reading = read(text.replace(total, total.replace("100,00", "100,02")))
    assert differences(reading) == [("customer-total-differs", customer, "100.02", "100.00")]
    assert (len(reading.items), reading.rejected) == (3, ())


def test_the_total_of_the_file_that_differs_is_named() -> None:
    reading = read(ALIGNED.replace("1 334,56", "1 334,99"))
    assert differences(reading) == [("total-differs", None, "1334.99", "1334.56")]
    assert (len(reading.items), reading.rejected) == (3, ())
    assert reading.differences[0].line == 7


@pytest.mark.parametrize(
    "total",
    ["Grand total: 1,334.56", "TOTAL GENERAL ....... 1334.56", "Total EUR\u00a01\u202f334,56"],
)
def test_a_total_may_be_written_otherwise_than_the_column(total: str) -> None:
    """It settles no notation, and asks no question."""
    reading = read(HEAD + DUPONT + MARTIN + total + "\n")
    assert (reading.differences, reading.file_totals) == ((), {"EUR": Decimal("1334.56")})


def test_in_a_workbook() -> None:
    rows = [line.split(";") for line in (HEAD + DUPONT + MARTIN).splitlines()]
    reading = read_balance(build_xlsx({"F": [*rows, ["Total : 1 334,50 €"]]}))
    assert differences(reading) == [("total-differs", None, "1334.50", "1334.56")]


def test_a_total_of_one_currency_among_several() -> None:
    text = (
        "Client;Pièce;Date;Devise;Solde\nA;F1;15/01/2026;EUR;10,00\nA;F2;15/01/2026;USD;5,00\n"
        "Total EUR 10,00\nTotal : 5,01 USD\n"
    )
    assert differences(read(text)) == [("total-differs", None, "5.01", "5.00")]


def test_debit_and_credit() -> None:
    text = "Client;Pièce;Date;Débit;Crédit\nA;F1;15/01/2026;10,00;\nA;A1;15/01/2026;;4,00\n"
    assert read(text + "Total A 6,00\n").differences == ()
    assert differences(read(text + "Solde A : 7,00\n"))[0][2:] == ("7.00", "6.00")


AMOUNTS = st.lists(st.integers(1, 10**7), min_size=1, max_size=4)
FAR = 10**9


@given(customers=st.lists(AMOUNTS, min_size=1, max_size=3), wrong=st.integers(0, 3))
def test_whatever_the_amounts_each_total_is_checked(customers: list[list[int]], wrong: int) -> None:
    """wrong: the customer whose total is not its sum, when there is such a one."""
    lines, names = [HEAD.strip()], ("Dupont", "Martin", "Leroy")
    for at, cents in enumerate(customers):
        lines += [f"{names[at]};F{at}-{i};15/01/2026;;{shown(one)}" for i, one in enumerate(cents)]
        lines.append(f"Total {names[at]} {shown(sum(cents) + (FAR if at == wrong else 0))}")
    lines.append(f"Total général : {shown(sum(map(sum, customers)))}")
    reading = read("\n".join(lines))
    assert len(reading.items) == sum(map(len, customers))
    expected = [("customer-total-differs", names[wrong])] if wrong < len(customers) else []
    assert [(one.code, one.scope) for one in reading.differences] == expected
    assert reading.file_totals == reading.totals


def shown(cents: int) -> str:
    return f"{cents // 100:,}".replace(",", " ") + f",{cents % 100:02d}"


def test_no_such_row_is_ever_an_item() -> None:
    """Nor a customer of a summary, nor a row that is refused."""
    reading = read("Client;Solde\nA;10,00\nB;20,00\nTotal général 30,00\nTotal Énergies 5,00\n")
    assert [row.debtor_name for row in reading.summary] == ["A", "B"]
    assert (reading.items, reading.rejected) == ((), ())


def test_a_customer_whose_name_begins_with_total_keeps_its_items() -> None:
    text = HEAD + "Total Énergies 2 000,00;F1;15/01/2026;15/02/2026;1,00\n"
    assert [one.debtor_name for one in read(text).items] == ["Total Énergies 2 000,00"]


def test_a_long_text_takes_no_time() -> None:
    """Each of its words could begin the amount."""
    begun = time.process_time()
    reading = read(HEAD + MARTIN + "Total " + "1 " * 40_000 + "\n")
    assert (len(reading.items), reading.differences) == (1, ())
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Total 1 334,56", ("Total", "1 334,56")),
        ("Sous-total client 411DUP (1 234,56)", ("Sous-total client 411DUP", "(1 234,56)")),
        ("Total 12,00-", ("Total", "12,00-")),
        ("Total 1 500 €", ("Total", "1 500 €")),
        ("Total 411 234,56", ("Total 411", "234,56")),
        ("Total 412 234,56", ("Total", "412 234,56")),
        ("Solde au 31.03.2026 : 5,00", ("Solde au 31.03.2026", "5,00")),
        ("Solde au 31.03.26", None),
        ("Balance 2026", None),
        ("Total factures 12", None),
        ("Total 1,500 €", None),
        ("Total débit 12,00 crédit 13,00", None),
        ("Report à nouveau 12,00", None),
        ("Total Énergies", None),
        ("Dupont 12,00", None),
    ],
)
def test_what_is_the_label_and_what_the_amount(text: str, parts: tuple[str, str] | None) -> None:
    assert split_total(text, frozenset({"411", "5,00"})) == parts
