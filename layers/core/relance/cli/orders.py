"""`relance order-notice`: a person orders a formal notice sooner, or takes the order back."""

from typing import Annotated

import typer

from relance.application.order_notice import order_formal_notice, withdraw_order
from relance.cli.deployed import Deployment
from relance.cli.people import Author, CreditorCode, DebtorCode, Stack, after_change, say, told


def order_notice(
    creditor: CreditorCode,
    debtor: DebtorCode,
    by: Author,
    reason: Annotated[str, typer.Option(help="Why; kept as evidence.")] = "",
    item: Annotated[
        list[str] | None,
        typer.Option(help="Number of a document; default: all that is late. May be repeated."),
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="End the order.")] = False,
    stack: Stack = None,
) -> None:
    """Order the formal notice of what is late sooner, for a reason: another person approves it."""
    with told():
        office = Deployment.find(stack).office
        if withdraw:
            case = withdraw_order(creditor, debtor, by, reason, office=office)
            say("Withdrawn: the documents go on from where they stand.")
        else:
            case = order_formal_notice(creditor, debtor, item or (), by, reason, office=office)
            count = len(case.ordered.items) if case.ordered else 0
            say(
                f"Ordered, for {count} document(s): the next run proposes the formal notice, and "
                "another person than you approves it."
            )
        after_change(case)
