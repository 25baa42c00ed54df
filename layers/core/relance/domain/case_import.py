"""How a case changes when a balance is applied to it: pure. Only imports write facts of items."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from relance.domain.case import Case, Progress
from relance.domain.debtor import Debtor
from relance.domain.holds import AnnouncedPayment, Dispute, Hold, Promise
from relance.domain.missing_data import left_of
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.reconciliation.changes import ChangeKind, DebtorChange, ItemChange
from relance.domain.task import Task, TaskKind

LISTED = 200
"""Item keys that one fact of an entry names; beyond, it says how many more: a row has a size."""


@dataclass(frozen=True, slots=True)
class CaseUpdate:
    """items: the facts to write; facts: what the evidence entry says, without personal data."""

    case: Case
    items: tuple[OpenItem, ...]
    facts: dict[str, str] = field(default_factory=dict)


def apply_balance(case: Case, change: DebtorChange, *, import_seq: int, agenda: date) -> CaseUpdate:
    """The case with the new facts of its items, and with what follows from them: a due date moved
    later restarts the escalation, holds and calls whose items are all settled end.
    """
    change = replace(change, items=tuple(_completed(c, case) for c in change.items))
    items = {**case.items, **{c.after.key: c.after for c in change.items}}
    restarted = [c for c in change.items if c.due_moved_later and _restart(case, c) is not None]
    holds = tuple(_rekeyed(hold, change) for hold in case.holds)
    ended = [hold for hold in holds if _is_settled(hold, items)]
    updated = replace(
        case,
        debtor=replace(case.debtor, name=change.name) if change.renamed else case.debtor,
        items=items,
        progress=_progress(case, change, restarted),
        holds=tuple(hold for hold in holds if hold not in ended),
        tasks=tuple(
            t for task in case.tasks if (t := _task_left(task, case.debtor, items)) is not None
        ),
        agenda=agenda if case.agenda is None else min(agenda, case.agenda),
        import_seq=import_seq,
    )
    facts = _item_facts(change) | _hold_facts(ended)
    if restarted:
        facts["escalation_restarted"] = _listed([c.after.key for c in restarted])
    if change.renamed:
        facts["debtor_renamed"] = "yes"
    return CaseUpdate(updated, tuple(c.after for c in change.items), facts)


def _completed(change: ItemChange, case: Case) -> ItemChange:
    """Where the balance is silent, what a document of the case said stays."""
    known, after = case.items.get(change.after.key), change.after
    if known is None or (after.due_date and after.order_number):
        return change
    due, order = after.due_date or known.due_date, after.order_number or known.order_number
    return replace(change, after=replace(after, due_date=due, order_number=order))


def _progress(
    case: Case, change: DebtorChange, restarted: list[ItemChange]
) -> dict[ItemKey, Progress]:
    progress = dict(case.progress)
    for item in change.items:
        if item.was is not None and item.was in progress and item.after.key not in progress:
            progress[item.after.key] = progress[item.was]
    for item in restarted:
        left = _restart(case, item)
        if left is not None:
            progress[item.after.key] = left
    return progress


def _restart(case: Case, change: ItemChange) -> Progress | None:
    """What stays of the progress of an item whose due date moved later: the steps planned before
    the old due date. None when nothing is to be dropped: what was handed over is not ours to start
    again, a person takes it back (rule 8).
    """
    before = case.progress.get(change.after.key)
    if before is None or change.before is None or change.before.due_date is None:
        return None
    if before.is_handed_over:
        return None
    old_due = change.before.due_date
    kept = Progress(tuple(step for step in before.performed if step.planned_for <= old_due))
    return kept if kept != before else None


def _rekeyed(hold: Hold, change: DebtorChange) -> Hold:
    """A hold follows its item under its new key."""
    moved = {c.was: c.after.key for c in change.items if c.was is not None}
    if not moved:
        return hold
    if isinstance(hold, Promise):
        covered = {moved.get(k, k): v for k, v in hold.covered.items()}
        owed = {moved.get(k, k): v for k, v in hold.owed.items()}
        return replace(hold, covered=covered, owed=owed)
    if isinstance(hold, Dispute):
        return replace(hold, amounts={moved.get(k, k): v for k, v in hold.amounts.items()})
    if isinstance(hold, AnnouncedPayment):
        return replace(hold, items=tuple(moved.get(key, key) for key in hold.items))
    return hold


def _is_settled(hold: Hold, items: dict[ItemKey, OpenItem]) -> bool:
    """Nothing that the hold is about is open any more."""
    keys: tuple[ItemKey, ...] = ()
    if isinstance(hold, Promise):
        keys = tuple(hold.covered)
    elif isinstance(hold, Dispute):
        keys = tuple(hold.amounts)
    elif isinstance(hold, AnnouncedPayment):
        keys = hold.items
    return bool(keys) and not any(_is_open(key, items) for key in keys)


def _task_left(task: Task, debtor: Debtor, items: dict[ItemKey, OpenItem]) -> Task | None:
    """Nobody calls about a paid item, matches a payment that the balance no longer shows, nor looks
    for what it brings.
    """
    if task.kind is TaskKind.CALL and task.performs:
        performs = tuple(pair for pair in task.performs if _is_open(pair[0], items))
        return replace(task, performs=performs) if performs else None
    if task.kind is TaskKind.MATCH_PAYMENT and task.detail:
        named = [ItemKey(key) for key in task.detail.split()]
        return task if any(_is_open(key, items) for key in named) else None
    return left_of(task, debtor, items)


def _is_open(key: ItemKey, items: dict[ItemKey, OpenItem]) -> bool:
    return key in items and items[key].is_open


def _item_facts(change: DebtorChange) -> dict[str, str]:
    facts: dict[str, str] = {}
    for kind in ChangeKind:
        found = [_told(item) for item in change.items if item.kind is kind]
        if found:
            facts[kind.value] = _listed(found)
    later = [c.after.key for c in change.items if c.due_moved_later]
    if later:
        facts["due_date_moved_later"] = _listed(later)
    return facts


def _told(change: ItemChange) -> str:
    """As in "FA-1|invoice|1 100.00>40.00"; a renumbered item tells its former key."""
    key, after = change.after.key, change.after
    if change.was is not None:
        return f"{key} was {change.was}"
    if change.kind is ChangeKind.NEW or change.before is None:
        return f"{key} {after.open_amount}"
    if change.kind is ChangeKind.CONFIRMED:
        return str(key)
    return f"{key} {change.before.open_amount}>{after.open_amount}"


def _hold_facts(ended: list[Hold]) -> dict[str, str]:
    labels: tuple[tuple[str, Callable[[Hold], bool]], ...] = (
        ("promises_settled", lambda hold: isinstance(hold, Promise)),
        ("disputes_ended", lambda hold: isinstance(hold, Dispute)),
        ("announced_payments_seen", lambda hold: isinstance(hold, AnnouncedPayment)),
    )
    found = {label: [hold.key for hold in ended if test(hold)] for label, test in labels}
    return {label: _listed(keys) for label, keys in found.items() if keys}


def _listed(texts: list[str] | list[ItemKey]) -> str:
    more = len(texts) - LISTED
    return "; ".join(texts[:LISTED]) + (f"; and {more} more" if more > 0 else "")
