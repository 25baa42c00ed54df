"""What people decide about a whole creditor: its mode, and the pause that stops everything."""

from collections.abc import Callable
from dataclasses import replace

from relance.application.office import Desk, Office
from relance.application.ports import Conflict
from relance.application.record_journal import journal
from relance.domain.creditor import Creditor, Mode, Pause

Change = Callable[[Creditor, Desk], Creditor]

ATTEMPTS = 10
"""An import saves the creditor's row often: a person's command must win all the same."""


def change_mode(creditor: str, mode: Mode, author: str, *, office: Office) -> Creditor:
    """observe: nothing leaves any more; auto: what is decided leaves from the next run."""
    facts = {"mode": str(mode)}
    return _change(
        creditor, office, author, "mode-changed", facts, lambda c, _: replace(c, mode=mode)
    )


def pause(creditor: str, author: str, reason: str, *, office: Office) -> Creditor:
    """Stops at once what is planned, queued or awaiting approval: the sender reads this row."""

    def paused(row: Creditor, desk: Desk) -> Creditor:
        return replace(row, pause=Pause(desk.now, author, reason))

    return _change(creditor, office, author, "paused", {"reason": reason}, paused)


def resume(creditor: str, author: str, *, office: Office) -> Creditor:
    return _change(creditor, office, author, "resumed", {}, lambda c, _: replace(c, pause=None))


def _change(
    creditor: str, office: Office, author: str, kind: str, facts: dict[str, str], change: Change
) -> Creditor:
    for attempt in range(ATTEMPTS):
        desk = office.open(creditor)
        try:
            saved = office.creditors.save(change(desk.creditor, desk))
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
            continue
        journal(desk, author, kind, facts)
        return saved
    raise AssertionError("unreachable")
