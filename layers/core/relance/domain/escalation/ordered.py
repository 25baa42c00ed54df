"""A formal notice that a person ordered sooner (design §5 rule 2): what the order changes. Pure."""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import Case, FormalNoticeOrder, Progress
from relance.domain.escalation.netting import Rest
from relance.domain.escalation.planned import planned_date
from relance.domain.escalation.position import steps_left
from relance.domain.escalation.schedule import NextStep
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level, Policy
from relance.domain.threshold import threshold_in
from relance.domain.working_days import WorkingCalendar

ORDERED = "ordered-by-person"


def order_of(case: Case, key: ItemKey) -> FormalNoticeOrder | None:
    order = case.ordered
    return order if order is not None and key in order.items else None


def without_order(case: Case) -> Case:
    """The notice left, was refused, or the order is withdrawn."""
    return case if case.ordered is None else replace(case, ordered=None)


def ordered_step(
    rest: Rest,
    progress: Progress,
    order: FormalNoticeOrder,
    policy: Policy,
    calendar: WorkingCalendar,
    today: date,
    *,
    held_until: date | None,
) -> NextStep | None:
    """The formal notice as the next step of an item, the levels before it skipped. A deadline
    granted in writing and a hold are waited for all the same. None: nothing may be ordered of it,
    and it goes on as if nobody had: not late, under the minimum, or past its formal notice.
    """
    formal, due = policy.formal_notice, rest.item.due_date
    left = steps_left(progress, rest.item, policy, calendar)
    if formal is None or formal not in left or due is None:
        return None
    is_small = rest.chaseable < threshold_in(formal.min_item, rest.item.currency)
    if is_small or calendar.first_working(due) >= today:
        return None
    waits = [day + timedelta(days=1) for day in (progress.deadline, held_until) if day is not None]
    due_on = calendar.first_open(max([order.on, *waits]))
    planned = planned_date(formal, rest.item, progress.deadline, calendar) or due_on
    before = left[: left.index(formal)]
    skipped = tuple((s.key, ORDERED) for s in before if s.level is not Level.PREVENTIVE)
    return NextStep(rest.item, formal, min(planned, due_on), due_on, skipped)
