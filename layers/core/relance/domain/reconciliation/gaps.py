"""What customers' payments do not explain: a whole account, a range of codes, another ledger."""

from collections.abc import Iterable, Sequence

from relance.domain.balance_reading import BalanceReading
from relance.domain.reconciliation.identity import debtor_key, normalised_name, number_part
from relance.domain.reconciliation.reconcile import Reconciliation
from relance.domain.reconciliation.rules import BalanceRules
from relance.domain.reconciliation.snapshot import BalanceSnapshot

ACCOUNT_DEBTORS = 3
"""An account of fewer debtors may well be empty one day; those of one customer are no account."""
RANGE_DEBTORS = 5
UNLIKELY = 0.001
"""A run of customers who all paid, that chance brings less often than this, is a gap."""
KNOWN_ENOUGH = 5
IN_COMMON = 0.1
"""Two balances with at least so many customers each, and a smaller share of them in common, are
not of one creditor."""


def account_missing(reading: BalanceReading, found: Reconciliation) -> bool:
    """A general account that held several debtors, and that no row shows any more."""
    shown = {item.account for item in reading.items if item.account}
    if not shown:
        return False
    gone: dict[str, set[str]] = {}
    for code, change in found.item_changes():
        before = change.before
        is_gone = change.after.settlement is not None and change.now is None
        if is_gone and before is not None and before.is_claim and before.account:
            gone.setdefault(before.account, set()).add(code)
    return any(len(codes) >= ACCOUNT_DEBTORS for a, codes in gone.items() if a not in shown)


def range_missing(snapshot: BalanceSnapshot, found: Reconciliation) -> bool:
    """Neighbours, by code or by name, who all vanished while the others did not."""
    owing = {c for c, d in snapshot.debtors.items() if any(i.is_claim for i in d.items.values())}
    gone = {code for code in owing if _has_vanished(code, found)}
    by_code = sorted(owing)
    by_name = sorted(owing, key=lambda code: (normalised_name(snapshot.debtors[code].name), code))
    return any(_has_gap([code in gone for code in order]) for order in (by_code, by_name))


def _has_vanished(code: str, found: Reconciliation) -> bool:
    """Every claim it had is settled by this file."""
    change = found.changes.get(code)
    if change is None or change.merged_into is not None:
        return False
    left = found.after.items_of(code).values()
    settled = any(c.before and c.before.is_claim and c.after.settlement for c in change.items)
    return settled and not any(item.is_claim for item in left)


def _has_gap(gone: Sequence[bool]) -> bool:
    """Whether the longest run of the vanished is longer than chance explains."""
    run = _longest_run(gone)
    if run < RANGE_DEBTORS:
        return False
    others = len(gone) - run
    share = (sum(gone) - run + 1) / (others + 2)
    return len(gone) * share**run < UNLIKELY


def _longest_run(marks: Iterable[bool]) -> int:
    longest = run = 0
    for mark in marks:
        run = run + 1 if mark else 0
        longest = max(longest, run)
    return longest


def has_nothing_in_common(
    snapshot: BalanceSnapshot, reading: BalanceReading, rules: BalanceRules
) -> bool:
    """Another creditor's balance: neither its customers nor its documents are known. The first
    file of a part knows nobody, and is no stranger.
    """
    if rules.parts:
        return False
    debtors = {debtor_key(item.debtor_code, item.debtor_name) for item in reading.items}
    if min(len(debtors), len(snapshot.debtors)) < KNOWN_ENOUGH:
        return False
    numbers = {number_part(item.number).casefold() for item in reading.items if item.number}
    known = {number_part(item.number).casefold() for _, item in snapshot.each() if item.number}
    names = {normalised_name(item.debtor_name) for item in reading.items if item.debtor_name}
    known_names = {normalised_name(debtor.name) for debtor in snapshot.debtors.values()}
    pairs: tuple[tuple[set[str | None], set[str | None]], ...] = (
        (debtors, set(snapshot.debtors)),
        ({*names}, {*known_names}),
        ({*numbers}, {*known}),
    )
    return all(_are_strangers(now, before) for now, before in pairs)


def _are_strangers(now: set[str | None], before: set[str | None]) -> bool:
    if not now or not before:
        return True
    return len(now & before) < IN_COMMON * min(len(now), len(before))
