"""The folder of templates: both languages hold the same, and nothing else is printed."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from relance.adapters.rendering.template_set import as_paragraphs, language_of

TEMPLATES = Path(__file__).parents[2] / "templates"


def keys(tree: dict[str, Any], prefix: str = "") -> set[str]:
    found = set()
    for key, value in tree.items():
        found |= keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}"}
    return found


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{[a-z]*\}", text))


def words(language: str) -> dict[str, Any]:
    content = yaml.safe_load((TEMPLATES / language / "words.yaml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def files(language: str) -> set[str]:
    folder = TEMPLATES / language
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_both_languages_have_the_same_files_and_words() -> None:
    assert files("fr") == files("en")
    assert keys(words("fr")) == keys(words("en"))


def test_both_languages_leave_the_same_places_to_fill() -> None:
    def flat(tree: dict[str, Any]) -> dict[str, str]:
        out: dict[str, str] = {}
        for key, value in tree.items():
            if isinstance(value, dict):
                out |= {f"{key}.{name}": text for name, text in flat(value).items()}
            else:
                out[str(key)] = str(value)
        return out

    french, english = flat(words("fr")), flat(words("en"))
    assert {k: places(v) for k, v in french.items()} == {k: places(v) for k, v in english.items()}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.j2")), ids=lambda path: path.name)
def test_a_template_prints_no_bank_details_of_its_own_nor_marks_itself_safe(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\b[A-Z]{2}\d{2}[ \u00a0]?\d{4}", source)
    assert "| safe" not in source
    assert "http" not in source


def test_paragraphs_escape_everything() -> None:
    html = as_paragraphs("# <b>\n\nA & <i>\nsecond line\n\nlead:\n- <u>one</u>\n- two")
    assert html == (
        '<h2>&lt;b&gt;</h2>\n<p class="text">A &amp; &lt;i&gt;<br>second line</p>\n'
        '<p class="lead">lead:</p><ul><li>&lt;u&gt;one&lt;/u&gt;</li><li>two</li></ul>'
    )


def test_languages() -> None:
    assert [language_of(given) for given in ("fr", "fr-CH", "EN", "de")] == ["fr", "fr", "en", "en"]
