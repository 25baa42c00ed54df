"""What was read against what the file prints: totals, ageing columns, summaries, to the cent."""

import pytest

from relance.adapters.balance_files.ageing import FAR, spans_of
from tests.adapters.balance_files.reading import differences, read

TITLE = "Balance âgée au 31/03/2026\n"
HEAD = "Client;Pièce;Date;Échéance;Solde;Non échu;0-30;31-60;> 60\n"


def test_ageing_columns_that_agree_with_the_dates_say_nothing() -> None:
    reading = read(
        TITLE + HEAD + "A;F1;01/03/2026;30/04/2026;10,00;10,00;;;\n"
        "A;F2;01/02/2026;15/03/2026;20,00;;20,00;;\nA;F3;01/01/2026;15/02/2026;30,00;;;30,00;\n"
        "A;F4;01/12/2025;01/01/2026;40,00;;;;40,00\nTotal;;;;100,00;10,00;20,00;30,00;40,00\n"
    )
    assert (reading.differences, reading.warnings) == ((), ("currency-assumed",))
    assert {label: str(sum_) for label, sum_ in reading.buckets["EUR"].items()} == {
        "Non échu": "10.00",
        "0-30": "20.00",
        "31-60": "30.00",
        "> 60": "40.00",
    }


@pytest.mark.parametrize("column", ["10,00;", ";10,00"])
def test_an_item_due_on_the_very_day_may_be_late_or_not(column: str) -> None:
    rows = f"A;F1;01/03/2026;31/03/2026;10,00;{column};;\nA;F2;01/02/2026;15/03/2026;1,00;;1,00;;\n"
    assert read(TITLE + HEAD + rows).differences == ()


def test_ages_may_count_from_the_date_of_the_document() -> None:
    rows = "A;F1;01/02/2026;30/04/2026;10,00;;;10,00;\nA;F2;01/03/2026;30/04/2026;1,00;;1,00;;\n"
    assert read(TITLE + HEAD + rows).differences == ()


def test_ageing_columns_that_contradict_the_dates_are_named() -> None:
    reading = read(
        TITLE + HEAD + "A;F1;01/03/2026;30/04/2026;10,00;10,00;;;\n"
        "A;F2;01/02/2026;15/03/2026;20,00;;20,00;;\nA;F3;01/03/2026;30/04/2026;5,00;;;;5,00\n"
    )
    assert differences(reading) == [
        ("bucket-differs", "Non échu", "10.00", "15.00"),
        ("bucket-differs", "> 60", "5.00", "0"),
    ]
    assert "bucket-differs" in reading.warnings


def test_the_total_under_an_ageing_column_is_checked() -> None:
    reading = read(
        TITLE + HEAD + "A;F1;01/03/2026;30/04/2026;10,00;10,00;;;\nTotal;;;;10,00;11,00;;;\n"
    )
    assert differences(reading) == [("bucket-differs", "Non échu", "11.00", "10.00")]
    assert reading.differences[0].line == 4


def test_an_age_without_due_date_is_said() -> None:
    reading = read(TITLE + HEAD + "A;F1;01/03/2026;;10,00;10,00;;;\n")
    assert "bucket-without-due-date" in reading.warnings


def test_labels_that_count_no_days_are_only_added_up() -> None:
    head = "Client;Pièce;Date;Échéance;Solde;Maintenant;Premier terme\n"
    reading = read(TITLE + head + "A;F1;01/03/2026;30/04/2026;10,00;;10,00\n")
    assert (reading.differences, str(reading.buckets["EUR"]["Premier terme"])) == ((), "10.00")


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ("Non échu;0-30;31-60;61-90;> 90", [(-FAR, 0), (0, 30), (31, 60), (61, 90), (91, FAR)]),
        ("Non échu;1-30 j;31-60 j;60+", [(-FAR, 0), (1, 30), (31, 60), (61, FAR)]),
        ("Current;1-30;31-60;61-90;91 and over",
         [(-FAR, 0), (1, 30), (31, 60), (61, 90), (91, FAR)]),
        ("At Date;1-30;31-60;Older", [(-FAR, 0), (1, 30), (31, 60), (61, FAR)]),
        ("Actuel;Éch. ≤ 30 j.;Éch. ≤ 60 j.;Plus ancien",
         [(-FAR, 0), (1, 30), (31, 60), (61, FAR)]),
        ("01 <1;02 1-30;03 31-90;04 > 90", [(-FAR, 1), (1, 30), (31, 90), (91, FAR)]),
        ("0-30;31-60;91-Above", [(0, 30), (31, 60), (91, FAR)]),
        ("Non échu;Moins de 30 jours;Plus de 30 jours", [(-FAR, 0), (1, 30), (31, FAR)]),
    ],
)  # fmt: skip
def test_days_of_the_labels(labels: str, spans: list[tuple[int, int]]) -> None:
    assert spans_of(labels.split(";")) == spans


@pytest.mark.parametrize("labels", ["Maintenant;Premier terme", "< 1 Month;1 Month;Older"])
def test_labels_without_days(labels: str) -> None:
    assert spans_of(labels.split(";")) is None


def test_the_rows_of_a_summary_add_up_to_their_own_total() -> None:
    reading = read(
        "Compte;Intitulé;Total;Non échu;0-30 j;+30 j\n411A;A;15,00;10,00;5,00;\n"
        "411B;B;20,00;10,00;5,00;4,00\n;Total général;35,00;20,00;10,00;4,00\n"
    )
    assert differences(reading) == [("customer-total-differs", "411B B", "20.00", "19.00")]
    assert [(row.debtor_code, str(row.total)) for row in reading.summary] == [
        ("411A", "15.00"),
        ("411B", "20.00"),
    ]
    assert str(reading.summary[0].buckets["Non échu"]) == "10.00"


def test_the_total_of_a_summary_is_checked() -> None:
    reading = read("Client;Solde\nA;10,00\nB;20,00\nTotal général;31,00\n")
    assert differences(reading) == [("total-differs", None, "31.00", "30.00")]


def test_columns_that_leave_some_ages_out_are_not_summed_against_the_total() -> None:
    reading = read("Client;Total;1-30;31-60\nA;15,00;10,00;1,00\n")
    assert reading.differences == ()


def test_a_statement_of_account_ends_with_its_balance() -> None:
    reading = read("Client;Pièce;Date;Solde\nA;F1;15/01/2026;10,00\nSolde du compte;;;12,00\n")
    assert differences(reading)[0] == ("subtotal-differs", None, "12.00", "10.00")


def test_a_page_total_is_neither_a_total_nor_a_difference() -> None:
    reading = read("Client;Pièce;Date;Solde\nA;F1;15/01/2026;10,00\nTotal page 1;;;12,00\n")
    assert (reading.file_totals, reading.differences) == ({}, ())
