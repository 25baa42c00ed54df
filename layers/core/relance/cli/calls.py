"""`relance call`, `relance calls`, `relance call-sheet`: the telephone, from the terminal."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

import typer
from rich.table import Table

from relance import bootstrap
from relance.adapters.messages.reasons import reason_sentence
from relance.adapters.rendering.formats import money_sum
from relance.application.call_sheet import call_sheet
from relance.application.log_call import CallLogged, CallResult, log_call
from relance.application.tell_calls import calls_today
from relance.cli.deployed import Deployment
from relance.cli.language import LangOption
from relance.cli.people import (
    Amount,
    Author,
    Category,
    CreditorCode,
    DebtorCode,
    Disputed,
    Means,
    Note,
    OwnerEmail,
    Paid,
    PaidAll,
    PromiseDate,
    Solver,
    Stack,
    confirmed,
    console,
    findings_of,
    owners_told,
    say,
    told,
)
from relance.domain.calling import CallOutcome, Cause
from relance.domain.escalation.call_list import CallToMake, DayOfCalls

_DAY = ["%Y-%m-%d"]


def call(
    creditor: CreditorCode,
    debtor: DebtorCode,
    outcome: Annotated[CallOutcome, typer.Argument(help="What came of the call.")],
    by: Author,
    promise: PromiseDate = None,
    amount: Amount = None,
    means: Means = None,
    dispute: Disputed = None,
    category: Category = "other",
    paid: Paid = None,
    paid_all: PaidAll = False,
    about: Annotated[
        list[str] | None,
        typer.Option(help="Number of a document talked about; default: all that is asked for."),
    ] = None,
    cause: Annotated[
        list[str] | None,
        typer.Option(help="Why it is late: CAUSE for all, or NUMBER=CAUSE; may be repeated."),
    ] = None,
    again: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Day agreed for the next call.")
    ] = None,
    phone: Annotated[str | None, typer.Option(help="Number used; default: the one shown.")] = None,
    spoke_to: Annotated[str | None, typer.Option(help="Whom you spoke to.")] = None,
    owner: Annotated[
        str | None, typer.Option(help="Of ours, who mends or solves it; default: you.")
    ] = None,
    owner_email: OwnerEmail = None,
    target: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Day by which it is mended or solved.")
    ] = None,
    recap: Annotated[bool, typer.Option(help="Confirm in writing what was agreed.")] = True,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """Log what came of the open call: it says what that changed and what follows."""
    with told():
        result = CallResult(
            outcome,
            findings_of(
                Solver(owner or by, owner_email, _day(target)),
                promise,
                amount,
                means,
                dispute,
                category,
                paid,
                paid_all,
                note,
            ),
            tuple(about or ()),
            _causes(cause or []),
            _day(again),
            phone,
            spoke_to,
            owner,
            _day(target),
            recap,
            owner_email,
        )
        where = Deployment.find(stack)
        logged = log_call(creditor, debtor, by, result, office=where.office)
        for sentence in _sentences(logged):
            say(sentence)
        owners_told(creditor, debtor, where)
        written = recap and confirmed(creditor, debtor, where)
        if logged.recap is not None and not written:
            say(f"To confirm in writing today, to {logged.recap.to}.")


def calls(
    creditor: CreditorCode,
    collector: Annotated[str | None, typer.Option(help="Key of one collector.")] = None,
    stack: Stack = None,
) -> None:
    """Show the calls of the day of each collector, by stake, and those that wait and why."""
    with told():
        desk = Deployment.find(stack).office.open(creditor)
        days = calls_today(desk)
        shown = {key: day for key, day in days.items() if collector in {None, key}}
        if not shown:
            say(f"Nobody is to be called at {creditor}.")
        for key, day in shown.items():
            console.print(_table(key, day, desk.creditor.profile.language))


def show_call_sheet(
    creditor: CreditorCode, debtor: DebtorCode, lang: LangOption = None, stack: Stack = None
) -> None:
    """Show what to know before a call: whom, what is owed, what was said, what to ask."""
    with told():
        text = call_sheet(
            creditor,
            debtor,
            office=Deployment.find(stack).office,
            sheets=bootstrap.call_sheets(),
            language=lang.value if lang else None,
        )
        console.print(text, markup=False, highlight=False, soft_wrap=True)


def _causes(given: list[str]) -> Mapping[str, Cause]:
    """By number, "" for all of them."""
    found: dict[str, Cause] = {}
    for text in given:
        number, _, name = text.rpartition("=")
        if name not in set(Cause):
            allowed = ", ".join(Cause)
            raise typer.BadParameter(f"{name!r} is not one of {allowed}", param_hint="--cause")
        found[number] = Cause(name)
    return found


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _sentences(logged: CallLogged) -> list[str]:
    case, step = logged.case, logged.next_step
    holds = ", ".join(sorted({type(hold).__name__ for hold in case.holds})) or "none"
    when = case.agenda or "no date: all paid"
    found = [f"Recorded. Holds on the case: {holds}. Decided again on {when}."]
    for task in logged.opened:
        owner = f", {task.owner}" if task.owner else ""
        found.append(f"Opened: {task.kind} for {task.due_on}{owner} ({task.key}).")
    if step is not None:
        found.append(f"Next: {step.step.key} by {step.step.channel}, due on {step.due_on}.")
    if logged.overtaken and step is not None:
        found.append(f"Mind: {step.step.key} comes on {step.due_on}, not after the call agreed.")
    return found


def _table(key: str, day: DayOfCalls, language: str) -> Table:
    table = Table("#", "Debtor", "Name", "Asked", "Priority", "Why", title=f"Calls of {key}")
    rows = [(str(n), one, _why(one)) for n, one in enumerate(day.to_make, 1)]
    rows += [("", one, reason_sentence("daily-call-cap", language)) for one in day.over]
    rows += [("", one, _why(one, later=True)) for one in day.later]
    for number, one, why in rows:
        asked, who = money_sum(one.asked, language=language), one.case.debtor
        table.add_row(number, who.code, who.name, asked, str(one.priority), why)
    return table


def _why(one: CallToMake, *, later: bool = False) -> str:
    task = one.task
    agreed = f"agreed for {task.again_on}" if task.again_on else ""
    tried = f"tried {task.attempts} times" if task.attempts else ""
    return ", ".join(part for part in (agreed, tried, "not now" if later else "") if part)
