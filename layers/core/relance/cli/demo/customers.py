"""What customers write back: real messages, to the address of the e-mail that they got."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from relance.cli.demo.scenario import CustomerReply

_QUOTED_LINES = 12
"""Of the message answered, as mail programs add them under the answer."""


def compose_reply(reply: CustomerReply, to: EmailMessage, at: datetime) -> EmailMessage:
    """A human answer quotes what it answers; an absence comes from a machine and says so."""
    message = EmailMessage()
    subject = reply.subject or f"Re: {to['Subject']}"
    message["From"] = str(to["To"])
    message["To"] = str(to["Reply-To"])
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{reply.debtor.lower()}.{at:%Y%m%d%H%M}@{_domain(to)}>"
    message["In-Reply-To"] = str(to["Message-ID"])
    message["References"] = str(to["Message-ID"])
    if reply.kind == "absence":
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(reply.text)
    else:
        message.set_content(f"{reply.text}\n{_quoted(to)}")
    return message


def sender_of(to: EmailMessage) -> str:
    """The envelope sender: who had received the message."""
    return to["To"].addresses[0].addr_spec  # type: ignore[no-any-return]


def _domain(to: EmailMessage) -> str:
    return sender_of(to).rpartition("@")[2]


def _quoted(to: EmailMessage) -> str:
    body = to.get_body(("plain",))
    lines = body.get_content().splitlines()[:_QUOTED_LINES] if body else []
    sender = to["From"].addresses[0]
    written = to["Date"].datetime.strftime("%d/%m/%Y %H:%M")
    head = f"Le {written}, {sender.display_name} <{sender.addr_spec}> a écrit :"
    if "Dear" in "".join(lines[:2]):
        head = f"On {written}, {sender.display_name} <{sender.addr_spec}> wrote:"
    return "\n".join([head, "", *(f"> {line}".rstrip() for line in lines)]) + "\n"
