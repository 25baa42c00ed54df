"""Two codes that became one: the items of a code that is gone, found under another (design §6)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from relance.domain.open_item import ItemKey, OpenItem, Settlement
from relance.domain.reconciliation.identity import number_part
from relance.domain.reconciliation.snapshot import BalanceSnapshot

_Mark = tuple[object, ...]
Seen = Mapping[str, Mapping[ItemKey, OpenItem]]
"""What the file shows, by debtor."""


@dataclass(frozen=True, slots=True)
class Merge:
    """into: the code under which the items are now; moved: their keys there and then."""

    into: str
    moved: dict[ItemKey, ItemKey]


def find_merges(applied: BalanceSnapshot, seen: Seen) -> dict[str, Merge]:
    """applied: the last balance. A code without a line in the file was merged into another when at
    least half of its open items, and only items with a number count, are new under that one.
    """
    gone = {
        code: {key: item for key, item in debtor.items.items() if item.is_open and item.number}
        for code, debtor in applied.debtors.items()
        if not seen.get(code)
    }
    places = _places(
        applied, seen, {_mark(item) for items in gone.values() for item in items.values()}
    )
    found: dict[str, Merge] = {}
    for code, items in gone.items():
        merge = _merge(items, places)
        if merge is not None:
            found[code] = merge
    return found


def moved_item(item: OpenItem) -> OpenItem:
    """What is left of it under its old code: nothing was paid, so no date says when."""
    return replace(item, open_amount=Decimal(0), settlement=Settlement.MOVED, settled_on=None)


def _merge(
    items: Mapping[ItemKey, OpenItem], places: dict[_Mark, list[tuple[str, ItemKey]]]
) -> Merge | None:
    votes = Counter(code for item in items.values() for code in _codes(item, places))
    if not votes:
        return None
    into, count = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if 2 * count < len(items):
        return None
    moved: dict[ItemKey, ItemKey] = {}
    for key, item in items.items():
        place = next((p for p in places.get(_mark(item), ()) if p[0] == into), None)
        if place is not None:
            places[_mark(item)].remove(place)
            moved[key] = place[1]
    return Merge(into, moved)


def _codes(item: OpenItem, places: dict[_Mark, list[tuple[str, ItemKey]]]) -> set[str]:
    return {code for code, _ in places.get(_mark(item), ())}


def _places(
    applied: BalanceSnapshot, seen: Seen, wanted: set[_Mark]
) -> dict[_Mark, list[tuple[str, ItemKey]]]:
    """Where the file shows, as new, an item that looks like one of those."""
    places: dict[_Mark, list[tuple[str, ItemKey]]] = {}
    if wanted:
        for code, key, item in _new(applied, seen):
            if _mark(item) in wanted:
                places.setdefault(_mark(item), []).append((code, key))
    return places


def _new(applied: BalanceSnapshot, seen: Seen) -> Iterator[tuple[str, ItemKey, OpenItem]]:
    for code, items in seen.items():
        known = applied.items_of(code)
        for key, item in items.items():
            if key not in known:
                yield code, key, item


def _mark(item: OpenItem) -> _Mark:
    number = number_part(item.number).casefold()
    return (number, item.kind, item.amount, item.currency, item.due_date)
