"""Which open items a document is about: by the numbers it names, and never by a guess. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from relance.domain.open_item import ItemKey, OpenItem

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LEAST_IN_TEXT = 4
"""Shorter numbers are found in any page."""


@dataclass(frozen=True, slots=True)
class Match:
    """items empty: none found, or a doubt; code: why, kebab-case."""

    debtor: str | None = None
    items: tuple[ItemKey, ...] = ()
    code: str | None = None


class NumberIndex:
    """The items of a balance by their numbers, however these are punctuated."""

    def __init__(self, debtors: Mapping[str, Iterable[OpenItem]]):
        self._items: dict[str, list[tuple[str, ItemKey]]] = {}
        for code, items in debtors.items():
            for item in items:
                number = normal(item.number)
                if any(map(str.isdigit, number)):
                    self._items.setdefault(number, []).append((code, item.key))

    def match(self, *, given: tuple[str, ...], name: str, text: str) -> Match:
        """given: numbers that its structured part says; name: of the file; text: of its first page,
        which counts only when it names one number, and nothing else does.
        """
        said = {normal(number) for number in given} & self._items.keys()
        named = self._named(name, least=1)
        if given and named and not said & named:
            return Match(code="document-names-disagree")
        found = (said & named) or said or named
        if not found and not given:
            found = self._named(text, least=_LEAST_IN_TEXT)
            if len(found) > 1:
                return Match(code="document-ambiguous")
        return self._of(found)

    def _named(self, text: str, *, least: int) -> set[str]:
        """The longest numbers that whole words of it spell: FA-12 is not in FA-123."""
        words = normal(text).split("-")
        found = {
            spelt
            for start in range(len(words))
            for end in range(start + 1, min(start + _WORDS_OF_A_NUMBER, len(words)) + 1)
            if len(spelt := "-".join(words[start:end])) >= least and spelt in self._items
        }
        return {one for one in found if not any(_holds(other, one) for other in found)}

    def _of(self, numbers: set[str]) -> Match:
        pairs = [pair for number in sorted(numbers) for pair in self._items[number]]
        debtors = {code for code, _ in pairs}
        if len(debtors) > 1:
            return Match(code="document-ambiguous")
        if not debtors:
            return Match(code="document-unmatched")
        return Match(debtors.pop(), tuple(dict.fromkeys(key for _, key in pairs)))


_WORDS_OF_A_NUMBER = 6


def normal(text: str) -> str:
    """ "FA 2026/001" and "fa-2026_001" are one number."""
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _NOT_WORD.sub("-", letters).strip("-")


def _holds(other: str, number: str) -> bool:
    return other != number and f"-{number}-" in f"-{other}-"
