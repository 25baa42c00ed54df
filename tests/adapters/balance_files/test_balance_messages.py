"""Every code the reader may raise has its sentences: found in the source, not listed here."""

import re
from pathlib import Path

import pytest

import relance.adapters.balance_files as package
from relance.adapters.messages.balance_messages import sentence

SOURCE = Path(package.__file__).parent
_RAISED = re.compile(
    r'(?:BalanceRefused|BalanceQuestion|Problem|Bad|Difference)\(\s*"([a-z-]+)"|'
    r'(?:add|_leave_out)\("([a-z-]+)"\)|"([a-z]+(?:-[a-z]+)+)",? *\)?\)|= "([a-z]+(?:-[a-z]+)+)"$|'
    r'"([a-z]+(?:-[a-z]+)+)": ',
    re.MULTILINE,
)
_VOTES = {"day-first", "month-first", "date-order", "decimal-mark"}


def codes() -> set[str]:
    text = "\n".join(path.read_text() for path in SOURCE.glob("*.py"))
    found = {code for groups in _RAISED.findall(text) for code in groups if code}
    ties = {f"{vote}-{end}" for vote in ("date-order", "decimal-mark") for end in ("tied", "mixed")}
    return (found - _VOTES) | ties


@pytest.mark.parametrize("code", sorted(codes()))
def test_each_code_has_its_sentences(code: str) -> None:
    assert sentence(code, "fr") != code
    assert sentence(code, "en") != code


def test_the_search_finds_codes() -> None:
    expected = {"bad-date", "several-sheets", "all-settled", "drafts-left-out", "missing-number"}
    assert expected <= codes()


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert sentence("something-new", "fr") == "something-new"
