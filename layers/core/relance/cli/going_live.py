"""Commands of who decides what leaves: modes, releases, the batch of a day, one message."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from relance.adapters.messages.going_live_messages import word
from relance.adapters.simple_syntax import is_email
from relance.application import creditor_commands
from relance.application.go_live import preview_go_live
from relance.application.release import release, waiting_items
from relance.application.sample_notices import sample_notices
from relance.application.stop_notice import stop_notice
from relance.cli.deployed import Deployment
from relance.cli.go_live_json import as_json
from relance.cli.go_live_view import show_go_live
from relance.cli.going_live_view import (
    say_dispatched,
    say_released,
    show_waiting,
)
from relance.cli.language import AsJson, LangOption, language_of
from relance.cli.people import Author, CreditorCode, NoticeId, Stack, console, say, told
from relance.domain.creditor import Mode
from relance.domain.policy import Level


class StartLevel(StrEnum):
    """Where what was old when first seen may start: never at the formal notice (rule 7)."""

    LEVEL_1 = Level.LEVEL_1.value
    LEVEL_2 = Level.LEVEL_2.value


Allowed = Annotated[
    list[str] | None,
    typer.Option("--debtor", help="With allow_list: a debtor that is written to. Repeat it."),
]
TestAddress = Annotated[
    str | None, typer.Option("--to", help="With redirect: the address that gets everything.")
]


def mode(
    creditor: CreditorCode,
    value: Annotated[Mode, typer.Argument(help="What may leave: see the manual.")],
    by: Author,
    to: TestAddress = None,
    debtor: Allowed = None,
    stack: Stack = None,
) -> None:
    """Change what the system may do for a creditor, from nothing (observe) to everything (auto)."""
    with told():
        say(_change_mode(creditor, value, by, to, debtor, Deployment.find(stack)))


def go_live(
    creditor: CreditorCode,
    by: Author,
    value: Annotated[Mode, typer.Option("--mode", help="The mode to go to.")] = Mode.CONFIRM,
    to: TestAddress = None,
    debtor: Allowed = None,
    level: Annotated[
        StartLevel, typer.Option(help="Where what waits is counted.")
    ] = StartLevel.LEVEL_1,
    release_counted: Annotated[
        bool, typer.Option("--release/--no-release", help="Count what waits as released.")
    ] = True,
    yes: Annotated[bool, typer.Option("--yes", help="Change the mode, having seen this.")] = False,
    json_output: AsJson = False,
    lang: LangOption = None,
    stack: Stack = None,
) -> None:
    """Show the two weeks that going live would bring, with their cost; with --yes, change the mode.

    Nothing is released: `relance release` does it.
    """
    with told():
        deployed = Deployment.find(stack)
        found = preview_go_live(
            creditor,
            value,
            office=deployed.office,
            level=Level(level) if release_counted else None,
            redirect_to=to,
            allow_list=debtor,
        )
        spoken = language_of(lang, creditor, deployed.office)
        if not json_output:
            profile = deployed.office.creditors.get(creditor).profile
            show_go_live(console, found, profile, spoken)
        if yes:
            changed = _change_mode(creditor, value, by, to, debtor, deployed)
        if json_output:
            typer.echo(json.dumps(as_json(found, changed=yes), ensure_ascii=False))
        else:
            say(changed if yes else word("unchanged", spoken, wanted=value))


def release_old(
    creditor: CreditorCode,
    by: Author,
    debtors: Annotated[list[str] | None, typer.Argument(help="Codes of the debtors.")] = None,
    file: Annotated[
        Path | None, typer.Option(help="A text file with a debtor's code per line.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that wait.")] = False,
    item: Annotated[list[str] | None, typer.Option(help="Number of a document only.")] = None,
    level: Annotated[StartLevel, typer.Option(help="Where they start.")] = StartLevel.LEVEL_1,
    stack: Stack = None,
) -> None:
    """Release items that were old when first imported; without debtors, list those that wait."""
    with told():
        office = Deployment.find(stack).office
        chosen = [*(debtors or []), *(_codes_in(file) if file else [])]
        if not chosen and not everything:
            show_waiting(tuple(waiting_items(office.open(creditor))))
            return
        who = None if everything else chosen
        start, numbers = Level(level), tuple(item or ())
        done = release(creditor, who, by, office=office, level=start, numbers=numbers)
        say_released(done, start)


def release_day(creditor: CreditorCode, by: Author, stack: Stack = None) -> None:
    """In the mode confirm: let today's batch leave."""
    with told():
        gate = Deployment.find(stack).gate
        say_dispatched(creditor_commands.release_day(creditor, by, gate=gate))


def allow_address(
    creditor: CreditorCode,
    address: Annotated[str, typer.Argument(help="The e-mail address that stopped the run.")],
    by: Author,
    stack: Stack = None,
) -> None:
    """Say that many unrelated customers do share an address: the run goes on."""
    with told():
        gate = Deployment.find(stack).gate
        say_dispatched(creditor_commands.allow_address(creditor, address, by, gate=gate))


def stop(
    creditor: CreditorCode,
    notice: NoticeId,
    by: Author,
    reason: Annotated[str, typer.Option(help="Why; kept as evidence.")] = "",
    stack: Stack = None,
) -> None:
    """Withhold one planned message of the day."""
    with told():
        stop_notice(creditor, notice, by, reason, office=Deployment.find(stack).office)
        say("Withheld: it does not leave today. Its documents are decided again tomorrow.")


def sample(
    creditor: CreditorCode,
    by: Author,
    to: Annotated[str, typer.Option("--to", help="Your own address, of the creditor's team.")],
    stack: Stack = None,
) -> None:
    """Send yourself one of each message planned now."""
    with told():
        deployed = Deployment.find(stack)
        made = sample_notices(creditor, to, by, office=deployed.office, kit=deployed.sample_kit)
        say(f"Sent to {to}: {len(made.sent)} samples, marked as tests.")
        if made.left_out:
            say(f"{len(made.left_out)} letters are left out: they cannot be printed here.")


def _change_mode(
    creditor: str,
    value: Mode,
    by: str,
    to: str | None,
    debtors: list[str] | None,
    deployed: Deployment,
) -> str:
    """What is so from now on."""
    if to is not None and not is_email(to):
        raise typer.BadParameter(f"{to!r} is not an e-mail address")
    creditor_commands.change_mode(
        creditor, value, by, office=deployed.office, redirect_to=to, allow_list=debtors
    )
    return f"{creditor} is now in mode {value}, from the next run on."


def _codes_in(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read as UTF-8 text") from error
    return [line.strip() for line in lines if line.strip()]
