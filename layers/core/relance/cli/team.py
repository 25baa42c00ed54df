"""Commands about who decides: approvals, salespeople, flags, files handed over."""

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from relance.adapters.messages.team_messages import CHECKS, NOTES, PIECES, STATES
from relance.adapters.rendering.formats import money
from relance.application.approvals import CheckList, checklist
from relance.application.flags import FlagTerms, flag_debtor
from relance.application.hand_over import ClaimFile, claim_file, take_back
from relance.application.sales_stop import stop_level_2
from relance.cli.deployed import Deployment
from relance.cli.language import LangOption, language_of
from relance.cli.people import (
    Author,
    CreditorCode,
    DebtorCode,
    NoticeId,
    Stack,
    after_change,
    console,
    told,
)
from relance.domain.debtor import FlagKind
from relance.domain.escalation.announcing import MOST_STOPPED

Reason = Annotated[str, typer.Option(help="Why; kept as evidence.")]


def show_checklist(
    creditor: CreditorCode, notice: NoticeId, lang: LangOption = None, stack: Stack = None
) -> None:
    """Show what an approver must check before a message leaves, and what the case answers."""
    with told():
        office = Deployment.find(stack).office
        language = language_of(lang, creditor, office)
        print_checklist(checklist(creditor, notice, office=office), language)


def sales_stop(
    creditor: CreditorCode,
    debtor: DebtorCode,
    by: Author,
    reason: Reason = "",
    days: Annotated[int, typer.Option(help="Working days, 10 at most.")] = MOST_STOPPED,
    stack: Stack = None,
) -> None:
    """Hold back the level-2 reminder that a salesperson was told of: once, 10 working days."""
    with told():
        office = Deployment.find(stack).office
        case = stop_level_2(creditor, debtor, by, reason, days, office=office)
        until = max(note.stopped_until for note in case.announced if note.stopped_until)
        console.print(f"Held back until {until}, then it leaves; it cannot be held back again.")
        after_change(case)


def flag(
    creditor: CreditorCode,
    debtor: DebtorCode,
    kind: Annotated[
        FlagKind,
        typer.Argument(
            help="normal; confirm_all: each message awaits approval; manual_only: people write; "
            "never: nothing leaves."
        ),
    ],
    by: Author,
    reason: Reason = "",
    owner: Annotated[str | None, typer.Option(help="Who answers for it; default: --by.")] = None,
    review: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Looked at again on; in a month at the latest."),
    ] = None,
    stack: Stack = None,
) -> None:
    """Say how a debtor may be chased, or that it may not be; looked at again every month."""
    with told():
        office = Deployment.find(stack).office
        terms = FlagTerms(kind, reason, owner, review.date() if review else None)
        case = flag_debtor(creditor, debtor, terms, by, office=office)
        set_to = case.debtor.flag
        until = f", to review on {set_to.review_on}" if set_to else ""
        console.print(f"{debtor} is now {kind}{until}.")
        after_change(case)


def show_claim_file(
    creditor: CreditorCode, debtor: DebtorCode, lang: LangOption = None, stack: Stack = None
) -> None:
    """Show what a claim lacks to be certain, liquid and due, from the documents filed."""
    with told():
        office = Deployment.find(stack).office
        language = language_of(lang, creditor, office)
        _print_claim_file(claim_file(creditor, debtor, office=office), language)


def take_case_back(
    creditor: CreditorCode,
    debtor: DebtorCode,
    by: Author,
    reason: Reason = "",
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Nothing is done up to that day."),
    ] = None,
    stack: Stack = None,
) -> None:
    """Take back a file that was handed over: reminders may leave again."""
    with told():
        office = Deployment.find(stack).office
        day = until.date() if until else None
        case = take_back(creditor, debtor, by, reason, office=office, until=day)
        console.print(
            "Taken back. Other items are chased as usual; those of the file wait for a new formal "
            "notice, which a person approves."
        )
        after_change(case)


def print_checklist(found: CheckList, language: str) -> None:
    table = Table("", "", "")
    table.add_column("--confirm", overflow="fold")
    for check in found.checks:
        state = STATES["known" if check.is_known else "to-confirm"]
        about = " ".join(filter(None, (check.seen, " ".join(check.items))))
        table.add_row(CHECKS[check.code].of(language), state.of(language), about, str(check.code))
    asked = ", ".join(
        money(amount, currency, language=language) for currency, amount in found.asked.items()
    )
    console.print(f"{found.notice.id}: {asked}", markup=False)
    console.print(table)
    if found.only_approvers:
        console.print(NOTES["only-approvers"].of(language))


def _print_claim_file(found: ClaimFile, language: str) -> None:
    if not found.missing:
        console.print(NOTES["complete"].of(language))
        return
    items = found.case.items
    for piece in found.missing:
        numbers = ", ".join(items[key].number for key in piece.items)
        console.print(f"{PIECES[piece.piece].of(language)}: {numbers}", markup=False)
