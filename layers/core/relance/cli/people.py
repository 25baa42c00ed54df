"""Commands of people against a deployed stack: each calls the use case a dashboard calls."""

import getpass
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from rich.console import Console

from relance.adapters.messages.reasons import reason_sentence
from relance.adapters.simple_syntax import is_email
from relance.application import creditor_commands, people
from relance.application.answers import Answered
from relance.application.arranging import answer_now
from relance.application.close_matter import close_matter
from relance.application.confirm_payment_details import confirm_payment_details
from relance.application.owners import tell_owners_now
from relance.application.seen_reply import mark_seen
from relance.bootstrap import random_source
from relance.cli.case_view import show_case, show_todo
from relance.cli.deployed import Deployment
from relance.domain.case import Case
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor_config import details_fingerprint
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import DisputeTerms, PromiseTerms

console = Console()

CreditorCode = Annotated[str, typer.Argument(help="Code of the creditor.")]
DebtorCode = Annotated[str, typer.Argument(help="Code of the debtor.")]
NoticeId = Annotated[str, typer.Argument(help="Id of the notice.")]
Stack = Annotated[
    str | None, typer.Option("--stack", help="CloudFormation stack; default: the local cloud.")
]
Author = Annotated[
    str,
    typer.Option("--by", help="Who decides: kept as evidence.", default_factory=getpass.getuser),
]
Note = Annotated[str, typer.Option(help="What was said; kept as evidence.")]
PromiseDate = Annotated[
    datetime | None,
    typer.Option("--promise", formats=["%Y-%m-%d"], help="They promise to pay on that date."),
]
Amount = Annotated[str | None, typer.Option(help="Amount promised or disputed, e.g. 1200.50.")]
Means = Annotated[str | None, typer.Option(help="How they will pay: transfer, cheque, …")]
Disputed = Annotated[
    list[str] | None, typer.Option("--dispute", help="Number of a disputed document.")
]
Category = Annotated[str, typer.Option(help="What the dispute is about: price, quality, …")]
OwnerEmail = Annotated[
    str | None,
    typer.Option("--owner-email", help="Of a dispute: where our owner is written to."),
]
Paid = Annotated[
    list[str] | None, typer.Option("--paid", help="Number of a document said to be paid.")
]
PaidAll = Annotated[bool, typer.Option("--paid-all", help="They say that everything is paid.")]


def case(creditor: CreditorCode, debtor: DebtorCode, stack: Stack = None) -> None:
    """Show a case: what is owed, what holds it, what comes next, and its whole history."""
    with told():
        show_case(console, Deployment.find(stack).office, creditor, debtor)


def todo(creditor: CreditorCode, stack: Stack = None) -> None:
    """List what waits for a person: approvals, calls, replies, tasks, doubtful sends, triage."""
    with told():
        show_todo(console, Deployment.find(stack).office, creditor)


def approve(
    creditor: CreditorCode,
    notice: NoticeId,
    by: Author,
    refuse: Annotated[str | None, typer.Option(help="Refuse it, for this reason.")] = None,
    confirm: Annotated[
        list[str] | None, typer.Option(help="Code of a check that you answer for.")
    ] = None,
    confirm_all: Annotated[
        bool, typer.Option("--confirm-all", help="You answer for every check of the list.")
    ] = False,
    stack: Stack = None,
) -> None:
    """Approve (or refuse) a message that awaits its approval, its check-list confirmed."""
    with told():
        office = Deployment.find(stack).office
        confirmed = ALL_CHECKS if confirm_all else tuple(confirm or ())
        people.approve_notice(
            creditor, notice, by, office=office, refuse=refuse, confirmed=confirmed
        )
        say(
            "Refused: the case is held for 15 days; `relance done` ends the hold sooner."
            if refuse
            else "Approved: it leaves at the next run, dated that day."
        )


def seen(
    creditor: CreditorCode,
    debtor: DebtorCode,
    reply: Annotated[str, typer.Argument(help="Id of the reply.")],
    by: Author,
    promise: PromiseDate = None,
    amount: Amount = None,
    means: Means = None,
    dispute: Disputed = None,
    category: Category = "other",
    owner: Annotated[str | None, typer.Option(help="Of a dispute: who of us solves it.")] = None,
    owner_email: OwnerEmail = None,
    target: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Of a dispute: when it should be solved."),
    ] = None,
    paid: Paid = None,
    paid_all: PaidAll = False,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """Mark a reply seen, with what it says: its hold ends, a promise or a dispute takes over."""
    with told():
        solved = Solver(owner or by, owner_email, target.date() if target else None)
        findings = findings_of(
            solved, promise, amount, means, dispute, category, paid, paid_all, note
        )
        where = Deployment.find(stack)
        after_change(mark_seen(creditor, debtor, reply, by, findings, office=where.office))
        owners_told(creditor, debtor, where)
        confirmed(creditor, debtor, where)


def pause(
    creditor: CreditorCode,
    by: Author,
    reason: Annotated[str, typer.Option(help="Why; kept as evidence.")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="End the pause.")] = False,
    stack: Stack = None,
) -> None:
    """Stop at once everything that is planned, queued or awaiting approval; or resume."""
    with told():
        office = Deployment.find(stack).office
        if resume:
            creditor_commands.resume(creditor, by, office=office)
            say(f"{creditor} is running again, from the next run on.")
        else:
            creditor_commands.pause(creditor, by, reason, office=office)
            say(f"{creditor} is paused: nothing leaves until `relance pause --resume`.")


def confirm(
    creditor: CreditorCode,
    by: Author,
    fingerprint: Annotated[
        str | None, typer.Option(help="Of the details you checked, as this command shows it.")
    ] = None,
    stack: Stack = None,
) -> None:
    """Show the payment details that wait, and confirm them: two persons must."""
    with told():
        office = Deployment.find(stack).office
        pending = office.creditors.get(creditor).pending
        if pending is None:
            say(f"No payment details of {creditor} wait for a confirmation.")
            return
        for name, value in asdict(pending.details).items():
            say(f"{name}: {value}")
        seen = details_fingerprint(pending.details)
        if fingerprint != seen:
            say(f"Compare them with the bank's own document, then add --fingerprint {seen}")
            return
        saved = confirm_payment_details(creditor, by, fingerprint, office=office)
        say("They apply." if saved.pending is None else "Confirmed: one more person must.")


def resolve(
    creditor: CreditorCode,
    notice: NoticeId,
    by: Author,
    sent: Annotated[bool, typer.Option("--sent/--not-sent", help="Did it leave?")],
    stack: Stack = None,
) -> None:
    """Say what became of a send that nobody knows the outcome of."""
    with told():
        office = Deployment.find(stack).office
        people.resolve_notice(
            creditor, notice, by, sent=sent, office=office, random=random_source()
        )
        say("Recorded as sent." if sent else "Recorded as not sent: decided again tomorrow.")


def done(
    creditor: CreditorCode,
    debtor: DebtorCode,
    task: Annotated[str, typer.Argument(help="Key of the task or of the hold: see `case`.")],
    by: Author,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """Close a task that is done, or end a hold: a dispute solved, a promise noted by mistake."""
    with told():
        office = Deployment.find(stack).office
        after_change(close_matter(creditor, debtor, task, by, note, office=office))


def confirmed(creditor: str, debtor: str, where: Deployment) -> bool:
    """What was agreed is written to the customer: whether something was."""
    done = answer_now(creditor, debtor, office=where.office, postbox=where.postbox)
    for line in answer_lines(done):
        say(line)
    return any(one.planned_for for one in done)


def answer_lines(answers: Iterable[Answered]) -> list[str]:
    return [
        f"Written to the customer ({one.template}): leaves on {one.planned_for}."
        if one.planned_for
        else f"Not written to the customer: {reason_sentence(one.reason, 'en')}"
        for one in answers
    ]


@dataclass(frozen=True, slots=True)
class Solver:
    """Who of us solves a dispute, where they are written to, and by when."""

    owner: str
    email: str | None = None
    target: date | None = None


def owners_told(creditor: str, debtor: str, where: Deployment) -> None:
    """Whoever has just been given something to solve; the next run writes what did not leave."""
    left = tell_owners_now(creditor, debtor, office=where.office, staff=where.staff_mail)
    if left:
        say("Its owner was written to.")


def findings_of(
    solver: Solver,
    promise: datetime | None,
    amount: str | None,
    means: str | None,
    dispute: list[str] | None,
    category: str,
    paid: list[str] | None,
    paid_all: bool,
    note: str,
) -> people.Findings:
    value = amount_of(amount)
    return people.Findings(
        promise=PromiseTerms(promise.date(), value, means) if promise else None,
        dispute=_dispute_of(solver, dispute, category, None if promise else value)
        if dispute
        else None,
        paid=() if paid_all else (tuple(paid) if paid else None),
        note=note,
    )


def _dispute_of(
    solver: Solver, numbers: list[str], category: str, amount: Decimal | None
) -> DisputeTerms:
    """Raises BadParameter for what is no e-mail address."""
    if solver.email is not None and not is_email(solver.email):
        raise typer.BadParameter(f"{solver.email!r} is not an e-mail address")
    return DisputeTerms(
        tuple(numbers),
        category,
        solver.owner,
        amount,
        owner_email=solver.email,
        target=solver.target,
    )


def amount_of(text: str | None) -> Decimal | None:
    """Raises BadParameter for what is no amount above zero."""
    try:
        value = None if text is None else Decimal(text)
    except InvalidOperation:
        value = Decimal(0)
    if value is not None and not (value.is_finite() and value > 0):
        raise typer.BadParameter(f"{text!r} is not an amount; write for instance 1200.50")
    return value


def after_change(case: Case) -> None:
    when: date | None = case.agenda
    holds = ", ".join(sorted({type(hold).__name__ for hold in case.holds})) or "none"
    say(f"Recorded. Holds on the case: {holds}. Decided again on {when or 'no date: all paid'}.")


def say(text: str) -> None:
    """As it is: a name in brackets is no style, and what is to be copied stays on its line."""
    console.print(text, markup=False, soft_wrap=True)


@contextmanager
def told() -> Iterator[None]:
    """An error somebody can act on becomes a sentence and exit status 2, never a traceback."""
    from relance.adapters.messages.errors import error_sentence

    try:
        yield
    except RelanceError as error:
        console.print(error_sentence(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from error
