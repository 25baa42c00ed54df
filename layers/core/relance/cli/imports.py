"""Commands about imports: apply or refuse a balance kept as suspicious, note money that came in."""

from datetime import datetime
from typing import Annotated

import typer

from relance.adapters.messages.import_messages import import_sentence
from relance.application.importing.accept import accept_import, refuse_import, suspicious_drops
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.record_payment import PaymentNoted, record_payment
from relance.cli.deployed import Deployment
from relance.cli.people import Author, CreditorCode, DebtorCode, Stack, amount_of, say, told
from relance.domain.errors import RelanceError

_IN = {"applied", "unchanged"}


def confirm_import(
    creditor: CreditorCode,
    by: Author,
    drop: Annotated[str | None, typer.Argument(help="Key of the drop; none: list them.")] = None,
    refuse: Annotated[
        bool, typer.Option("--refuse", help="It is wrong: leave it out for good.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why it is refused; kept as evidence.")] = "",
    stack: Stack = None,
) -> None:
    """List the balances kept as suspicious; apply one after all, or refuse it."""
    with told():
        doors = Deployment.find(stack).import_doors
        if drop is not None and refuse:
            refuse_import(creditor, drop, by, reason, doors=doors)
            say("Refused: the last balance stands.")
        elif drop is not None:
            _say_applied(accept_import(creditor, drop, by, doors=doors))
        elif refuse:
            raise RelanceError("refusal-names-no-drop")
        else:
            _list(creditor, doors)


def _list(creditor: str, doors: ImportDoors) -> None:
    waiting = suspicious_drops(creditor, doors=doors)
    for drop in sorted(doors.office.creditors.get(creditor).waiting_drops):
        say(f"Not taken in yet, and nothing leaves meanwhile: {drop}")
    for record in waiting:
        say(f"{record.received_at:%Y-%m-%d %H:%M}  {record.drop_key}  ({record.code})")
        say(f"  {import_sentence(record.code or '', 'en', {})} Report: {record.report_key}")
    if not waiting:
        say(f"No balance of {creditor} waits for a confirmation.")


def _say_applied(outcome: ImportOutcome) -> None:
    """An expired drop, or one that a newer balance overtook, is not in whatever was asked."""
    if outcome.status not in _IN:
        why = import_sentence(outcome.code or outcome.status, "en", {})
        say(f"Not applied: {why} Report: {outcome.report_key}")
        raise typer.Exit(2)
    say(f"{outcome.status.capitalize()}: the cases it changed are decided at the next run.")


def paid(
    creditor: CreditorCode,
    debtor: DebtorCode,
    by: Author,
    numbers: Annotated[list[str] | None, typer.Argument(help="Documents that it pays.")] = None,
    amount: Annotated[str | None, typer.Option(help="What came in, e.g. 1200.50.")] = None,
    date: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="When; default: today.")
    ] = None,
    stack: Stack = None,
) -> None:
    """Note a payment received that the accounts do not show yet: what it pays is not chased."""
    with told():
        noted = record_payment(
            creditor,
            debtor,
            tuple(numbers or ()),
            by,
            amount=amount_of(amount),
            paid_on=date.date() if date else None,
            office=Deployment.find(stack).office,
        )
        _say_noted(noted)


def _say_noted(noted: PaymentNoted) -> None:
    when, left = noted.case.agenda or "no date", noted.amount - noted.held
    if noted.held:
        held = f"{noted.held} {noted.currency}"
        say(f"{held} held until a balance shows it. Decided again on {when}.")
    if left:
        say(f"{left} {noted.currency} pays nothing that is open: somebody looks, see `todo`.")
