"""One sentence in the languages of our users."""

from typing import NamedTuple


class Sentence(NamedTuple):
    fr: str
    en: str

    def of(self, language: str) -> str:
        """French, or else English."""
        return self.fr if language == "fr" else self.en
