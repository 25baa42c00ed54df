"""`relance read`: the documented JSON, exit codes, and a summary people can read."""

import json
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from relance.adapters.messages.balance_messages import sentence
from relance.cli.read import read

TEXT = (
    "Balance arrêtée au 30/09/2026\n"
    "Code client;Nom;N° pièce;Date;Échéance;Montant;Reste dû;Devise\n"
    "C1;Dupont [bold];F1;15/08/2026;14/09/2026;120,00;100,5;EUR\n"
    "C1;Dupont [bold];F2;15/08/2026;bientôt;120,00;100,5;EUR\n"
    "Total;;;;;;201,00;\n"
)
RUNNER = CliRunner()
app = Typer()
app.command()(read)


@pytest.fixture
def balance(tmp_path: Path) -> Path:
    path = tmp_path / "balance.csv"
    path.write_text(TEXT, encoding="cp1252")
    return path


DOCUMENTED = ("format", "as_of", "currency", "items", "total", "file_total", "rejected",
              "warnings", "settled")  # fmt: skip


def test_json_has_the_documented_shape_and_what_was_settled(balance: Path) -> None:
    result = RUNNER.invoke(app, [str(balance), "--json"])
    assert result.exit_code == 0
    body = json.loads(result.stdout)
    assert (body["encoding"], body["separator"]) == ("cp1252", ";")
    assert {key: body[key] for key in DOCUMENTED} == {
        "format": "csv",
        "as_of": "2026-09-30",
        "currency": "EUR",
        "items": [
            {
                "debtor_code": "C1",
                "debtor_name": "Dupont [bold]",
                "number": "F1",
                "kind": "invoice",
                "issue_date": "2026-08-15",
                "due_date": "2026-09-14",
                "amount": "120.00",
                "open_amount": "100.50",
                "currency": "EUR",
            }
        ],
        "total": "100.50",
        "file_total": "201.00",
        "rejected": [{"line": 4, "reason": "bad-date"}],
        "warnings": ["total-differs"],
        "settled": {"rows": 0, "total": None},
    }


def test_json_says_how_the_columns_were_understood_and_what_differs(balance: Path) -> None:
    body = json.loads(RUNNER.invoke(app, [str(balance), "--json"]).stdout)
    assert body["rows"] == len(body["items"]) + len(body["rejected"]) + body["non_item_rows"]
    assert {one["meaning"] for one in body["columns"]} >= {"debtor_code", "number", "due_date"}
    assert body["differences"] == [
        {
            "code": "total-differs",
            "scope": None,
            "line": 5,
            "currency": "EUR",
            "printed": "201.00",
            "read": "100.50",
        }
    ]


def run_on(tmp_path: Path, text: str, *options: str) -> tuple[int, dict[str, object]]:
    path = tmp_path / "b.csv"
    path.write_text(text, encoding="utf-8")
    result = RUNNER.invoke(app, [str(path), "--json", *options])
    return result.exit_code, json.loads(result.stdout)


def test_several_currencies_give_objects(tmp_path: Path) -> None:
    _, body = run_on(
        tmp_path,
        "Client,Invoice,Date,Balance,Currency\nA,1,2026-01-31,10.0051,USD\nA,2,2026-01-31,1,CAD\n",
    )
    assert (body["total"], body["currency"]) == ({"CAD": "1.00", "USD": "10.01"}, None)
    assert body["file_total"] is None


def test_an_insurer_is_shown_where_a_column_tells_even_nobody(tmp_path: Path) -> None:
    text = "Client;Pièce;Date;Solde;Assureur\nA;1;31/01/2026;1,00;Coface\nA;2;31/01/2026;1,00;\n"
    _, body = run_on(tmp_path, text)
    items = body["items"]
    assert [item["insurer"] for item in items] == ["Coface", ""]  # type: ignore[attr-defined]
    assert all("factor" not in item for item in items)  # type: ignore[attr-defined]
    assert body["columns"][-1]["meaning"] == "insurer"  # type: ignore[index]


def test_a_refusal_exits_2(tmp_path: Path) -> None:
    code, body = run_on(tmp_path, "Fournisseur;Solde\nDupont;10,00\n", "--lang", "fr")
    text = sentence("payables-not-receivables", "fr")
    assert (code, body) == (2, {"error": {"code": "payables-not-receivables", "text": text}})


def test_a_summary_asks_for_the_detail(tmp_path: Path) -> None:
    code, body = run_on(tmp_path, "Client;Solde\nDupont;10,00\n", "--lang", "fr")
    text = sentence("summary-names-no-item", "fr", {"rows": "1", "total": "10.00 EUR"})
    assert code == 3
    question = body["question"]
    assert (question["code"], question["text"]) == ("summary-names-no-item", text)  # type: ignore[index]
    assert question["seen"] == ["Dupont"]  # type: ignore[index]


def test_a_question_exits_3_and_an_option_answers_it(tmp_path: Path) -> None:
    text = "Client,Invoice,Date,Balance\nA,1,01/02/2026,10.00\n"
    code, body = run_on(tmp_path, text)
    assert code == 3
    question = body["question"]
    assert {key: question[key] for key in ("code", "text", "seen")} == {  # type: ignore[index]
        "code": "date-order-tied",
        "text": sentence("date-order-tied", "en", {"column": "Date"}),
        "seen": ["01/02/2026"],
    }
    assert question["rows"] == [["A", "1", "01/02/2026", "10.00"]]  # type: ignore[index]
    assert [one["meaning"] for one in question["columns"]][2:] == ["issue_date", "open_amount"]  # type: ignore[index]
    assert question["answer"] == "balance:\n  date_order: day-first  # | month-first"  # type: ignore[index]
    code, body = run_on(tmp_path, text, "--date-order", "day-first", "--currency", "chf")
    assert (code, body["currency"]) == (0, "CHF")


def test_columns_may_be_named_on_the_command_line(tmp_path: Path) -> None:
    text = "Dupont;F1;15/01/2026;10,00\nDurand;F2;25/01/2026;12,00\n"
    code, body = run_on(tmp_path, text)
    assert (code, body["question"]["code"]) == (3, "header-not-found")  # type: ignore[index]
    pins = ("debtor_name=1", "number=B", "due_date=3", "open_amount=D")
    options = [word for pin in pins for word in ("--column", pin)]
    code, body = run_on(tmp_path, text, "--header-row", "0", *options)
    assert (code, body["total"], len(body["items"])) == (0, "22.00", 2)  # type: ignore[arg-type]


def test_a_column_option_without_column_is_an_error_of_usage(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("Client;Solde\n")
    assert RUNNER.invoke(app, [str(path), "--column", "number"]).exit_code == 2


def test_a_question_in_words_shows_the_table_and_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("Dupont;F1;15/01/2026;10,00\nDurand;F2;25/01/2026;12,00\n")
    result = RUNNER.invoke(app, [str(path), "--lang", "fr"])
    for words in ("que contient chaque colonne", "Durand", "creditor.yaml", "header_row: 0"):
        assert words in result.stderr


def test_differences_are_said_in_words(balance: Path) -> None:
    french = RUNNER.invoke(app, [str(balance), "--lang", "fr"]).stdout
    assert "Écarts" in french


def test_a_missing_file_is_a_refusal(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, [str(tmp_path / "no.csv"), "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "file-not-found"


def test_the_summary_speaks_the_language_of_the_terminal(balance: Path) -> None:
    french = RUNNER.invoke(app, [str(balance)], env={"LANG": "fr_FR.UTF-8", "LC_ALL": ""})
    assert french.exit_code == 0
    for words in ("Pièces ouvertes", "100,50 EUR", "Dupont [bold]", "date illisible", "bientôt"):
        assert words in french.stdout
    english = RUNNER.invoke(app, [str(balance), "--lang", "en"])
    for words in ("Open items", "100.50 EUR", "unreadable date", "not the sum of the items"):
        assert words in english.stdout


def test_refusals_and_questions_are_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("Client,Invoice,Date,Balance\nA,1,01/02/2026,10.00\n")
    result = RUNNER.invoke(app, [str(path), "--lang", "fr"])
    assert result.exit_code == 3
    assert "le jour est-il avant le mois" in result.stderr
    path.write_text("Client;Solde\nDupont;10,00\n")
    result = RUNNER.invoke(app, [str(path), "--lang", "fr"])
    assert "rien ne peut être relancé" in result.stderr


def test_the_relance_command_knows_read() -> None:
    from relance.cli.app import app as relance

    assert RUNNER.invoke(relance, ["read", "--help"]).exit_code == 0
