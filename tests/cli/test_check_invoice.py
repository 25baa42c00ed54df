"""`relance check-invoice`: what an invoice lacks, by code, sentence and exit status."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from relance.adapters.messages.document_messages import MENTIONS as WORDS
from relance.cli.app import app
from relance.domain.invoice_check import MENTIONS
from tests.adapters.documents.samples import CII, a_factur_x, a_pdf

RUNNER = CliRunner()


def run(tmp_path: Path, content: bytes, *options: str) -> tuple[int, str]:
    file = tmp_path / "invoice.pdf"
    file.write_bytes(content)
    result = RUNNER.invoke(app, ["check-invoice", str(file), *options])
    return result.exit_code, result.output


def test_a_whole_invoice(tmp_path: Path) -> None:
    status, text = run(tmp_path, a_factur_x(), "--json")
    found = json.loads(text)
    assert (status, found["number"], found["missing"]) == (0, "FA-1", [])
    assert [one["code"] for one in found["coming"]] == ["operation-category"]


def test_what_is_missing_comes_with_its_source(tmp_path: Path) -> None:
    bare = CII.replace("Pénalités de retard : 10 %.", "")
    status, text = run(tmp_path, a_factur_x(bare), "--json")
    assert status == 1
    assert json.loads(text)["missing"] == [
        {"code": "late-penalty-rate", "source": "C. com. art. L441-9"}
    ]
    status, text = run(tmp_path, a_factur_x(bare), "--language", "fr")
    assert "le taux des pénalités de retard" in text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (a_pdf("Facture FA-1"), "not-a-factur-x"),
        (b"no pdf", "not-a-factur-x"),
        (a_pdf(password="x"), "pdf-encrypted"),
    ],
)
def test_refused(tmp_path: Path, content: bytes, code: str) -> None:
    status, text = run(tmp_path, content, "--json")
    assert (status, json.loads(text)["error"]["code"]) == (2, code)


def test_every_mention_has_its_words() -> None:
    assert {mention.code for mention in MENTIONS} == set(WORDS)
