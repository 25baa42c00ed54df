"""The end of the summary: one case from end to end, what to open, where everything is."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from relance.cli.demo.say import Say
from relance.cli.demo.texts import FACTS, KINDS, STEPS

Summary = dict[str, Any]

_SHOWN_FIRST = ("preventive", "email_1", "letter_2", "formal_notice")


def show_focus(console: Console, summary: Summary, say: Say) -> None:
    focus = summary["focus"]
    title = say("focus", name=f"{focus['name']} ({focus['debtor']})")
    table = Table(title=title, title_justify="left", title_style="bold", expand=True)
    for column in ("#", say("day"), say("what"), ""):
        table.add_column(column, overflow="fold")
    for event in focus["events"]:
        if event["kind"] in KINDS and not _is_routine(event):
            cells = str(event["seq"]), say.day(event["at"]), say(event["kind"], KINDS)
            table.add_row(*cells, _detail(event, say))
    console.print(table)
    verified = focus["chain"] == "verified"
    key = "chain" if verified else "chain_broken"
    console.print(f" {say(key, entries=focus['entries'], problem=focus['chain'])}")


def _is_routine(event: Mapping[str, Any]) -> bool:
    """The server's receipt follows each message: it is told for the formal notice only."""
    return bool(event["kind"] == "notice-delivered" and event["step"] != "formal_notice")


def _detail(event: Mapping[str, Any], say: Say) -> str:
    parts = [say(event["step"], STEPS), say(event["channel"])] if event["step"] else []
    parts += event["documents"]
    parts += [_fact(name, value, say) for name, value in event["facts"].items()]
    return " · ".join([*parts, *([event["who"]] if event["who"] else [])])


def _fact(name: str, value: str, say: Say) -> str:
    return say(value, FACTS) if name == "outcome" else say(name, FACTS, value=value)


def show_documents(console: Console, summary: Summary, folder: Path, say: Say) -> None:
    """One of each, in the order of the escalation, an English one, then where the others are."""
    console.print(f"\n[bold]{say('open')}[/bold]")
    for line in _examples(summary):
        copy = f", {say('email_copy')}" if line["copy_of"] else ""
        what = f"{say(line['step'], STEPS)}{copy}, {line['name']}"
        console.print(f" {_short(folder / line['file'])}", highlight=False, soft_wrap=True)
        console.print(f"   [dim]{what}[/dim]")
    for kind in ("emails", "letters"):
        count = sum(line["file"].startswith(kind) for line in summary["sent"])
        console.print(f" {_short(folder / kind)}/  [dim]{count} {say(kind)}[/dim]", soft_wrap=True)


def _examples(summary: Summary) -> Iterator[Summary]:
    """Of the case told above when it has one."""
    focus = summary["focus"]["debtor"]
    sent = sorted(summary["sent"], key=lambda line: line["debtor"] != focus)
    for step in _SHOWN_FIRST:
        yield from [line for line in sent if line["step"] == step and not line["copy_of"]][:1]
    yield from [line for line in sent if line["copy_of"]][:1]
    reminders = [line for line in sent if not line["answers"] and line["level"] == "level_1"]
    english = [line for line in reminders if line["language"] == "en"]
    yield from english[:1]


def show_places(
    console: Console, outputs: Mapping[str, str], summary: Summary, file: Path, say: Say
) -> None:
    console.print(f"\n[bold]{say('where')}[/bold]")
    for name in ("DropBucket", "ReportsBucket", "MailBucket", "EvidenceBucket"):
        console.print(f" s3://{outputs[name]}", highlight=False, soft_wrap=True)
    console.print(f" dynamodb {outputs['CasesTable']}", highlight=False, soft_wrap=True)
    console.print(f" {_short(file)}", highlight=False, soft_wrap=True)
    console.print(f"\n[bold]{say('try')}[/bold]")
    creditor, focus = summary["creditor"], summary["focus"]["debtor"]
    for command in (f"case {creditor} {focus}", f"todo {creditor}", "down"):
        console.print(f" .venv/bin/relance {command}", highlight=False, soft_wrap=True)


def _short(path: Path) -> str:
    """Relative to where the reader is, when it is below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
