"""HTML to the lines a person sees, with cited blocks marked "> " as in plain text."""

import re
from collections import Counter

from relance.adapters.mail_reader.html_tokens import Tag, tokens

_HIDDEN = {"script", "style", "head", "title", "template", "noscript"}
_BLOCKS = {"address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "form",
           "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "ol", "p", "pre", "section",
           "table", "tbody", "thead", "tr", "ul"}  # fmt: skip
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote"}
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = re.compile(r"display\s*:\s*none|font-size\s*:\s*0(?:px)?\s*(?:;|$)", re.I)
_QUOTING = re.compile(r"quote|cite", re.I)
_MAX_CHARS = 1_000_000


def html_to_text(html: str) -> str:
    """Text of an HTML body; any string at all gives some text."""
    writer = _Writer()
    for token in tokens(html[:_MAX_CHARS]):
        if isinstance(token, str):
            writer.write(token)
        elif token.closes:
            writer.close(token.name)
        else:
            writer.open(token)
    return writer.text()


class _Writer:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []  # tag, hides, quotes
        self._names: Counter[str] = Counter()
        self._hidden = 0
        self._quoted = 0

    def open(self, tag: Tag) -> None:
        if tag.name == "body":
            self._pop("head")  # a title left open must not hide the message
        if tag.name == "br":
            self._end_line(keep_blank=True)
        elif tag.name == "hr":
            self._rule()
        elif tag.name in _BLOCKS:
            self._end_line()
        elif tag.name in {"td", "th"} and self._line:
            self._line.append(" ")
        if tag.name not in _VOID:
            self._push(tag.name, tag.attributes)

    def close(self, name: str) -> None:
        if name in _BLOCKS:
            self._end_line()
        if name in _SPACED:
            self._blank()
        self._pop(name)

    def write(self, text: str) -> None:
        if self._hidden:
            return
        text = _SPACES.sub(" ", text)
        if text.strip() or self._line:
            self._line.append(text if self._line else text.lstrip(" "))

    def text(self) -> str:
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _push(self, tag: str, attrs: dict[str, str]) -> None:
        hides = tag in _HIDDEN or bool(_INVISIBLE.search(attrs.get("style") or ""))
        quotes = tag == "blockquote" and _is_citation(attrs)
        self._open.append((tag, hides, quotes))
        self._names[tag] += 1
        self._hidden += hides
        self._quoted += quotes

    def _pop(self, tag: str) -> None:
        """Closes the nearest element of that name, and what was left open inside it."""
        while self._names[tag]:
            name, hides, quotes = self._open.pop()
            self._names[name] -= 1
            self._hidden -= hides
            self._quoted -= quotes
            if name == tag:
                return

    def _end_line(self, *, keep_blank: bool = False) -> None:
        line = "".join(self._line).rstrip()
        self._line = []
        if line or (keep_blank and not self._hidden):
            self._lines.append((self._prefix() + " " + line) if self._quoted else line)

    def _prefix(self) -> str:
        """Quote marks as in plain text; hostile nesting must not fill the memory."""
        return ">" * min(self._quoted, 8)

    def _blank(self) -> None:
        if self._lines and not self._hidden:
            self._lines.append(self._prefix())

    def _rule(self) -> None:
        self._end_line()
        if not self._hidden:
            self._lines.append("_" * 32)


def _is_citation(attrs: dict[str, str]) -> bool:
    """An indented paragraph is also a blockquote (Gmail, Outlook): only a cited one is a quote."""
    if (attrs.get("type") or "").lower() == "cite" or attrs.get("cite"):
        return True
    style = attrs.get("style") or ""
    named = f"{attrs.get('class') or ''} {attrs.get('id') or ''}"
    return bool(_QUOTING.search(named)) or bool(re.search(r"border-left\s*:\s*[^;]*solid", style))
