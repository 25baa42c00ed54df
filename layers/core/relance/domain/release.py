"""Items already old when first seen wait until a person releases them (design §5 rule 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from relance.domain.case import Case, Progress
from relance.domain.errors import RelanceError
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.policy import Level
from relance.domain.reconciliation.changes import DebtorChange, ItemChange

OLD_AFTER = 21
"""Days late, on the day of the balance that shows an item first, beyond which a person looks."""

LEVELS = (Level.LEVEL_1, Level.LEVEL_2)
"""Where a released item may start: never at the formal notice, nor at the call that ends in it."""


class ReleaseRefused(RelanceError):
    """Nothing waits there, or the level may not be given."""


def to_release(
    case: Case, change: DebtorChange, items: Mapping[ItemKey, OpenItem], dated: date
) -> frozenset[ItemKey]:
    """What waits once a balance of that day is applied: what it shows for the first time and is
    old, and what waited before under the same or another key. Not what is owed no more, nor what is
    not late any more.
    """
    keys = {c.was: c.after.key for c in change.items if c.was is not None}
    before = {keys.get(key, key) for key in case.to_release}
    sooner = {c.after.key for c in change.items if c.due_moved_later}
    kept = {key for key in before if key not in sooner or _is_old(items.get(key), dated)}
    new = {c.after.key for c in change.items if begins_to_wait(c, dated)}
    return frozenset(key for key in kept | new if key in items and items[key].is_claim)


def begins_to_wait(change: ItemChange, dated: date) -> bool:
    """The balance of that day shows it for the first time, and it is old."""
    return _is_new(change) and _is_old(change.after, dated)


def carried_release(
    source: Case, target: Case, moved: Mapping[ItemKey, ItemKey]
) -> frozenset[ItemKey]:
    """Under another code an item is no newer: it waits there if it waited here."""
    waited = {moved[key] for key in source.to_release if key in moved}
    return frozenset((target.to_release - set(moved.values())) | waited)


def release_items(case: Case, keys: Iterable[ItemKey], level: Level, today: date) -> Case:
    """They go on from that level at the next run. Raises ReleaseRefused."""
    if level not in LEVELS:
        raise ReleaseRefused("release-level-too-high", {"level": str(level)})
    chosen = frozenset(keys) & case.to_release
    if not chosen:
        raise ReleaseRefused("nothing-to-release", {"creditor": case.creditor})
    progress = dict(case.progress)
    for key in chosen:
        progress[key] = replace(progress.get(key, Progress()), start=level)
    return replace(case, to_release=case.to_release - chosen, progress=progress, agenda=today)


def _is_new(change: ItemChange) -> bool:
    return change.before is None and change.was is None


def _is_old(item: OpenItem | None, dated: date) -> bool:
    if item is None or item.due_date is None or not item.is_claim:
        return False
    return (dated - item.due_date).days > OLD_AFTER
