"""The same piece back under another number: same debtor, kind, amount and due date (design §6); or
under its number with a kind better understood.
"""

from dataclasses import replace

from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.reconciliation.changes import ChangeKind, ItemChange

_Twin = tuple[object, ...]


def with_renumbered(
    changes: tuple[ItemChange, ...], before: dict[ItemKey, OpenItem]
) -> tuple[ItemChange, ...]:
    """New items that are known under another key, absent from this file or from the last one,
    become reopened ones that say which key they had. Each earlier item is taken once.
    """
    if all(change.kind is not ChangeKind.NEW for change in changes):
        return changes
    gone = _gone(changes, before)
    found = []
    for change in changes:
        earlier = _earlier(change.after, gone) if change.kind is ChangeKind.NEW else None
        if earlier is not None:
            change = replace(change, kind=ChangeKind.REOPENED, was=earlier)
        found.append(change)
    return tuple(found)


def _earlier(item: OpenItem, gone: dict[_Twin, list[ItemKey]]) -> ItemKey | None:
    for twin in (_twin(item), _namesake(item)):
        if gone.get(twin):
            key = gone[twin][0]
            for keys in gone.values():
                if key in keys:
                    keys.remove(key)
            return key
    return None


def _gone(
    changes: tuple[ItemChange, ...], before: dict[ItemKey, OpenItem]
) -> dict[_Twin, list[ItemKey]]:
    after = {change.after.key: change.after for change in changes}
    gone: dict[_Twin, list[ItemKey]] = {}
    for key, item in before.items():
        if after.get(key, item).settlement is None:
            continue
        if item.due_date is not None:
            gone.setdefault(_twin(item), []).append(key)
        if item.number:
            gone.setdefault(_namesake(item), []).append(key)
    return gone


def _namesake(item: OpenItem) -> _Twin:
    """Without its kind."""
    return (item.number.casefold(), item.amount, item.issue_date, item.currency)


def _twin(item: OpenItem) -> _Twin:
    return (item.kind, item.amount, item.due_date, item.issue_date, item.currency)
