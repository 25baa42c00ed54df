"""What one cell answers to "is it insured, assigned?": yes, no, a figure, or words."""

import re
from datetime import date
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from relance.adapters.balance_files.amounts import reduce
from relance.adapters.balance_files.dates import read_date
from relance.adapters.balance_files.values import NOTHING
from relance.adapters.balance_files.words import plain


class Kind(Enum):
    SILENT = auto()
    ANSWER = auto()
    FIGURE = auto()
    """An amount, a share, a day."""
    WORDS = auto()
    """A name or a reference."""


class Seen(NamedTuple):
    """yes: a figure is one unless it is zero, words always are."""

    kind: Kind
    yes: bool


_SILENT, _YES, _NO = Seen(Kind.SILENT, False), Seen(Kind.ANSWER, True), Seen(Kind.ANSWER, False)
_TICKS = frozenset("✓✔☑√✅*●•■")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_UNNAMED = re.compile(r"non denomm|unnamed")
"""Customers below a ceiling, whom the policy covers without naming them."""
_AFFIRMATIVE = """oui o yes y vrai true x 1 ok actif active assure assuree assures garanti
    garantie couvert couverte insured covered partiel partielle partiellement partial partially
    total totale totalement fully accord accorde accordee agree agreee denomme denommee cede cedee
    cedes cedees factore factoree factorise factorisee factored assigned sold affacture
    affacturee mobilise mobilisee"""
_YES_WORDS = frozenset(_AFFIRMATIVE.split())
_NO_WORDS = re.compile(
    r"(?:non|no|not|n|nc|n c|faux|false|pas|sans|aucune?|hors|none|ras|neant|nul|nulle|0|refus\w*|"
    r"resili\w*|annul\w*|exclue?s?|rejet\w*|expir\w*|retroced\w*|cancel\w*|declin\w*|uninsured|"
    r"unassigned|unfactored|en attente|pending|demande\w*|requested|a ceder|cessible|eligible|"
    r"to be (?:assigned|insured))(?: .*)?"
)


@cache
def look(text: str) -> Seen:
    text = text.strip()
    if text in _TICKS:
        return _YES
    if text.lower() in NOTHING or not any(map(str.isalnum, text)):
        return _SILENT
    words = _NOT_WORD.sub(" ", plain(text)).strip()
    if words and (_UNNAMED.match(words) or {*words.split()} <= _YES_WORDS):
        return _YES
    figure = _figure(text)
    if figure is not None:
        return Seen(Kind.FIGURE, figure) if text != "0" else _NO
    return _NO if _NO_WORDS.fullmatch(words) else Seen(Kind.WORDS, True)


def _figure(text: str) -> bool | None:
    """Whether it is more, or less, than zero; None for words."""
    if not any(map(str.isalpha, text)) and {*filter(str.isdigit, text)} <= {"0"}:
        return False
    amount = reduce(text.rstrip(" %"))
    if amount is not None:
        return bool(amount[1].strip("0,."))
    return True if isinstance(read_date(text, "day-first"), date) else None
