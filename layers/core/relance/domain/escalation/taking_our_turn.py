"""What we owe a customer first: one matter, however it was found (a call, a command). Its task has
an owner and a target date, and holds its documents until it is done: nobody is chased for what we
owe them.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from relance.domain.case import Case
from relance.domain.holds import Dispute
from relance.domain.open_item import ItemKey
from relance.domain.task import Task, TaskKind


@dataclass(frozen=True, slots=True)
class OurTurn:
    """about: what is to be done, in the words of who found it; owner: who of us does it;
    owner_email: where they are written to, None: the collector follows it; items: those that wait
    for it.
    """

    about: str
    owner: str
    owner_email: str | None
    target: date
    items: tuple[ItemKey, ...] = ()
    kind: TaskKind = TaskKind.MEND


def take_turn(case: Case, turn: OurTurn, key: str, today: date) -> Case:
    """The task, and under the same key the hold that ends with it (`close_matter`). It holds all
    that is open of its items: a promise broken or a credit spent meanwhile asks for none of it.
    """
    claims = (case.items[key] for key in turn.items if key in case.items)
    amounts = {one.key: one.open_amount for one in claims if one.is_claim and one.open_amount > 0}
    task = Task(
        key=key,
        kind=turn.kind,
        opened_on=today,
        due_on=turn.target,
        detail=" ".join(turn.items) or None,
        owner=turn.owner,
        about=turn.about or None,
        owner_email=turn.owner_email,
    )
    hold = Dispute(key, amounts, str(turn.kind), turn.owner, today, turn.target)
    return replace(
        case,
        holds=(*case.holds, hold) if amounts else case.holds,
        tasks=(*case.tasks, task),
        agenda=today + timedelta(days=1),
    )
