"""`relance preview` and `relance digest`, typed on the real adapters."""

from datetime import date

from tests.cli import test_people_commands as people
from tests.cli.test_people_commands import run_day, typed
from tests.functions.aws import Deployment
from tests.functions.test_telling_people import subjects_to

deployment = people.deployment


def test_the_preview_says_what_leaves_or_that_nothing_does(deployment: Deployment) -> None:
    text = typed("preview", "acme")
    assert "Relance du" in text
    assert ("relance stop acme" in text) or ("Rien ne part aujourd’hui" in text)
    assert "Appels du jour" not in text


def test_the_digest_says_what_left_as_far_back_as_asked(deployment: Deployment) -> None:
    run_day(deployment, date(2026, 11, 24))
    text = typed("digest", "acme", "--days", "5")
    assert "Parti depuis le dernier point" in text
    assert "Menuiserie Dupont (C0001)" in text
    assert "Rien ne part" not in text


def test_it_is_sent_when_asked_for_and_marks_nothing(deployment: Deployment) -> None:
    before = len(subjects_to("claire@acme.example"))
    said = typed("preview", "acme", "--for", "claire", "--mail")
    assert "Sent to claire@acme.example." in said
    assert len(subjects_to("claire@acme.example")) == before + 1
    assert typed("preview", "acme", "--for", "claire") in said


def test_a_collector_whom_nobody_knows_is_named(deployment: Deployment) -> None:
    assert "nobody" in typed("digest", "acme", "--for", "nobody", status=2)
