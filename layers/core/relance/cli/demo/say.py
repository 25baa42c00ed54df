"""The language of the terminal, and how it writes days and amounts."""

import os
from decimal import Decimal

from relance.cli.demo.texts import WORDS, Words

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def language_of(option: str | None) -> str:
    """The option, else the first of LC_ALL, LC_MESSAGES and LANG that is set; else English."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    wanted = option or next((name for name in names if name), "")
    return "fr" if wanted.lower().startswith("fr") else "en"


class Say:
    """Words in one language; an unknown key is shown as it is."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, words: dict[str, Words] = WORDS, **values: object) -> str:
        found = words.get(key)
        text = key if found is None else getattr(found, self.language)
        return str(text).format(**values) if values else str(text)

    def day(self, iso: str) -> str:
        """ "2026-01-05…" as "05/01" or "Jan 5"."""
        month, day = iso[5:7], iso[8:10]
        if self.language == "fr":
            return f"{day}/{month}"
        return f"{_MONTHS[int(month) - 1]} {int(day)}"

    def money(self, sums: dict[str, str]) -> str:
        """{"EUR": "1234.50"} as "1 234,50 EUR" or "1,234.50 EUR"."""
        texts = [f"{Decimal(total):,.2f} {currency}" for currency, total in sums.items()]
        text = " + ".join(texts)
        if self.language == "fr":
            text = text.replace(",", "\u202f").replace(".", ",")
        return text
