"""What is said of a ledger, in French and English, and its terms from the creditor's settings."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

import relance.adapters.ledger_files as package
from relance.adapters.drop_reader import ContentDropReader
from relance.adapters.messages.balance_messages import sentence
from relance.adapters.messages.ledger_messages import LEDGER_SENTENCES
from relance.cli.read import read
from relance.domain.balance_reading import BalanceReading
from tests.adapters.ledger_files.ledgers import as_text, invoice, line, payment
from tests.builders import a_profile

SOURCE = Path(package.__file__).parent
_KEBAB = re.compile(r'"([a-z]+(?:-[a-z]+)+)"')
_NO_CODES = {"a-nouveau", "day-first", "legal-name"}
app = Typer()
app.command()(read)
LEDGER = as_text([
    invoice("F1", "1234,50", EcritureLet="A"),
    payment("200,00", EcritureLet="A"),
    invoice("F2", "douze", CompAuxNum="DUR"),
    invoice("F3", "9,00", CompteNum="416000"),
    line("0,00", "1043,50", CompteNum="707000"),
])  # fmt: skip


def codes() -> set[str]:
    text = "\n".join(path.read_text() for path in SOURCE.glob("*.py"))
    return set(_KEBAB.findall(text)) - _NO_CODES


@pytest.mark.parametrize("code", sorted(codes()))
def test_each_code_has_its_sentences(code: str) -> None:
    assert sentence(code, "fr") != code
    assert sentence(code, "en") != code


def test_no_sentence_is_left_that_nothing_says() -> None:
    assert set(LEDGER_SENTENCES) <= codes()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            ["Pièces ouvertes", "1\u202f043,50 EUR", "montant illisible", "2026-03-02",
             "Clients douteux", "délai de paiement convenu", "dernière écriture du FEC"],
        ),
        (
            "en",
            ["Open items", "1,043.50 EUR", "unreadable amount", "2026-03-02",
             "Doubtful customers", "payment terms", "last entry of the FEC"],
        ),
    ],
)  # fmt: skip
def test_the_summary_says_what_was_understood(tmp_path: Path, lang: str, words: list[str]) -> None:
    path = tmp_path / "ledger.txt"
    path.write_text(LEDGER, encoding="utf-8")
    options = [str(path), "--lang", lang, "--terms-days", "30"]
    result = CliRunner().invoke(app, options, env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert [word for word in words if word.lower() not in result.stdout.lower()] == []


def test_the_terms_of_the_creditor_give_the_due_dates() -> None:
    profile = replace(a_profile(), payment_terms_days=10)
    reading = ContentDropReader().read(LEDGER.encode(), name="any", profile=profile)
    assert isinstance(reading, BalanceReading)
    assert [item.due_date for item in reading.items] == [date(2026, 2, 10), date(2026, 2, 10)]
    assert isinstance(ContentDropReader().read(LEDGER.encode(), name="any", profile=None),
                      BalanceReading)  # fmt: skip
