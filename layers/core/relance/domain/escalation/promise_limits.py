"""How long and how often a promise may hold an item without a person saying why (rule 5)."""

from collections.abc import Iterable
from datetime import date, timedelta

from relance.domain.case import Case
from relance.domain.holds import Promise
from relance.domain.open_item import ItemKey

LONGEST = timedelta(days=30)
"""After the due date of the item."""
MOST_TIMES = 2
"""Promises of one item."""


def times_promised(case: Case, key: ItemKey) -> int:
    """How many promises were made of an item, those that another one replaced included."""
    made = [h.times.get(key, 1) for h in case.holds if isinstance(h, Promise) and key in h.covered]
    return max(made, default=0)


def beyond_limits(case: Case, keys: Iterable[ItemKey], promised_for: date) -> str | None:
    """The reason code why a promise of these items needs a reason, or None."""
    for key in keys:
        due = case.items[key].due_date
        if due is not None and promised_for > due + LONGEST:
            return "promise-too-late"
        if times_promised(case, key) >= MOST_TIMES:
            return "promise-too-often"
    return None
