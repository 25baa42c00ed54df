"""What people decide about a whole creditor: its mode, and the pause that stops everything."""

from dataclasses import replace

from relance.application.change_creditor import Change, change_creditor
from relance.application.office import Office
from relance.domain.creditor import Creditor, Mode, Pause
from relance.domain.evidence import EvidenceDraft


def change_mode(creditor: str, mode: Mode, author: str, *, office: Office) -> Creditor:
    """observe: nothing leaves any more; auto: what is decided leaves from the next run."""
    facts = {"mode": str(mode)}
    return _change(creditor, office, author, "mode-changed", facts, lambda c: replace(c, mode=mode))


def pause(creditor: str, author: str, reason: str, *, office: Office) -> Creditor:
    """Stops at once what is planned, queued or awaiting approval: the sender reads this row."""
    stop = Pause(office.clock.now(), author, reason)
    facts = {"reason": reason}
    return _change(creditor, office, author, "paused", facts, lambda c: replace(c, pause=stop))


def resume(creditor: str, author: str, *, office: Office) -> Creditor:
    return _change(creditor, office, author, "resumed", {}, lambda c: replace(c, pause=None))


def _change(
    creditor: str, office: Office, author: str, kind: str, facts: dict[str, str], change: Change
) -> Creditor:
    entry = EvidenceDraft(office.clock.now(), author, kind, facts)
    return change_creditor(office.creditors, creditor, change, lambda _: entry)
