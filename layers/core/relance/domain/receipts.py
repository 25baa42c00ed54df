"""Money that came in and that no balance shows yet: which items it pays (design §6)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.escalation.netting import received_of
from relance.domain.holds import ReceivedPayment
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.reconciliation.identity import number_part
from relance.domain.task import Task, TaskKind
from relance.domain.working_days import WorkingCalendar

LOOKED_AT_AFTER = 5
"""Working days until the balance should show it."""
UNMATCHED = "payment-unmatched"

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Receipt:
    """key: of its content, so that the same receipt in another file is the same; numbers: the
    documents it names, none: one of exactly its amount, else the oldest due first.
    """

    key: str
    amount: Decimal
    currency: str
    paid_on: date
    numbers: tuple[str, ...] = ()
    source: str = "payments"


def is_known(case: Case, receipt: Receipt) -> bool:
    return any(hold.key == receipt.key for hold in case.holds)


def with_receipt(case: Case, receipt: Receipt, calendar: WorkingCalendar, today: date) -> Case:
    """Hold what it pays. What is left of it, or all of it when it pays nothing that is open, is a
    task: somebody looks. Either way it is remembered, and counts once.
    """
    amounts = _paid(case, receipt)
    left = receipt.amount - sum(amounts.values(), _ZERO)
    hold = ReceivedPayment(
        key=receipt.key,
        amounts=amounts,
        owed={key: case.items[key].open_amount for key in amounts},
        received_on=receipt.paid_on,
        recorded_on=today,
        look_on=calendar.add(today, LOOKED_AT_AFTER),
        source=receipt.source,
        posted_on=None if amounts else today,
    )
    task = Task(f"receipt-{receipt.key}", TaskKind.REVIEW, today, today, detail=UNMATCHED)
    return replace(
        case,
        holds=(*case.holds, hold),
        tasks=(*case.tasks, task) if left > 0 else case.tasks,
        agenda=today + timedelta(days=1) if case.open_items else case.agenda,
    )


def _paid(case: Case, receipt: Receipt) -> dict[ItemKey, Decimal]:
    found: dict[ItemKey, Decimal] = {}
    left = receipt.amount
    for item in _candidates(case, receipt):
        part = min(left, unpaid(item, case))
        if part > 0:
            found[item.key] = part
            left -= part
    return found


def _candidates(case: Case, receipt: Receipt) -> list[OpenItem]:
    owed = [i for i in case.open_items if i.is_claim and i.currency == receipt.currency]
    owed.sort(key=lambda item: (item.due_date or date.max, item.key))
    wanted = set(numbers_of(receipt.numbers))
    named = [item for item in owed if number_mark(item.number) in wanted]
    if wanted:
        return named
    exact = [item for item in owed if unpaid(item, case) == receipt.amount]
    return exact[:1] or owed


def unpaid(item: OpenItem, case: Case) -> Decimal:
    """What is open of it and was not received already."""
    return item.open_amount - min(item.open_amount, received_of(item, case))


def numbers_of(numbers: Iterable[str]) -> list[str]:
    return [number_mark(number) for number in numbers if number.strip()]


def number_mark(number: str) -> str:
    return number_part(number).casefold()
