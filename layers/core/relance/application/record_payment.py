"""A person saw money come in before the accounts did: `relance paid` (design §6)."""

from datetime import date
from decimal import Decimal

from relance.application.office import Office
from relance.application.people import NotAllowed
from relance.application.ports import CaseChange
from relance.domain.case import Case
from relance.domain.escalation.arrangements import find_items
from relance.domain.evidence import EvidenceDraft
from relance.domain.receipts import Receipt, with_receipt


def record_payment(
    creditor: str,
    debtor: str,
    numbers: tuple[str, ...],
    author: str,
    *,
    amount: Decimal | None,
    paid_on: date | None,
    office: Office,
) -> Case:
    """amount None: all that is open of the documents named; paid_on None: today. Raises NotFound,
    ArrangementRefused for an unknown document, NotAllowed for money of tomorrow or of nothing.
    """
    desk = office.open(creditor)
    day = paid_on or desk.today
    if day > desk.today:
        raise NotAllowed("payment-in-the-future", {"date": day.isoformat()})

    def change(case: Case) -> CaseChange:
        named = [case.items[key] for key in find_items(case, numbers)]
        if amount is None and not named:
            raise NotAllowed("payment-names-nothing")
        currency = named[0].currency if named else desk.creditor.profile.currency
        total = amount if amount is not None else sum((i.open_amount for i in named), Decimal())
        key = f"paid-{case.version}"
        receipt = Receipt(key, total, currency, day, numbers, source=author)
        facts = {"amount": f"{total} {currency}", "paid_on": day.isoformat(), "hold": key}
        if numbers:
            facts["documents"] = " ".join(numbers)
        entry = EvidenceDraft(desk.now, author, "payment-received", facts)
        return CaseChange(with_receipt(case, receipt, desk.calendar, desk.today), entry)

    return desk.change(debtor, change)
