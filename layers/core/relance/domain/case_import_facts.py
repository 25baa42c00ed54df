"""What the evidence says of the facts that a balance brought: keys and amounts, no names."""

from collections.abc import Callable, Sequence

from relance.domain.holds import (
    AnnouncedPayment,
    Arrangement,
    Dispute,
    Hold,
    ManualHold,
    Plan,
    Promise,
    ReceivedPayment,
)
from relance.domain.reconciliation.changes import ChangeKind, DebtorChange, ItemChange

LISTED = 200
"""Item keys that one fact of an entry names; beyond, it says how many more: a row has a size."""


def item_facts(change: DebtorChange) -> dict[str, str]:
    facts: dict[str, str] = {}
    for kind in ChangeKind:
        found = [_told(item) for item in change.items if item.kind is kind]
        if found:
            facts[kind.value] = listed(found)
    told: tuple[tuple[str, Callable[[ItemChange], object]], ...] = (
        ("due_date_moved_later", lambda c: c.due_moved_later),
        ("due_date_moved_earlier", lambda c: c.due_moved_earlier),
        ("amount_changed", lambda c: c.before is not None and c.before.amount != c.after.amount),
        (
            "currency_changed",
            lambda c: c.before is not None and c.before.currency != c.after.currency,
        ),
        ("payment_returned", lambda c: c.was_returned),
        ("covered_until_maturity", lambda c: c.is_covered),
    )
    for name, holds in told:
        keys = [c.after.key for c in change.items if holds(c)]
        if keys:
            facts[name] = listed(keys)
    if change.parties is not None:
        facts["parties_changed"] = "yes"
    return facts


def _told(change: ItemChange) -> str:
    """As in "FA-1|invoice|1 100.00>40.00"; a renumbered item tells its former key."""
    key, after = change.after.key, change.after
    if change.was is not None:
        return f"{key} was {change.was}"
    if change.now is not None:
        return f"{key} now {change.now}"
    if change.kind is ChangeKind.NEW or change.before is None:
        return f"{key} {after.open_amount}"
    if change.kind is ChangeKind.CONFIRMED:
        return str(key)
    return f"{key} {change.before.open_amount}>{after.open_amount}"


def hold_facts(ended: list[Hold]) -> dict[str, str]:
    labels: tuple[tuple[str, Callable[[Hold], bool]], ...] = (
        ("promises_settled", lambda hold: isinstance(hold, Promise)),
        ("disputes_ended", lambda hold: isinstance(hold, Dispute)),
        ("plans_settled", lambda hold: isinstance(hold, Plan)),
        ("arrangements_settled", lambda hold: isinstance(hold, Arrangement)),
        ("holds_ended", lambda hold: isinstance(hold, ManualHold)),
        ("announced_payments_seen", lambda hold: isinstance(hold, AnnouncedPayment)),
        ("receipts_forgotten", lambda hold: isinstance(hold, ReceivedPayment)),
    )
    found = {label: [hold.key for hold in ended if test(hold)] for label, test in labels}
    return {label: listed(keys) for label, keys in found.items() if keys}


def listed(texts: Sequence[str]) -> str:
    more = len(texts) - LISTED
    return "; ".join(texts[:LISTED]) + (f"; and {more} more" if more > 0 else "")
