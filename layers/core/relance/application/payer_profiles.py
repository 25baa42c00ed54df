"""The payer profile of a debtor: what its history suggests, and what a person confirms."""

from dataclasses import dataclass, replace

from relance.application.office import Office
from relance.application.ports import CaseChange
from relance.domain.case import Case
from relance.domain.debtor import Debtor, PayerProfile
from relance.domain.evidence import EvidenceDraft
from relance.domain.payer_profile import ProfileProposal, propose_profile
from relance.domain.payment_history import PaymentHistory


@dataclass(frozen=True, slots=True)
class ProfileView:
    debtor: Debtor
    history: PaymentHistory
    proposal: ProfileProposal


def view_profile(creditor: str, debtor: str, *, office: Office) -> ProfileView:
    """Proposed anew from what is known now; nothing is written. Raises NotFound."""
    desk = office.open(creditor)
    case, history = desk.case(debtor), desk.cases.payments(debtor)
    return ProfileView(case.debtor, history, propose_profile(case, history))


def confirm_profile(
    creditor: str, debtor: str, profile: PayerProfile, author: str, note: str, *, office: Office
) -> Case:
    """A person says how this debtor pays, as proposed or not. Raises NotFound, Conflict."""
    desk = office.open(creditor)

    def change(case: Case) -> CaseChange | None:
        was = case.debtor
        if was.profile is profile and was.proposed_profile is None:
            return None
        facts = {"profile": str(profile)}
        facts |= {"was": str(was.profile)} if was.profile else {}
        facts |= {"proposed": str(was.proposed_profile)} if was.proposed_profile else {}
        personal = {"note": note} if note else {}
        entry = EvidenceDraft(desk.now, author, "profile-confirmed", facts, personal)
        debtor_now = replace(was, profile=profile, proposed_profile=None)
        # Its policy may be another from now on: what it would do sooner must not be missed.
        return CaseChange(replace(case, debtor=debtor_now, agenda=desk.today), entry)

    return desk.change(debtor, change)
