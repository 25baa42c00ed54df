"""Every reason code used by the rules has a sentence in French and in English."""

import ast
import re
from pathlib import Path

import pytest

from relance.adapters.messages.reasons import REASONS, reason_sentence

DOMAIN = Path(__file__).parents[2] / "layers/core/relance/domain"
RULES = sorted((DOMAIN / "escalation").glob("*.py"))
_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_SINGLE = {
    "promised",
    "disputed",
    "settled",
    "paused",
    "importing",
    "expired",
    "overtaken",
    "planned",
}


def codes_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {t for t in texts if isinstance(t, str) and (_CODE.fullmatch(t) or t in _SINGLE)}


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_code_of_the_escalation_has_a_sentence(path: Path) -> None:
    assert codes_of(path) <= set(REASONS)


@pytest.mark.parametrize("code", sorted(REASONS))
def test_a_reason_is_two_sentences(code: str) -> None:
    for language in ("fr", "en"):
        text = reason_sentence(code, language)
        assert text[0].isupper()
        assert text.endswith(".")
    assert REASONS[code].fr != REASONS[code].en


def test_an_unknown_code_shows_itself() -> None:
    assert reason_sentence("something-new", "fr") == "something-new"
