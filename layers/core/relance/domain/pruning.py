"""What a case stops keeping: items settled so long ago that nothing asks for them (pure).

Only imports write a case's items, so only they take some out, in a case that they write anyway
(docs/data-model.md). What it was, and that it was put away, stays in the evidence.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import Case
from relance.domain.case_import import CaseUpdate
from relance.domain.case_import_facts import listed
from relance.domain.holds import items_of
from relance.domain.missing_data import item_of
from relance.domain.open_item import ItemKey, OpenItem, Settlement
from relance.domain.policy import Level

AT_ONCE = 10
"""Items put away besides one for each that the import writes: writes stay proportional to what
changed, and a usual change stays in one transaction."""

_OVER = frozenset({Settlement.CONFIRMED, Settlement.MOVED})
_EARLY = frozenset({Level.PREVENTIVE, Level.LEVEL_1, Level.LEVEL_2})


def pruned(update: CaseUpdate, *, dated: date, keep_days: int) -> CaseUpdate:
    """The update without the items that were over more than keep_days before `dated`, the day of
    the balance; the oldest first, a few at once.
    """
    case, written = update.case, {item.key for item in update.items}
    old = _prunable(case, written, dated - timedelta(days=keep_days))
    gone = tuple(old[: AT_ONCE + len(written)])
    if not gone:
        return update
    kept = replace(
        case,
        items={key: item for key, item in case.items.items() if key not in gone},
        progress={key: done for key, done in case.progress.items() if key not in gone},
        data_asked=tuple(token for token in case.data_asked if item_of(token) not in gone),
    )
    return replace(update, case=kept, gone=gone, facts={**update.facts, "put_away": listed(gone)})


def _prunable(case: Case, written: Collection[ItemKey], before: date) -> list[ItemKey]:
    if is_near_its_end(case):
        return []
    named = {*written, *_named(case)}
    over = ((over_on(i), i.key) for i in case.items.values() if i.key not in named)
    return [key for day, key in sorted((d, k) for d, k in over if d is not None and d < before)]


def is_near_its_end(case: Case) -> bool:
    """From the last call on, the file that a court reads shows the account whole: what was paid as
    well. So it does while a step of an open item does not say its level.
    """
    lasts = (case.progress_of(item.key).last for item in case.open_items)
    return case.awaiting is not None or any(one and one.level not in _EARLY for one in lasts)


def over_on(item: OpenItem) -> date | None:
    """Since when it cannot concern anybody here: it was paid, and could be from its due date only
    if a bank was asked to; or it is under another code. None: it may.
    """
    if item.settlement not in _OVER:
        return None
    dates = (
        (item.settled_on, item.due_date) if item.settled_on else (item.due_date, item.issue_date)
    )
    return max((day for day in dates if day is not None), default=None)


def _named(case: Case) -> Iterator[ItemKey]:
    """Whatever something of the case still speaks of."""
    for hold in case.holds:
        yield from items_of(hold)
    for task in case.tasks:
        yield from (key for key, _ in task.performs)
        for word in (task.detail or "").split():
            yield item_of(word) or ItemKey(word)
    for notice in (case.live, case.awaiting):
        if notice is not None:
            yield from notice.asked
            yield from (key for key, _ in notice.performs)
    yield from (item.key for item in case.settling)
