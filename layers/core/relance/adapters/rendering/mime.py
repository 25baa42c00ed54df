"""MIME with reproducible bytes: the same message gives the same SHA-256, always.

Nothing here is random: boundaries and the Message-ID come from the content. Headers are cleaned
before they are built, so that no name or subject can add one.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from relance.adapters.rendering.formats import one_line
from relance.domain.errors import RelanceError

MAX_NAME = 75
MAX_SUBJECT = 150
MAX_ADDRESS = 254
Attachment = tuple[str, bytes, str]
"""(file name, content, content type)."""

_ADDRESS_SYNTAX = re.compile(r'[\\@:;,<>()\[\]"]+')
_LOCAL_PART = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class MailParts:
    """sender, recipients: (display name, address); at: aware, or None to let SES date it.

    automatic: marked as written by a machine, so that absence messages do not answer it.
    """

    sender: tuple[str, str]
    recipients: tuple[tuple[str, str], ...]
    subject: str
    text: str
    html: str
    message_id: str
    at: datetime | None = None
    reply_to: str | None = None
    automatic: bool = False


def build_mime(parts: MailParts, attachments: Sequence[Attachment] = ()) -> bytes:
    """Raises RelanceError when an address cannot be written in a header."""
    body = EmailMessage(policy=SMTP)
    body.set_content(parts.text, cte="quoted-printable")
    body.add_alternative(parts.html, subtype="html", cte="quoted-printable")
    for name, content, content_type in attachments:
        _attach(body, name, content, content_type)
    _fix_boundaries(body, parts)
    return _headers(parts).encode("ascii") + body.as_bytes()


def clean_name(name: str) -> str:
    """A display name without address syntax, on one line."""
    return one_line(_ADDRESS_SYNTAX.sub(" ", one_line(name)))[:MAX_NAME].strip()


def clean_subject(subject: str) -> str:
    text = one_line(subject)
    return text if len(text) <= MAX_SUBJECT else text[: MAX_SUBJECT - 1].rstrip() + "…"


def is_address(text: str) -> bool:
    """A plain ASCII address that a header can hold."""
    return len(text) <= MAX_ADDRESS and _ADDRESS.fullmatch(text) is not None


def local_part(address: str, *, default: str) -> str:
    """What stands before the @ of a plain address, else the default."""
    found = address.partition("@")[0]
    return found if _LOCAL_PART.fullmatch(found) else default


def _headers(parts: MailParts) -> str:
    """Written here and not by `EmailMessage`, whose folding loses spaces between encoded words."""
    headers = {
        "From": _mailbox(*parts.sender),
        "To": ",\r\n ".join(_mailbox(name, address) for name, address in parts.recipients),
        "Reply-To": _mailbox("", parts.reply_to) if parts.reply_to else None,
        "Subject": _encoded("Subject", clean_subject(parts.subject)),
        "Date": format_datetime(parts.at) if parts.at else None,
        "Message-ID": f"<{parts.message_id}>",
        "Auto-Submitted": "auto-generated" if parts.automatic else None,
    }
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)


def _mailbox(name: str, address: str) -> str:
    if not is_address(address):
        raise RelanceError("mail-address-refused")
    name = clean_name(name)
    if not name:
        return address
    shown = f'"{name}"' if name.isascii() else _encoded("From", name)
    return f"{shown} <{address}>" if len(address) < 60 else f"{shown}\r\n <{address}>"


def _encoded(header: str, text: str) -> str:
    """RFC 2047 when needed, folded at 76 characters."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, maxlinelen=76, header_name=header).encode(linesep="\r\n")


def _attach(message: EmailMessage, name: str, content: bytes, content_type: str) -> None:
    main, _, sub = content_type.partition("/")
    if main in {"message", "multipart"}:  # base64 is not allowed there, and bytes must not change
        main, sub = "application", "octet-stream"
    message.add_attachment(content, maintype=main, subtype=sub, filename=one_line(name))


def _fix_boundaries(message: EmailMessage, parts: MailParts) -> None:
    """The sign "=_" never occurs in quoted-printable nor in base64."""
    seed = hashlib.sha256("\x00".join((parts.message_id, parts.text, parts.html)).encode())
    multiparts = (part for part in message.walk() if part.is_multipart())
    for rank, part in enumerate(multiparts):
        part.set_boundary(f"=_{seed.hexdigest()[:32]}_{rank}")
