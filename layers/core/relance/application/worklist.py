"""One mail per person and page says what a run opened for them, the largest stake first; calls
are told once all pages are decided (`tell_calls`).
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from shlex import quote

from relance.application.hand_over import lacking
from relance.application.office import Desk
from relance.application.staff_mail import StaffMail
from relance.application.stakes import lines_of, size_of, stake_of, sum_of
from relance.application.waiting import Waiting
from relance.domain.task import TaskKind
from relance.domain.team import colleague_named, person_for

SHOWN = 5
"""Documents of each entry that the mail lists, oldest due first; the case has them all."""

_LISTS = {None: "approvals", TaskKind.HAND_OVER: "hand_overs"}
_FOR_FINANCE = {None, TaskKind.HAND_OVER, TaskKind.JOIN_FILE}

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
    """The collector, or who stands in, does tasks; finance approves and hands over
    too; what is late is also told to the approvers, a flag to review to who answers for it.
    """
    profile, debtor = desk.creditor.profile, one.case.debtor
    people = {person_for(one.case, profile, desk.today).email}
    if one.kind in _FOR_FINANCE:
        people.add(profile.finance_email)
    if one.is_late:
        people |= {approver.email for approver in profile.approvers}
    if one.kind is TaskKind.REVIEW_FLAG and debtor.flag is not None:
        reviewer = colleague_named(debtor.flag.owner, profile)
        people |= {reviewer.email} if reviewer else set()
    return people


def _worklist(desk: Desk, waiting: Sequence[Waiting]) -> dict[str, object]:
    stakes = {id(one): stake_of(desk, one.about) for one in waiting}
    ranked = sorted(waiting, key=lambda one: (-size_of(stakes[id(one)]), one.case.debtor.code))
    lists: dict[str, list[Entry]] = {"calls": [], "approvals": [], "hand_overs": [], "tasks": []}
    for one in ranked:
        lists[_list_of(one)].append(_entry(desk, one, stakes[id(one)]))
    return {"day": desk.today, "total": sum_of(stakes.values()), "over": 0, **lists}


def _list_of(one: Waiting) -> str:
    """The approvals of the mail are messages: an arrangement is a task."""
    return "tasks" if one.arrangement else _LISTS.get(one.kind, "tasks")


def _entry(desk: Desk, one: Waiting, stake: dict[str, Decimal]) -> Entry:
    debtor = one.case.debtor
    lines = lines_of(desk, one.about)
    entry: Entry = {
        "debtor_code": debtor.code,
        "debtor_name": debtor.name,
        "asked": stake,
        "lines": lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "reason": one.reason,
        "command": _command(one),
    }
    if one.kind is TaskKind.HAND_OVER:
        entry["missing"] = _missing(desk, one)
    if one.task is not None:
        return entry | {"kind": one.task.kind, "due_on": one.task.due_on, "owner": one.task.owner}
    if one.arrangement is not None:
        return entry | {"kind": "arrangement", "due_on": one.arrangement.lapses_on, "owner": None}
    awaiting = one.case.awaiting
    policy = desk.policy_of(one.case)
    step = policy.find(awaiting.step) if awaiting else None
    return entry | {"deadline": policy.deadline(step, desk.today) if step else None}


def _missing(desk: Desk, one: Waiting) -> list[Entry]:
    """What the file lacks: each piece, and the documents that lack it."""
    items = one.case.items
    return [
        {"piece": str(piece.piece), "numbers": [items[key].number for key in piece.items]}
        for piece in lacking(desk, one.case, one.items)
    ]


def _command(one: Waiting) -> str:
    """To type once it is done."""
    creditor, debtor = quote(one.case.creditor), quote(one.case.debtor.code)
    if one.arrangement is not None:
        return f"relance arrange-approve {creditor} {debtor} {one.arrangement.key}"
    if one.task is None:
        return f"relance approve {creditor} {one.case.awaiting.id if one.case.awaiting else ''}"
    return f"relance done {creditor} {debtor} {one.task.key}"
