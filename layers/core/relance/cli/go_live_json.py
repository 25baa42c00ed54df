"""What going live would do, as JSON; and its sums."""

from collections import Counter
from decimal import Decimal
from typing import Any

from relance.application.forecast import DayAhead, FirstMessage
from relance.application.go_live import GoLivePreview
from relance.application.release import WaitingItem
from relance.cli.read import plain_amount

COUNTED = ("emails", "letters", "registered_letters", "calls", "approvals")
"""Fields of a day, in the order in which they are shown."""


def as_json(found: GoLivePreview, *, changed: bool) -> dict[str, Any]:
    """The documented shape (docs/going-live.md): dates ISO, amounts as decimal strings."""
    ahead = found.ahead
    return {
        "creditor": found.creditor,
        "currency": found.currency,
        "before": str(found.before),
        "wanted": str(found.wanted),
        "changed": changed,
        "blocked": list(found.blocked),
        "cases": found.cases,
        "items": found.open_items,
        "from": ahead.first.isoformat(),
        "to": ahead.last.isoformat(),
        "days": [_day_json(one) for one in ahead.days],
        "totals": {
            **{name: sum(getattr(one, name) for one in ahead.days) for name in COUNTED},
            "pushed": dict(sorted(pushed_in(found).items())),
            "cost": plain_amount(cost_in(found)),
        },
        "first_messages": {
            "count": ahead.first_count,
            "largest": [_first_json(one) for one in ahead.first_messages],
        },
        "strangers": list(ahead.strangers),
        "to_release": {
            "level": None if found.level is None else str(found.level),
            "count": len(found.to_release),
            "debtors": len({one.debtor for one in found.to_release}),
            "asked": {code: plain_amount(v) for code, v in sorted(asked_in(found).items())},
            "items": [_waiting_json(one) for one in found.to_release],
        },
    }


def _day_json(one: DayAhead) -> dict[str, Any]:
    counts = {name: getattr(one, name) for name in COUNTED}
    return {
        "date": one.on.isoformat(),
        **counts,
        "pushed": one.pushed,
        "cost": plain_amount(one.cost),
    }


def _first_json(one: FirstMessage) -> dict[str, Any]:
    return {
        "date": one.on.isoformat(),
        "debtor_code": one.debtor,
        "channel": str(one.channel),
        "level": str(one.level),
        "asked": {code: plain_amount(v) for code, v in sorted(one.asked.items())},
    }


def _waiting_json(one: WaitingItem) -> dict[str, Any]:
    return {
        "debtor_code": one.debtor,
        "number": one.number,
        "due_date": one.due_date.isoformat(),
        "days_late": one.days_late,
        "asked": plain_amount(one.asked),
        "currency": one.currency,
        "shown_level": one.shown_level,
        "reminded_on": one.reminded_on.isoformat() if one.reminded_on else None,
    }


def pushed_in(found: GoLivePreview) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in found.ahead.days:
        total.update(one.pushed)
    return total


def cost_in(found: GoLivePreview) -> Decimal:
    return sum((one.cost for one in found.ahead.days), Decimal(0))


def asked_in(found: GoLivePreview) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for one in found.to_release:
        sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.asked
    return sums
