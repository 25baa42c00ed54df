"""Amounts of money in words, in French (1990 spelling: hyphens, but around million) and in English.

Up to 999 999 999,99: what an agreement to sign may print.
"""

from decimal import ROUND_HALF_UP, Decimal

from relance.domain.errors import RelanceError

LARGEST = Decimal("999999999.99")

_FR_WORDS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf"
)
_FR_UNITS = tuple(_FR_WORDS.split())
_FR_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_EN_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_EN_UNITS = tuple(_EN_WORDS.split())
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_CURRENCIES = {
    "EUR": {"fr": ("euro", "euros", "centime"), "en": ("euro", "euros", "cent")},
    "USD": {"fr": ("dollar", "dollars", "cent"), "en": ("dollar", "dollars", "cent")},
    "GBP": {
        "fr": ("livre sterling", "livres sterling", "penny"),
        "en": ("pound", "pounds", "penny"),
    },
    "CHF": {
        "fr": ("franc suisse", "francs suisses", "centime"),
        "en": ("Swiss franc", "Swiss francs", "centime"),
    },
}
_FEMININE = {"GBP"}
"""Currencies of which French says "une livre"."""
_PLURALS = {"penny": "pence"}


def amount_in_words(amount: Decimal, currency: str, *, language: str) -> str:
    """1 250,30 EUR: "mille-deux-cent-cinquante euros et trente centimes". A currency whose name is
    not known here is said by its code. Raises RelanceError("amount-not-in-words") out of range.
    """
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if not 0 <= rounded <= LARGEST:
        raise RelanceError("amount-not-in-words")
    whole, cents = divmod(int(rounded * 100), 100)
    said = _whole(whole, currency, language)
    if not cents:
        return said
    joined = "et" if language == "fr" else "and"
    return f"{said} {joined} {_cents(cents, currency, language)}"


def _whole(number: int, currency: str, language: str) -> str:
    one, many, _ = _names(currency, language)
    if language != "fr":
        return f"{english(number)} {one if number == 1 else many}"
    words = french(number)
    if currency in _FEMININE and words.endswith("un"):
        words += "e"
    name = one if number < 2 else many
    joined = " de " if number and number % 1_000_000 == 0 and currency in _CURRENCIES else " "
    return f"{words}{_elided(joined, name)}{name}"


def _elided(joined: str, name: str) -> str:
    """Un million d’euros, un million de dollars."""
    return " d’" if joined == " de " and name[0] in "aeiou" else joined


def _cents(number: int, currency: str, language: str) -> str:
    name = _names(currency, language)[2]
    many = number >= 2 if language == "fr" else number != 1
    words = french(number) if language == "fr" else english(number)
    return f"{words} {_PLURALS.get(name, f'{name}s') if many else name}"


def _names(currency: str, language: str) -> tuple[str, str, str]:
    cent = "centime" if language == "fr" else "cent"
    known = _CURRENCIES.get(currency)
    return known[language] if known else (currency, currency, cent)


def french(number: int) -> str:
    """0 to 999 999 999. Million is a noun; all else is joined by hyphens."""
    millions, rest = divmod(number, 1_000_000)
    if not millions:
        return _fr_thousands(rest)
    noun = f"{_fr_hundreds(millions, is_last=True)} million{'s' if millions > 1 else ''}"
    return f"{noun} {_fr_thousands(rest)}" if rest else noun


def _fr_thousands(number: int) -> str:
    thousands, units = divmod(number, 1000)
    parts = []
    if thousands:
        parts.append("mille" if thousands == 1 else f"{_fr_hundreds(thousands)}-mille")
    if units or not parts:
        parts.append(_fr_hundreds(units, is_last=True))
    return "-".join(parts)


def _fr_hundreds(number: int, *, is_last: bool = False) -> str:
    """is_last: cent and vingt take their s at the end, and before million, not before mille."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _fr_tens(rest, is_last=is_last)
    cent = "cent" if hundreds == 1 else f"{_FR_UNITS[hundreds]}-cent"
    if not rest:
        return f"{cent}s" if is_last and hundreds > 1 else cent
    return f"{cent}-{_fr_tens(rest, is_last=is_last)}"


def _fr_tens(number: int, *, is_last: bool) -> str:
    if number < 20:
        return _FR_UNITS[number]
    if number >= 80:
        rest = number - 80
        if not rest:
            return "quatre-vingts" if is_last else "quatre-vingt"
        return f"quatre-vingt-{_FR_UNITS[rest]}"
    if number >= 60:
        rest = number - 60
        word = "soixante"
    else:
        tens, rest = divmod(number, 10)
        word = _FR_TENS[tens]
    if not rest:
        return word
    joined = "-et-" if rest in {1, 11} else "-"
    return f"{word}{joined}{_FR_UNITS[rest]}"


def english(number: int) -> str:
    """0 to 999,999,999, with "and" as in British usage."""
    millions, rest = divmod(number, 1_000_000)
    thousands, units = divmod(rest, 1000)
    parts = []
    if millions:
        parts.append(f"{_en_hundreds(millions)} million")
    if thousands:
        parts.append(f"{_en_hundreds(thousands)} thousand")
    if units or not parts:
        joined = "and " if parts and units < 100 else ""
        parts.append(joined + _en_hundreds(units))
    return " ".join(parts)


def _en_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _en_tens(rest)
    said = f"{_EN_UNITS[hundreds]} hundred"
    return f"{said} and {_en_tens(rest)}" if rest else said


def _en_tens(number: int) -> str:
    if number < 20:
        return _EN_UNITS[number]
    tens, units = divmod(number, 10)
    return f"{_EN_TENS[tens]}-{_EN_UNITS[units]}" if units else _EN_TENS[tens]
