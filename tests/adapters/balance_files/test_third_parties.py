"""Who insures an item, and to whom it was assigned: which columns tell it, and which do not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.balance_files import BalanceHints, read_balance
from relance.adapters.balance_files.answers import Kind, look
from relance.adapters.balance_files.meanings import column_meaning
from relance.domain.balance_reading import BalanceReading, ReadItem
from relance.domain.open_item import UNNAMED_FACTOR, UNNAMED_INSURER, ItemFlag
from tests.adapters.balance_files.reading import read
from tests.adapters.balance_files.test_workbook_cells import HEAD, merge
from tests.builders_xlsx import Value

YES, GIVEN = UNNAMED_INSURER, UNNAMED_FACTOR


def with_column(head: str, *cells: str, kind: str = "") -> BalanceReading:
    rows = [f"A;F{i};{kind};15/01/2026;1,00;{cell}\n" for i, cell in enumerate(cells)]
    return read(f"Client;Pièce;Type;Date;Solde;{head}\n" + "".join(rows))


def insurers(head: str, *cells: str) -> list[str | None]:
    return [item.insurer for item in with_column(head, *cells).items]


def factors(head: str, *cells: str) -> list[str | None]:
    return [item.factor for item in with_column(head, *cells).items]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Assureur", "insurer"), ("Nom de l'assureur", "insurer"), ("Assurance-crédit", "insurer"),
        ("Assuré (O/N)", "insurer"), ("Client assuré", "insurer"), ("N° police", "insurer"),
        ("N° de police d'assurance", "insurer"), ("Limite d'assurance", "insurer"),
        ("ENCOURS_GARANTI", "insurer"), ("Montant garanti EUR", "insurer"),
        ("Credit insurance", "insurer"), ("Insured? (Y/N)", "insurer"), ("Insurer", "insurer"),
        ("isInsured", "insurer"), ("Insured limit", "insurer"), ("Policy No.", "insurer"),
        ("Affacturage", "factor"), ("Factor", "factor"), ("Cédé", "factor"),
        ("Cédé au factor", "factor"), ("Cédé à", "factor"), ("Créance cédée", "factor"),
        ("Cession", "factor"), ("Factoré", "factor"), ("Factorisé", "factor"),
        ("Mobilisé", "factor"), ("Factoring", "factor"), ("Assigned", "factor"),
        ("Assigned to factor", "factor"), ("Date de cession", "factor"),
        ("N° bordereau de cession", "factor"),
        ("Assigned to", None), ("Assigned user", None), ("Assignment", None), ("Assignee", None),
        ("Garantie", None), ("Retenue de garantie", None), ("Quittance", None),
        ("Frais d'affacturage", None), ("Limite de crédit", None), ("Assigned amount", "amount"),
        ("Reste à céder", None), ("Montant cédé Eurofactor", None), ("Client (O/N)", None),
    ],
)  # fmt: skip
def test_which_names_may_say_it(header: str, field: str | None) -> None:
    found = column_meaning(header)
    assert (found[0].value if found else None) == field


@pytest.mark.parametrize(
    ("text", "kind", "yes"),
    [
        ("Oui", Kind.ANSWER, True), ("o", Kind.ANSWER, True), ("X", Kind.ANSWER, True),
        ("1", Kind.ANSWER, True), ("VRAI", Kind.ANSWER, True), ("yes", Kind.ANSWER, True),
        ("✓", Kind.ANSWER, True), ("Partiellement assuré", Kind.ANSWER, True),
        ("Non dénommé", Kind.ANSWER, True), ("cédée", Kind.ANSWER, True),
        ("Non", Kind.ANSWER, False), ("N", Kind.ANSWER, False), ("0", Kind.ANSWER, False),
        ("FAUX", Kind.ANSWER, False), ("NC", Kind.ANSWER, False), ("N.C.", Kind.ANSWER, False),
        ("néant", Kind.ANSWER, False), ("Aucun", Kind.ANSWER, False),
        ("Non assuré", Kind.ANSWER, False), ("Refusé le 3/4", Kind.ANSWER, False),
        ("À céder", Kind.ANSWER, False), ("Rétrocédée", Kind.ANSWER, False),
        ("-", Kind.SILENT, False), ("", Kind.SILENT, False), (" ", Kind.SILENT, False),
        ("n/a", Kind.SILENT, False), ("?", Kind.SILENT, False),
        ("10 000,00", Kind.FIGURE, True), ("10,000.00 €", Kind.FIGURE, True),
        ("90 %", Kind.FIGURE, True), ("-120,00", Kind.FIGURE, True), ("0,00", Kind.FIGURE, False),
        ("0 %", Kind.FIGURE, False), ("0.00 EUR", Kind.FIGURE, False),
        ("12/01/2026", Kind.FIGURE, True), ("00/00/0000", Kind.FIGURE, False),
        ("Coface", Kind.WORDS, True), ("Nord Factor", Kind.WORDS, True),
        ("Τράπεζα", Kind.WORDS, True), ("POL-12/7", Kind.WORDS, True),
    ],
)  # fmt: skip
def test_what_a_cell_answers(text: str, kind: Kind, yes: bool) -> None:
    assert look(text) == (kind, yes)


def test_a_name_yes_and_an_amount_say_who() -> None:
    assert insurers("Assureur", "Coface", "", "Non", "-") == ["Coface", "", "", ""]
    assert insurers("Assuré", "Oui", "N", "", "x") == [YES, "", "", YES]
    assert insurers("Encours garanti", "10 000,00", "0,00", "") == [YES, "", ""]
    assert factors("Factor", "Nord Factor", "néant") == ["Nord Factor", ""]
    assert factors("Cédé au factor", "1", "0") == [GIVEN, ""]
    assert factors("Montant cédé", "100,00", "-20,00", "0,00") == [GIVEN, GIVEN, ""]
    assert factors("Date de cession", "12/01/2026", "", "00/00/0000") == [GIVEN, "", ""]


def test_a_reference_is_nobodys_name() -> None:
    assert insurers("N° police", "POL-12", "") == [YES, ""]
    assert factors("N° bordereau de cession", "BC-7", "12", "") == [GIVEN, GIVEN, ""]


def test_nobody_is_known_only_where_a_column_tells() -> None:
    (item,) = with_column("Commentaire", "assuré, cédé au factor").items
    assert (item.insurer, item.factor) == (None, None)
    (item,) = with_column("Assureur", "").items
    assert (item.insurer, item.factor) == ("", None)


def test_rows_of_a_plain_file_have_what_their_columns_say() -> None:
    """Sound invoices are made by column, the others one by one."""
    states = "Assureur;Cédé;Mode de règlement;Niveau de relance;Bloqué"
    plain = with_column(states, "Coface;Non;LCR;2;X", ";;;;", kind="Facture").items
    one_by_one = with_column(states, "Coface;Non;LCR;2;X", ";;;;").items
    assert plain == one_by_one
    first, second = plain
    assert (first.insurer, first.factor, first.reminder_level) == ("Coface", "", 2)
    assert first.flag is ItemFlag.BLOCKED
    assert (second.insurer, second.factor, second.flag) == ("", "", None)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Assigned to", ["Ann", "Bob"]), ("Assigned", ["Ann", "Bob"]), ("Assigned", ["", ""]),
        ("Assigned", ["12,00", "3,50"]), ("Assuré", ["Dupont", "Martin"]),
        ("Assuré (O/N)", ["Dupont", "Martin"]), ("Insured", ["J. Doe", "A. Roe"]),
        ("Assurance", ["12,50", "8,00"]), ("Insurance", ["", ""]), ("Factor", ["1.05", "0.92"]),
        ("N° police", [f"POL-{i}" for i in range(6)]), ("N° police", ["", ""]),
        ("Assureur", ["Un", "Deux", "Trois", "Quatre", "Cinq", "Six"]),
    ],
)  # fmt: skip
def test_a_column_that_says_something_else_is_left_alone(header: str, cells: list[str]) -> None:
    """A person in charge, the customer insured, freight, a rate, the insurers of a broker."""
    reading = with_column(header, *cells)
    assert {(item.insurer, item.factor) for item in reading.items} == {(None, None)}
    assert reading.columns[-1].meaning == ""


def test_few_policies_and_insurers_are_the_creditors() -> None:
    names = ["Un", "UN", "Deux", "Trois", "Quatre", "Cinq", "Cinq"]
    assert insurers("Assureur", *names) == names
    assert None not in insurers("N° police", *names)


def test_the_header_of_a_page_break_is_no_value() -> None:
    text = (
        "Client;Pièce;Date;Solde;Assigned\nA;F1;15/01/2026;1,00;Yes\n"
        "Client;Pièce;Date;Solde;Assigned\nA;F2;15/01/2026;1,00;No\n"
    )
    assert [item.factor for item in read(text).items] == [GIVEN, ""]


@pytest.mark.parametrize(
    ("row", "insurer"),
    [
        ("Coface;", "Coface"), ("Coface;Oui", "Coface"), ("Coface;10 000,00", "Coface"),
        (";Oui", YES), (";", ""), (";Non", ""),
        ("Coface;Non", ""), ("Coface;0,00", ""), ("Non;Oui", YES),
    ],
)  # fmt: skip
def test_a_no_of_the_row_weighs_more_than_a_name_and_a_yes_more_than_a_no(
    row: str, insurer: str
) -> None:
    assert insurers("Assureur;Assuré", row, "Coface;Oui") == [insurer, "Coface"]


def test_a_policy_that_every_row_names_does_not_insure_a_row_that_is_not() -> None:
    assert insurers("N° police;Assuré", "P1;Oui", "P1;Non") == [YES, ""]


def test_a_way_of_paying_may_name_the_factor_of_its_rows_only() -> None:
    mode = "Mode de règlement"
    cells = ("Affacturage", "Virement", "Cession Dailly", "Hors affacturage")
    assert factors(mode, *cells) == [GIVEN, None, GIVEN, None]
    assert factors(f"{mode};Factor", "Affacturage;", "Virement;") == [GIVEN, ""]
    assert factors(mode, "Virement", "LCR") == [None, None]


def test_a_pinned_column_tells_whatever_its_name_and_values() -> None:
    text = "Client;Pièce;Date;Solde;Assuré;Zone\nA;F1;15/01/2026;1,00;Dupont;Nord Factor\n"
    hints = BalanceHints(mapping={"insurer": "Assuré", "factor": "F"})
    (item,) = read(text, hints).items
    assert (item.insurer, item.factor) == ("Dupont", "Nord Factor")


def test_an_amount_of_cover_is_never_what_is_owed() -> None:
    text = "Client;Pièce;Date;Montant TTC;Montant garanti\nA;F1;15/01/2026;10,00;5 000,00\n"
    (item,) = read(text).items
    assert (str(item.open_amount), item.insurer) == ("10.00", YES)


def repeated(column: str, *cells: str) -> list[ReadItem]:
    names = ["A;F1", ";F2", ";F3", "B;F4", ";F5", "C;F6"]
    rows = [f"{name};15/01/2026;1,00;{cell}\n" for name, cell in zip(names, cells, strict=True)]
    return list(read(f"Client;Pièce;Date;Solde;{column}\n" + "".join(rows)).items)


def test_an_insurer_blanked_with_its_customer_is_that_of_each_row() -> None:
    items = repeated("Assureur", "Coface", "", "", "", "", "Axa")
    assert [item.insurer for item in items] == ["Coface", "Coface", "Coface", "", "", "Axa"]
    items = repeated("Cédé", "X", "", "", "", "X", "")
    assert [item.factor for item in items] == [GIVEN, "", "", "", GIVEN, ""]


def test_an_insurer_merged_over_its_rows_is_that_of_each() -> None:
    rows: list[list[Value]] = [[*HEAD, "Assureur"], ["C1", "Dupont", "F1", None, 1, "Coface"],
            ["C1", "Dupont", "F2", None, 2, None]]  # fmt: skip
    assert [item.insurer for item in read_balance(merge(rows, "F2:F3")).items] == ["Coface"] * 2


HEADERS = ("Assureur", "Assuré", "Encours garanti", "N° police", "Assurance", "Factor", "Cédé",
           "Assigned", "Montant cédé", "Date de cession", "Affacturage")  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(["", "Oui", "Non", "0,00", "10 000,00", "Coface", "Total", "12/01/2026", "-"]),
    st.text(
        st.characters(codec="utf-8", exclude_characters=';"\r\n', exclude_categories=["C", "Z"])
    ),
)


@given(header=st.sampled_from(HEADERS), cells=st.lists(CELLS, min_size=1, max_size=12))
def test_such_a_column_changes_nothing_else_and_tells_of_every_row_or_of_none(
    header: str, cells: list[str]
) -> None:
    kind = "Facture"
    found, without = (
        with_column(one, *them, kind=kind)
        for one, them in ((header, cells), ("Zone", [""] * len(cells)))
    )
    assert [replace(item, insurer=None, factor=None) for item in found.items] == [*without.items]
    assert (found.rejected, found.totals) == ((), without.totals)
    for told in ([item.insurer for item in found.items], [item.factor for item in found.items]):
        assert None not in told or {*told} == {None}
