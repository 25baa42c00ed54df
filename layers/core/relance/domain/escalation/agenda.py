"""Nothing is forgotten: a case with an open item always has an agenda date (design §5 rule 11)."""

from datetime import date, timedelta

from relance.domain.escalation.announcing import announcing_dates
from relance.domain.escalation.calls import call_ends, call_task
from relance.domain.escalation.completing import asking_dates
from relance.domain.escalation.decision import Held
from relance.domain.escalation.late_answers import late_dates
from relance.domain.escalation.matching import MATCH_AFTER
from relance.domain.escalation.messages import PREVENTIVE_AHEAD
from relance.domain.escalation.netting import (
    is_payment_awaited,
    is_promise_live,
    promise_end,
)
from relance.domain.escalation.our_turn import reminded_next
from relance.domain.escalation.schedule import overtaken_from
from relance.domain.escalation.situation import Situation, calls_from
from relance.domain.holds import AnnouncedPayment, Dispute, ManualHold, Promise, ReceivedPayment
from relance.domain.open_item import ItemKind
from relance.domain.policy import Level
from relance.domain.task import OUR_TURN

REVIEW_DAYS = 15
"""Holds without an end are looked at again after so many days."""


def next_agenda(situation: Situation, held: list[Held]) -> date | None:
    """The first day after today on which something may change, on an open day; None: all paid."""
    if not situation.case.open_items:
        return None
    flag = situation.case.debtor.flag
    looks = [flag.review_on] if flag and flag.review_on > situation.today else []
    handed_over = [h.until for h in held if h.reason == "handed-over" and h.until]
    if handed_over:
        return _open(situation, min([*handed_over, *looks]))
    dates = [*looks, *(step.due_on for step in situation.next_steps.values())]
    dates += [h.until for h in held if h.until is not None]
    dates += _turning(situation)
    dates += _waiting(situation)
    dates += _next_call(situation)
    future = [day for day in dates if day > situation.today]
    if not future or _has_endless_hold(situation):
        future.append(situation.today + timedelta(days=REVIEW_DAYS))
    return _open(situation, min(future))


def _next_call(situation: Situation) -> list[date]:
    """A call that would repeat the last one is looked at again when it would not."""
    steps = situation.next_steps
    waits = len(steps) < len(situation.account) or any(
        why == "called-lately" for step in steps.values() for _, why in step.skipped
    )
    again = calls_from(situation.case, situation.policy) if waits else None
    return [again] if again else []


def _open(situation: Situation, day: date) -> date:
    return situation.calendar.first_open(max(situation.today + timedelta(days=1), day))


def _has_endless_hold(situation: Situation) -> bool:
    if not situation.case.holds:
        return any(rest.item.flag is not None for rest in situation.account.values())
    if any(rest.item.flag is not None or rest.received > 0 for rest in situation.account.values()):
        return True
    return any(
        (isinstance(hold, Dispute) and hold.resolved_on is None)
        or (isinstance(hold, ManualHold) and hold.until is None)
        for hold in situation.case.holds
    )


def _turning(situation: Situation) -> list[date]:
    """Days on which the account itself changes: a step gives way to a later one, an item is late
    and adds to what may be asked.
    """
    found = []
    waits = bool(situation.due())
    for step in situation.next_steps.values():
        gives_way = overtaken_from(step.step, step.item, situation.policy)
        found += [gives_way] if gives_way else []
        if waits and step.step.level is Level.PREVENTIVE:
            # What waits under its minimum leaves with the preventive steps that come near.
            found.append(step.due_on - PREVENTIVE_AHEAD)
    for rest in situation.account.values():
        if rest.chaseable > 0 and rest.item.due_date:
            found.append(situation.calendar.first_working(rest.item.due_date) + timedelta(days=1))
    return found


def _waiting(situation: Situation) -> list[date]:
    """Days on which a hold, a call or an unmatched payment must be looked at."""
    calendar, found = situation.calendar, []
    for hold in situation.case.holds:
        if isinstance(hold, Promise) and is_promise_live(hold, situation.case, calendar):
            found.append(_once_passed(situation, promise_end(hold, calendar) + timedelta(days=1)))
        elif isinstance(hold, AnnouncedPayment) and is_payment_awaited(hold, situation.case):
            found.append(_once_passed(situation, hold.verify_from))
        elif isinstance(hold, ReceivedPayment) and hold.posted_on is None:
            found.append(hold.look_on)
        elif isinstance(hold, ManualHold) and hold.until is not None:
            found.append(hold.until + timedelta(days=1))
    found += asking_dates(situation)
    found += announcing_dates(situation)
    found += late_dates(situation)
    call = call_task(situation.case)
    if call is not None:
        found.append(call_ends(call, calendar))
    found += [
        reminded_next(task, calendar) for task in situation.case.tasks if task.kind in OUR_TURN
    ]
    found += [
        calendar.add(item.issue_date, MATCH_AFTER + 1)
        for item in situation.case.open_items
        if item.is_credit and item.kind is ItemKind.PAYMENT and item.issue_date
    ]
    return found


def _once_passed(situation: Situation, day: date) -> date:
    """What only a later balance can end is looked at every morning until one comes."""
    return max(day, situation.today + timedelta(days=1))
