"""When the next step of an item is due (design §5 rule 1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from relance.domain.case import Progress
from relance.domain.escalation.netting import Rest
from relance.domain.escalation.planned import planned_date
from relance.domain.escalation.position import steps_left
from relance.domain.open_item import OpenItem
from relance.domain.policy import Base, Channel, Level, Policy, Step
from relance.domain.threshold import threshold_in
from relance.domain.working_days import WorkingCalendar

PAYMENT_RUN_GRACE_DAYS = 2
"""Working days after a debtor's payment run before a step that waited for it."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step of one item. skipped: (step, reason code) of those passed over on the way."""

    item: OpenItem
    step: Step
    planned_for: date
    due_on: date
    skipped: tuple[tuple[str, str], ...] = ()


def next_step(
    rest: Rest,
    progress: Progress,
    policy: Policy,
    calendar: WorkingCalendar,
    today: date,
    *,
    held_until: date | None = None,
    payment_days: tuple[int, ...] = (),
    calls_from: date | None = None,
) -> NextStep | None:
    """The first step that is neither overtaken nor under its minimum, or None after the last.

    calls_from: a call before that day would repeat the last one.
    """
    skipped: list[tuple[str, str]] = []
    for step in steps_left(progress, rest.item, policy, calendar):
        planned = planned_date(step, rest.item, progress.deadline, calendar)
        reason = _skip_reason(step, rest, policy, planned, today, progress.start)
        if reason is None and planned is not None:
            due = _due_on(step, planned, progress, policy, calendar, held_until)
            due = _after_payment_run(due, step, payment_days, calendar)
            if not _repeats_a_call(step, max(due, today), calls_from):
                return NextStep(rest.item, step, planned, due, tuple(skipped))
            reason = "called-lately"
        skipped.append((step.key, reason or "no-date"))
    return None


def _repeats_a_call(step: Step, on: date, calls_from: date | None) -> bool:
    return step.channel is Channel.CALL and calls_from is not None and on < calls_from


def _skip_reason(
    step: Step,
    rest: Rest,
    policy: Policy,
    planned: date | None,
    today: date,
    start: Level | None,
) -> str | None:
    if planned is None:
        return "no-date"
    gives_way = overtaken_from(step, rest.item, policy)
    if gives_way is not None and max(today, planned) >= gives_way:
        return "overtaken"
    if start is not None and step.level.rank < start.rank:
        return "released-above"
    if rest.chaseable < threshold_in(step.min_item, rest.item.currency):
        return "under-minimum"
    return None


def overtaken_from(step: Step, item: OpenItem, policy: Policy) -> date | None:
    """The delivery check gives way to the preventive reminder, which gives way to the due date."""
    if step.level is not Level.PREVENTIVE or item.due_date is None:
        return None
    if step.base is Base.ISSUE_DATE:
        for following in policy.steps[policy.index(step.key) + 1 :]:
            if following.level is Level.PREVENTIVE and following.base is Base.DUE_DATE:
                return item.due_date + timedelta(days=following.after_days)
    return item.due_date


def _due_on(
    step: Step,
    planned: date,
    progress: Progress,
    policy: Policy,
    calendar: WorkingCalendar,
    held_until: date | None,
) -> date:
    bounds = [planned]
    last = progress.last
    if last is not None:
        bounds.append(last.done_on + timedelta(days=_gap(step, progress, policy)))
    if progress.deadline is not None and step.base is not Base.DEADLINE:
        bounds.append(progress.deadline + timedelta(days=1))
    if held_until is not None:
        bounds.append(held_until + timedelta(days=1))
    return calendar.first_open(max(bounds))


def _after_payment_run(
    due: date, step: Step, payment_days: tuple[int, ...], calendar: WorkingCalendar
) -> date:
    """A debtor that pays on fixed days is given its next run, and two working days, before each
    reminder (rule 6). A call asks for the next run, and moved would block the message after it; the
    formal notice keeps its date.
    """
    is_reminder = step.channel.is_message and step.is_after_due and not step.is_formal_notice
    if not payment_days or not is_reminder:
        return due
    day = due
    while not _is_run(day, payment_days):
        day += timedelta(days=1)
    return calendar.first_open(calendar.add(day, PAYMENT_RUN_GRACE_DAYS))


def _is_run(day: date, payment_days: tuple[int, ...]) -> bool:
    """The 31st stands for the last day of any month."""
    is_last = (day + timedelta(days=1)).month != day.month
    return day.day in payment_days or (is_last and max(payment_days) > day.day)


def _gap(step: Step, progress: Progress, policy: Policy) -> int:
    last = progress.last
    earlier = policy.find(last.step) if last is not None else None
    if earlier is None:
        return policy.late_gap_days if step.is_after_due else 0
    if not (earlier.is_after_due and step.is_after_due):
        return 0
    planned = step.after_days - earlier.after_days
    gap = min(max(planned, policy.min_gap_days), policy.max_gap_days)
    late = last is not None and last.done_on > last.planned_for
    return min(gap, policy.late_gap_days) if late else gap
