"""What a run does about holds: ends those whose day is over, notes that an owner is reminded."""

from relance.application.office import Desk
from relance.application.ports import CaseChange
from relance.domain.case import Case
from relance.domain.escalation.decision import EndHold, RemindOwner
from relance.domain.escalation.disputes import with_owner_told
from relance.domain.escalation.other_arrangements import without_hold
from relance.domain.evidence import EvidenceDraft


def follow_up_change(desk: Desk, case: Case, action: EndHold | RemindOwner) -> CaseChange:
    if isinstance(action, EndHold):
        after, kind = without_hold(case, action.key, desk.today), "hold-ended"
    else:
        after, kind = with_owner_told(case, action.key, desk.today), "owner-reminded"
    facts = {"about": action.key, "reason": action.reason, "today": desk.today.isoformat()}
    return CaseChange(after, EvidenceDraft(desk.now, "system", kind, facts))
