"""Who of us solves a dispute, or mends what is ours, is written to: no account is needed."""

from dataclasses import dataclass
from decimal import Decimal
from shlex import quote

from relance.application.office import Desk, Office
from relance.application.ports import CaseChange
from relance.application.staff_mail import StaffMail
from relance.domain.case import Case
from relance.domain.escalation.disputes import untold, with_owner_told
from relance.domain.evidence import EvidenceDraft
from relance.domain.holds import Dispute, Resolution
from relance.domain.open_item import ItemKey
from relance.domain.task import OUR_TURN, Task
from relance.domain.team import person_for

_MATTERS = {
    None: "dispute",
    Resolution.CREDIT_EXPECTED: "credit",
    Resolution.ACCEPTED: "correct",
    Resolution.REJECTED: "dispute",
}


@dataclass(frozen=True, slots=True)
class ToTell:
    """An owner to write to. key: of the dispute or of the task; reason: why today."""

    case: Case
    key: str
    reason: str


def tell_at_once(desk: Desk, case: Case, key: str, *, staff: StaffMail) -> tuple[Case, bool]:
    """The owner of what a person just opened. When the mail does not leave, the next run tries."""
    if not tell_owner(desk, ToTell(case, key, "owner-new"), staff=staff):
        return case, False
    entry = EvidenceDraft(desk.now, "system", "owner-told", {"about": key})

    def told(now: Case) -> CaseChange:
        return CaseChange(with_owner_told(now, key, desk.today), entry)

    return desk.change(case.debtor.code, told), True


def tell_owners_now(creditor: str, debtor: str, *, office: Office, staff: StaffMail) -> int:
    """Likewise for all that nobody was told of yet, of those given an address: how many left."""
    desk = office.open(creditor)
    case, left = desk.case(debtor), 0
    for key in untold(case):
        case, told = tell_at_once(desk, case, key, staff=staff)
        left += told
    return left


def tell_owner(desk: Desk, one: ToTell, *, staff: StaffMail) -> bool:
    """Answers go to the collector, who types the outcome. False when it did not leave."""
    collector = person_for(one.case, desk.creditor.profile, desk.today)
    found = _matter(desk, one)
    if found is None:
        return True
    email, context = found
    who = {
        "debtor_code": one.case.debtor.code,
        "debtor_name": one.case.debtor.name,
        "reason": one.reason,
        "collector": collector.name,
        "reply_to": collector.email,
    }
    return staff.tell(desk, "to_solve", email or collector.email, who | context)


def _matter(desk: Desk, one: ToTell) -> tuple[str | None, dict[str, object]] | None:
    """To whom, and what; None when it is over meanwhile."""
    disputes = (h for h in one.case.holds if isinstance(h, Dispute) and h.key == one.key)
    dispute = next((dispute for dispute in disputes if not dispute.is_ours), None)
    if dispute is not None:
        return dispute.owner_email, _dispute(desk, one.case, dispute)
    tasks = (t for t in one.case.tasks if t.kind in OUR_TURN and t.key == one.key)
    task = next(tasks, None)
    return None if task is None else (task.owner_email, _mend(desk, one.case, task))


def _dispute(desk: Desk, case: Case, dispute: Dispute) -> dict[str, object]:
    where = f"{quote(case.creditor)} {quote(case.debtor.code)} {dispute.key}"
    decided = dispute.resolution is not None
    return {
        "matter": _MATTERS[dispute.resolution],
        "about": dispute.category,
        "owner": dispute.owner,
        "person": dispute.person,
        "target": dispute.target_on,
        "lines": _lines(desk, case, dispute.amounts),
        "command": f"relance done {where}" if decided else f"relance resolve-dispute {where} …",
    }


def _mend(desk: Desk, case: Case, task: Task) -> dict[str, object]:
    keys = [ItemKey(key) for key in (task.detail or "").split()]
    amounts = {key: case.items[key].open_amount for key in keys if key in case.items}
    return {
        "matter": "mend",
        "about": task.about or str(task.kind),
        "owner": task.owner,
        "target": task.due_on,
        "lines": _lines(desk, case, amounts),
        "command": f"relance done {quote(case.creditor)} {quote(case.debtor.code)} {task.key}",
    }


def _lines(desk: Desk, case: Case, amounts: dict[ItemKey, Decimal]) -> list[dict[str, object]]:
    items = [case.items[key] for key in amounts if key in case.items]
    return [
        {
            "number": item.number,
            "due_date": item.due_date,
            "days_late": max(0, (desk.today - item.due_date).days) if item.due_date else 0,
            "amount": amounts[item.key],
            "currency": item.currency,
        }
        for item in items
    ]
