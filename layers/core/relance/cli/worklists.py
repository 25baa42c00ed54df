"""`relance undo`, `relance worklist`: taking a decision back, and the day's worklist as a workbook."""

from relance.application.undo import undo as undo_decision
from relance.cli.deployed import Deployment
from relance.cli.people import Author, CreditorCode, DebtorCode, Stack, after_change, say, told


def undo(creditor: CreditorCode, debtor: DebtorCode, by: Author, stack: Stack = None) -> None:
    """Take back your last decision on a case, made less than an hour ago."""
    with told():
        done = undo_decision(creditor, debtor, by, office=Deployment.find(stack).office)
        say(f"Taken back: {done.entry.kind} ({done.entry.at:%H:%M} UTC).")
        for notice in done.withdrawn:
            say(f"The answer it planned does not leave ({notice}).")
        if done.owner_told:
            say("Its owner had been written to: tell them that it is taken back.")
        for other in done.cases[1:]:
            say(f"{other.debtor.code} is as it was too.")
        after_change(done.cases[0])
