"""The fields of a delivery status notification (RFC 3464), read leniently."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relance.adapters.mail_reader import mime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message as Part

    from relance.adapters.mail_reader.mime import Mail

_FIELD = re.compile(r"^([A-Za-z][A-Za-z-]{2,40})[ \t]*:[ \t]*(.*)$")
_KNOWN = {"final-recipient", "original-recipient", "x-actual-recipient", "action", "status",
          "diagnostic-code"}  # fmt: skip
_IN_TEXT = re.compile(r"^final-recipient\s*:", re.I | re.M)
_ADDRESS = re.compile(r"[^\s<>\"'(),;:]{1,128}@[^\s<>\"'(),;:]{1,190}[A-Za-z0-9\]]")


@dataclass(frozen=True)
class RecipientStatus:
    """One per-recipient block: the address lower case, the action ("failed", "delayed"…)."""

    recipient: str | None
    action: str
    status: str
    diagnostic: str


def read_statuses(mail: "Mail") -> tuple[RecipientStatus, ...]:
    """All per-recipient blocks of all status parts, in order; else those written in the text."""
    texts = list(_status_texts(mail)) or [t for t in _leaf_texts(mail) if _IN_TEXT.search(t)][:1]
    blocks = [b for text in texts for b in _blocks(text)]
    return tuple(_status(b) for b in blocks if b.keys() & _KNOWN)


def _status_texts(mail: "Mail") -> "Iterator[str]":
    for part in mail.parts:
        if mime.content_type(part) in {"message/delivery-status", "message/global-delivery-status"}:
            yield _flattened(part)


def _leaf_texts(mail: "Mail") -> "Iterator[str]":
    """Plain texts before the message given back: some systems write the fields there."""
    for part in mail.parts:
        if mime.content_type(part).startswith("message/"):
            return
        if not mime.children(part) and mime.content_type(part) == "text/plain":
            yield mime.part_text(part)


def _flattened(part: "Part") -> str:
    """compat32 parses the blocks as messages of headers; some senders encode them as text."""
    inner = mime.children(part)
    texts = ["\n".join(f"{k}: {v}" for k, v in b.raw_items()) + "\n" + _payload(b) for b in inner]
    return "\n\n".join(texts) if inner else mime.part_text(part)


def _payload(part: "Part") -> str:
    return "" if part.is_multipart() else mime.part_text(part)


def _blocks(text: str) -> "Iterator[dict[str, str]]":
    """Fields per block, folded lines joined; a second Final-Recipient opens a new block."""
    block: dict[str, str] = {}
    name = ""
    for line in text[:200_000].splitlines():
        if match := _FIELD.match(line):
            name = match[1].lower()
            if name == "final-recipient" and name in block:
                yield block
                block = {}
            block.setdefault(name, match[2].strip())
        elif line[:1] in {" ", "\t"} and name in block:
            block[name] += " " + line.strip()
        elif not line.strip() and block:
            yield block
            block, name = {}, ""
    if block:
        yield block


def _status(block: dict[str, str]) -> RecipientStatus:
    names = ("final-recipient", "original-recipient", "x-actual-recipient")
    found = (_address(block.get(name, "")) for name in names)
    return RecipientStatus(
        recipient=next((address for address in found if address), None),
        action=block.get("action", "").split(" ")[0].strip(";.").lower(),
        status=block.get("status", ""),
        diagnostic=block.get("diagnostic-code", ""),
    )


def _address(value: str) -> str | None:
    """ "rfc822; John@Example.org" and its misspellings."""
    match = _ADDRESS.search(value)
    return match[0].lower() if match else None
