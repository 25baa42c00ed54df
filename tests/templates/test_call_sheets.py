"""What a collector reads and says: a script for every level, step and payer profile, twice."""

from datetime import date
from pathlib import Path

import pytest

from relance.adapters.rendering.call_sheets import JinjaCallSheets
from relance.adapters.rendering.template_set import template_set
from relance.application.call_script import CallScript
from relance.domain.calling import CallOutcome, Cause
from relance.domain.debtor import PayerProfile
from relance.domain.errors import RelanceError
from relance.domain.policy import Channel, Level, Step
from relance.domain.task import OUR_TURN
from tests.builders import standard_policy
from tests.templates.reading import plain_spaces
from tests.templates.test_staff import SHEET

TEMPLATES = Path(__file__).parents[2] / "templates"
SHEETS = JinjaCallSheets(TEMPLATES)
LANGUAGES = ("fr", "en")
CALLS = [step for step in standard_policy().steps if step.channel is Channel.CALL]


def script(
    level: str, language: str = "fr", key: str | None = None, profile: str | None = None
) -> CallScript:
    return SHEETS.script(key=key, level=level, profile=profile, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", CALLS, ids=lambda step: step.key)
def test_every_call_of_the_policy_has_an_aim_and_questions(step: Step, language: str) -> None:
    found = script(str(step.level), language, step.template)
    assert found.aim.endswith(".")
    assert found.ask
    assert all(line.endswith((".", "?")) for line in (*found.say, *found.ask, *found.listen))


def test_each_level_speaks_in_its_own_way_and_in_both_languages() -> None:
    levels = [level for level in Level if level is not Level.LITIGATION]
    aims = {script(str(level), language).aim for level in levels for language in LANGUAGES}
    assert len(aims) == 2 * len(levels)


def test_a_step_with_a_script_of_its_own_does_not_speak_as_its_level() -> None:
    assert script("preventive", key="delivery_check") != script("preventive")
    assert script("level_1", key="call_1") == script("level_1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PayerProfile)
def test_every_payer_profile_adds_what_it_needs(profile: PayerProfile, language: str) -> None:
    assert script("level_2", language, profile=str(profile)).profile
    assert not script("level_2", language).profile


def test_a_level_without_a_script_is_an_error_and_no_path_leaves_the_folder() -> None:
    with pytest.raises(RelanceError, match="template-unknown"):
        script("litigation")
    with pytest.raises(RelanceError, match="template-unknown"):
        script("litigation", key="../words")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_cause_and_task_of_ours_has_its_words(language: str) -> None:
    words = template_set(TEMPLATES, language).words["calls"]
    assert set(words["outcomes"]) == set(CallOutcome)
    assert set(words["causes"]) == set(Cause)
    assert set(words["disputes"]) == set(OUR_TURN)


def test_a_sheet_in_english_reads_from_whom_to_what_to_type() -> None:
    text = plain_spaces(SHEETS.text(SHEET, language="en"))
    parts = [
        "Vidal & Fils (C1): €6,382.90",
        "To reach: Mme Roux, 04 78 00 00 00",
        "Else: M. Petit, 04 78 00 00 01",
        "Call agreed for 20 November 2026",
        "2 vain attempts",
        "cause: cash",
        "and 2 more",
        "Said on 10 Nov 2026: promise to pay, M. Petit",
        "Promise broken",
        "To mend on our side: F-9",
        "Aim: Une date.",
        "Once reached: relance call delorme C1 reached",
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)


def test_a_sheet_without_anybody_to_call_says_so() -> None:
    bare = SHEET | {
        "contact_name": None,
        "phone": None,
        "others": [],
        "said": [],
        "promises": [],
        "disputes": [],
        "again_on": None,
        "attempts": 0,
        "lines": [],
        "more": 0,
        "asked": {},
    }
    assert "aucun contact connu" in SHEETS.text(bare, language="fr")
    assert date(2026, 11, 20).isoformat() not in SHEETS.text(bare, language="fr")
