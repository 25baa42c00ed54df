"""`relance undo` and `relance worklist`: a decision taken back, the day's work as a workbook."""

from pathlib import Path
from typing import Annotated

import typer

from relance import bootstrap
from relance.application.ports import NotFound
from relance.application.undo import undo as undo_decision
from relance.cli.deployed import Deployment
from relance.cli.language import LangOption, language_of
from relance.cli.people import Author, CreditorCode, DebtorCode, Stack, after_change, say, told
from relance.domain.team import FINANCE


def undo(creditor: CreditorCode, debtor: DebtorCode, by: Author, stack: Stack = None) -> None:
    """Take back your last decision on a case, made less than an hour ago."""
    with told():
        done = undo_decision(creditor, debtor, by, office=Deployment.find(stack).office)
        say(f"Taken back: {done.entry.kind}, of {done.entry.at:%H:%M} UTC.")
        for notice in done.withdrawn:
            say(f"The answer it planned does not leave ({notice}).")
        if done.owner_told:
            say("Its owner had been written to: tell them that it is taken back.")
        for other in done.cases[1:]:
            say(f"{other.debtor.code} is as it was too.")
        after_change(done.cases[0])


def worklist(
    creditor: CreditorCode,
    output: Annotated[Path, typer.Option(help="The workbook to write, *.xlsx.")],
    collector: Annotated[
        str | None, typer.Option(help="Key of a collector or an approver; default: everybody's.")
    ] = None,
    lang: LangOption = None,
    stack: Stack = None,
) -> None:
    """Write the day's calls, replies and approvals as a workbook to fill in and drop back."""
    with told():
        office = Deployment.find(stack).office
        desk = office.open(creditor)
        language = language_of(lang, creditor, office)
        profile = desk.creditor.profile
        people = {one.key for one in profile.collectors}
        people |= {one.key for one in profile.approvers}
        if collector not in people | {None, FINANCE}:
            raise NotFound("collector-unknown", {"creditor": creditor})
        keys = None if collector is None else frozenset({collector})
        content = bootstrap.workbook_of_day()(desk, keys, language=language)
        if content is None:
            say(f"Nothing waits for a person at {creditor}: no workbook was written.")
            return
        output.write_bytes(content)
        say(f"{output}: fill in the yellow cells and drop it in {creditor}/.")
