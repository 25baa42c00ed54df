"""A person says how a debtor may be chased, or that it may not be (design §5 rule 9)."""

from dataclasses import dataclass
from datetime import date

from relance.application.office import Desk, Office
from relance.application.people import NotAllowed
from relance.application.ports import CaseChange
from relance.domain.case import Case
from relance.domain.debtor import DebtorFlag, FlagKind
from relance.domain.escalation.flagged import REVIEWED_EVERY, with_flag
from relance.domain.evidence import EvidenceDraft


@dataclass(frozen=True, slots=True)
class FlagTerms:
    """owner None: who says so; review_on None: in a month, which is the latest."""

    kind: FlagKind
    reason: str
    owner: str | None = None
    review_on: date | None = None


def flag_debtor(
    creditor: str, debtor: str, terms: FlagTerms, author: str, *, office: Office
) -> Case:
    """What is planned is withheld as the flag says when it would leave; nothing is queued here.
    Raises NotFound, NotAllowed.
    """
    if not terms.reason.strip():
        raise NotAllowed("flag-needs-a-reason")
    desk = office.open(creditor)
    flag = _flag(desk, terms, author)

    def change(case: Case) -> CaseChange | None:
        was = case.debtor.flag
        if flag is None and was is None:
            return None
        facts = {"flag": str(terms.kind), "was": str(case.debtor.flag_kind)}
        facts |= {"review_on": flag.review_on.isoformat()} if flag else {}
        personal = {"reason": terms.reason, "owner": flag.owner if flag else author}
        entry = EvidenceDraft(desk.now, author, "debtor-flagged", facts, personal)
        return CaseChange(with_flag(case, flag, desk.today), entry)

    return desk.change(debtor, change)


def _flag(desk: Desk, terms: FlagTerms, author: str) -> DebtorFlag | None:
    if terms.kind is FlagKind.NORMAL:
        return None
    latest = desk.today + REVIEWED_EVERY
    review_on = terms.review_on or latest
    if not desk.today < review_on <= latest:
        raise NotAllowed("flag-review-too-late", {"latest": latest.isoformat()})
    owner = terms.owner or author
    return DebtorFlag(terms.kind, terms.reason, owner, desk.today, review_on, author)
