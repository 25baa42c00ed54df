"""Amounts in words, as a French or an English accountant writes them by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.rendering.amount_words import (
    LARGEST,
    amount_in_words,
    english,
    french,
)
from relance.domain.errors import RelanceError

FRENCH = {
    0: "zéro",
    1: "un",
    16: "seize",
    17: "dix-sept",
    21: "vingt-et-un",
    22: "vingt-deux",
    60: "soixante",
    69: "soixante-neuf",
    70: "soixante-dix",
    71: "soixante-et-onze",
    77: "soixante-dix-sept",
    80: "quatre-vingts",
    81: "quatre-vingt-un",
    90: "quatre-vingt-dix",
    91: "quatre-vingt-onze",
    99: "quatre-vingt-dix-neuf",
    100: "cent",
    101: "cent-un",
    200: "deux-cents",
    201: "deux-cent-un",
    280: "deux-cent-quatre-vingts",
    1000: "mille",
    1001: "mille-un",
    2000: "deux-mille",
    80_000: "quatre-vingt-mille",
    200_000: "deux-cent-mille",
    380_281: "trois-cent-quatre-vingt-mille-deux-cent-quatre-vingt-un",
    1_000_000: "un million",
    80_000_000: "quatre-vingts millions",
    200_000_001: "deux-cents millions un",
    999_999_999: "neuf-cent-quatre-vingt-dix-neuf millions "
    "neuf-cent-quatre-vingt-dix-neuf-mille-neuf-cent-quatre-vingt-dix-neuf",
}
ENGLISH = {
    0: "zero",
    13: "thirteen",
    40: "forty",
    42: "forty-two",
    100: "one hundred",
    101: "one hundred and one",
    999: "nine hundred and ninety-nine",
    1005: "one thousand and five",
    1250: "one thousand two hundred and fifty",
    80_000: "eighty thousand",
    1_000_000: "one million",
    2_000_300: "two million three hundred",
    999_999_999: "nine hundred and ninety-nine million nine hundred and ninety-nine thousand "
    "nine hundred and ninety-nine",
}


@pytest.mark.parametrize("number", sorted(FRENCH))
def test_french_numbers(number: int) -> None:
    assert french(number) == FRENCH[number]


@pytest.mark.parametrize("number", sorted(ENGLISH))
def test_english_numbers(number: int) -> None:
    assert english(number) == ENGLISH[number]


@pytest.mark.parametrize(
    ("amount", "currency", "fr", "en"),
    [
        ("1250.30", "EUR", "mille-deux-cent-cinquante euros et trente centimes",
         "one thousand two hundred and fifty euros and thirty cents"),
        ("1.01", "EUR", "un euro et un centime", "one euro and one cent"),
        ("0.50", "EUR", "zéro euro et cinquante centimes", "zero euros and fifty cents"),
        ("2", "EUR", "deux euros", "two euros"),
        ("1000000", "EUR", "un million d’euros", "one million euros"),
        ("3000000", "USD", "trois millions de dollars", "three million dollars"),
        ("21", "GBP", "vingt-et-une livres sterling", "twenty-one pounds"),
        ("1.02", "GBP", "une livre sterling et deux pence", "one pound and two pence"),
        ("80", "CHF", "quatre-vingts francs suisses", "eighty Swiss francs"),
        ("12.5", "SEK", "douze SEK et cinquante centimes", "twelve SEK and fifty cents"),
        ("9.995", "EUR", "dix euros", "ten euros"),
    ],
)  # fmt: skip
def test_money(amount: str, currency: str, fr: str, en: str) -> None:
    assert amount_in_words(Decimal(amount), currency, language="fr") == fr
    assert amount_in_words(Decimal(amount), currency, language="en") == en


@pytest.mark.parametrize("amount", ["-0.01", "1000000000"])
def test_what_cannot_be_said_is_refused(amount: str) -> None:
    with pytest.raises(RelanceError, match="amount-not-in-words"):
        amount_in_words(Decimal(amount), "EUR", language="fr")


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_two_numbers_are_never_said_alike(one: int, other: int) -> None:
    assert (french(one) == french(other)) == (one == other)
    assert (english(one) == english(other)) == (one == other)


@given(st.decimals(0, LARGEST, places=2))
def test_any_amount_has_words(amount: Decimal) -> None:
    for language in ("fr", "en"):
        words = amount_in_words(amount, "EUR", language=language)
        assert "euro" in words
        assert "  " not in words
