"""Names of ageing columns: `Non échu`, `0-30`, `1-30 j`, `> 90`, `< 1 Month`, `Older`, …"""

import re
import unicodedata
from functools import cache

_SPAN = re.compile(
    r"""(?:ech\.?\s*)?
    (?:[<>≤≥+-]|<=|>=|plus\ de|moins\ de|over|under|(?:more|less|greater)\ than)?
    \s*\d{1,3}\s*(?:j|jours?|days?|d|mois|months?)?\s*
    (?:(?:-|–|—|a|to|au|et)\s*(?:above|over|plus|more)|(?:-|–|—|a|to|au|et)\s*\d{1,3}\s*(?:j|jours?|days?|d|mois|months?)?)?
    \s*(?:\+|et\ \+|et\ plus|and\ (?:over|above)|\+\ (?:jours|days)|(?:past|over)\ ?due|de\ retard)?
    \s*\.?""",
    re.VERBOSE,
)
_WORDS = frozenset(
    """non echu|non echus|non echue|a echoir|not due|not yet due|current|courant|maintenant|now
    |at date|actuel|premier terme|deuxieme terme|troisieme terme|quatrieme terme|first term
    |second term|third term|older|oldest|plus ancien|plus anciens|anterieur|posterieur|echu
    |overdue 1|future""".replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip
_RANK = re.compile(r"^0\d (?=[<>]?\s*\d)")
_LEAD = re.compile(r"^(?:balance agee|ageing|aging|tranche|echus?|retard)\s+(?:de )?"
                   r"(?=[<>≤≥+]?\s*\d)")  # fmt: skip
_UNIT = re.compile(r"[a-z<>≤≥+–—-]")


@cache
def bucket_words(header: str) -> str:
    """Lower case, no accents, and no number that only sorts the columns ("02 1-30")."""
    plain = unicodedata.normalize("NFKD", header.strip().lower().replace("–", "-"))
    text = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = " ".join(text.replace("_", " ").split())
    return _RANK.sub("", _LEAD.sub("", words))


@cache
def is_bucket(header: str) -> bool:
    """A bare number is no bucket: it may be a year or a line number."""
    text = bucket_words(header)
    if text in _WORDS:
        return True
    return len(text) < 40 and bool(_UNIT.search(text)) and bool(_SPAN.fullmatch(text))
