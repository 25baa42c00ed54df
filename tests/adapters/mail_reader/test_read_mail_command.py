"""`relance read-mail`: exact JSON, a readable panel, refusals with a code."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from relance.cli.app import app
from tests.adapters.mail_reader.mails import dsn, mail

runner = CliRunner()


@pytest.fixture
def eml(tmp_path: Path) -> Path:
    path = tmp_path / "reply.eml"
    path.write_bytes(mail("Bonjour,\nLa facture est payée.\n\n> Bonjour"))
    return path


def test_json_of_a_human_reply(eml: Path) -> None:
    result = runner.invoke(app, ["read-mail", str(eml), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "kind": "human",
        "visible_text": "Bonjour,\nLa facture est payée.",
        "language": "fr",
        "intents": [],
        "bounce": None,
        "return_date": None,
    }


def test_json_of_a_bounce_and_of_an_absence(eml: Path) -> None:
    eml.write_bytes(dsn("5.1.1"))
    bounced = json.loads(runner.invoke(app, ["read-mail", str(eml), "--json"]).stdout)
    expected = {"recipient": "anne@client.test", "status": "5.1.1", "permanent": True}
    assert (bounced["kind"], bounced["bounce"]) == ("bounce_hard", expected)
    eml.write_bytes(mail("De retour le 30 novembre.", Subject="Absence du bureau"))
    absent = json.loads(runner.invoke(app, ["read-mail", str(eml), "--json"]).stdout)
    assert (absent["kind"], absent["return_date"]) == ("out_of_office", "2026-11-30")


def test_panel(eml: Path) -> None:
    eml.write_bytes(mail("[bold]Payé[/nope] \x1b[31mhier", Subject="Re: [F-1]"))
    result = runner.invoke(app, ["read-mail", str(eml)])
    assert result.exit_code == 0
    for words in ("human", "a.petit@client.test", "Re: [F-1]", "[bold]Payé[/nope]"):
        assert words in result.stdout
    assert "\x1b[31m" not in result.stdout


def test_panel_of_machines(eml: Path) -> None:
    eml.write_bytes(dsn("5.1.1"))
    assert "dead address" in runner.invoke(app, ["read-mail", str(eml)]).stdout
    eml.write_bytes(dsn("4.4.7"))
    assert "may work later" in runner.invoke(app, ["read-mail", str(eml)]).stdout
    eml.write_bytes(mail("De retour le 30 novembre.", Subject="Absence du bureau"))
    assert "2026-11-30" in runner.invoke(app, ["read-mail", str(eml)]).stdout


@pytest.mark.parametrize("content", [None, b"", b"Bonjour", b"\x00\x01\x02"])
def test_refusals(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "missing.eml"
    if content is not None:
        path.write_bytes(content)
    code = "file-not-readable" if content is None else "not-a-mail"
    result = runner.invoke(app, ["read-mail", str(path), "--json"])
    assert result.exit_code == 2
    error = json.loads(result.stdout)["error"]
    assert (error["code"], error["text"] != "") == (code, True)
    assert runner.invoke(app, ["read-mail", str(path)]).exit_code == 2
