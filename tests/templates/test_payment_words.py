"""Every check, figure and reason of the payment commands is said in French and in English."""

import ast
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from relance.adapters.messages.payment_messages import (
    FIGURES,
    LATE_CAUSES,
    NOTES,
    PROFILE_REASONS,
    PROFILES,
    profile_name,
    said,
)
from relance.adapters.messages.preflight_messages import CHECKS, LABELS, advice, what_is_checked
from relance.adapters.messages.reasons import Sentence
from relance.domain.calling import Cause
from relance.domain.debtor import PayerProfile
from relance.domain.late_causes import UNKNOWN_CAUSE
from relance.domain.preflight import preflight
from relance.domain.statistics import PaidFigures, Statistics
from tests.builders import CALENDAR, a_creditor, standard_policy

DOMAIN = Path(__file__).parents[2] / "layers/core/relance/domain"
WORDS = {
    **{f"check {k}": v.what for k, v in CHECKS.items()},
    **{f"advice {k}": v.advice for k, v in CHECKS.items() if v.advice.fr},
    **{f"label {k}": v for k, v in LABELS.items()},
    **{f"figure {k}": v for k, v in FIGURES.items()},
    **{f"reason {k}": v for k, v in PROFILE_REASONS.items()},
    **{f"profile {k}": v for k, v in PROFILES.items()},
    **{f"note {k}": v for k, v in NOTES.items()},
}


def test_every_check_is_said() -> None:
    found = preflight(a_creditor(), iter(()), CALENDAR, date(2026, 3, 2), policy=standard_policy())
    assert {check.code for check in found.checks} == set(CHECKS)


def test_every_reason_of_a_proposal_is_said() -> None:
    tree = ast.parse((DOMAIN / "payer_profile.py").read_text(encoding="utf-8"))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args]
    codes = {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") == "ProfileReason"
        and isinstance(call.args[0], ast.Constant)
    }
    assert codes == set(PROFILE_REASONS)


def test_every_profile_has_a_name() -> None:
    assert {profile.value for profile in PayerProfile} == set(PROFILES)
    assert profile_name(None, "fr") == "aucun"


def test_every_figure_has_a_line() -> None:
    names = {f.name for kind in (Statistics, PaidFigures) for f in fields(kind)}
    apart = {"currency", "as_of", "paid", "is_dso_whole", "known_since", "late_by_cause"}
    assert names - apart == set(FIGURES)
    assert set(LATE_CAUSES) == {*Cause, UNKNOWN_CAUSE}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_values(key: str) -> None:
    words: Sentence = WORDS[key]
    assert words.fr != words.en
    for text in words:
        assert text.strip() == text != ""
        assert "'" not in text


def test_a_check_in_each_language() -> None:
    assert what_is_checked("insured-items", "fr") == "Pièces assurées"
    assert what_is_checked("insured-items", "en") == "Insured items"
    assert advice("no-balance", "en") == "None is: drop one."


def test_figures_are_written_as_each_language_writes_them() -> None:
    values = {"days": "-40.5", "items": "6"}
    assert said(PROFILE_REASONS["days-late"], "fr", values).startswith("-40,5 jours")
    assert said(PROFILE_REASONS["days-late"], "en", values).startswith("-40.5 days")
    assert "C.01" in said(NOTES["confirmed"], "fr", {"debtor": "C.01", "profile": "bon"})
