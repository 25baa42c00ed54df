"""How a case changes when a balance is applied to it: pure. Only imports write facts of items."""

from dataclasses import dataclass, field, replace
from datetime import date

from relance.domain.calling import LateCause
from relance.domain.case import Case, FormalNoticeOrder, Progress
from relance.domain.case_import_facts import hold_facts, item_facts, listed
from relance.domain.debtor import Debtor
from relance.domain.holds import (
    AnnouncedPayment,
    Arrangement,
    Dispute,
    Hold,
    ManualHold,
    Plan,
    Promise,
    ReceivedPayment,
    rekeyed,
)
from relance.domain.missing_data import left_of
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.policy import Level
from relance.domain.reconciliation.changes import DebtorChange, ItemChange
from relance.domain.release import to_release
from relance.domain.task import OUR_TURN, Task, TaskKind

REMEMBERED = 90
"""Days during which a receipt that was posted is still told from a new one."""


@dataclass(frozen=True, slots=True)
class CaseUpdate:
    """items: the facts to write; facts: what the evidence entry says, without personal data; gone:
    items that the case does not keep any more (`pruning`).
    """

    case: Case
    items: tuple[OpenItem, ...]
    facts: dict[str, str] = field(default_factory=dict)
    gone: tuple[ItemKey, ...] = ()


def apply_balance(
    case: Case, change: DebtorChange, *, import_seq: int, agenda: date, dated: date
) -> CaseUpdate:
    """The case with the new facts of its items, and with what follows from them: a due date moved
    later restarts the escalation, holds and calls whose items are all settled end. dated: of the
    balance.
    """
    change = replace(change, items=tuple(_completed(c, case) for c in change.items))
    items = {**case.items, **{c.after.key: c.after for c in change.items}}
    restarted = [c for c in change.items if _restart(case, c) is not None]
    holds = tuple(_rekeyed(hold, change) for hold in case.holds)
    holds = tuple(posted(hold, items, dated) for hold in holds)
    ended = [h for h in holds if _is_settled(h, items) or _is_forgotten(h, dated)]
    updated = replace(
        case,
        debtor=_debtor(case, change),
        items=items,
        progress=_progress(case, change, restarted),
        holds=tuple(hold for hold in holds if hold not in ended),
        tasks=tuple(
            t for task in case.tasks if (t := _task_left(task, case.debtor, items)) is not None
        ),
        agenda=agenda if case.agenda is None else min(agenda, case.agenda),
        import_seq=import_seq,
        to_release=to_release(case, change, items, dated),
        causes=_causes(case, change, items),
        ordered=_ordered(case, change, items),
    )
    facts = item_facts(change) | hold_facts(ended)
    if restarted:
        facts["escalation_restarted"] = listed([c.after.key for c in restarted])
    waiting = updated.to_release - case.to_release
    if waiting:
        facts["to_release"] = listed(sorted(waiting))
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


def _debtor(case: Case, change: DebtorChange) -> Debtor:
    """Its new name, and who else its rows name, when the file says something new of them."""
    debtor, parties = case.debtor, change.parties
    if change.renamed:
        debtor = replace(debtor, name=change.name)
    if parties is None:
        return debtor
    payer = parties.payer or debtor.payer
    return replace(
        debtor,
        salesperson=parties.salesperson or debtor.salesperson,
        collector=parties.collector or debtor.collector,
        payer=None if payer == debtor.code else payer,
    )


def posted(hold: Hold, items: dict[ItemKey, OpenItem], dated: date) -> Hold:
    """A receipt that the balance shows, in full: it is only remembered from then on."""
    if not isinstance(hold, ReceivedPayment) or hold.posted_on is not None:
        return hold
    shown = (
        not _is_open(key, items)
        or hold.owed.get(key, items[key].open_amount) - items[key].open_amount >= amount
        for key, amount in hold.amounts.items()
    )
    return replace(hold, posted_on=dated) if all(shown) else hold


def _is_forgotten(hold: Hold, dated: date) -> bool:
    """Bank files do not go so far back."""
    if not isinstance(hold, ReceivedPayment) or hold.posted_on is None:
        return False
    return (dated - hold.posted_on).days > REMEMBERED


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


def _ordered(
    case: Case, change: DebtorChange, items: dict[ItemKey, OpenItem]
) -> FormalNoticeOrder | None:
    """The order, of what is still open under the keys of now."""
    if case.ordered is None:
        return None
    moved = {c.was: c.after.key for c in change.items if c.was is not None}
    keys = (moved.get(key, key) for key in case.ordered.items)
    left = tuple(key for key in keys if _is_open(key, items))
    return replace(case.ordered, items=left) if left else None


def _causes(
    case: Case, change: DebtorChange, items: dict[ItemKey, OpenItem]
) -> dict[ItemKey, LateCause]:
    """Of what is still open, under its new key when it has one."""
    moved = {c.was: c.after.key for c in change.items if c.was is not None}
    causes = {moved.get(key, key): cause for key, cause in case.causes.items()}
    return {key: cause for key, cause in causes.items() if _is_open(key, items)}


def _restart(case: Case, change: ItemChange) -> Progress | None:
    """What stays of the progress of an item whose due date moved later: the steps planned before
    the old due date; nothing, when it is another document under a number used before. None when
    nothing is to be dropped: what was handed over is not ours to start again, a person takes it
    back (rule 8).
    """
    before = case.progress.get(change.after.key)
    if before is None or before.is_handed_over:
        return None
    if change.before is None:
        return Progress() if _is_of_another(before, change.after) else None
    if not change.due_moved_later or change.before.due_date is None:
        return None
    old_due = change.before.due_date
    kept = Progress(tuple(step for step in before.performed if step.planned_for <= old_due))
    return kept if kept != before else None


def _is_of_another(before: Progress, item: OpenItem) -> bool:
    """Its settlement was confirmed long since, and its number is back with a due date after the
    reminders that were sent for being late: numbers start again each year in some accounts.
    """
    return item.due_date is not None and any(
        step.level is not None
        and step.level.rank >= Level.LEVEL_1.rank
        and step.planned_for <= item.due_date
        for step in before.performed
    )


def _rekeyed(hold: Hold, change: DebtorChange) -> Hold:
    """A hold follows its item under its new key."""
    moved = {c.was: c.after.key for c in change.items if c.was is not None}
    return rekeyed(hold, moved) if moved else hold


def _is_settled(hold: Hold, items: dict[ItemKey, OpenItem]) -> bool:
    """Nothing that the hold is about is open any more."""
    keys: tuple[ItemKey, ...] = ()
    if isinstance(hold, Promise):
        keys = tuple(hold.covered)
    elif isinstance(hold, Dispute | Plan | Arrangement):
        keys = tuple(hold.amounts)
    elif isinstance(hold, AnnouncedPayment | ManualHold):
        keys = hold.items
    return bool(keys) and not any(_is_open(key, items) for key in keys)


def _task_left(task: Task, debtor: Debtor, items: dict[ItemKey, OpenItem]) -> Task | None:
    """Nobody calls about a paid item, mends what is settled, matches a payment that the balance no
    longer shows, nor looks for what it brings.
    """
    if task.kind is TaskKind.CALL and task.performs:
        performs = tuple(pair for pair in task.performs if _is_open(pair[0], items))
        return replace(task, performs=performs) if performs else None
    is_named = task.kind in {TaskKind.MATCH_PAYMENT, TaskKind.END_PLAN, *OUR_TURN}
    if is_named and task.detail:
        named = [ItemKey(key) for key in task.detail.split()]
        return task if any(_is_open(key, items) for key in named) else None
    return left_of(task, debtor, items)


def _is_open(key: ItemKey, items: dict[ItemKey, OpenItem]) -> bool:
    return key in items and items[key].is_open
