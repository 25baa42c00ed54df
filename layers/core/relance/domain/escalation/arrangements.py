"""What a customer and a collector agree on: promises, disputes, announced payments (rule 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.errors import RelanceError
from relance.domain.escalation.netting import is_promise_live, net_account
from relance.domain.escalation.promise_limits import beyond_limits, times_promised
from relance.domain.escalation.recipients import contact_named
from relance.domain.holds import (
    AnnouncedPayment,
    Dispute,
    Hold,
    Promise,
    ToWrite,
    UnreadReply,
)
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.receipts import number_mark
from relance.domain.working_days import WorkingCalendar

VERIFY_PAYMENT_AFTER = 5
"""Working days until the balance should show a payment that the customer says was made."""
DISPUTE_TARGET_DAYS = 15


class ArrangementRefused(RelanceError):
    """The arrangement names nothing that is owed, or a date that has passed."""


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """amount None: all that is overdue; numbers: the documents it names, none: oldest first; by,
    channel: who promised and how; exception: why a person accepts it beyond the limits.
    """

    promised_for: date
    amount: Decimal | None = None
    means: str | None = None
    numbers: tuple[str, ...] = ()
    by: str | None = None
    channel: str | None = None
    exception: str | None = None


@dataclass(frozen=True, slots=True)
class DisputeTerms:
    """amount None: all of each item named; owner, owner_email: who of us solves it; person: whom to
    speak to at the customer's; target: when it should be solved, None: in DISPUTE_TARGET_DAYS.
    """

    numbers: tuple[str, ...]
    category: str
    owner: str
    amount: Decimal | None = None
    owner_email: str | None = None
    person: str | None = None
    target: date | None = None


def add_promise(
    case: Case, terms: PromiseTerms, key: str, calendar: WorkingCalendar, today: date
) -> Case:
    """Hold what the promise covers until it is kept or broken. Another date promised for the
    same thing replaces the one before; an amount promised adds up while something is left. Raises
    ArrangementRefused, also beyond the limits without a person's reason.
    """
    before = case
    if terms.promised_for < today:
        raise ArrangementRefused("promise-in-the-past", {"date": terms.promised_for.isoformat()})
    covered = _cover(case, terms, calendar, today) if terms.amount is not None else {}
    if not covered:
        case = without_promises(case, _named(case, terms, today), calendar)
        covered = _cover(case, terms, calendar, today)
    if not covered:
        raise ArrangementRefused("promise-covers-nothing")
    beyond = beyond_limits(before, covered, terms.promised_for)
    if beyond is not None and not terms.exception:
        raise ArrangementRefused(beyond, {"date": terms.promised_for.isoformat()})
    promise = Promise(
        key=key,
        promised_for=terms.promised_for,
        amount=terms.amount,
        covered=covered,
        means=terms.means,
        recorded_on=today,
        owed={item: case.items[item].open_amount for item in covered},
        by=terms.by,
        channel=terms.channel,
        times={item: times_promised(before, item) + 1 for item in covered},
        to_write=ToWrite("promise_recap", today, contact_named(case, terms.by)),
    )
    return _with_hold(case, promise, today)


def add_dispute(case: Case, terms: DisputeTerms, key: str, today: date) -> Case:
    amounts: dict[ItemKey, Decimal] = {}
    left = terms.amount
    for item_key in find_items(case, terms.numbers):
        owed = case.items[item_key].open_amount
        part = owed if left is None else min(owed, left)
        amounts[item_key] = part
        left = None if left is None else left - part
    amounts = {item: amount for item, amount in amounts.items() if amount > 0}
    if not amounts:
        raise ArrangementRefused("dispute-names-nothing")
    if terms.target is not None and terms.target < today:
        raise ArrangementRefused("date-in-the-past", {"date": terms.target.isoformat()})
    dispute = Dispute(
        key=key,
        amounts=amounts,
        category=terms.category,
        owner=terms.owner,
        recorded_on=today,
        target_on=terms.target or today + timedelta(days=DISPUTE_TARGET_DAYS),
        owner_email=terms.owner_email,
        person=terms.person,
        to_write=ToWrite("dispute_noted", today, contact_named(case, terms.person)),
    )
    return _with_hold(case, dispute, today)


def add_announced_payment(
    case: Case, numbers: tuple[str, ...], key: str, calendar: WorkingCalendar, today: date
) -> Case:
    """Paid, says the customer: nothing is asked until a balance later than that still shows it."""
    items = find_items(case, numbers) if numbers else tuple(net_account(case, calendar))
    if not items:
        raise ArrangementRefused("payment-names-nothing")
    verify_from = calendar.add(today, VERIFY_PAYMENT_AFTER)
    return _with_hold(case, AnnouncedPayment(key, items, today, verify_from), today)


def mark_reply_seen(case: Case, reply_id: str, today: date) -> Case:
    holds = tuple(h for h in case.holds if not (isinstance(h, UnreadReply) and h.key == reply_id))
    return replace(case, holds=holds, agenda=today + timedelta(days=1))


def find_items(case: Case, numbers: Iterable[str]) -> tuple[ItemKey, ...]:
    """The open claims with these document numbers, however a person types them. Raises
    ArrangementRefused for an unknown one.
    """
    found: list[ItemKey] = []
    for number in numbers:
        keys = [item.key for item in _claims_of(case, number)]
        if not keys:
            raise ArrangementRefused("no-such-open-item", {"number": number})
        found += keys
    return tuple(dict.fromkeys(found))


def documents_by_debtor(
    cases: Sequence[Case], numbers: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Which of the cases of one reply has each document: the first that owes it. One that none of
    them has goes to the first case, which refuses it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for number in numbers:
        owing = (case for case in cases if _claims_of(case, number))
        debtor = next(owing, cases[0]).debtor.code
        found[debtor] = (*found.get(debtor, ()), number)
    return found


def _claims_of(case: Case, number: str) -> list[OpenItem]:
    wanted = number_mark(number)
    return [i for i in case.open_items if i.is_claim and number_mark(i.number) == wanted]


def _cover(
    case: Case, terms: PromiseTerms, calendar: WorkingCalendar, today: date
) -> dict[ItemKey, Decimal]:
    account = net_account(case, calendar)
    covered: dict[ItemKey, Decimal] = {}
    left = terms.amount
    for key in _named(case, terms, today):
        free = account[key].chaseable + account[key].to_release
        part = free if left is None else min(free, left)
        if part > 0:
            covered[key] = part
        left = None if left is None else left - part
    return covered


def without_promises(case: Case, keys: tuple[ItemKey, ...], calendar: WorkingCalendar) -> Case:
    """Free these items of the promises that still hold them; broken ones are history."""
    holds: list[Hold] = []
    for hold in case.holds:
        if isinstance(hold, Promise) and is_promise_live(hold, case, calendar):
            left = {key: amount for key, amount in hold.covered.items() if key not in keys}
            holds += [replace(hold, covered=left)] if left else []
        else:
            holds.append(hold)
    return replace(case, holds=tuple(holds))


def _named(case: Case, terms: PromiseTerms, today: date) -> tuple[ItemKey, ...]:
    return find_items(case, terms.numbers) if terms.numbers else _promisable(case, terms, today)


def _promisable(case: Case, terms: PromiseTerms, today: date) -> tuple[ItemKey, ...]:
    """Without an amount all that is overdue, or all when nothing is; with one, oldest due first."""
    claims = sorted(
        (item for item in case.open_items if item.is_claim),
        key=lambda item: (item.due_date or date.max, item.key),
    )
    overdue = tuple(i.key for i in claims if i.due_date is not None and i.due_date < today)
    if terms.amount is None and overdue:
        return overdue
    return tuple(item.key for item in claims)


def _with_hold(case: Case, hold: Hold, today: date) -> Case:
    return replace(case, holds=(*case.holds, hold), agenda=today + timedelta(days=1))
