"""The same piece back under another number: same debtor, kind, amount and due date (design §6); or
under its number with a kind better understood.
"""

from collections.abc import Mapping
from dataclasses import replace

from relance.domain.open_item import ItemKey, OpenItem, Settlement
from relance.domain.reconciliation.changes import ChangeKind, DebtorChange, ItemChange

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


def with_confirmed(change: DebtorChange, kept: Mapping[ItemKey, OpenItem]) -> DebtorChange:
    """Likewise for what the last balance had forgotten, because its settlement was confirmed; kept:
    the items of the case. What is back under its own number is that very item.
    """
    paid = {k: item for k, item in kept.items() if item.settlement is Settlement.CONFIRMED}
    others = tuple(one for one in change.items if one.after.key not in paid)
    back = {one.after.key for one in change.items} & paid.keys()
    elsewhere = {key: item for key, item in paid.items() if key not in back}
    found = {one.after.key: one for one in with_renumbered(others, elsewhere)}
    return replace(change, items=tuple(found.get(one.after.key, one) for one in change.items))


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
