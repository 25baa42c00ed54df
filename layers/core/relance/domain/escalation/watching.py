"""The dates of a case that people want to see coming: what the digest lists, and is found by."""

from dataclasses import dataclass
from datetime import date

from relance.domain.case import Case
from relance.domain.escalation.plans import paid_instalments
from relance.domain.holds import (
    Arrangement,
    Dispute,
    Hold,
    ManualHold,
    Plan,
    PlanState,
    Promise,
    items_of,
)
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level
from relance.domain.task import Task, TaskKind


@dataclass(frozen=True, slots=True)
class Deadline:
    """kind: formal_notice (the date it printed), dispute, instalment, plan_to_sign, to_approve,
    arrangement, hold, flag, or the kind of a task; items: none for the whole case; about: of the
    hold or of the task, its key.
    """

    kind: str
    on: date
    items: tuple[ItemKey, ...] = ()
    about: str = ""


def deadlines_of(case: Case) -> tuple[Deadline, ...]:
    """The soonest first. Calls have a list of their own, and what is settled has no date."""
    found = [_of_task(task, case) for task in case.tasks if task.kind is not TaskKind.CALL]
    if case.open_items:
        found += [d for hold in case.holds if (d := _of_hold(hold, case)) is not None]
        found += _printed(case)
        flag = case.debtor.flag
        found += [Deadline("flag", flag.review_on)] if flag is not None else []
    return tuple(sorted(found, key=lambda one: (one.on, one.kind, one.about)))


def watched_dates(case: Case) -> tuple[date, ...]:
    """Those, and the days for which a payment was promised, each once."""
    promised = {hold.promised_for for hold in case.holds if isinstance(hold, Promise)}
    found = {one.on for one in deadlines_of(case)}
    return tuple(sorted(found | promised if case.open_items else found))


def _of_task(task: Task, case: Case) -> Deadline:
    named = [ItemKey(key) for key in (task.detail or "").split()]
    keys = dict.fromkeys([item for item, _ in task.performs] + named)
    items = tuple(key for key in keys if key in case.items)
    return Deadline(str(task.kind), task.due_on, items, task.key)


def _of_hold(hold: Hold, case: Case) -> Deadline | None:
    match hold:
        case Dispute() if hold.resolved_on is None:
            kind, on = "dispute", hold.target_on
        case Plan(state=PlanState.PROPOSED):
            kind, on = "plan_to_sign", hold.lapses_on
        case Plan(state=PlanState.AGREED):
            paid = paid_instalments(hold, case)
            if paid >= len(hold.instalments):
                return None
            kind, on = "instalment", hold.instalments[paid].due_on
        case Arrangement():
            waits = hold.approved_by is None
            kind, on = ("to_approve", hold.lapses_on) if waits else ("arrangement", hold.until)
        case ManualHold() if hold.until is not None:
            kind, on = "hold", hold.until
        case _:
            return None
    return Deadline(kind, on, items_of(hold), hold.key)


def _printed(case: Case) -> list[Deadline]:
    """The dates that formal notices gave, until the file is handed over."""
    by_date: dict[date, list[ItemKey]] = {}
    for item in case.open_items:
        progress = case.progress_of(item.key)
        last, until = progress.last, progress.deadline
        formal = last is not None and last.level is Level.LEVEL_3 and not last.is_call
        if formal and until is not None and item.is_claim:
            by_date.setdefault(until, []).append(item.key)
    return [Deadline("formal_notice", on, tuple(keys)) for on, keys in by_date.items()]
