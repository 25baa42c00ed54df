"""Dates near and promises broken, of the cases that have a date for people in those weeks."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from relance.application.morning.entries import (
    READ_AT_MOST,
    CaseBook,
    Entry,
    Section,
    by_stake,
    command,
)
from relance.application.stakes import stake_of, sum_of
from relance.domain.case import Case
from relance.domain.escalation.netting import broken_promises, promise_end
from relance.domain.escalation.watching import Deadline, deadlines_of
from relance.domain.holds import Promise
from relance.domain.open_item import ItemKey

AHEAD = timedelta(days=7)
BEHIND = timedelta(days=30)
"""Whatever is late for longer is reminded to who owns it, and in `relance todo`."""


def dated_cases(book: CaseBook) -> tuple[Case, ...]:
    today = book.desk.today
    codes = book.desk.cases.dated(today - BEHIND, today + AHEAD)
    found = (book.case(code) for code in codes)
    return tuple(case for case in found if case is not None)


def dates_near(book: CaseBook, cases: Iterable[Case]) -> Section:
    """The soonest first: what is near says more than what is large."""
    today = book.desk.today
    entries = [
        _deadline(book, case, one)
        for case in cases
        for one in deadlines_of(case)
        if today - BEHIND <= one.on <= today + AHEAD
    ]
    entries.sort(key=lambda one: (str(one["on"]), str(one["debtor_code"])))
    return Section(tuple(entries[:READ_AT_MOST]), max(0, len(entries) - READ_AT_MOST))


def _deadline(book: CaseBook, case: Case, one: Deadline) -> Entry:
    items = one.items or tuple(item.key for item in case.open_items)
    return book.entry(case.debtor.code) | {
        "asked": _open(case, items),
        "kind": one.kind,
        "on": one.on,
        "days": (one.on - book.desk.today).days,
        "insured": _parties(case, items),
        "command": command("case", case.creditor, case.debtor.code),
    }


def broken_since(book: CaseBook, cases: Iterable[Case], as_of: date | None) -> Section:
    """Held on the balance of that day, and contradicted by the last one; None: by any."""
    entries = []
    for case in cases:
        for promise in broken_promises(case, book.desk.calendar):
            ended = promise_end(promise, book.desk.calendar)
            if as_of is None or ended >= as_of:
                entries.append(_broken(book, case, promise, ended))
    return by_stake(entries)


def _broken(book: CaseBook, case: Case, promise: Promise, ended: date) -> Entry:
    return book.entry(case.debtor.code) | {
        "asked": stake_of(book.desk, ((case, tuple(promise.covered)),)),
        "on": promise.promised_for,
        "ended": ended,
        "command": command("case", case.creditor, case.debtor.code),
    }


def _open(case: Case, items: Iterable[ItemKey]) -> dict[str, Decimal]:
    """What is open of them: what is disputed or in a plan is asked of nobody, and matters here."""
    claims = (case.items[key] for key in items if key in case.items)
    return sum_of({one.currency: one.open_amount} for one in claims if one.open_amount > 0)


def _parties(case: Case, items: Iterable[ItemKey]) -> list[str]:
    """The insurer and the factor of what it is about, as the accounts name them."""
    named = [
        name
        for key in items
        if key in case.items
        for name in (case.items[key].insurer, case.items[key].factor)
        if name
    ]
    return sorted(set(named))
