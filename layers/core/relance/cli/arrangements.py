"""Commands for what is agreed with a customer: each says what it changed and what happens next."""

from datetime import date, datetime
from typing import Annotated

import typer

from relance.adapters.simple_syntax import is_email
from relance.application import disputes, other_arrangements, plans
from relance.application.arranging import Arranged
from relance.application.promises import note_promise
from relance.cli.case_view import hold_name
from relance.cli.deployed import Deployment
from relance.cli.people import (
    Author,
    CreditorCode,
    DebtorCode,
    Note,
    Stack,
    amount_of,
    answer_lines,
    say,
    told,
)
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import DisputeTerms, PromiseTerms
from relance.domain.escalation.other_arrangements import ArrangementTerms, HoldTerms
from relance.domain.escalation.plans import PlanTerms
from relance.domain.escalation.taking_our_turn import OurTurn
from relance.domain.holds import ArrangementKind, Resolution

Day = ["%Y-%m-%d"]
Items = Annotated[
    list[str] | None, typer.Option("--item", help="Number of a document. Repeatable.")
]
Person = Annotated[str | None, typer.Option("--with", help="Who agreed, at the customer's.")]
Amount = Annotated[str | None, typer.Option(help="An amount, e.g. 1200.50.")]
Key = Annotated[str, typer.Argument(help="Its key: see `relance case`.")]
Until = Annotated[datetime | None, typer.Option(formats=Day, help="Its last day.")]
Reason = Annotated[str, typer.Option(help="Why; kept as evidence.")]
OwnerEmail = Annotated[str, typer.Option("--owner-email", help="Where our owner is written to.")]
Owner = Annotated[str | None, typer.Option("--owner", help="Who of us solves it.")]


def promise(
    creditor: CreditorCode,
    debtor: DebtorCode,
    day: Annotated[datetime, typer.Argument(formats=Day, help="They pay by that date.")],
    by: Author,
    amount: Amount = None,
    item: Items = None,
    means: Annotated[str | None, typer.Option(help="transfer, cheque, …")] = None,
    person: Person = None,
    channel: Annotated[str | None, typer.Option(help="How: call, email, meeting, …")] = None,
    reason: Annotated[str | None, typer.Option(help="Why beyond the limits, if it is.")] = None,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """Note a promise to pay; its recap leaves today."""
    with told():
        where = Deployment.find(stack)
        terms = PromiseTerms(
            day.date(), amount_of(amount), means, _numbers(item), person, channel, reason
        )
        _said(
            note_promise(
                creditor, debtor, terms, by, note, office=where.office, postbox=where.postbox
            )
        )


def dispute(
    creditor: CreditorCode,
    debtor: DebtorCode,
    category: Annotated[str, typer.Argument(help="price, quality, delivery, quantity, …")],
    owner_email: OwnerEmail,
    by: Author,
    item: Items = None,
    amount: Amount = None,
    owner: Owner = None,
    person: Person = None,
    target: Until = None,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """Note a dispute: its amount is held, its owner and the customer are written to."""
    with told():
        where = Deployment.find(stack)
        terms = DisputeTerms(
            numbers=_numbers(item),
            category=category,
            owner=owner or by,
            amount=amount_of(amount),
            owner_email=_email(owner_email),
            person=person,
            target=_date(target),
        )
        _said(
            disputes.note_dispute(
                creditor,
                debtor,
                terms,
                by,
                note,
                office=where.office,
                postbox=where.postbox,
                staff=where.staff_mail,
            )
        )


def resolve_dispute(
    creditor: CreditorCode,
    debtor: DebtorCode,
    key: Key,
    resolution: Annotated[Resolution, typer.Argument(help="How it was decided.")],
    by: Author,
    proof: Annotated[
        list[str] | None, typer.Option(help="File name of a document of the case. Repeatable.")
    ] = None,
    target: Until = None,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """Say how a dispute was decided; the customer is answered today, with the proofs."""
    with told():
        where = Deployment.find(stack)
        _said(
            disputes.decide_dispute(
                creditor,
                debtor,
                key,
                resolution,
                by,
                note,
                proofs=_numbers(proof),
                target=_date(target),
                office=where.office,
                postbox=where.postbox,
            )
        )


def mend(
    creditor: CreditorCode,
    debtor: DebtorCode,
    about: Annotated[str, typer.Argument(help="What to mend on our side.")],
    owner_email: OwnerEmail,
    target: Annotated[datetime, typer.Option(formats=Day, help="When it should be done.")],
    by: Author,
    item: Items = None,
    owner: Owner = None,
    stack: Stack = None,
) -> None:
    """Open a task of ours; its owner is written to and reminded, the documents named wait."""
    with told():
        where = Deployment.find(stack)
        terms = OurTurn(about, owner or by, _email(owner_email), target.date())
        _said(
            disputes.note_mend(
                creditor,
                debtor,
                terms,
                _numbers(item),
                by,
                office=where.office,
                staff=where.staff_mail,
            )
        )


def plan_propose(
    creditor: CreditorCode,
    debtor: DebtorCode,
    now: Annotated[str, typer.Argument(help="The immediate part payment, e.g. 1200.50.")],
    count: Annotated[int, typer.Argument(help="How many monthly instalments after it.")],
    first: Annotated[datetime, typer.Argument(formats=Day, help="The date of the first.")],
    by: Author,
    item: Items = None,
    person: Person = None,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """Propose an instalment plan; the agreement to sign leaves today."""
    with told():
        where, part = Deployment.find(stack), amount_of(now)
        assert part is not None  # noqa: S101 - an argument is never absent
        terms = PlanTerms(part, count, first.date(), _numbers(item), person)
        _said(
            plans.propose(
                creditor, debtor, terms, by, note, office=where.office, postbox=where.postbox
            )
        )


def plan_agree(
    creditor: CreditorCode,
    debtor: DebtorCode,
    key: Key,
    by: Author,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """The signed agreement came back: the plan is in place."""
    with told():
        where = Deployment.find(stack)
        _said(
            plans.agree(creditor, debtor, key, by, note, office=where.office, postbox=where.postbox)
        )


def plan_end(
    creditor: CreditorCode,
    debtor: DebtorCode,
    key: Key,
    reason: Reason,
    by: Author,
    stack: Stack = None,
) -> None:
    """End a plan that is not kept: all that is left is asked for again from tomorrow on."""
    with told():
        _said(plans.end(creditor, debtor, key, by, reason, office=Deployment.find(stack).office))


def arrange(
    creditor: CreditorCode,
    debtor: DebtorCode,
    kind: Annotated[ArrangementKind, typer.Argument(help="What was agreed.")],
    until: Annotated[
        datetime, typer.Argument(formats=Day, help="When the accounts should show it.")
    ],
    by: Author,
    item: Items = None,
    person: Person = None,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """Note another arrangement; another person approves it, then the customer is told."""
    with told():
        terms = ArrangementTerms(kind, _numbers(item), until.date(), person)
        office = Deployment.find(stack).office
        _said(other_arrangements.note_arrangement(creditor, debtor, terms, by, note, office=office))


def arrange_approve(
    creditor: CreditorCode, debtor: DebtorCode, key: Key, by: Author, stack: Stack = None
) -> None:
    """Approve an arrangement that another person noted; the customer is told today."""
    with told():
        where = Deployment.find(stack)
        _said(
            other_arrangements.approve(
                creditor, debtor, key, by, office=where.office, postbox=where.postbox
            )
        )


def hold(
    creditor: CreditorCode,
    reason: Reason,
    by: Author,
    debtor: Annotated[str | None, typer.Argument(help="Code of the debtor; none: all.")] = None,
    item: Items = None,
    until: Until = None,
    stack: Stack = None,
) -> None:
    """Hold a document, a debtor or the whole creditor, until a date or until it is ended."""
    with told():
        office = Deployment.find(stack).office
        if debtor is None:
            if item:
                raise typer.BadParameter("--item needs the code of its debtor")
            other_arrangements.hold_creditor(creditor, _date(until), by, reason, office=office)
            end = until.date() if until else "`relance unhold` or `relance pause --resume`"
            say(f"{creditor} is held: nothing leaves until {end}.")
            return
        terms = HoldTerms(reason, _date(until), _numbers(item))
        _said(other_arrangements.hold_case(creditor, debtor, terms, by, office=office))


def unhold(
    creditor: CreditorCode,
    by: Author,
    debtor: Annotated[str | None, typer.Argument(help="Code of the debtor; none: all.")] = None,
    key: Annotated[str | None, typer.Argument(help="Which hold, if there are several.")] = None,
    note: Note = "",
    stack: Stack = None,
) -> None:
    """End a hold before its date."""
    with told():
        office = Deployment.find(stack).office
        if debtor is None:
            other_arrangements.unhold_creditor(creditor, by, office=office)
            say(f"{creditor} is running again, from the next run on.")
            return
        _said(other_arrangements.unhold_case(creditor, debtor, key, by, note, office=office))


def _said(done: Arranged) -> None:
    """What changed, who is written to, and when the case is decided again."""
    found = next((h for h in done.case.holds if h.key == done.key), None)
    say(f"Recorded: {done.key}{f', {hold_name(found)}' if found else ''}.")
    for line in answer_lines(done.answers):
        say(line)
    if done.told is not None:
        say("Its owner was written to." if done.told else "Its owner will be written to tomorrow.")
    say(f"Decided again on {done.case.agenda or 'no date: all paid'}.")


def _numbers(found: list[str] | None) -> tuple[str, ...]:
    return tuple(found or ())


def _date(found: datetime | None) -> date | None:
    return found.date() if found else None


def _email(text: str) -> str:
    if not is_email(text):
        raise RelanceError("not-an-email")
    return text
