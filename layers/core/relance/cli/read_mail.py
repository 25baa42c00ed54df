"""`relance read-mail FILE.eml`: what the product would understand of a message, without AWS."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from relance.domain.reply import ReadReply

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ERRORS = {
    "file-not-readable": "This file cannot be read: give the path of an .eml file.",
    "not-a-mail": "This file has no mail headers: give a raw message (.eml), headers included.",
}


def read_mail(
    file: Annotated[Path, typer.Argument(help="A raw message, as a mail server stores it (.eml).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Read one message: kind, visible reply, language, bounce and return date."""
    from relance.adapters import mail_reader

    try:
        raw = file.read_bytes()
    except OSError:
        raise _refused("file-not-readable", as_json) from None
    if not mail_reader.is_mail(raw):
        raise _refused("not-a-mail", as_json)
    reply = mail_reader.read_mail(raw)
    if as_json:
        typer.echo(json.dumps(as_document(reply), ensure_ascii=False, indent=2))
    else:
        _show(reply)


def as_document(reply: "ReadReply") -> dict[str, Any]:
    """The JSON of reply-conventions; intents come with a later issue."""
    bounce = reply.bounce
    return {
        "kind": reply.kind.value,
        "visible_text": reply.visible_text,
        "language": reply.language,
        "intents": [],
        "bounce": None
        if bounce is None
        else {
            "recipient": bounce.recipient,
            "status": bounce.status,
            "permanent": bounce.permanent,
        },
        "return_date": None if reply.return_date is None else reply.return_date.isoformat(),
    }


def _refused(code: str, as_json: bool) -> typer.Exit:
    text = _ERRORS[code]
    if as_json:
        typer.echo(json.dumps({"error": {"code": code, "text": text}}, ensure_ascii=False))
    else:
        typer.echo(f"{code}: {text}", err=True)
    return typer.Exit(code=2)


def _show(reply: "ReadReply") -> None:
    """A panel; the message is hostile: no markup of rich, no control character of a terminal."""
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table.grid(padding=(0, 2))
    for name, value in _facts(reply):
        table.add_row(Text(name, style="bold"), Text(_CONTROLS.sub("", value)))
    console.print(Panel(table, title=reply.kind.value, title_align="left"))
    text = _CONTROLS.sub("", reply.visible_text) or "(nothing but a quote)"
    console.print(Panel(Text(text), title="visible reply", title_align="left"))


def _facts(reply: "ReadReply") -> list[tuple[str, str]]:
    facts = [
        ("from", reply.sender or "unknown"),
        ("subject", reply.subject),
        ("language", reply.language or "unknown"),
        ("attachments", ", ".join(reply.attachments) or "none"),
    ]
    if reply.return_date is not None:
        facts.append(("back on", reply.return_date.isoformat()))
    if reply.bounce is not None:
        permanent = "dead address" if reply.bounce.permanent else "may work later"
        status = reply.bounce.status or "no status"
        facts.append(("bounced", f"{reply.bounce.recipient or 'unknown'}, {status}, {permanent}"))
    return facts
