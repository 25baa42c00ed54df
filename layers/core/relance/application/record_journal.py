"""Evidence of what concerns a whole creditor: a chain of its own, like a case's."""

from relance.application.office import COMMIT_ATTEMPTS, Desk
from relance.application.ports import CaseChange, Conflict
from relance.domain.case import Case, facts_of
from relance.domain.debtor import Debtor
from relance.domain.evidence import EvidenceDraft

JOURNAL = "@journal"
"""The code of the case without items that carries the creditor's chain: no accounts use it."""


def journal(desk: Desk, author: str, kind: str, facts: dict[str, str]) -> None:
    """Append one entry. Raises Conflict after too many tries."""
    entry = EvidenceDraft(desk.now, author, kind, facts)
    for attempt in range(COMMIT_ATTEMPTS):
        case = desk.cases.load(JOURNAL, desk.creditor) or _empty(desk)
        try:
            desk.cases.commit(CaseChange(case, entry))
        except Conflict:
            if attempt == COMMIT_ATTEMPTS - 1:
                raise
            continue
        return


def _empty(desk: Desk) -> Case:
    return Case(desk.creditor.code, Debtor(JOURNAL, "Journal"), facts_of(desk.creditor))
