"""A file handed over: what it lacks, and how a person takes it back (design §5 rule 8)."""

from dataclasses import dataclass, replace
from datetime import date

from relance.application.office import Desk, Office
from relance.application.people import NotAllowed
from relance.application.ports import CaseChange
from relance.domain.case import Case
from relance.domain.claim_file import MissingPiece, missing_pieces
from relance.domain.escalation.handed_over import taken_back
from relance.domain.evidence import EvidenceDraft
from relance.domain.holds import ManualHold
from relance.domain.open_item import ItemKey


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """items: the claims that it is about."""

    case: Case
    items: tuple[ItemKey, ...]
    missing: tuple[MissingPiece, ...]


def claim_file(creditor: str, debtor: str, *, office: Office) -> ClaimFile:
    """Of what was handed over, else of all that is owed: what would miss if it went today. Computed
    from the documents filed now; nothing is written. Raises NotFound.
    """
    desk = office.open(creditor)
    case = desk.case(debtor)
    handed = tuple(k for k, one in case.progress.items() if one.is_handed_over)
    claims = tuple(item.key for item in case.open_items if item.is_claim)
    items = tuple(key for key in claims if key in handed) or claims
    return ClaimFile(case, items, lacking(desk, case, items))


def lacking(desk: Desk, case: Case, items: tuple[ItemKey, ...]) -> tuple[MissingPiece, ...]:
    """Reads the whole evidence of the case: once per file, never to decide."""
    history = desk.cases.history(case.debtor.code)
    return missing_pieces(case, history, items, desk.policy_of(case), desk.calendar)


def take_back(
    creditor: str,
    debtor: str,
    author: str,
    reason: str,
    *,
    office: Office,
    until: date | None = None,
) -> Case:
    """The file is ours again, from tomorrow: other items are chased as usual, those of the file
    stand before their formal notice. until: nothing is done for this debtor up to that day.
    Raises NotFound, NotAllowed.
    """
    if not reason.strip():
        raise NotAllowed("take-back-needs-a-reason")
    desk = office.open(creditor)
    if until is not None and until <= desk.today:
        raise NotAllowed("take-back-in-the-past", {"date": until.isoformat()})

    def change(case: Case) -> CaseChange:
        back, keys = taken_back(case, desk.policy_of(case), desk.today)
        if not keys:
            raise NotAllowed("not-handed-over")
        facts = {"items": " ".join(sorted(keys))}
        if until is not None:
            hold = ManualHold(f"taken-back-{desk.today}", "taken-back", desk.today, until)
            back = replace(back, holds=(*back.holds, hold))
            facts["until"] = until.isoformat()
        personal = {"reason": reason}
        return CaseChange(back, EvidenceDraft(desk.now, author, "taken-back", facts, personal))

    return desk.change(debtor, change)
