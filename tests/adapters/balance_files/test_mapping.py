"""Headers: two lines, ruined letters, columns that the creditor named; what is shown of them."""

import pytest

from relance.adapters.balance_files import BalanceHints, hints_of
from relance.adapters.balance_files.meanings import column_meaning
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.messages.balance_answers import answer_to
from relance.domain.balance_settings import BalanceSettings
from tests.adapters.balance_files.reading import asked, read

HEAD = "Code client;Raison sociale;N° pièce;Date pièce;Date d'échéance;Débit;Crédit"
ROW = "C1;A;F1;15/01/2026;15/02/2026;100,00;"


def meanings(text: str, hints: BalanceHints | None = None) -> dict[str, str]:
    return {one.name or str(one.index + 1): one.meaning for one in read(text, hints).columns}


@pytest.mark.parametrize(
    "head",
    [
        HEAD.upper(),
        HEAD.replace("é", "e").replace("è", "e").replace("°", "o"),
        HEAD.replace("é", "?").replace("è", "?").replace("°", "?"),
        HEAD.replace("é", "\ufffd").replace("è", "\ufffd").replace("°", "\ufffd"),
        HEAD.encode("cp850").decode("cp1252"),
        HEAD.encode("utf-8").decode("cp1252"),
        HEAD.replace("N° pièce", "N° de factrue").replace("sociale", "socaile"),
    ],
)
def test_headers_without_accents_or_with_ruined_letters(head: str) -> None:
    (item,) = read(f"{head}\n{ROW}\n").items
    assert (item.debtor_code, item.debtor_name, item.number) == ("C1", "A", "F1")
    assert (str(item.issue_date), str(item.due_date)) == ("2026-01-15", "2026-02-15")
    assert str(item.open_amount) == "100.00"


def test_a_misspelt_name_is_not_believed_against_its_values() -> None:
    reading = read("Client;Facture;Date;Solde;Date echeanec\nA;F1;15/01/2026;1,00;bientôt\n")
    assert reading.items[0].due_date is None
    assert (reading.columns[4].meaning, reading.columns[4].why) == ("", "column-unknown")


def test_the_second_line_completes_the_first() -> None:
    text = (
        "Code;Nom du;N°;Date;Date;Montant;Solde\n"
        "client;client;facture;facture;d'échéance;TTC;dû\n"
        "C1;Un;F1;15/01/2026;15/02/2026;120,00;100,00\n"
    )
    assert list(meanings(text).values()) == [
        "debtor_code", "debtor_name", "number", "issue_date", "due_date", "amount", "open_amount",
    ]  # fmt: skip


def test_a_label_may_span_the_ageing_columns() -> None:
    text = (
        ";;;;;Balance âgée;;\nClient;Nom;Pièce;Échéance;Solde;Non échu;1-30;31 et +\n"
        "C1;Un;F1;15/02/2026;50,00;;50,00;\n"
    )
    assert list(read(text).buckets["EUR"]) == ["Non échu", "1-30", "31 et +"]


def test_a_first_row_of_words_is_no_second_line() -> None:
    reading = read("Client;Facture;Date;Solde\nDupont;Fac;2026-01-15;1,00\n")
    assert reading.items[0].debtor_name == "Dupont"


def test_each_column_says_what_it_means_and_why() -> None:
    columns = read(HEAD + ";Couleur\n" + ROW + ";bleu\n").columns
    assert [one.why for one in columns] == ["name-known"] * 7 + ["column-unknown"]
    assert [one.confidence for one in columns] == [95] * 7 + [0]
    assert columns[5].meaning == "debit"


@pytest.mark.parametrize("wanted", ["Ref interne", 2, "2", "B", "REF INTERNE"])
def test_a_pinned_column_wins(wanted: str | int) -> None:
    text = "Client;Ref interne;Facture;Date;Solde\nA;X9;F1;15/01/2026;1,00\n"
    reading = read(text, BalanceHints(mapping={"number": wanted}))
    assert reading.items[0].number == "X9"
    assert (reading.columns[1].confidence, reading.columns[1].why) == (100, "pinned")
    assert reading.columns[2].meaning == ""


def test_a_pin_takes_the_column_from_what_it_seemed_to_be() -> None:
    text = "Client;Nom;Facture;Date;Solde;Solde initial\nA;B;F1;15/01/2026;1,00;9,00\n"
    reading = read(text, BalanceHints(mapping={"open_amount": 6, "debtor_code": "Nom"}))
    item = reading.items[0]
    assert (str(item.open_amount), item.debtor_code, item.debtor_name) == ("9.00", "B", "A")


def test_values_do_not_overrule_a_pin() -> None:
    text = "Compte;Nom;Facture;Date;Solde\n411DUP1;Dupont;F1;15/01/2026;1,00\n"
    assert read(text).items[0].debtor_code == "411DUP1"
    item = read(text, BalanceHints(mapping={"account": "Compte"})).items[0]
    assert (item.account, item.debtor_code) == ("411DUP1", None)


@pytest.mark.parametrize("wanted", ["Absente", 9, "Z", 0])
def test_a_pinned_column_that_is_not_there_is_asked(wanted: str | int) -> None:
    question = asked(f"{HEAD}\n{ROW}\n", BalanceHints(mapping={"number": wanted}))
    assert question.code == "pinned-column-not-found"
    assert question.detail["column"] == str(wanted)
    assert "N° pièce" in question.seen


def test_a_pinned_name_that_two_columns_have_is_asked() -> None:
    text = "Client;Ref;Ref;Date;Solde\nA;1;2;15/01/2026;1,00\n"
    assert asked(text, BalanceHints(mapping={"number": "Ref"})).code == "pinned-column-not-found"


def test_an_unknown_field_is_asked() -> None:
    assert asked(f"{HEAD}\n{ROW}\n", BalanceHints(mapping={"x": 1})).code == "pinned-field-unknown"


def test_a_file_without_header_is_asked_then_read_by_positions() -> None:
    text = "Dupont;F1;15/01/2026;10,00\nDurand;F2;25/01/2026;12,00\n"
    question = asked(text)
    assert question.code == "header-not-found"
    assert question.table.rows[0] == ("Dupont", "F1", "15/01/2026", "10,00")
    mapping: dict[str, str | int] = {
        "debtor_name": 1,
        "number": "B",
        "due_date": 3,
        "open_amount": 4,
    }
    reading = read(text, BalanceHints(header_row=0, mapping=mapping))
    assert [(i.debtor_name, i.number, str(i.open_amount)) for i in reading.items] == [
        ("Dupont", "F1", "10.00"),
        ("Durand", "F2", "12.00"),
    ]


def test_the_header_row_may_be_named() -> None:
    text = "Client;Facture;Date;Solde\nx;y;;z\nTiers;Pièce;Date;Solde\nA;F1;15/01/2026;1,00\n"
    assert len(read(text, BalanceHints(header_row=3)).items) == 1
    assert asked(text, BalanceHints(header_row=99)).code == "header-row-not-found"


def test_a_question_shows_the_table_as_understood() -> None:
    question = asked("Client;Pièce;Date;Solde;Solde\nA;1;2026-01-15;1,00;2,00\n")
    assert [one.meaning for one in question.table.columns][:3] == [
        "debtor_name",
        "number",
        "issue_date",
    ]
    assert question.table.rows == (("A", "1", "2026-01-15", "1,00", "2,00"),)
    assert answer_to(question.code, question.table.columns) == (
        "balance:\n  mapping:\n    debtor_code: …\n    debtor_name: 1  # Client\n"
        "    number: 2  # Pièce\n    issue_date: 3  # Date\n    due_date: …\n"
        "    open_amount: 4  # Solde"
    )


def test_a_list_without_an_amount_is_asked() -> None:
    question = asked("Client;Facture;Date;Solde HT\nA;F1;15/01/2026;1,00\n")
    assert question.code == "amount-column-not-found"


def test_settings_become_hints() -> None:
    settings = BalanceSettings(mapping={"number": 2}, header_row=3, date_order="day-first")
    hints = hints_of(settings, "CHF")
    assert (hints.mapping, hints.header_row, hints.default_currency) == ({"number": 2}, 3, "CHF")
    assert hints_of(BalanceSettings(default_currency="USD"), "CHF").default_currency == "USD"


def test_a_code_beside_a_name_is_the_customers() -> None:
    assert meanings("Code;Client;Facture;Date;Solde\nC1;Un;F1;15/01/2026;1,00\n")["Code"] == (
        "debtor_code"
    )


def test_the_company_amount_stands_for_a_blank_one_in_the_document_currency() -> None:
    reading = read(
        "Client;Pièce;Date;Devise;Solde;Solde devise\nA;1;15/01/2026;USD;90,00;100,00\n"
        "A;2;25/01/2026;;55,00;\n"
    )
    assert [(str(i.open_amount), i.currency) for i in reading.items] == [
        ("100.00", "USD"),
        ("55.00", "EUR"),
    ]


def test_amounts_in_both_currencies_must_agree_when_these_are_one() -> None:
    text = (
        "Client;Pièce;Date;Devise;Solde;Solde devise\nA;1;15/01/2026;EUR;90,00;100,00\n"
        "A;2;15/01/2026;USD;90,00;100,00\n"
    )
    hints = BalanceHints(default_currency="EUR")
    assert "company-amount-differs" in read(text, hints).warnings
    agreed = text.replace("EUR;90,00", "EUR;100,00")
    assert "company-amount-differs" not in read(agreed, hints).warnings


def test_an_unknown_amount_beside_the_documents_is_asked_about() -> None:
    text = "Client;Facture;Date;Montant;Xyz\nA;F1;15/01/2026;120,00;100,00\n"
    question = asked(text)
    assert (question.code, question.seen) == ("open-amount-unsure", ("Montant", "Xyz"))
    answered = read(text, BalanceHints(mapping={"open_amount": "Xyz"}))
    assert str(answered.items[0].open_amount) == "100.00"


@pytest.mark.parametrize("name", ["Montant HT", "TVA", "Plafond de crédit", "Taux"])
def test_amounts_that_nobody_owes_are_not_asked_about(name: str) -> None:
    text = f"Client;Facture;Date;Montant TTC;{name}\nA;F1;15/01/2026;120,00;100,00\n"
    assert str(read(text).items[0].open_amount) == "120.00"


@pytest.mark.parametrize("values", ["2026;2025", "45;12", "75001;13001"])
def test_whole_numbers_are_not_amounts_in_doubt(values: str) -> None:
    first, second = values.split(";")
    text = (
        f"Client;Facture;Date;Montant;Xyz\nA;F1;15/01/2026;120,00;{first}\n"
        f"A;F2;15/01/2026;10,00;{second}\n"
    )
    assert len(read(text).items) == 2


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("Customer/Supplier Code", "debtor_code"), ("Réf. du tiers", "debtor_code"),
        ("Account: Code", "debtor_code"), ("Intitulé du compte client", "debtor_name"),
        ("Customer:Project", "debtor_name"), ("Mt restant dû", "open_amount"),
        ("O/S Amount", "open_amount"), ("Reste", "open_amount"), ("Dt échéance", "due_date"),
        ("Date limite de règlement", "due_date"), ("À régler avant le", "due_date"),
        ("Net due dt", "due_date"), ("Invoice Currency Code", "currency"),
        ("Niv. relance", "reminder_level"), ("Général", "account"), ("Émise le", "issue_date"),
    ],
)  # fmt: skip
def test_names_of_many_tools(name: str, meaning: str) -> None:
    found = column_meaning(name)
    names = {Field.PARTY: "debtor_name"}
    assert found is not None
    assert names.get(found[0], found[0].value) == meaning


def test_terms_date_a_list_without_due_dates_and_the_report_says_so() -> None:
    text = "Client;Facture;Date;Solde\nA;F1;15/01/2026;1,00\nA;F2;16/01/2026;-1,00\n"
    reading = read(text, BalanceHints(terms_days=30))
    assert [str(item.due_date) for item in reading.items] == ["2026-02-14", "None"]
    assert "due-dates-by-terms" in reading.warnings
    end = read(text, BalanceHints(terms_days=30, end_of_month=True))
    assert str(end.items[0].due_date) == "2026-02-28"


def test_terms_change_no_due_date_of_the_file() -> None:
    text = "Client;Facture;Date;Échéance;Solde\nA;F1;15/01/2026;;1,00\n"
    reading = read(text, BalanceHints(terms_days=30))
    assert reading.items[0].due_date is None
