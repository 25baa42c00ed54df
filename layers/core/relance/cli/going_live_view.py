"""What may leave, what waits and what would happen, on the terminal."""

from decimal import Decimal

import typer
from rich.table import Table

from relance.adapters.messages.reasons import reason_sentence
from relance.application.dispatch import DispatchReport
from relance.application.release import Released, WaitingItem
from relance.cli.people import console, say
from relance.domain.policy import Level

SHOWN = 20
"""Lines of a list on the terminal; the rest is counted."""


def show_waiting(waiting: tuple[WaitingItem, ...]) -> None:
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


def say_released(done: Released, level: Level) -> None:
    say(
        f"Released: {done.items} documents of {len(done.debtors)} debtors, from {level} on, "
        "decided at the next run."
    )
    for debtor, code in done.refused:
        say(f"{debtor}: {reason_sentence(code, 'en')}")
    if done.refused:
        raise typer.Exit(2)


def say_dispatched(report: DispatchReport) -> None:
    say(f"Leaving now: {len(report.queued)} messages.")
    for reason, count in sorted(report.held.items()):
        say(f"Held: {count}. {reason_sentence(reason, 'en')}")
    if not report.queued and not report.held:
        say("What is planned for today leaves once the sending window is open.")
