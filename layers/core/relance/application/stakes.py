"""What a mail to our people says of the items that it is about: how much is asked, and which."""

from collections.abc import Iterable
from decimal import Decimal

from relance.application.office import Desk
from relance.domain.case import Case
from relance.domain.escalation.netting import net_account
from relance.domain.open_item import ItemKey

About = Iterable[tuple[Case, tuple[ItemKey, ...]]]
"""Each case with the items it is about there."""
Line = dict[str, object]


def stake_of(desk: Desk, about: About) -> dict[str, Decimal]:
    """By currency: what is promised, disputed or covered is not asked."""
    rests = [
        account[key]
        for case, items in about
        for account in (net_account(case, desk.calendar),)
        for key in items
        if key in account
    ]
    return sum_of({rest.item.currency: rest.chaseable} for rest in rests if rest.chaseable > 0)


def lines_of(desk: Desk, about: About) -> list[Line]:
    """Oldest due first within each case."""
    return [line for case, keys in about for line in _lines_of(desk, case, keys)]


def sum_of(amounts: Iterable[dict[str, Decimal]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for one in amounts:
        for currency, amount in one.items():
            total[currency] = total.get(currency, Decimal(0)) + amount
    return total


def size_of(stake: dict[str, Decimal]) -> Decimal:
    """Currencies do not add up: the largest of them ranks an entry."""
    return max(stake.values(), default=Decimal(0))


def _lines_of(desk: Desk, case: Case, keys: Iterable[ItemKey]) -> list[Line]:
    items = [case.items[key] for key in keys if key in case.items]
    account = net_account(case, desk.calendar)
    return [
        {
            "number": item.number,
            "due_date": item.due_date,
            "days_late": max(0, (desk.today - item.due_date).days) if item.due_date else 0,
            "amount": account[item.key].chaseable if item.key in account else item.open_amount,
            "currency": item.currency,
        }
        for item in sorted(items, key=lambda item: (str(item.due_date), item.key))
    ]
