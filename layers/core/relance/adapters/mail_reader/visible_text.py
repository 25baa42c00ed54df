"""What the person wrote: no quoted thread, no quote header, no machine footer.

Greeting, closing and signature stay, inline answers are joined. In doubt a line is kept: losing a
customer's word is worse than showing a quote.
"""

import re

from relance.adapters.mail_reader.footers import (
    disclaimer_length,
    is_footer_line,
    is_mobile_footer,
)
from relance.adapters.mail_reader.quote_headers import (
    attribution_length,
    block_length,
    is_forward,
    is_separator,
)

_SPACES = re.compile(r"[\u00a0\u202f\u2007\u2009]")
_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u00ad]")
_RULE = re.compile(r"^\s*[*>|]*\s*[-_=*~]{3,}\s*\*?$")
_QUOTED = re.compile(r"^\s{0,3}>")
_MAX_CHARS = 200_000
_WRAPPED = 60


def visible_text(text: str) -> str:
    """The visible part of a plain-text body; "" when everything is quoted."""
    lines = _normalised(text[:_MAX_CHARS])
    return _tidy(_without_footers(_without_quotes(lines)))


def _normalised(text: str) -> list[str]:
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text)).replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in text.split("\n")]


def _without_quotes(lines: list[str]) -> list[str]:
    """One pass: quoted lines go, a quote header takes along what it introduces."""
    kept: list[str] = []
    index = 0
    quoted_before = False
    while index < len(lines):
        if _is_quoted(lines, index):
            quoted_before, index = True, index + 1
            continue
        skipped, ends = _quote_header(lines, index, _has_words(kept))
        if ends:
            break
        if skipped:
            index += skipped
        elif quoted_before and lines[index].strip() in {"--", "-- ", "—"}:
            break  # the signature under a quote
        else:
            kept.append(lines[index])
            quoted_before = quoted_before and not lines[index].strip()
            index += 1
    return kept


def _quote_header(lines: list[str], index: int, after_words: bool) -> tuple[int, bool]:
    """(lines of the header, whether nothing of the person's follows)."""
    if _RULE.match(lines[index]):
        return 0, _starts_block(lines, index + 1)
    if is_separator(lines[index]):
        if after_words or not is_forward(lines[index]):
            return 1, after_words or _starts_block(lines, index + 1)
        return 1 + _forwarded_header(lines, index + 1), False
    if length := attribution_length(lines, index):
        return length, not _quoted_follows(lines, index + length) and (
            after_words or _mobile_before(lines, index)
        )
    return (0, block_length(lines, index) > 0)


def _starts_block(lines: list[str], index: int) -> bool:
    following = _next_text(lines, index)
    return following is not None and block_length(lines, following) > 0


def _forwarded_header(lines: list[str], index: int) -> int:
    """Lines to skip down to the body of a mail forwarded without a word."""
    following = _next_text(lines, index)
    if following is None:
        return 0
    return following - index + block_length(lines, following)


def _quoted_follows(lines: list[str], index: int) -> bool:
    """Under the attribution come "> " lines: what is not quoted below is an answer."""
    following = _next_text(lines, index)
    return following is not None and _is_quoted(lines, following)


def _mobile_before(lines: list[str], index: int) -> bool:
    """Phones write above the quote: an empty answer, then the whole thread."""
    return any(is_mobile_footer(line) for line in lines[:index])


def _next_text(lines: list[str], index: int) -> int | None:
    return next((i for i in range(index, len(lines)) if lines[i].strip()), None)


def _is_quoted(lines: list[str], index: int) -> bool:
    return bool(_QUOTED.match(lines[index])) or _is_wrapped_quote(lines, index)


def _is_wrapped_quote(lines: list[str], index: int) -> bool:
    """The tail of a quoted line that a mail server folded, between two quoted lines."""
    if not 0 < index < len(lines) - 1 or not lines[index].strip():
        return False
    above, here, below = lines[index - 1], lines[index].lstrip(), lines[index + 1]
    if not (_QUOTED.match(above) and _QUOTED.match(below)) or len(above) < _WRAPPED:
        return False
    return above[-1] not in ".?!:;" and (here[0].islower() or here[0] in "_/&=")


def _has_words(lines: list[str]) -> bool:
    return any(any(c.isalnum() for c in line) and not is_footer_line(line) for line in lines)


def _without_footers(lines: list[str]) -> list[str]:
    kept: list[str] = []
    index = 0
    while index < len(lines):
        if is_footer_line(lines[index]):
            index += 1
        elif length := disclaimer_length(lines, index):
            index += length
        else:
            kept.append(lines[index])
            index += 1
    return kept


def _tidy(lines: list[str]) -> str:
    """No rule or signature mark left hanging, no run of blank lines."""
    while lines and (not lines[-1].strip() or _RULE.match(lines[-1]) or lines[-1].strip() == "--"):
        lines = lines[:-1]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
