"""The telephone from the terminal, on the real adapters: C0001 is to be called."""

from datetime import date

import pytest

from relance.domain.escalation.calls import call_task
from relance.domain.holds import Dispute
from tests.cli import test_people_commands as people
from tests.cli.test_people_commands import case, history, run_day, typed
from tests.functions.aws import Deployment
from tests.functions.test_main_job import sent_mails

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
    assert "Written to the customer (call_recap)" in said
    assert history()[-2:] == [("call-logged", "claire"), ("answer-planned", "system")]
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


def test_who_solves_a_dispute_said_on_the_telephone_is_written_to_at_once(
    calling: Deployment,
) -> None:
    who = ("call", "acme", "C0001", "dispute", "--by", "claire", "--dispute", "FA-1")
    assert "not an e-mail" in typed(*who, "--owner-email", "leo", status=2)
    said = typed(
        *who, "--owner", "Léo", "--owner-email", "leo@acme.example", "--target", "2026-12-11"
    )
    assert "Its owner was written to" in said
    (hold,) = case().holds
    assert isinstance(hold, Dispute)
    assert (hold.owner, hold.owner_email) == ("Léo", "leo@acme.example")
    assert (hold.target_on, hold.told_on) == (date(2026, 12, 11), date(2026, 11, 27))
    assert any("leo@acme.example" in str(mail.destinations) for mail in sent_mails())
    assert ("owner-told", "system") in history()


def test_a_call_without_a_promise_is_confirmed_unless_asked_not_to(calling: Deployment) -> None:
    said = typed("call", "acme", "C0001", "waiting-for-approval", "--by", "claire")
    assert "Written to the customer (call_recap)" in said


def test_a_call_is_not_confirmed_when_its_author_says_so(calling: Deployment) -> None:
    words = ("call", "acme", "C0001", "waiting-for-approval", "--by", "claire", "--no-recap")
    assert "Written to the customer" not in typed(*words)
