"""Commands about imports: apply or refuse a balance kept as suspicious, note money that came in."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from relance.application.importing.accept import accept_import, refuse_import, suspicious_drops
from relance.application.record_payment import record_payment
from relance.cli.deployed import Deployment
from relance.cli.people import Author, CreditorCode, DebtorCode, Stack, say, told


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
            return
        if drop is not None:
            outcome = accept_import(creditor, drop, by, doors=doors)
            say(f"{outcome.status}: the cases it changed are decided at the next run.")
            return
        waiting = suspicious_drops(creditor, doors=doors)
        for record in waiting:
            say(f"{record.received_at:%Y-%m-%d %H:%M}  {record.drop_key}  ({record.code})")
        if not waiting:
            say(f"No balance of {creditor} waits for a confirmation.")


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
        case = record_payment(
            creditor,
            debtor,
            tuple(numbers or ()),
            by,
            amount=_amount(amount),
            paid_on=date.date() if date else None,
            office=Deployment.find(stack).office,
        )
        say(f"Held until a balance shows it. Decided again on {case.agenda or 'no date'}.")


def _amount(text: str | None) -> Decimal | None:
    try:
        value = None if text is None else Decimal(text)
    except InvalidOperation:
        value = Decimal(0)
    if value is not None and not (value.is_finite() and value > 0):
        raise typer.BadParameter(f"{text!r} is not an amount; write for instance 1200.50")
    return value
