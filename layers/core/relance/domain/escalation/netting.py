"""Netting (design §5 rules 4 and 5): what of each item may be chased today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.escalation.agreed import (
    arranged_of,
    arrangement_end,
    disputed_of,
    is_arrangement_live,
    is_dispute_live,
    is_held,
    planned_of,
)
from relance.domain.holds import (
    AnnouncedPayment,
    Arrangement,
    Dispute,
    Plan,
    Promise,
    PromiseState,
    ReceivedPayment,
)
from relance.domain.open_item import ItemKey, ItemKind, OpenItem
from relance.domain.working_days import WorkingCalendar

PROMISE_GRACE_DAYS = 2
CHEQUE_GRACE_DAYS = 5
"""Working days after a promised date during which the money may still arrive (rule 5)."""

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rest:
    """One claim split: open = disputed + received + planned + arranged + promised + on hold +
    announced + covered + to_release + chaseable.

    disputed: all of what the accounts flag as disputed, blocked or in litigation; received: paid,
    and not yet posted; planned: in an instalment plan; promised_for: the date of the last promise
    that holds it; on_hold: all the rest, when a person holds the item.
    """

    item: OpenItem
    disputed: Decimal
    promised: Decimal
    announced: Decimal
    covered: Decimal
    chaseable: Decimal
    promised_for: date | None = None
    received: Decimal = _ZERO
    planned: Decimal = _ZERO
    arranged: Decimal = _ZERO
    on_hold: Decimal = _ZERO
    to_release: Decimal = _ZERO

    @property
    def agreed(self) -> Decimal:
        """Neither asked nor promised: in a plan, otherwise arranged, or held by a person."""
        return self.planned + self.arranged + self.on_hold

    def hold_reason(self) -> str | None:
        """Why nothing of it is chased, or None."""
        if self.chaseable > 0:
            return None
        if self.item.flag is not None:
            return f"flagged-{self.item.flag}"
        for code, amount in (
            ("payment-received", self.received),
            ("payment-announced", self.announced),
            ("disputed", self.disputed),
            ("in-a-plan", self.planned),
            ("arranged", self.arranged),
            ("item-on-hold", self.on_hold),
            ("promised", self.promised),
            ("to-release", self.to_release),
        ):
            if amount > 0:
                return code
        return "covered-by-credits"


Account = dict[ItemKey, Rest]


def net_account(case: Case, calendar: WorkingCalendar) -> Account:
    """Every open claim of the case with its rest; holds first, then credits, oldest due first."""
    open_items = case.open_items
    rests = [_held_rest(item, case, calendar) for item in open_items if item.is_claim]
    rests.sort(key=lambda rest: _age(rest.item))
    account = {rest.item.key: rest for rest in rests}
    for credit in sorted((item for item in open_items if item.is_credit), key=_age):
        _spend(account, credit)
    return {
        key: _unreleased(rest) if key in case.to_release else rest for key, rest in account.items()
    }


def _unreleased(rest: Rest) -> Rest:
    """Old when first seen: nothing is asked before a person says so (rule 7)."""
    return replace(rest, to_release=rest.chaseable, chaseable=_ZERO)


def promise_end(promise: Promise, calendar: WorkingCalendar) -> date:
    grace = CHEQUE_GRACE_DAYS if promise.means == "cheque" else PROMISE_GRACE_DAYS
    return calendar.add(promise.promised_for, grace)


def is_promise_live(promise: Promise, case: Case, calendar: WorkingCalendar) -> bool:
    """A promise ends when a balance dated after its grace still shows the item, never before."""
    seen = case.facts.balance.fresh_as_of
    return seen is None or seen <= promise_end(promise, calendar)


def hold_end(case: Case, key: ItemKey, calendar: WorkingCalendar) -> date | None:
    """The last day of the ended holds of an item: its next step comes after it (rule 1)."""
    ends = [
        promise_end(hold, calendar)
        for hold in case.holds
        if isinstance(hold, Promise)
        and key in hold.covered
        and not is_promise_live(hold, case, calendar)
    ]
    ends += [
        hold.resolved_on
        for hold in case.holds
        if isinstance(hold, Dispute)
        and hold.resolved_on
        and key in hold.amounts
        and not is_dispute_live(hold, case)
    ]
    ends += [
        arrangement_end(hold, calendar)
        for hold in case.holds
        if isinstance(hold, Arrangement)
        and key in hold.amounts
        and not is_arrangement_live(hold, case, calendar)
    ]
    ends += [
        hold.ended_on
        for hold in case.holds
        if isinstance(hold, Plan) and hold.ended_on and key in hold.amounts
    ]
    return max(ends, default=None)


def broken_promises(case: Case, calendar: WorkingCalendar) -> tuple[Promise, ...]:
    """The promises that a later balance contradicts on an item still open."""
    return tuple(
        hold
        for hold in case.holds
        if isinstance(hold, Promise)
        and not is_promise_live(hold, case, calendar)
        and any(_is_unkept(hold, key, case) for key in hold.covered)
    )


def promise_state(promise: Promise, case: Case, calendar: WorkingCalendar) -> PromiseState:
    """As the balances show it: what was paid of what it covered."""
    left = {key: _left_of_promise(promise, key, case) for key in promise.covered}
    if not any(left.values()):
        return PromiseState.KEPT
    if is_promise_live(promise, case, calendar):
        return PromiseState.HELD
    paid = any(left[key] < promise.covered[key] for key in left)
    return PromiseState.PARTLY_KEPT if paid else PromiseState.BROKEN


def _left_of_promise(promise: Promise, key: ItemKey, case: Case) -> Decimal:
    item = case.items.get(key)
    if item is None or not item.is_claim:
        return _ZERO
    return _still_promised(item, case)[promise.key]


def _is_unkept(promise: Promise, key: ItemKey, case: Case) -> bool:
    return _left_of_promise(promise, key, case) > 0


def _still_promised(item: OpenItem, case: Case) -> dict[str, Decimal]:
    """What each promise on an item still announces: what was paid since they were made keeps the
    earliest first.
    """
    promises = [h for h in case.holds if isinstance(h, Promise) and item.key in h.covered]
    owed = max((p.owed.get(item.key, _ZERO) for p in promises), default=_ZERO)
    paid = max(_ZERO, owed - item.open_amount)
    left: dict[str, Decimal] = {}
    for promise in sorted(promises, key=lambda p: (p.promised_for, p.key)):
        kept = min(paid, promise.covered[item.key])
        left[promise.key] = promise.covered[item.key] - kept
        paid -= kept
    return left


def _held_rest(item: OpenItem, case: Case, calendar: WorkingCalendar) -> Rest:
    left = item.open_amount
    if not case.holds and item.flag is None:
        return Rest(item, _ZERO, _ZERO, _ZERO, _ZERO, left)
    disputed = left if item.flag is not None else min(left, disputed_of(item, case))
    left -= disputed
    received = min(left, received_of(item, case))
    left -= received
    planned = min(left, max(_ZERO, planned_of(item, case) - received))
    left -= planned
    arranged = min(left, arranged_of(item, case, calendar))
    left -= arranged
    live = [
        hold
        for hold in case.holds
        if isinstance(hold, Promise)
        and item.key in hold.covered
        and is_promise_live(hold, case, calendar)
    ]
    still = _still_promised(item, case)
    promised = min(left, sum((still[hold.key] for hold in live), _ZERO))
    left -= promised
    on_hold = left if is_held(item.key, case) else _ZERO
    left -= on_hold
    announced = left if _is_announced(item.key, case) else _ZERO
    return Rest(
        item=item,
        disputed=disputed,
        promised=promised,
        announced=announced,
        covered=_ZERO,
        chaseable=left - announced,
        promised_for=max((hold.promised_for for hold in live), default=None),
        received=received,
        planned=planned,
        arranged=arranged,
        on_hold=on_hold,
    )


def received_of(item: OpenItem, case: Case) -> Decimal:
    """What was received of an item and no balance shows yet: what the accounts took off since the
    receipts were recorded is the posting of the oldest ones.
    """
    waiting = [h for h in case.holds if isinstance(h, ReceivedPayment) and h.posted_on is None]
    mine = [hold for hold in waiting if item.key in hold.amounts]
    owed = max((hold.owed.get(item.key, _ZERO) for hold in mine), default=_ZERO)
    posted = max(_ZERO, owed - item.open_amount)
    return max(_ZERO, sum((hold.amounts[item.key] for hold in mine), _ZERO) - posted)


def is_payment_awaited(announced: AnnouncedPayment, case: Case) -> bool:
    """Until a balance that should show it."""
    seen = case.facts.balance.fresh_as_of
    return seen is None or seen < announced.verify_from


def _is_announced(key: ItemKey, case: Case) -> bool:
    return any(
        key in hold.items and is_payment_awaited(hold, case)
        for hold in case.holds
        if isinstance(hold, AnnouncedPayment)
    )


def _spend(account: Account, credit: OpenItem) -> None:
    """Cover claims with one credit: a credit note its own invoice first."""
    left = -credit.open_amount
    for key in _covered_order(account, credit):
        rest = account[key]
        part = min(left, rest.chaseable)
        account[key] = replace(rest, covered=rest.covered + part, chaseable=rest.chaseable - part)
        left -= part
        if left == 0:
            return


def _covered_order(account: Account, credit: OpenItem) -> Iterable[ItemKey]:
    same = [key for key, rest in account.items() if rest.item.currency == credit.currency]
    is_note = credit.kind is ItemKind.CREDIT_NOTE and credit.credits_number is not None
    own = [k for k in same if is_note and account[k].item.number == credit.credits_number]
    return own + [key for key in same if key not in own]


def _age(item: OpenItem) -> tuple[date, str]:
    oldest = item.due_date or item.issue_date or date.max - timedelta(days=1)
    return oldest, item.key
