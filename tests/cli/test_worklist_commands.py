"""The workbook of the day and the undo, from the terminal to the import function and back."""

import json
from datetime import date
from pathlib import Path

import pytest

from functions.import_balance import app as import_balance
from relance.domain.escalation.calls import call_task
from relance.domain.evidence import chain_problem
from relance.domain.holds import Promise
from tests.cli import test_people_commands as people
from tests.cli.test_call_commands import calling as calling  # the fixture
from tests.cli.test_people_commands import case, history, typed
from tests.functions.aws import Deployment
from tests.functions.test_main_job import case_of, dropped, run, sent_mails
from tests.worklists import Paper

deployment = people.deployment
FRIDAY = date(2026, 11, 27)


def a_workbook(folder: Path, *words: str) -> Paper:
    output = folder / "liste.xlsx"
    said = typed("worklist", "acme", "--output", str(output), *words)
    assert "drop it in acme/" in said
    return Paper.of(output.read_bytes())


def test_filled_in_and_dropped_back_it_logs_the_call_and_reports_by_mail(
    calling: Deployment, tmp_path: Path
) -> None:
    sheet = a_workbook(tmp_path).sign()
    sheet.fill(sheet.line("Appel", "C0001"), outcome="Promesse", date=date(2026, 12, 10))
    list(calling.take("SEND"))
    run(import_balance.handler, dropped(calling, "acme/liste de vendredi.xlsx", sheet.saved()))

    (promise,) = case_of(calling).holds
    assert isinstance(promise, Promise)
    entries = [entry for entry in history() if entry[0] == "call-logged"]
    assert entries == [("call-logged", "claire")]
    reports = calling.objects("REPORTS", "reports/acme/")
    (report,) = [
        json.loads(text)
        for key, text in reports.items()
        if key.endswith(".json") and "/worklist-" in key
    ]
    assert [row["result"] for row in report["done"]] == ["applied"]
    mail = sent_mails()[-1].raw_data
    assert "liste_de_vendredi" in mail.replace(" ", "_") or "Ligne" in mail
    assert list(calling.take("SEND")), "the recap to the customer is queued"


def test_undo_takes_the_last_decision_back_and_says_what_follows(calling: Deployment) -> None:
    before = case()
    typed("call", "acme", "C0001", "voicemail", "--by", "claire")
    assert "--by claire" in typed("undo", "acme", "C0001", "--by", "hugo", status=2)
    said = typed("undo", "acme", "C0001", "--by", "claire")
    assert "Taken back: call-logged" in said
    assert f"Decided again on {FRIDAY.isoformat()}" in said
    assert call_task(case()) == call_task(before)
    assert history()[-2:] == [("call-logged", "claire"), ("undone", "claire")]
    assert "Nothing to undo" in typed("undo", "acme", "C0001", "--by", "claire", status=2)


def test_one_collectors_work_in_the_language_asked_for(calling: Deployment, tmp_path: Path) -> None:
    sheet = a_workbook(tmp_path, "--collector", "claire", "--lang", "en")
    assert sheet.line("Call", "C0001")
    missing = tmp_path / "nobody.xlsx"
    said = typed("worklist", "acme", "--collector", "nobody", "--output", str(missing), status=2)
    assert "collector" in said
    assert not missing.exists()


@pytest.mark.usefixtures("deployment")
def test_nothing_to_do_writes_no_file(tmp_path: Path) -> None:
    output = tmp_path / "liste.xlsx"
    assert "Nothing waits" in typed("worklist", "acme", "--output", str(output))
    assert not output.exists()


def test_the_evidence_keeps_its_chain_through_an_undo(calling: Deployment) -> None:
    typed("hold", "acme", "C0001", "--reason", "audit", "--by", "claire")
    typed("undo", "acme", "C0001", "--by", "claire")
    typed("hold", "acme", "C0001", "--reason", "audit", "--by", "claire")
    from relance import bootstrap

    entries = bootstrap.stores(calling.settings).of("acme").cases.history("C0001")
    assert chain_problem(entries) is None
