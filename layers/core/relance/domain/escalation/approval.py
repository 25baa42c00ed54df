"""Which messages a person approves before they leave: those of a step that the policy says so of,
and all of a debtor of whom everything is confirmed. One rule, whoever asks (rules 7 and 8).
"""

from relance.domain.case import Case
from relance.domain.debtor import FlagKind
from relance.domain.escalation.decision import Held
from relance.domain.policy import Approval, Step


def confirms_all(case: Case) -> bool:
    return case.debtor.flag_kind is FlagKind.CONFIRM_ALL


def needs_approval(case: Case, step: Step) -> bool:
    """Answers to the customer are no steps: they never ask for one."""
    return step.approval is Approval.CONFIRM or confirms_all(case)


def approval_taken(case: Case, step: Step) -> Held | None:
    """One message of a case awaits its approval at a time: a second one would take its place."""
    if case.awaiting is not None and needs_approval(case, step):
        return Held("awaiting-approval")
    return None
