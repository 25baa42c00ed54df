"""`relance demo`: deploy, live 75 days, say what came of it, and prove it."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from relance.adapters.balance_files import read_balance
from relance.adapters.config_files.creditor_yaml import read_creditor
from relance.adapters.holiday_calendars import HolidayCalendars
from relance.application.ports import CreditorFile
from relance.cli import local_cloud
from relance.cli.demo.checks import Check, run_checks
from relance.cli.demo.documents import collect_documents
from relance.cli.demo.finale import show_documents, show_focus, show_places
from relance.cli.demo.ledger import build_ledger
from relance.cli.demo.say import Say, language_of
from relance.cli.demo.scenario import Scenario, read_scenario
from relance.cli.demo.screen import show_checks, show_summary
from relance.cli.demo.stage import Stage, StoryStuck
from relance.cli.demo.story import FIRST_BALANCE, Story
from relance.cli.demo.summary import Summary, build_summary
from relance.cli.local_cloud.places import CHECKOUT

SCENARIO = "scenario.yaml"
SUMMARY = "summary.json"

Language = Annotated[str | None, typer.Option("--lang", help="fr or en; default: from LANG.")]
Examples = Annotated[Path, typer.Option("--examples", help="Folder of the scenario and its files.")]
Played = tuple[Summary, list[Check]]


def demo(lang: Language = None, examples: Examples = CHECKOUT / "examples") -> None:
    """Live 75 days of a creditor on an AWS of this machine, and show what came of them.

    A local cloud that runs already is thrown away; the one of the demo stays, to look around.
    """
    console, say = Console(), Say(language_of(lang))
    try:
        _, checks = play(console, say, examples)
    except (local_cloud.LocalCloudError, StoryStuck) as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from error
    if not all(check.ok for check in checks):
        console.print(say("failed"), style="red")
        raise typer.Exit(1)


def play(console: Console, say: Say, examples: Path) -> Played:
    """Raises LocalCloudError, StoryStuck."""
    started = time.monotonic()
    scenario = read_scenario(examples / SCENARIO)
    creditor = read_creditor((examples / scenario.files[0]).read_bytes(), name=scenario.files[0])
    stack = _deploy(console, creditor, say)
    deployed = time.monotonic()
    story = new_story(stack, scenario, creditor, examples)
    _live(console, story, creditor.profile.holidays, say)
    summary, checks = conclude(story, say.language, stack.places.local)
    told = time.monotonic()
    _show(console, story, (summary, checks), say)
    took = say("took", deploy=deployed - started, story=told - deployed)
    console.print(f"\n[dim]{took}[/dim]")
    return summary, checks


def _deploy(console: Console, creditor: CreditorFile, say: Say) -> local_cloud.LocalStack:
    senders = [creditor.payment.sender_domain] if creditor.payment else []
    with console.status(say("deploying")) as status:

        def tell(step: str) -> None:
            status.update(f"{say('deploying')}: {step}")

        return local_cloud.up(senders=senders, fresh=True, say=tell)


def new_story(
    stack: local_cloud.LocalStack, scenario: Scenario, creditor: CreditorFile, examples: Path
) -> Story:
    """The accounts are those that the first balance of the scenario shows."""
    first = next(name for name in scenario.files if name.startswith(FIRST_BALANCE))
    reading = read_balance((examples / first).read_bytes(), name=first)
    return Story(
        stage=Stage(stack, scenario.creditor, ZoneInfo(creditor.profile.zone)),
        scenario=scenario,
        ledger=build_ledger(reading, scenario),
        examples=examples,
        company=creditor.profile.identity.name,
    )


def _live(console: Console, story: Story, holidays: str, say: Say) -> None:
    """Every day of the scenario, with a bar while it works."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(None),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, expand=True) as progress:
        task = progress.add_task("", total=story.scenario.days)

        def tell(day: str) -> None:
            progress.update(task, description=f"{say.day(day):>6}", advance=1)

        live_story(story, holidays, tell)


def live_story(story: Story, holidays: str, tell: Callable[[str], None] = lambda _: None) -> None:
    """tell: hears each day once it is over."""
    calendar = HolidayCalendars().of(holidays)
    story.begin()
    for day in story.scenario.calendar_days():
        story.live(day, calendar)
        tell(day.isoformat())


def conclude(story: Story, language: str, folder: Path) -> Played:
    """The summary and its checks, also written to `folder` with the documents."""
    summary = build_summary(story, language)
    collect_documents(story.stage, summary["sent"], folder)
    checks = run_checks(summary)
    told: list[dict[str, Any]] = [{**asdict(check), "ok": check.ok} for check in checks]
    content = json.dumps({**summary, "checks": told}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / SUMMARY).write_text(content + "\n", encoding="utf-8")
    return summary, checks


def _show(console: Console, story: Story, played: Played, say: Say) -> None:
    summary, checks = played
    folder = story.stage.stack.places.local
    show_summary(console, summary, say)
    show_focus(console, summary, say)
    show_documents(console, summary, folder, say)
    show_places(console, story.stage.outputs, summary, folder / SUMMARY, say)
    show_checks(console, checks, say)
