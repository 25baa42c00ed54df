"""Nothing is forgotten: a case with an open item always has an agenda date (design §5 rule 11)."""

from datetime import date, timedelta

from relance.domain.case import Case
from relance.domain.escalation.agreed import (
    arrangement_end,
    is_arrangement_live,
    is_dispute_live,
)
from relance.domain.escalation.announcing import announcing_dates
from relance.domain.escalation.calls import call_ends, call_task
from relance.domain.escalation.completing import asking_dates
from relance.domain.escalation.decision import Held
from relance.domain.escalation.disputes import reminder_dates
from relance.domain.escalation.late_answers import late_dates
from relance.domain.escalation.matching import MATCH_AFTER
from relance.domain.escalation.messages import PREVENTIVE_AHEAD
from relance.domain.escalation.netting import (
    is_payment_awaited,
    is_promise_live,
    promise_end,
)
from relance.domain.escalation.our_turn import is_followed, reminded_next
from relance.domain.escalation.plan_steps import plan_dates
from relance.domain.escalation.schedule import overtaken_from
from relance.domain.escalation.situation import Situation, calls_from
from relance.domain.escalation.taking_along import near_dates
from relance.domain.escalation.too_small import too_small_dates
from relance.domain.holds import (
    AnnouncedPayment,
    Arrangement,
    Dispute,
    Hold,
    ManualHold,
    Plan,
    PlanState,
    Promise,
    ReceivedPayment,
)
from relance.domain.open_item import ItemKind
from relance.domain.policy import Level

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
        own = [day for day in _own_dates(situation) if day > situation.today]
        return _open(situation, min([*handed_over, *looks, *own]))
    dates = [*looks, *(step.due_on for step in situation.next_steps.values())]
    dates += [h.until for h in held if h.until is not None]
    dates += _turning(situation)
    dates += near_dates(situation)
    dates += too_small_dates(situation)
    dates += _waiting(situation)
    dates += _next_call(situation)
    future = [day for day in dates if day > situation.today]
    if not future or _has_endless_hold(situation):
        future.append(situation.today + timedelta(days=REVIEW_DAYS))
    return _open(situation, min(future))


def _own_dates(situation: Situation) -> list[date]:
    """What goes on among ourselves after the hand-over: proposals lapse, owners are reminded."""
    ends = [
        hold.until if isinstance(hold, ManualHold) else hold.lapses_on
        for hold in situation.case.holds
        if isinstance(hold, ManualHold | Arrangement | Plan)
    ]
    found = [end + timedelta(days=1) for end in ends if end is not None]
    return found + reminder_dates(situation.case, situation.calendar)


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
        or (isinstance(hold, Plan) and hold.state is not PlanState.ENDED)
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
    calendar = situation.calendar
    holds = (_look_at(hold, situation) for hold in situation.case.holds)
    found = [day for day in holds if day is not None]
    found += plan_dates(situation)
    found += reminder_dates(situation.case, calendar)
    found += asking_dates(situation)
    found += announcing_dates(situation)
    found += late_dates(situation)
    call = call_task(situation.case)
    if call is not None:
        found.append(call_ends(call, calendar))
    found += [reminded_next(task, calendar) for task in situation.case.tasks if is_followed(task)]
    found += [
        calendar.add(item.issue_date, MATCH_AFTER + 1)
        for item in situation.case.open_items
        if item.is_credit and item.kind is ItemKind.PAYMENT and item.issue_date
    ]
    return found


def _look_at(hold: Hold, situation: Situation) -> date | None:
    """The day on which this hold may change something, or None."""
    calendar, case, after = situation.calendar, situation.case, timedelta(days=1)
    match hold:
        case Promise() if is_promise_live(hold, case, calendar):
            return _once_passed(situation, promise_end(hold, calendar) + after)
        case AnnouncedPayment() if is_payment_awaited(hold, case):
            return _once_passed(situation, hold.verify_from)
        case ReceivedPayment() if hold.posted_on is None and not _is_told(hold, case):
            return _once_passed(situation, hold.look_on)
        case ManualHold() if hold.until is not None:
            return hold.until + after
        case Arrangement():
            return _look_at_arrangement(hold, situation)
        case Dispute() if hold.resolved_on is not None and is_dispute_live(hold, case):
            return _once_passed(situation, hold.resolved_on + after)
        case _:
            return None


def _is_told(hold: ReceivedPayment, case: Case) -> bool:
    """A balance of its day or later is there, and the money is looked for since."""
    seen = case.facts.balance.fresh_as_of
    return seen is not None and seen >= hold.look_on


def _look_at_arrangement(hold: Arrangement, situation: Situation) -> date | None:
    """Its end, or its lapse while nobody approved it."""
    calendar, after, days = situation.calendar, timedelta(days=1), []
    if is_arrangement_live(hold, situation.case, calendar):
        days.append(_once_passed(situation, arrangement_end(hold, calendar) + after))
    if hold.approved_by is None:
        days.append(hold.lapses_on + after)
    return min(days, default=None)


def _once_passed(situation: Situation, day: date) -> date:
    """What only a later balance can end is looked at every morning until one comes."""
    return max(day, situation.today + timedelta(days=1))
