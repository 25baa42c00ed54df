"""`relance preview`, `relance digest`: the two halves of the mail of the morning, now."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Annotated

import typer

from relance.application.morning.show import morning_mail, send_now
from relance.application.morning.views import DIGEST, PREVIEW
from relance.cli.deployed import Deployment
from relance.cli.people import CreditorCode, Stack, say, told
from relance.domain.notice_content import OutgoingMail
from relance.domain.team import FINANCE

Reader = Annotated[
    str, typer.Option("--for", help="Key of a collector: what is theirs; default: all of it.")
]
Mail = Annotated[
    bool, typer.Option("--mail", help="Send it too, to that person, beside the mail of the day.")
]


def preview(
    creditor: CreditorCode, reader: Reader = FINANCE, mail: Mail = False, stack: Stack = None
) -> None:
    """Show what leaves today, why, what is held back, and how to stop each message."""
    with told():
        _show(creditor, reader, PREVIEW, mail, stack, None)


def digest(
    creditor: CreditorCode,
    reader: Reader = FINANCE,
    days: Annotated[
        int | None, typer.Option(min=1, help="How far back; default: since their last mail.")
    ] = None,
    mail: Mail = False,
    stack: Stack = None,
) -> None:
    """Show what really left since the last digest, what did not and why, and what waits."""
    with told():
        look_back = timedelta(days=days) if days else None
        _show(creditor, reader, DIGEST, mail, stack, look_back)


def _show(
    creditor: str, reader: str, part: str, mail: bool, stack: str | None, back: timedelta | None
) -> None:
    where = Deployment.find(stack)
    kit = where.morning_kit
    made = morning_mail(
        creditor, office=where.office, kit=kit, reader=reader, parts=(part,), look_back=back
    )
    typer.echo(_text_of(made))
    if mail:
        send_now(made, kit=kit)
        say(f"Sent to {', '.join(made.recipients)}.")


def _text_of(mail: OutgoingMail) -> str:
    """What its plain-text part says, under its subject."""
    message = message_from_bytes(mail.raw, policy=policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    return f"{message['Subject']}\n\n{text}".rstrip()
