"""Dates as people write them, relative to the day the mail was sent (reply-conventions, "Dates").

Never shifted off weekends; a date without year is the next one from the reference on.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

_MONTHS = (
    "janvier|janv|jan|january|januar", "f[ée]vrier|f[ée]vr|f[ée]v|feb|february|februar",
    "mars|mar|march|m[äa]rz", "avril|avr|apr|april", "mai|may", "juin|june|jun|juni",
    "juillet|juil|july|jul|juli", "ao[uû]t|aug|august", "septembre|sept|sep|september",
    "octobre|oct|october|oktober|okt", "novembre|nov|november", "d[ée]cembre|d[ée]c|december|dec"
    "|dezember|dez",
)  # fmt: skip
_DAYS = (
    "lundi|lun|monday|mon|montag", "mardi|tuesday|tues|tue|dienstag",
    "mercredi|merc|mer|wednesday|wed|mittwoch", "jeudi|jeu|thursday|thurs|thu|donnerstag",
    "vendredi|ven|friday|fri|freitag", "samedi|sam|saturday|sat|samstag",
    "dimanche|dim|sunday|sun|sonntag",
)  # fmt: skip
_MONTH = "|".join(sorted("|".join(_MONTHS).split("|"), key=len, reverse=True))
_DAY = "|".join(sorted("|".join(_DAYS).split("|"), key=len, reverse=True))
_NO_MONTH = rf"(?!\s?(?:of )?(?:{_MONTH})\b)"
_NUMBER = r"(?P<day>[0-3]?\d)\s?(?:er|st|nd|rd|th|e|\.)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)\b)?"


@dataclass(frozen=True)
class FoundDate:
    """A date and where its words are in the text."""

    value: date
    start: int
    end: int


def find_dates(text: str, reference: date) -> Iterator[FoundDate]:
    """The dates of a text in order, impossible ones left out."""
    for match in _ANY.finditer(text):
        value = _value(match, reference)
        if value is not None:
            yield FoundDate(value=value, start=match.start(), end=match.end())


def next_working_day(day: date) -> date:
    """The next Monday-to-Friday day strictly after; holidays are not looked at."""
    following = day + timedelta(days=1)
    while following.weekday() >= 5:
        following += timedelta(days=1)
    return following


def _value(match: re.Match[str], reference: date) -> date | None:
    name = match.lastgroup or ""
    pattern, resolve = _FORMS[name]
    parts = pattern.match(match[0])
    try:
        return resolve(parts.groupdict(), reference) if parts else None
    except (ValueError, OverflowError):
        return None


Parts = dict[str, str | None]


def _iso(parts: Parts, _: date) -> date:
    return date(int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0))


def _numeric(parts: Parts, reference: date) -> date:
    """Day first, unless only the other order exists (12/25)."""
    day, month = int(parts["day"] or 0), int(parts["month"] or 0)
    if month > 12 >= day:
        day, month = month, day
    return _with_year(day, month, parts["year"], reference)


def _named(parts: Parts, reference: date) -> date:
    return _with_year(int(parts["day"] or 0), _month(parts), parts["year"], reference)


def _part_of_month(parts: Parts, reference: date) -> date:
    """Début, mi, fin of a named month: 5, 15, last day."""
    month, word = _month(parts), (parts["part"] or "").lower()
    year = int(parts["year"]) if parts["year"] else _year_of(month, reference)
    if word.startswith(("d", "e", "b")) and not word.startswith("en"):
        return date(year, month, 5)
    return date(year, month, 15 if word.startswith("m") else monthrange(year, month)[1])


def _weekday(parts: Parts, reference: date) -> date:
    """The first one strictly after the reference; "en huit" is a week later."""
    wanted = _index(_DAYS, parts["weekday"] or "")
    ahead = (wanted - reference.weekday() - 1) % 7 + 1
    return reference + timedelta(days=ahead + (7 if parts["later"] else 0))


def _day_alone(parts: Parts, reference: date) -> date:
    """ "le 15": the next such day after the reference."""
    day = int(parts["day"] or 0)
    year, month = reference.year, reference.month
    for _ in range(13):
        if day <= monthrange(year, month)[1] and date(year, month, day) > reference:
            return date(year, month, day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    raise ValueError(day)


def _relative(parts: Parts, reference: date) -> date:
    word = (parts["word"] or "").lower()
    return reference + timedelta(days=2 if word.startswith(("apr", "day", "über")) else 1)


def _week(parts: Parts, reference: date) -> date:
    """Its Friday, or its Monday for the beginning; the next ISO week."""
    monday = reference - timedelta(days=reference.weekday()) + timedelta(days=7)
    part = (parts["part"] or "fin").lower()
    return monday + timedelta(days=4 if part in {"fin", "end"} else 0)


def _numbered_week(parts: Parts, reference: date) -> date:
    week = int(parts["week"] or 0)
    friday = date.fromisocalendar(reference.year, week, 5)
    return friday if friday >= reference else date.fromisocalendar(reference.year + 1, week, 5)


def _month(parts: Parts) -> int:
    return _index(_MONTHS, parts["month"] or "") + 1


def _index(names: tuple[str, ...], word: str) -> int:
    return next(i for i, name in enumerate(names) if re.fullmatch(name, word.strip("."), re.I))


def _with_year(day: int, month: int, year: str | None, reference: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = date(reference.year, month, day)
    return this_year if this_year >= reference else date(reference.year + 1, month, day)


def _year_of(month: int, reference: date) -> int:
    return reference.year if month >= reference.month else reference.year + 1


_form = partial(re.compile, flags=re.I)
_FORMS: dict[str, tuple[re.Pattern[str], Callable[[Parts, date], date]]] = {
    "iso": (_form(r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"), _iso),
    "numeric": (
        _form(r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?:\s?[/.-]\s?(?P<year>20\d\d"
        r"|\d\d))?(?!\d)"),
        _numeric,
    ),
    "named": (_form(rf"{_NUMBER}\s?(?:of )?(?P<month>{_MONTH})\b\.?{_YEAR}"), _named),
    "american": (_form(rf"(?P<month>{_MONTH})\b\.?\s+{_NUMBER}(?!\d|:){_YEAR}"), _named),
    "part": (
        _form(rf"(?P<part>d[ée]but|mi|mid|fin|early|end of|late|beginning of|courant)[ -]"
              rf"(?P<month>{_MONTH})\b\.?{_YEAR}"),
        _part_of_month,
    ),
    "weekday_number": (
        _form(rf"(?:{_DAY})\b\.?,?\s+(?:le\s+)?(?P<day>[0-3]?\d)(?:er)?(?![\d:h/.]){_NO_MONTH}"),
        _day_alone,
    ),
    "weekday": (
        _form(rf"\b(?P<weekday>{_DAY})\b\.?(?!,?\s+(?:the |le )?(?:\d|(?:{_MONTH})\b))"
              rf"(?: prochain| suivant)?(?P<later> en huit)?"),
        _weekday,
    ),
    "relative": (
        _form(r"\b(?P<word>demain|apr[èe]s-demain|tomorrow|the day after tomorrow|morgen"
              r"|übermorgen)\b"),
        _relative,
    ),
    "week": (
        _form(r"(?:(?P<part>d[ée]but|fin|end|beginning|start|early)\s(?:de |of )?)?(?:la |the )?"
              r"(?:semaine prochaine|next week|nächste woche)"),
        _week,
    ),
    "numbered_week": (
        _form(r"(?:semaine|week|kw)\s(?:n°\s?)?(?P<week>[0-5]?\d)\b"),
        _numbered_week,
    ),
    "day_alone": (
        _form(rf"\b(?:le|au|du|the)\s(?P<day>[0-3]?\d)(?:er|st|nd|rd|th)?\b"
              rf"(?![\d:h/%€]|[.,]\d){_NO_MONTH}"),
        _day_alone,
    ),
}  # fmt: skip
_ANY = re.compile(
    "|".join(
        f"(?P<{name}>{re.sub(r'[(][?]P<[a-z]+>', '(?:', pattern.pattern)})"
        for name, (pattern, _) in _FORMS.items()
    ),
    re.I,
)
