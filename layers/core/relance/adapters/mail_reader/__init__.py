"""Incoming mail, from raw bytes to what the person (or the machine) said."""

import re

from relance.adapters.mail_reader import mime
from relance.adapters.mail_reader.bounce import read_bounce
from relance.adapters.mail_reader.kind import bounce_kind, is_bounce, other_kind
from relance.adapters.mail_reader.language import guess_language
from relance.adapters.mail_reader.mime import parse
from relance.adapters.mail_reader.return_date import read_return_date
from relance.adapters.mail_reader.visible_text import visible_text
from relance.domain.reply import BounceReport, ReadReply, ReplyKind

__all__ = ["is_mail", "read_mail"]

_MARKERS = ("From", "To", "Subject", "Date", "Received", "Return-Path", "Message-ID",
            "Content-Type", "MIME-Version", "Delivered-To")  # fmt: skip
_MESSAGE_ID = re.compile(r"<([^<>\s]+)>")


def is_mail(raw: bytes) -> bool:
    """Whether these bytes have at least two of the headers that every message has some of."""
    mail = parse(raw)
    return sum(mail.has(name) for name in _MARKERS) >= 2


def read_mail(raw: bytes) -> ReadReply:
    """Everything a message says, from its own bytes only; never raises, never trusts."""
    mail = parse(raw)
    body = mime.body_text(mail)
    kind, bounce = _kind(mail, body)
    text = visible_text(body)
    subject = mail.header("Subject")
    absent = kind in {ReplyKind.OUT_OF_OFFICE, ReplyKind.AUTO_ACK}
    return ReadReply(
        kind=kind,
        visible_text=text,
        language=guess_language(text) or guess_language(subject),
        subject=subject,
        sender=next(iter(mail.addresses("From", "Sender")), None),
        message_id=next(iter(_message_ids(mail, "Message-ID")), None),
        references=_message_ids(mail, "References", "In-Reply-To"),
        header_recipients=mail.addresses("To", "Cc"),
        bounce=bounce,
        return_date=read_return_date(f"{subject}.\n\n{text}", mail.sent_on()) if absent else None,
        attachments=mime.attachment_names(mail),
    )


def _kind(mail: mime.Mail, body: str) -> tuple[ReplyKind, BounceReport | None]:
    if not is_bounce(mail, body):
        return other_kind(mail, body), None
    report = read_bounce(mail, body)
    return bounce_kind(mail, report), report


def _message_ids(mail: mime.Mail, *names: str) -> tuple[str, ...]:
    """Without angle brackets, in the order of the thread, once each."""
    found = [i for name in names for i in _MESSAGE_ID.findall(mail.header(name))]
    return tuple(dict.fromkeys(found))
