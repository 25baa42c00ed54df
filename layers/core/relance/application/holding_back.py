"""Why what is planned does not leave today, whatever the hour (design §5 rule 7): what the dispatch
does, and what the preview foresees of it.
"""

from relance.application.office import Desk
from relance.domain.case import facts_of
from relance.domain.creditor import Creditor, Mode
from relance.domain.escalation.caps import passes_caps
from relance.domain.escalation.modes import mode_holds
from relance.domain.notice import Notice


def closed_all_day(creditor: Creditor) -> str | None:
    """Nothing of the creditor leaves."""
    if creditor.pause is not None:
        return "paused"
    if creditor.balance.suspicious:
        return "suspicious-import"
    if creditor.mode is Mode.REDIRECT and not creditor.redirect_to:
        return "redirect-address-missing"
    return "importing" if creditor.is_importing else None


def held_by_mode(desk: Desk, notice: Notice) -> str | None:
    """For one of its debtors: it leaves for all of them or for none."""
    facts = (facts_of(desk.creditor, debtor) for debtor in notice.debtors)
    is_answer = passes_caps(notice)
    reasons = (mode_holds(one, desk.today, is_answer=is_answer) for one in facts)
    return next((reason for reason in reasons if reason is not None), None)
