"""Amounts, dates and IBANs as a French or an English reader writes them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

NARROW_SPACE = "\u202f"
"""Between thousands in French, so that a number is never cut at the end of a line."""
HARD_SPACE = "\u00a0"
MINUS = "\u2212"

_SYMBOLS = {"EUR": "€", "GBP": "£"}
"""Other currencies show their ISO code: a dollar sign says too little."""
_DECIMALS = {"JPY": 0, "KRW": 0, "XAF": 0, "XOF": 0, "XPF": 0, "TND": 3}
_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_WEEKDAYS = {
    "fr": ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}


def money(amount: Decimal, currency: str, *, language: str) -> str:
    """1 234,56 € in French, €1,234.56 in English. Rounds half up to the cents of the currency."""
    places = _DECIMALS.get(currency, 2)
    rounded = abs(amount).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = MINUS if amount < 0 and rounded else ""
    digits = f"{rounded:,f}"
    symbol = _SYMBOLS.get(currency)
    if language == "fr":
        digits = digits.replace(",", NARROW_SPACE).replace(".", ",")
        return f"{sign}{digits}{HARD_SPACE}{symbol or currency}"
    return f"{sign}{symbol}{digits}" if symbol else f"{sign}{currency}{HARD_SPACE}{digits}"


def money_sum(amounts: dict[str, Decimal], *, language: str) -> str:
    """Several currencies are never added up: 100,00 € + 20,00 USD."""
    parts = [money(amounts[currency], currency, language=language) for currency in sorted(amounts)]
    return " + ".join(parts)


def percent(rate: Decimal, *, language: str) -> str:
    text = f"{rate.quantize(Decimal('0.01')):f}"
    return f"{text.replace('.', ',')}{HARD_SPACE}%" if language == "fr" else f"{text}%"


def short_date(day: date, *, language: str) -> str:
    """For tables: 21/11/2026 in French; 21 Nov 2026 in English, which no reader misreads."""
    if language == "fr":
        return f"{day:%d/%m/%Y}"
    return f"{day.day}{HARD_SPACE}{_MONTHS['en'][day.month - 1][:3]}{HARD_SPACE}{day.year}"


def weekday_date(day: date, *, language: str) -> str:
    """For calendars of a few weeks: mer 25/11, Wed 25 Nov."""
    name = _WEEKDAYS[language][day.weekday()]
    if language == "fr":
        return f"{name} {day:%d/%m}"
    return f"{name} {day.day} {_MONTHS['en'][day.month - 1][:3]}"


def long_date(day: date, *, language: str) -> str:
    """For sentences: 1er janvier 2026, 21 November 2026."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number}{HARD_SPACE}{_MONTHS[language][day.month - 1]} {day.year}"


def instant(at: datetime, *, zone: str, language: str) -> str:
    """An aware instant in the creditor's zone: 21/11/2026 à 08:00."""
    local = at.astimezone(ZoneInfo(zone))
    joined = " à " if language == "fr" else " at "
    return f"{short_date(local.date(), language=language)}{joined}{local:%H:%M}"


def grouped_iban(iban: str) -> str:
    compact = "".join(iban.split())
    return HARD_SPACE.join(compact[i : i + 4] for i in range(0, len(compact), 4))


def grouped_siren(siren: str) -> str:
    compact = "".join(siren.split())
    return HARD_SPACE.join(compact[i : i + 3] for i in range(0, len(compact), 3))


def hard_spaced(text: str) -> str:
    """A phone number is not cut at the end of a line."""
    return HARD_SPACE.join(text.split())


def town(line: str) -> str:
    """The place of "69005 Lyon Cedex 05": what a letter is dated from."""
    words = line.split()
    if words and words[0].isdigit():
        words = words[1:]
    cedex = next((n for n, word in enumerate(words) if word.upper() == "CEDEX"), len(words))
    return " ".join(words[:cedex])


def one_line(text: str) -> str:
    """White space of any kind becomes single plain spaces: fit for a header or a file name."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())
