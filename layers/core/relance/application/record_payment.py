"""A person saw money come in before the accounts did: `relance paid` (design §6)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.application.office import Office
from relance.application.people import NotAllowed
from relance.application.ports import CaseChange
from relance.domain.case import Case
from relance.domain.escalation.arrangements import find_items
from relance.domain.evidence import EvidenceDraft
from relance.domain.holds import ReceivedPayment
from relance.domain.open_item import OpenItem
from relance.domain.receipts import Receipt, unpaid, with_receipt


@dataclass(frozen=True, slots=True)
class PaymentNoted:
    """case: as stored; held: what of the amount pays open items, the rest is a task."""

    case: Case
    amount: Decimal
    held: Decimal
    currency: str


def record_payment(
    creditor: str,
    debtor: str,
    numbers: tuple[str, ...],
    author: str,
    *,
    amount: Decimal | None,
    paid_on: date | None,
    office: Office,
) -> PaymentNoted:
    """amount None: all that is left of the documents named; paid_on None: today. Raises NotFound,
    ArrangementRefused for an unknown document, NotAllowed for money of tomorrow, of nothing, of
    two currencies, or noted already.
    """
    desk = office.open(creditor)
    day = paid_on or desk.today
    if day > desk.today:
        raise NotAllowed("payment-in-the-future", {"date": day.isoformat()})

    noted: list[Receipt] = []

    def change(case: Case) -> CaseChange:
        named = [case.items[key] for key in find_items(case, numbers)]
        currency = _currency(case, named, desk.creditor.profile.currency)
        total = _left_of(case, named) if amount is None else amount
        receipt = Receipt(f"paid-{case.version}", total, currency, day, numbers, source=author)
        noted[:] = [receipt]
        facts = {"amount": f"{total} {currency}", "paid_on": day.isoformat(), "hold": receipt.key}
        if numbers:
            facts["documents"] = " ".join(numbers)
        entry = EvidenceDraft(desk.now, author, "payment-received", facts)
        return CaseChange(with_receipt(case, receipt, desk.calendar, desk.today), entry)

    case = desk.change(debtor, change)
    return _noted(case, noted[0])


def _noted(case: Case, receipt: Receipt) -> PaymentNoted:
    holds = (h for h in case.holds if isinstance(h, ReceivedPayment) and h.key == receipt.key)
    held = sum((sum(hold.amounts.values(), Decimal()) for hold in holds), Decimal())
    return PaymentNoted(case, receipt.amount, held, receipt.currency)


def _currency(case: Case, named: list[OpenItem], default: str) -> str:
    """Of the documents named, else of all that is owed: amounts of two currencies do not add up."""
    owed = {item.currency for item in named or case.open_items if item.is_claim}
    if named and len(owed) > 1:
        raise NotAllowed("receipt-in-several-currencies", {"currencies": ", ".join(sorted(owed))})
    return owed.pop() if len(owed) == 1 else default


def _left_of(case: Case, named: list[OpenItem]) -> Decimal:
    if not named:
        raise NotAllowed("receipt-names-nothing")
    left = sum((unpaid(item, case) for item in named), Decimal())
    if left == 0:
        raise NotAllowed("receipt-noted-already")
    return left
