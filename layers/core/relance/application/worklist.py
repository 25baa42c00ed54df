"""One mail per person and page says what a run opened for them, the largest stake first; calls
are told once all pages are decided (`tell_calls`).
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from shlex import quote

from relance.application.office import Desk
from relance.application.staff_mail import StaffMail
from relance.application.waiting import Waiting
from relance.domain.case import Case
from relance.domain.escalation.netting import net_account
from relance.domain.open_item import ItemKey
from relance.domain.task import TaskKind

SHOWN = 5
"""Documents of each entry that the mail lists, oldest due first; the case has them all."""

_LISTS = {None: "approvals", TaskKind.HAND_OVER: "hand_overs"}
_FOR_FINANCE = {None, TaskKind.HAND_OVER}

Entry = dict[str, object]


def tell_waiting(desk: Desk, waiting: Iterable[Waiting], *, staff: StaffMail) -> tuple[int, int]:
    """How many mails left, and how many did not."""
    mine: dict[str, list[Waiting]] = {}
    for one in waiting:
        if one.kind is TaskKind.CALL:
            continue
        for person in _people(desk, one):
            mine.setdefault(person, []).append(one)
    left = [
        staff.tell(desk, "worklist", person, _worklist(desk, mine[person]))
        for person in sorted(mine)
    ]
    return left.count(True), left.count(False)


def _people(desk: Desk, one: Waiting) -> set[str]:
    """The collector does tasks; finance approves and hands over too."""
    profile = desk.creditor.profile
    collector = profile.collector(one.case.debtor.collector).email
    owner = one.task.owner if one.task else None
    if owner is not None and "@" in owner:
        # Whoever mends it, colleague without an account included.
        return {collector, owner}
    return {collector, profile.finance_email} if one.kind in _FOR_FINANCE else {collector}


def _worklist(desk: Desk, waiting: Sequence[Waiting]) -> dict[str, object]:
    stakes = {id(one): _stake(desk, one) for one in waiting}
    ranked = sorted(waiting, key=lambda one: (-_size(stakes[id(one)]), one.case.debtor.code))
    lists: dict[str, list[Entry]] = {"calls": [], "approvals": [], "hand_overs": [], "tasks": []}
    for one in ranked:
        lists[_LISTS.get(one.kind, "tasks")].append(_entry(desk, one, stakes[id(one)]))
    return {"day": desk.today, "total": _sum(stakes.values()), "over": 0, **lists}


def _entry(desk: Desk, one: Waiting, stake: dict[str, Decimal]) -> Entry:
    debtor = one.case.debtor
    lines = _lines(desk, one)
    entry: Entry = {
        "debtor_code": debtor.code,
        "debtor_name": debtor.name,
        "asked": stake,
        "lines": lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "reason": one.reason,
        "command": _command(one),
    }
    if one.task is not None:
        return entry | {"kind": one.task.kind, "due_on": one.task.due_on, "owner": one.task.owner}
    awaiting = one.case.awaiting
    policy = desk.policy_of(one.case)
    step = policy.find(awaiting.step) if awaiting else None
    return entry | {"deadline": policy.deadline(step, desk.today) if step else None}


def _command(one: Waiting) -> str:
    """To type once it is done."""
    creditor, debtor = quote(one.case.creditor), quote(one.case.debtor.code)
    if one.task is None:
        return f"relance approve {creditor} {one.case.awaiting.id if one.case.awaiting else ''}"
    return f"relance done {creditor} {debtor} {one.task.key}"


def _stake(desk: Desk, one: Waiting) -> dict[str, Decimal]:
    """The sum asked for what it is about: what is promised, disputed or covered is not asked."""
    rests = [
        account[key]
        for case, items in one.about
        for account in (net_account(case, desk.calendar),)
        for key in items
        if key in account
    ]
    return _sum({rest.item.currency: rest.chaseable} for rest in rests if rest.chaseable > 0)


def _lines(desk: Desk, one: Waiting) -> list[Entry]:
    return [line for case, keys in one.about for line in _lines_of(desk, case, keys)]


def _lines_of(desk: Desk, case: Case, keys: Iterable[ItemKey]) -> list[Entry]:
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


def _sum(amounts: Iterable[dict[str, Decimal]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for one in amounts:
        for currency, amount in one.items():
            total[currency] = total.get(currency, Decimal(0)) + amount
    return total


def _size(stake: dict[str, Decimal]) -> Decimal:
    """Currencies do not add up: the largest of them ranks an entry."""
    return max(stake.values(), default=Decimal(0))
