"""The calls of a day, by stake, at most so many per collector: what is over waits (rule 7), and
holds nothing back: its steps count as not made in time whatever the list (rule 2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.netting import Rest, broken_promises, net_account
from relance.domain.open_item import ItemKey
from relance.domain.task import Task
from relance.domain.working_days import WorkingCalendar

FULL_LATENESS = 90
"""Days late beyond which an amount weighs no more."""
LATENESS_UNIT = 30
MOST_BROKEN = 2
"""Broken promises beyond which there is no more to learn."""

Amounts = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class CallToMake:
    """asked: what may be asked for, per currency, of all that is late and of what the call is
    about; priority: see `priority_of`.
    """

    case: Case
    task: Task
    asked: Amounts
    priority: Decimal

    @property
    def is_appointment(self) -> bool:
        return self.task.again_on is not None


@dataclass(frozen=True, slots=True)
class DayOfCalls:
    """to_make: by rank; over: beyond the day's number; later: tried today, or agreed for a day to
    come.
    """

    to_make: tuple[CallToMake, ...]
    over: tuple[CallToMake, ...]
    later: tuple[CallToMake, ...]
    is_listed: bool
    """Whether the list of this day was made already."""


def day_of_calls(
    cases: Iterable[Case], most: int, calendar: WorkingCalendar, today: date
) -> DayOfCalls:
    """cases: those of one collector. What was listed today stays listed; else the first `most`."""
    found = [call_to_make(case, task, calendar, today) for case in cases for task in _open(case)]
    found.sort(key=_rank)
    later = [one for one in found if _is_later(one, today)]
    ready = [one for one in found if one not in later]
    listed = [one for one in ready if one.task.listed_on == today]
    is_listed = any(one.task.listed_on == today for one in found)
    chosen = listed if is_listed else ready[:most]
    over = [one for one in ready if one not in chosen]
    return DayOfCalls(tuple(chosen), tuple(over), tuple(later), is_listed)


def call_to_make(case: Case, task: Task, calendar: WorkingCalendar, today: date) -> CallToMake:
    rests = call_rests(case, task, calendar, today)
    asked: Amounts = {}
    for rest in rests:
        currency = rest.item.currency
        asked[currency] = asked.get(currency, Decimal(0)) + rest.chaseable
    return CallToMake(case, task, asked, priority_of(case, rests, calendar, today))


def call_rests(case: Case, task: Task, calendar: WorkingCalendar, today: date) -> tuple[Rest, ...]:
    """What a call asks for, oldest due first: its own items and all that is late, as far as they
    may be asked for.
    """
    about = {key for key, _ in task.performs}
    return tuple(
        rest
        for key, rest in net_account(case, calendar).items()
        if rest.chaseable > 0 and (key in about or days_late(rest, today) > 0)
    )


def priority_of(
    case: Case, rests: Iterable[Rest], calendar: WorkingCalendar, today: date
) -> Decimal:
    """Amount × (1 + days late ÷ 30, at most 90 days) summed over the items, × (1 + broken
    promises ÷ 2, at most 2), of the currency where that is largest.

    Example: 1,000 € 30 days late after one broken promise: 1000 × 2 × 1.5 = 3,000.
    """
    weights: Amounts = {}
    for rest in rests:
        late = min(days_late(rest, today), FULL_LATENESS)
        weight = rest.chaseable * (LATENESS_UNIT + late) / LATENESS_UNIT
        weights[rest.item.currency] = weights.get(rest.item.currency, Decimal(0)) + weight
    broken = min(len(broken_promises(case, calendar)), MOST_BROKEN)
    largest = max(weights.values(), default=Decimal(0))
    return (largest * (2 + broken) / 2).quantize(Decimal("0.01"))


def days_late(rest: Rest, today: date) -> int:
    due = rest.item.due_date
    return max(0, (today - due).days) if due is not None else 0


def items_of_call(task: Task) -> tuple[ItemKey, ...]:
    return tuple(dict.fromkeys(item for item, _ in task.performs))


def _open(case: Case) -> tuple[Task, ...]:
    task = call_task(case)
    return (task,) if task is not None else ()


def _rank(one: CallToMake) -> tuple[bool, Decimal, str]:
    """A call that was promised for a day is kept first, whatever its stake."""
    return (not one.is_appointment, -one.priority, one.case.debtor.code)


def _is_later(one: CallToMake, today: date) -> bool:
    if one.task.again_on is not None and one.task.again_on > today:
        return True
    return any(made.on == today and made.call == one.task.key for made in one.case.calls)
