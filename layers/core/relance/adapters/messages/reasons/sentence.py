"""One sentence in the languages of our users."""

from typing import NamedTuple


class Sentence(NamedTuple):
    fr: str
    en: str
