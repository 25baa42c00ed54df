"""Why what is late is late: sums per cause, that add up over debtors."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.open_item import OpenItem

UNKNOWN_CAUSE = "unknown"
"""Nobody said."""
_ZERO = Decimal()


def late_by_cause(case: Case, items: Iterable[OpenItem], as_of: date) -> dict[str, Decimal]:
    """Open claims past their due date, whole: neither credits nor holds are taken off."""
    found: dict[str, Decimal] = {}
    for item in items:
        if item.is_claim and item.due_date is not None and item.due_date < as_of:
            noted = case.causes.get(item.key)
            cause = str(noted.cause) if noted else UNKNOWN_CAUSE
            found[cause] = found.get(cause, _ZERO) + item.open_amount
    return found


def plus(one: Mapping[str, Decimal], other: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {key: one.get(key, _ZERO) + other.get(key, _ZERO) for key in sorted({*one, *other})}
