"""What a balance teaches of how a debtor pays, kept apart from the case."""

from dataclasses import dataclass, field, replace
from datetime import date

from relance.application.ports import CaseChange, CaseStore
from relance.domain.case import Case
from relance.domain.payer_profile import propose_profile, with_proposal
from relance.domain.payment_history import PaymentHistory
from relance.domain.reconciliation.changes import DebtorChange
from relance.domain.settling import settled_by


@dataclass(frozen=True, slots=True)
class PaymentsKept:
    """history: None when there is nothing to write; facts: for the entry of the import."""

    case: Case
    history: PaymentHistory | None = None
    facts: dict[str, str] = field(default_factory=dict)


def follow_payments(
    cases: CaseStore, before: Case, after: Case, change: DebtorChange, open_until: date | None
) -> PaymentsKept:
    """The history is read only when a settlement is confirmed or undone; it is written with the
    case, whose version guards it.
    """
    settled = settled_by(before, change, open_until)
    case = replace(after, settling=settled.waiting)
    if not settled.changes_history:
        return PaymentsKept(case)
    return _kept(case, settled.into(cases.payments(change.code)))


def carry_payments(
    cases: CaseStore, kept: Case, gone: CaseChange
) -> tuple[PaymentsKept, CaseChange]:
    """Two codes became one: how the customer paid under the one that is gone goes to the one that
    stays. What waits for its confirmation is confirmed, and stays, where it is.
    """
    code = gone.case.debtor.code
    theirs = cases.payments(code) if gone.payments is None else gone.payments
    if theirs.is_empty:
        return PaymentsKept(kept), gone
    history = cases.payments(kept.debtor.code).joined(theirs)
    return _kept(kept, history), replace(gone, payments=PaymentHistory())


def _kept(case: Case, history: PaymentHistory) -> PaymentsKept:
    """With the profile that the history suggests from now on."""
    debtor = with_proposal(case.debtor, propose_profile(case, history).profile)
    proposed = debtor.proposed_profile
    is_news = proposed is not None and proposed is not case.debtor.proposed_profile
    facts = {"profile_proposed": str(proposed)} if is_news else {}
    return PaymentsKept(replace(case, debtor=debtor), history, facts)
