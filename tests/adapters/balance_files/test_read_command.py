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


def test_json_has_the_documented_shape_and_what_was_settled(balance: Path) -> None:
    result = RUNNER.invoke(app, [str(balance), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "format": "csv",
        "encoding": "cp1252",
        "separator": ";",
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


def test_a_refusal_exits_2(tmp_path: Path) -> None:
    code, body = run_on(tmp_path, "Client;Solde\nDupont;10,00\n", "--lang", "fr")
    text = sentence("summary-names-no-item", "fr", {"rows": "1", "total": "10.00 EUR"})
    assert (code, body) == (2, {"error": {"code": "summary-names-no-item", "text": text}})


def test_a_question_exits_3_and_an_option_answers_it(tmp_path: Path) -> None:
    text = "Client,Invoice,Date,Balance\nA,1,01/02/2026,10.00\n"
    code, body = run_on(tmp_path, text)
    assert code == 3
    assert body["question"] == {
        "code": "date-order-tied",
        "text": sentence("date-order-tied", "en", {"column": "Date"}),
        "seen": ["01/02/2026"],
    }
    code, body = run_on(tmp_path, text, "--date-order", "day-first", "--currency", "chf")
    assert (code, body["currency"]) == (0, "CHF")


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
