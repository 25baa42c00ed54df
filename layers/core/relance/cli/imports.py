"""Commands about imports: say that a balance kept as suspicious is right."""

from typing import Annotated

import typer

from relance.application.importing.accept import accept_import, suspicious_drops
from relance.cli.deployed import Deployment
from relance.cli.people import Author, CreditorCode, Stack, say, told


def confirm_import(
    creditor: CreditorCode,
    by: Author,
    drop: Annotated[str | None, typer.Argument(help="Key of the drop; none: list them.")] = None,
    stack: Stack = None,
) -> None:
    """List the balances kept as suspicious, or apply one after all."""
    with told():
        doors = Deployment.find(stack).import_doors
        if drop is not None:
            outcome = accept_import(creditor, drop, by, doors=doors)
            say(f"{outcome.status}: the cases it changed are decided at the next run.")
            return
        waiting = suspicious_drops(creditor, doors=doors)
        for record in waiting:
            say(f"{record.received_at:%Y-%m-%d %H:%M}  {record.drop_key}  ({record.code})")
        if not waiting:
            say(f"No balance of {creditor} waits for a confirmation.")
