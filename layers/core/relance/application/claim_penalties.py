"""The penalties that a formal notice claims (design §10): on what it asks, to the day it leaves."""

from datetime import date

from relance.domain.penalties import LateItem, LatePaymentRates, PenaltyClaim, penalty_claim
from relance.domain.statement import SectionKind, Statement


def claim_penalties(
    statement: Statement, until: date, *, rates: LatePaymentRates
) -> PenaltyClaim | None:
    """None when nothing asked is in the currency of the rates. Raises RateUnknown."""
    section = statement.section(SectionKind.ASKED)
    items = [
        LateItem(line.number, line.due_date, line.amount)
        for line in (section.lines if section else ())
        if line.due_date is not None and line.currency == rates.currency
    ]
    return penalty_claim(items, until, rates) if items else None
