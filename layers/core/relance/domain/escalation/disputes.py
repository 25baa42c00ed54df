"""Disputes, and what we owe a customer first: owned, followed, decided (rule 5)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from relance.domain.case import Case
from relance.domain.errors import RelanceError
from relance.domain.escalation.decision import RemindOwner
from relance.domain.escalation.situation import Situation
from relance.domain.holds import Dispute, Proof, Resolution, ToWrite
from relance.domain.task import OUR_TURN, Task
from relance.domain.working_days import WorkingCalendar

DAYS_GRANTED = 8
"""To pay what was disputed for no good reason, once the proofs are sent."""
CREDIT_WITHIN_DAYS = 15
REMIND_BEFORE = 2
"""Working days before the target date."""
REMIND_EVERY = 5
"""Working days once it has passed."""


class DisputeNotOpen(RelanceError):
    """No dispute of that name is open."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided. target: when the credit note should be there, for one that is expected."""

    resolution: Resolution
    proofs: tuple[Proof, ...] = ()
    target: date | None = None


def resolve_dispute(case: Case, key: str, verdict: Verdict, today: date) -> Case:
    """Rejected: its amount is asked for again after the days granted. Otherwise it is not asked for
    any more, and the owner is reminded until the accounts show it. Raises DisputeNotOpen.
    """
    found = next((h for h in case.holds if isinstance(h, Dispute) and h.key == key), None)
    if found is None or found.resolved_on is not None:
        raise DisputeNotOpen("no-such-dispute", {"dispute": key})
    rejected = verdict.resolution is Resolution.REJECTED
    if rejected and not verdict.proofs:
        raise DisputeNotOpen("rejection-needs-proofs", {"dispute": key})
    decided = replace(
        found,
        resolution=verdict.resolution,
        proofs=verdict.proofs,
        resolved_on=today + timedelta(days=DAYS_GRANTED) if rejected else None,
        target_on=verdict.target or today + timedelta(days=CREDIT_WITHIN_DAYS),
        reminded_on=None,
        to_write=ToWrite("dispute_resolved", today),
    )
    holds = tuple(decided if hold is found else hold for hold in case.holds)
    return replace(case, holds=holds, agenda=today + timedelta(days=1))


def owner_reminders(situation: Situation) -> list[RemindOwner]:
    """The owners to be written to today: of a new matter that nobody told them about, before its
    target date and after it. They need no account for it.
    """
    if not situation.calendar.is_open(situation.today):
        return []
    return [
        RemindOwner(one.key, reason)
        for one in _followed(situation.case)
        if (reason := _reason_today(one, situation.calendar, situation.today)) is not None
    ]


def untold(case: Case) -> tuple[str, ...]:
    """The keys of the matters whose owner has an address and heard nothing yet."""
    return tuple(one.key for one in _followed(case) if one.owner_email and one.told_on is None)


def reminder_dates(case: Case, calendar: WorkingCalendar) -> list[date]:
    """When the owners will next be written to."""
    return [_next_reminder(one, calendar) for one in _followed(case)]


def with_owner_told(case: Case, key: str, today: date) -> Case:
    """The owner of this dispute, or of this task, was written to today."""

    holds = tuple(
        _told(hold, today) if isinstance(hold, Dispute) and hold.key == key else hold
        for hold in case.holds
    )
    tasks = tuple(
        _told(task, today) if task.kind in OUR_TURN and task.key == key else task
        for task in case.tasks
    )
    return replace(case, holds=holds, tasks=tasks, agenda=today + timedelta(days=1))


One = TypeVar("One", Dispute, Task)


def _told(one: One, today: date) -> One:
    first = one.told_on is None
    return replace(one, told_on=today) if first else replace(one, reminded_on=today)


Followed = Dispute | Task


def _followed(case: Case) -> Iterator[Followed]:
    """Decided ones too: a credit note that does not come is asked for. What we owe them is followed
    by its task, not by its hold: here when its owner is written to, else in `our_turn`.
    """
    for hold in case.holds:
        if isinstance(hold, Dispute) and hold.resolved_on is None and not hold.is_ours:
            yield hold
    for task in case.tasks:
        if task.owner_email is not None:
            yield task


def _reason_today(one: Followed, calendar: WorkingCalendar, today: date) -> str | None:
    if _next_reminder(one, calendar) > today:
        return None
    if one.told_on is None:
        return "owner-not-told"
    return "target-passed" if today > _target(one) else "target-near"


def _next_reminder(one: Followed, calendar: WorkingCalendar) -> date:
    """Told at once, else the next morning; once before the target, then until it is done."""
    began, target = _began(one), _target(one)
    if one.told_on is None:
        return calendar.first_open(began + timedelta(days=1))
    after = calendar.first_open(target + timedelta(days=1))
    if one.reminded_on is None:
        before = _before(target, calendar)
        return before if before > one.told_on else after
    if one.reminded_on <= target:
        return after
    return calendar.add(one.reminded_on, REMIND_EVERY)


def _before(target: date, calendar: WorkingCalendar) -> date:
    day = target - timedelta(days=1)
    while calendar.count(day, target) < REMIND_BEFORE or not calendar.is_open(day):
        day -= timedelta(days=1)
    return day


def _began(one: Followed) -> date:
    return one.recorded_on if isinstance(one, Dispute) else one.opened_on


def _target(one: Followed) -> date:
    return one.target_on if isinstance(one, Dispute) else one.due_on
