"""Amounts and dates, in every notation seen in real exports."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.balance_files.amounts import amount_ballot, read_amount, read_amounts
from relance.adapters.balance_files.buckets import is_bucket
from relance.adapters.balance_files.currencies import currency_in_header, currency_of
from relance.adapters.balance_files.dates import date_ballot, read_dates
from relance.adapters.balance_files.errors import BalanceQuestion
from relance.adapters.balance_files.table import Cell
from relance.adapters.balance_files.values import Bad, Ballot, elect


def amounts(*cells: Cell) -> list[Decimal | Bad | None]:
    mark = elect(amount_ballot(cells), (), None, "decimal-mark", "Montant")
    return read_amounts(cells, mark)


def dates(*cells: Cell) -> list[date | Bad | None]:
    order = elect(date_ballot(cells), (), None, "date-order", "Date")
    return read_dates(cells, order)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("12 345 678,9", "12345678.9"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1'234.50", "1234.50"),
        ("1’234.50 CHF", "1234.50"),
        ("(1 234,56)", "-1234.56"),
        ("(1,234.56)", "-1234.56"),
        ("500,00-", "-500"),
        ("-500,00", "-500"),
        ("−500,00", "-500"),
        ("- 500,00 €", "-500"),
        ("€ 500,00", "500"),
        ("$1,234.50", "1234.50"),
        ("-$1,234.50", "-1234.50"),
        ("EUR 12,50", "12.50"),
        ("12,50 EUR", "12.50"),
        ("12,50 CR", "-12.50"),
        ("12,50 D", "12.50"),
        ("+000000069,40", "69.40"),
        ("0000000069,60", "69.60"),
        ("39,9", "39.9"),
        ("2309.7899999999995", "2309.79"),
        ("-79,1300000000001", "-79.13"),
        ("64982.589", "64982.589"),
        ("1234", "1234"),
        (",50", "0.50"),
        ("0,125", "0.125"),
        ("1 234,567", "1234.567"),
    ],
)
def test_amount(written: str, value: str) -> None:
    assert amounts(written) == [Decimal(value)]


@pytest.mark.parametrize(
    "written",
    ["abc", "12,3,4", "1 23,45", "12 34", "05:23.4", "12%", "1.2.3", "--5", "-5-", "(5", "5)",
     "1e5", "Infinity", "1_000", "99999999999999999,00"],
)  # fmt: skip
def test_no_amount(written: str) -> None:
    (cell,) = read_amounts([written], ",")
    assert isinstance(cell, Bad)


@pytest.mark.parametrize("written", ["-", " - ", "–", "—"])
def test_the_dash_of_the_accounting_format_is_zero(written: str) -> None:
    assert read_amounts([written], ",") == [Decimal()]


@pytest.mark.parametrize("written", ["", " ", "--", "n/a", "None", "NaN", None])
def test_nothing_written(written: str | None) -> None:
    assert amounts(written) == [None]


def test_a_lone_thousand_is_asked() -> None:
    with pytest.raises(BalanceQuestion) as caught:
        amounts("1,234", "12,500", "100")
    assert caught.value.code == "decimal-mark-tied"
    assert caught.value.seen == ("1,234", "12,500")


def test_one_sure_amount_settles_its_column() -> None:
    assert amounts("1,234", "12,50") == [Decimal("1.234"), Decimal("12.50")]
    assert amounts("1,234", "1,234.50") == [Decimal(1234), Decimal("1234.50")]


def test_another_column_or_the_hint_settles_a_tie() -> None:
    tied = amount_ballot(["1,234"])
    assert elect(tied, [amount_ballot(["1,50"])], None, "decimal-mark", "x") == ","
    assert elect(tied, [], ".", "decimal-mark", "x") == "."


def test_a_column_that_contradicts_itself_is_asked() -> None:
    with pytest.raises(BalanceQuestion) as caught:
        amounts("1.234,56", "1,234.56")
    assert caught.value.code == "decimal-mark-mixed"


@given(
    cents=st.integers(min_value=-(10**13), max_value=10**13),
    notation=st.sampled_from([(" ", ","), ("\u202f", ","), (".", ","), (",", "."), ("'", "."),
                              ("", ","), ("", ".")]),
    sign=st.sampled_from(["-{}", "({})", "{}-", "{} CR"]),
    currency=st.sampled_from(["", " €", " EUR"]),
)  # fmt: skip
def test_amounts_survive_their_notation(
    cents: int, notation: tuple[str, str], sign: str, currency: str
) -> None:
    group, mark = notation
    value = Decimal(cents).scaleb(-2)
    body = f"{abs(value):,.2f}".replace(",", "G").replace(".", mark).replace("G", group)
    written = sign.format(body) if value < 0 else body
    written = written if "CR" in written else written + currency
    assert amounts(written) == [value]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("31/12/2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"),
        ("31.12.25", "2025-12-31"),
        ("01.02.2025", "2025-02-01"),
        ("31-12-2025", "2025-12-31"),
        ("2025-12-31", "2025-12-31"),
        ("2025-02-01", "2025-02-01"),
        ("2025/02/01", "2025-02-01"),
        ("2020-04-10 00:00:00.000000000", "2020-04-10"),
        ("2021-03-18T12:18:38Z", "2021-03-18"),
        ("2021-03-18 12:18:38.633 UTC", "2021-03-18"),
        ("12/19/24 00:00", "2024-12-19"),
        ("20251231", "2025-12-31"),
        ("1er janvier 2025", "2025-01-01"),
        ("12 juil. 2025", "2025-07-12"),
        ("12-Mar-2025", "2025-03-12"),
        ("Mar 12, 2025", "2025-03-12"),
        ("31 août 2025", "2025-08-31"),
        ("05/05/2025", "2025-05-05"),
        (date(2025, 2, 1), "2025-02-01"),
        (datetime(2025, 2, 1, 12, 30), "2025-02-01"),  # noqa: DTZ001 - as calamine gives it
        (Decimal(45658), "2025-01-01"),
        (Decimal(20250201), "2025-02-01"),
    ],
)
def test_date(written: Cell, value: str) -> None:
    assert dates(written) == [date.fromisoformat(value)]


@pytest.mark.parametrize(
    "written", ["05:23.4", "31/02/2025", "pas une date", "32/01/2025", "2025-13-01", "1/1/1/1"]
)
def test_no_date(written: str) -> None:
    (cell,) = dates(written)
    assert isinstance(cell, Bad)


@pytest.mark.parametrize("written", ["", "0", "00/00/0000", "-", None])
def test_no_date_written(written: str | None) -> None:
    assert dates(written) == [None]


def test_the_whole_column_decides_the_order() -> None:
    assert dates("01/02/2025", "25/02/2025")[0] == date(2025, 2, 1)
    assert dates("1/2/2025", "2/25/2025")[0] == date(2025, 1, 2)


def test_a_column_of_ambiguous_dates_is_asked() -> None:
    with pytest.raises(BalanceQuestion) as caught:
        dates("01/02/2025", "03/04/2025")
    assert caught.value.code == "date-order-tied"
    assert caught.value.seen == ("01/02/2025", "03/04/2025")


def test_both_orders_in_one_column_are_asked() -> None:
    with pytest.raises(BalanceQuestion) as caught:
        dates("25/02/2025", "02/25/2025")
    assert caught.value.code == "date-order-mixed"


def test_a_rare_contrary_date_is_only_a_bad_cell() -> None:
    read = dates(*(f"{day}/01/2025" for day in range(13, 29)), "01/13/2025")
    assert isinstance(read[-1], Bad)


def test_an_empty_ballot_needs_no_choice() -> None:
    assert elect(Ballot(), (), None, "date-order", "x") == ""


@pytest.mark.parametrize(
    "name",
    ["Non échu", "0-30", "1-30 j", "0-30j", "90+", "> 90", "+90 j", "90 j et +", "Plus de 90 jours",
     "< 1 Month", "1 Month", "2 Months", "Older", "Current", "91 and over", "Éch. ≤ 30 j.",
     "Greater than 60", "Maintenant", "Premier terme", "61-90 days", "31 à 60 jours"],
)  # fmt: skip
def test_bucket_names(name: str) -> None:
    assert is_bucket(name)


@pytest.mark.parametrize("name", ["2025", "Date", "Solde", "30", "Montant 1", "", "N° 12", "Total"])
def test_other_names(name: str) -> None:
    assert not is_bucket(name)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Euro", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("USD", "USD"), ("XYZ", None), ("", None)],
)
def test_currency(text: str, code: str | None) -> None:
    assert currency_of(text) == code


@pytest.mark.parametrize(
    ("header", "code"),
    [("Open Advance (ILS)", "ILS"), ("converted_usd", "USD"), ("Montant (€)", "EUR"),
     ("Solde en euros", "EUR"), ("Invoice Total", None), ("All open", None), ("amountEUR", "EUR")],
)  # fmt: skip
def test_currency_in_a_header(header: str, code: str | None) -> None:
    assert currency_in_header(header) == code


@pytest.mark.parametrize(
    "cells",
    [
        ["1,50", "-2", "0,125"],
        ["1,50", "", "2,00"],
        ["1,50", "2\n3", "4"],
        ["1\n2", "3"],
        ["1,50", "(2,00)"],
        [Decimal("1.5"), Decimal(-2)],
        [Decimal("1510.52000000008"), Decimal(3)],
        [Decimal(1), Decimal(10**15)],
        [Decimal(1), None, "2,50"],
    ],
)
def test_a_column_is_read_as_each_of_its_cells(cells: list[Cell]) -> None:
    assert read_amounts(cells, ",") == [read_amount(cell, ",") for cell in cells]
