"""Commands of who decides what leaves: modes, releases, the batch of a day, one message."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from relance.adapters.messages.reasons import reason_sentence
from relance.adapters.simple_syntax import is_email
from relance.application import creditor_commands
from relance.application.dispatch import DispatchReport
from relance.application.go_live import GoLivePreview, preview_go_live
from relance.application.release import Released, WaitingItem, release, waiting_items
from relance.application.sample_notices import sample_notices
from relance.application.stop_notice import stop_notice
from relance.cli.deployed import Deployment
from relance.cli.people import Author, CreditorCode, NoticeId, Stack, console, say, told
from relance.domain.creditor import Mode
from relance.domain.policy import Level

SHOWN = 20
"""Lines of a list on the terminal; the rest is counted."""

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
        _change_mode(creditor, value, by, to, debtor, Deployment.find(stack))


def go_live(
    creditor: CreditorCode,
    by: Author,
    value: Annotated[Mode, typer.Option("--mode", help="The mode to go to.")] = Mode.CONFIRM,
    to: TestAddress = None,
    debtor: Allowed = None,
    yes: Annotated[bool, typer.Option("--yes", help="Change the mode, having seen this.")] = False,
    stack: Stack = None,
) -> None:
    """Show what going live would do; with --yes, change the mode."""
    with told():
        deployed = Deployment.find(stack)
        _show_preview(preview_go_live(creditor, value, office=deployed.office))
        if yes:
            _change_mode(creditor, value, by, to, debtor, deployed)
        else:
            say(f"Nothing has changed. Add --yes to go from here to {value}.")


def release_old(
    creditor: CreditorCode,
    by: Author,
    debtors: Annotated[list[str] | None, typer.Argument(help="Codes of the debtors.")] = None,
    file: Annotated[
        Path | None, typer.Option(help="A text file with a debtor's code per line.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that wait.")] = False,
    item: Annotated[list[str] | None, typer.Option(help="Number of a document only.")] = None,
    level: Annotated[Level, typer.Option(help="Where they start: level_1 or level_2.")] = (
        Level.LEVEL_1
    ),
    stack: Stack = None,
) -> None:
    """Release items that were old when first imported; without debtors, list those that wait."""
    with told():
        office = Deployment.find(stack).office
        chosen = [*(debtors or []), *(_codes_in(file) if file else [])]
        if not chosen and not everything:
            _show_waiting(tuple(waiting_items(office.open(creditor))))
            return
        who = None if everything else chosen
        done = release(creditor, who, by, office=office, level=level, numbers=tuple(item or ()))
        _say_released(done, level)


def release_day(creditor: CreditorCode, by: Author, stack: Stack = None) -> None:
    """In the mode confirm: let today's batch leave."""
    with told():
        gate = Deployment.find(stack).gate
        _say_dispatched(creditor_commands.release_day(creditor, by, gate=gate))


def allow_address(
    creditor: CreditorCode,
    address: Annotated[str, typer.Argument(help="The e-mail address that stopped the run.")],
    by: Author,
    stack: Stack = None,
) -> None:
    """Say that many unrelated customers do share an address: the run goes on."""
    with told():
        gate = Deployment.find(stack).gate
        _say_dispatched(creditor_commands.allow_address(creditor, address, by, gate=gate))


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
) -> None:
    if to is not None and not is_email(to):
        raise typer.BadParameter(f"{to!r} is not an e-mail address")
    creditor_commands.change_mode(
        creditor, value, by, office=deployed.office, redirect_to=to, allow_list=debtors
    )
    say(f"{creditor} is now in mode {value}, from the next run on.")


def _codes_in(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read as UTF-8 text") from error
    return [line.strip() for line in lines if line.strip()]


def _show_waiting(waiting: tuple[WaitingItem, ...]) -> None:
    if not waiting:
        say("Nothing waits to be released.")
        return
    table = Table("Debtor", "Name", "Document", "Due", "Days late", "To ask", "In the accounts")
    for one in waiting[:SHOWN]:
        shown = "" if one.shown_level is None else f"reminder {one.shown_level}"
        on = f" on {one.reminded_on}" if one.reminded_on else ""
        table.add_row(
            one.debtor,
            one.name,
            one.number,
            str(one.due_date),
            str(one.days_late),
            f"{one.asked:.2f} {one.currency}",
            f"{shown}{on}",
        )
    console.print(table)
    say(_waiting_total(waiting))
    say("Release them: `relance release CREDITOR DEBTOR…`, `--file LIST` or `--all`.")


def _waiting_total(waiting: tuple[WaitingItem, ...]) -> str:
    sums: dict[str, Decimal] = {}
    for one in waiting:
        sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.asked
    total = ", ".join(f"{amount:.2f} {currency}" for currency, amount in sums.items())
    debtors = len({one.debtor for one in waiting})
    return f"To release: {len(waiting)} documents of {debtors} debtors, {total}."


def _say_released(done: Released, level: Level) -> None:
    say(
        f"Released: {done.items} documents of {len(done.debtors)} debtors, from {level} on, "
        "decided at the next run."
    )
    for debtor, code in done.refused:
        say(f"{debtor}: {reason_sentence(code, 'en')}")
    if done.refused:
        raise typer.Exit(2)


def _say_dispatched(report: DispatchReport) -> None:
    say(f"Leaving now: {len(report.queued)} messages.")
    for reason, count in sorted(report.held.items()):
        say(f"Held: {count}. {reason_sentence(reason, 'en')}")
    if not report.queued and not report.held:
        say("What is planned for today leaves once the sending window is open.")


def _show_preview(found: GoLivePreview) -> None:
    say(f"{found.creditor}: {found.cases} cases, {found.open_items} documents owed.")
    say(f"Mode: {found.before}, to be {found.wanted}.")
    for reason in found.blocked:
        say(f"Nothing would leave: {reason_sentence(reason, 'en')}")
    for name, count in sorted(found.today.items()):
        say(f"Decided today: {count} {name}")
    for reason, count in sorted(found.held.items(), key=lambda pair: (-pair[1], pair[0])):
        say(f"Not done in {count} cases: {reason_sentence(reason, 'en')}")
    if found.to_release:
        _show_waiting(found.to_release)
    if found.ahead is None:
        say("The two weeks ahead are not forecast here.")
        return
    table = Table("Day", "Channel", "How many", "Cost")
    for line in found.ahead:
        table.add_row(str(line.on), str(line.channel), str(line.count), f"{line.cost:.2f}")
    console.print(table)
