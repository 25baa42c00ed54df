"""Tags and texts of hostile HTML, in linear time.

`html.parser` takes minutes on a few hundred kilobytes of unclosed tags or comments, which anybody
may send: this scanner looks at each character a bounded number of times.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_NAME = re.compile(r"/?[A-Za-z][\w:-]{0,40}")
_SIGN = re.compile(r"[A-Za-z/!?]")
_ATTRIBUTE = re.compile(
    r"([A-Za-z-]{1,40})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.S
)
_MAX_ATTRIBUTES = 5_000
_QUOTED_MARKS = 5


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag, names lower case."""

    name: str
    closes: bool
    attributes: dict[str, str]


def tokens(html: str) -> Iterator[Tag | str]:
    """Texts (entities resolved) and tags in order; comments and declarations are left out."""
    at, gt, comment_end = 0, -1, 0
    while (lt := html.find("<", at)) >= 0:
        if lt > at:
            yield unescape(html[at:lt])
        if html.startswith("<!--", lt) and comment_end >= 0:
            comment_end = html.find("-->", lt + 4)
            at = comment_end + 3 if comment_end >= 0 else lt + 4
            continue
        gt = html.find(">", lt) if gt < lt else gt
        if gt < 0:
            yield unescape(html[lt:])
            return
        end = _tag_end(html, lt, gt)
        yield from _tag(html[lt + 1 : end]) if end else ["<"]
        at = end + 1 if end else lt + 1
    if at < len(html):
        yield unescape(html[at:])


def _tag_end(html: str, lt: int, gt: int) -> int:
    """Where the tag ends; 0 when "<" is only a sign. A ">" inside quotes does not end it."""
    if not _SIGN.match(html, lt + 1):
        return 0
    if html.find("<", lt + 1, gt) >= 0 and '"' not in html[lt : min(gt, lt + _MAX_ATTRIBUTES)]:
        return 0
    end = gt
    for _ in range(_QUOTED_MARKS):
        if html.count('"', lt, min(end, lt + 100_000)) % 2 == 0:
            return end
        following = html.find(">", end + 1, end + _MAX_ATTRIBUTES)
        if following < 0:
            return gt
        end = following
    return gt


def _tag(inside: str) -> Iterator[Tag | str]:
    if inside[:1] in {"!", "?"}:
        return
    named = _NAME.match(inside)
    if named is None:
        yield f"<{unescape(inside)}>"
        return
    rest = inside[named.end() : named.end() + _MAX_ATTRIBUTES]
    found = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(rest)}
    yield Tag(named[0].lstrip("/").lower(), named[0].startswith("/"), found)
