"""Changes of a creditor's row: read, change, save with the proof; again if somebody was faster."""

from collections.abc import Callable

from relance.application.ports import Conflict, CreditorStore
from relance.domain.creditor import Creditor
from relance.domain.evidence import EvidenceDraft

ATTEMPTS = 10
"""An import saves this row often: a person's command must win all the same."""

Change = Callable[[Creditor], Creditor]
Prove = Callable[[Creditor], EvidenceDraft | None]
"""What proves the change, given the creditor as changed."""


def note_decision(creditors: CreditorStore, code: str, entry: EvidenceDraft) -> None:
    """What somebody did that changes nothing of the row, proved all the same."""
    for attempt in range(ATTEMPTS):
        try:
            creditors.save(creditors.get(code), entry)
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return


def change_creditor(
    creditors: CreditorStore,
    code: str,
    change: Change,
    prove: Prove = lambda _: None,
    *,
    always: bool = False,
) -> Creditor:
    """Nothing is written when nothing changes; always: what a person decided is proved even then.
    Raises NotFound, and Conflict after many tries.
    """
    for attempt in range(ATTEMPTS):
        before = creditors.get(code)
        after = change(before)
        if after == before and not always:
            return before
        try:
            return creditors.save(after, prove(after))
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")
