"""The telephone from the terminal, on the real adapters: C0001 is to be called."""

from datetime import date

import pytest

from relance.domain.escalation.calls import call_task
from tests.cli import test_people_commands as people
from tests.cli.test_people_commands import case, history, run_day, typed
from tests.functions.aws import Deployment

deployment = people.deployment


@pytest.fixture
def calling(deployment: Deployment) -> Deployment:
    for day in (24, 25, 26, 27):
        run_day(deployment, date(2026, 11, day))
    assert call_task(case()) is not None
    return deployment


def test_a_sheet_says_what_to_know_and_the_list_whom_to_call(calling: Deployment) -> None:
    sheet = typed("call-sheet", "acme", "C0001")
    for text in ("Menuiserie Dupont (C0001)", "À joindre", "FA-1", "But", "Demander"):
        assert text in sheet
    assert "To reach" in typed("call-sheet", "acme", "C0001", "--lang", "en")
    listed = typed("calls", "acme")
    assert "C0001" in listed
    assert "1 234,56" in listed
    assert "Nobody is to be called" in typed("calls", "acme", "--collector", "nobody")


def test_a_call_says_what_it_changed_and_what_follows(calling: Deployment) -> None:
    said = typed(
        "call", "acme", "C0001", "to-mend", "--by", "claire", "--spoke-to", "Anne Petit",
        "--note", "wrong order", "--owner", "ana", "--target", "2026-12-04",
        "--cause", "FA-1=our-error",
    )  # fmt: skip
    assert "Opened: mend for 2026-12-04, ana" in said
    assert "Holds on the case: Dispute" in said
    assert "To confirm in writing today" in said
    assert history()[-1] == ("call-logged", "claire")
    shown = typed("case", "acme", "C0001")
    assert "our-error" in shown
    assert "Anne Petit" in shown
    assert "mend" in typed("todo", "acme")
    assert "En retard : erreur de notre part" in typed("stats", "acme")
    assert "No call to this debtor" in typed("call-sheet", "acme", "C0001", status=2)


def test_a_call_agreed_says_the_step_that_comes_before(calling: Deployment) -> None:
    said = typed("call", "acme", "C0001", "reached", "--by", "c", "--again", "2026-12-10")
    assert "Opened: call for 2026-12-10" in said
    assert "Mind: email_2 comes on 2026-12-04" in said
    assert "call agreed for 2026-12-10" in typed("case", "acme", "C0001")


def test_what_makes_no_sense_is_refused_with_what_to_write(calling: Deployment) -> None:
    who = ("call", "acme", "C0001")
    assert "--promise" in typed(*who, "promise", "--by", "c", status=2)
    assert "working day" in typed(*who, "reached", "--by", "c", "--again", "2026-12-05", status=2)
    assert "not one of" in typed(*who, "reached", "--by", "c", "--cause", "lazy", status=2)
    assert call_task(case()) is not None
