"""A raw message to headers, text and attachment names; hostile input never raises.

compat32 is on purpose: `email.policy.default` raises on unknown charsets (input-formats §3).
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message as Part
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

from relance.adapters.mail_reader.charset import decode
from relance.adapters.mail_reader.html_text import html_to_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_HOSTILE = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError,
            AssertionError)  # fmt: skip
_MAX_DEPTH = 30
_MAX_PARTS = 500
_MAX_HEADER = 20_000
_ADDRESS = re.compile(r"[^\s<>\"'(),;:@\[\]]{1,128}@[^\s<>\"'(),;:@\[\]]{1,190}")


@dataclass(frozen=True)
class Mail:
    """A parsed message: root is the tree, parts all of it in order, cut where it nests too deep."""

    root: Part
    parts: tuple[Part, ...] = ()

    def header(self, name: str) -> str:
        return header(self.root, name)

    def has(self, name: str) -> bool:
        return self.root.get(name) is not None

    def addresses(self, *names: str) -> tuple[str, ...]:
        """Lower-case addresses of these headers, in order, once each."""
        found = [a for name in names for a in _addresses(self.root, name)]
        return tuple(dict.fromkeys(found))

    def sent_on(self) -> "date | None":
        """The day of the Date header, in the sender's own offset."""
        try:
            return parsedate_to_datetime(self.header("Date")).date()
        except (*_HOSTILE, OverflowError):
            return None


def parse(raw: bytes) -> Mail:
    """Any bytes at all: what is not a mail is a mail without headers."""
    raw = re.sub(rb"\r\n?", b"\n", raw.lstrip(b"\r\n \t\x00\xef\xbb\xbf"))
    if raw.startswith(b"From "):
        raw = raw.partition(b"\n")[2]
    try:
        root: Part = message_from_bytes(raw)
        parts = tuple(_walk(root, 0))[:_MAX_PARTS]
    except _HOSTILE:
        root = BytesHeaderParser().parsebytes(raw)
        parts = (root,)
    return Mail(root=root, parts=parts)


def header(part: Part, name: str) -> str:
    """One header, encoded words decoded, on one line; "" when it is absent."""
    values = _raw_values(part, name)
    return " ".join(_decode_words(values[0]).split()) if values else ""


def content_type(part: Part) -> str:
    try:
        return part.get_content_type().lower()
    except _HOSTILE:
        return "text/plain"


def parameter(part: Part, name: str) -> str:
    """A parameter of Content-Type, lower case."""
    try:
        value = part.get_param(name)
    except _HOSTILE:
        return ""
    return (value[2] if isinstance(value, tuple) else str(value or "")).lower()


def part_text(part: Part) -> str:
    """The decoded text of one leaf; HTML is converted."""
    try:
        payload = part.get_payload(decode=True)
    except _HOSTILE:
        payload = None
    text = decode(payload, parameter(part, "charset")) if isinstance(payload, bytes) else ""
    return html_to_text(text) if content_type(part) == "text/html" else text


def body_text(mail: Mail) -> str:
    """What the sender wrote: text/plain where there is some, else HTML; attachments left out."""
    plain, html = _bodies(mail.root, 0)
    return plain if plain.strip() else html


def attachment_names(mail: Mail) -> tuple[str, ...]:
    """File names, without any path a sender may have put in them."""
    return tuple(filter(None, map(_file_name, mail.parts)))


def children(part: Part) -> list[Part]:
    """Asked for a leaf, the library would decode it by whatever charset it claims."""
    payload = part.get_payload() if part.is_multipart() else None
    return [p for p in payload if isinstance(p, Part)] if isinstance(payload, list) else []


def _walk(part: Part, depth: int) -> "Iterator[Part]":
    yield part
    if depth < _MAX_DEPTH:
        for child in children(part):
            yield from _walk(child, depth + 1)


def _bodies(part: Part, depth: int) -> tuple[str, str]:
    """(plain, html converted) of a part and what it holds; a report speaks by its first part."""
    kind = content_type(part)
    inner = children(part)
    if kind.startswith("message/") or depth > _MAX_DEPTH or _is_attachment(part):
        return "", ""
    if not inner:
        if kind == "text/html":
            return "", part_text(part)
        readable = depth == 0 or kind == "text/plain" or kind.startswith("multipart/")
        return (part_text(part), "") if readable else ("", "")
    found = [_bodies(p, depth + 1) for p in (inner[:1] if kind == "multipart/report" else inner)]
    if kind == "multipart/alternative":
        return _first(p for p, _ in found), _first(h for _, h in found)
    return _joined([p for p, _ in found]), _joined([h if h else p for p, h in found])


def _first(texts: "Iterator[str]") -> str:
    return next((text for text in texts if text.strip()), "")


def _joined(texts: list[str]) -> str:
    return "\n".join(text for text in texts if text.strip())


def _is_attachment(part: Part) -> bool:
    """A text with only a `name` is still the body; a file name in the disposition is a file."""
    disposition = header(part, "Content-Disposition").lower()
    if disposition.startswith("attachment"):
        return True
    kind = content_type(part)
    named = "filename" in disposition or (not kind.startswith("text/") and bool(_file_name(part)))
    return named and not kind.startswith("multipart/")


def _file_name(part: Part) -> str:
    try:
        name = part.get_filename()
    except _HOSTILE:
        return ""
    cleaned = " ".join(_decode_words(name or "").replace("\x00", "").split())
    return re.split(r"[/\\]", cleaned)[-1][:200]


def _addresses(part: Part, name: str) -> list[str]:
    values = _raw_values(part, name)
    try:
        pairs = getaddresses(values)
    except _HOSTILE:
        pairs = []
    found = [address.strip().lower() for _, address in pairs if "@" in address]
    return found or [a.lower() for value in values for a in _ADDRESS.findall(value)]


def _raw_values(part: Part, name: str) -> list[str]:
    """Every value of a header; raw 8-bit bytes are guessed like a body."""
    raw = [str(value) for key, value in part.raw_items() if key.lower() == name.lower()]
    return [decode(v[:_MAX_HEADER].encode("utf-8", "surrogateescape"), None) for v in raw]


def _decode_words(value: str) -> str:
    """RFC 2047 words to text."""
    if "=?" not in value:
        return value
    try:
        return "".join(_word(word, charset) for word, charset in decode_header(value))
    except (HeaderParseError, *_HOSTILE):
        return value


def _word(word: bytes | str, charset: str | None) -> str:
    """What is not encoded beside an encoded word comes back as raw-unicode-escape."""
    if isinstance(word, str):
        return word
    return word.decode("raw_unicode_escape") if charset is None else decode(word, charset)
