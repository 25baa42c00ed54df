"""When an absent person is back (reply-conventions, "Return date")."""

import re
from collections.abc import Iterator
from datetime import date

from relance.adapters.mail_reader.dates import find_dates, next_working_day

_REACH = 70
_MAX_CHARS = 5_000
_END_OF_SENTENCE = re.compile(r"(?:(?<!\d)\.|[!?;])(?=\s+[A-ZÀ-Ý]|\s*\n|\s*$)|\n\s*\n")

# The day itself: somebody is there on it.
_BACK = re.compile(
    r"\b(?:de retour|retour (?:pr[ée]vu|le|au bureau|effectif)|mon retour|reprend\w*|reprise"
    r"|r[ée]-?ouv\w+|rouvr\w+|serai (?:pr[ée]sente?|joignable|disponible|l[àa])"
    r"|(?:be|am|will be|i'?m) back|back (?:on|in|at)|return(?:ing|s)?\b|re-?open\w*"
    r"|zur[üu]ck|wieder (?:da|im|erreichbar|ab|f[üu]r sie))\b",
    re.I,
)
_NOT_BEFORE = re.compile(r"\b(?:pas avant|not before|nicht vor)\b", re.I)
_UNTIL = re.compile(r"\b(?:until|till?)\b", re.I)
# The last day away: back on the next Monday-to-Friday day.
_THROUGH = re.compile(
    r"\bjusqu['’ ]?(?:au|[àa]|en)?\b|\bthrough\b|\bup to\b|\bbis (?:zum"
    r"|einschl\w+)?",
    re.I,
)
_SPAN = re.compile(
    r"\b(?:du|from|vom|entre)\b(?=[^.\n]{1,45}?\b(?P<to>au|to|zum|et|bis(?: zum)?"
    r"|-)\b)",
    re.I,
)
_FROM = re.compile(
    r"\b(?:[àa] partir d[ue']|[àa] compter d[ue']|d[èe]s le|as of|as from"
    r"|starting|ab (?:dem)?)\b",
    re.I,
)


def read_return_date(text: str, sent_on: date | None) -> date | None:
    """The date of return told by an absence message; None without a reference or without one."""
    if sent_on is None:
        return None
    text = re.sub(r"[\u00a0\u202f]", " ", text[:_MAX_CHARS])
    for found in (
        _first_after(_BACK, text, sent_on),
        _first_after(_NOT_BEFORE, text, sent_on),
        _first_after(_UNTIL, text, sent_on),
        _day_after(_first_after(_THROUGH, text, sent_on)),
        _day_after(_end_of_span(text, sent_on)),
        _first_after(_FROM, text, sent_on),
    ):
        if found is not None:
            return found
    return None


def _first_after(cue: re.Pattern[str], text: str, sent_on: date) -> date | None:
    """The first date that follows the cue in its sentence."""
    for clause in _clauses(cue, text):
        found = next(find_dates(clause, sent_on), None)
        if found is not None:
            return found.value
    return None


def _end_of_span(text: str, sent_on: date) -> date | None:
    """X of "du W au X"."""
    for match in _SPAN.finditer(text):
        tail = _sentence(text[match.end("to") - 2 if match["to"] == "au" else match.end("to") :])
        found = next(find_dates(tail, sent_on), None)
        if found is not None and found.start <= 25:
            return found.value
    return None


def _clauses(cue: re.Pattern[str], text: str) -> Iterator[str]:
    for match in cue.finditer(text):
        yield _sentence(text[match.start() : match.end() + _REACH], len(match[0]))


def _sentence(text: str, start: int = 0) -> str:
    end = _END_OF_SENTENCE.search(text, start)
    return text[: end.start()] if end else text[: start + _REACH]


def _day_after(last_day_away: date | None) -> date | None:
    return None if last_day_away is None else next_working_day(last_day_away)
