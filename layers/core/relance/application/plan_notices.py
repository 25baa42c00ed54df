"""The daily run: start it per creditor, then decide each case that is due (design §5, §7)."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from relance.application.dispatch import (
    Gate,
    dispatch,
    dispatch_creditors,
    is_window_open,
    read_again,
)
from relance.application.end_of_run import begin_run, finish_page
from relance.application.look_again import look_again
from relance.application.office import Desk, Office
from relance.application.one_by_one import one_by_one
from relance.application.other_arrangements import end_pause_due
from relance.application.owners import tell_owner
from relance.application.plan_case import CasePlanner, PlanReport
from relance.application.ports import NoticeQueue, PlanQueue, RandomSource
from relance.application.staff_mail import StaffMail
from relance.application.tell_salespeople import tell_salespeople
from relance.application.worklist import tell_waiting

PAGE_SIZE = 25
"""Cases per queue message: one page is decided within a few seconds."""
CLOSED_DAY = "closed-day"


@dataclass(frozen=True, slots=True)
class HourReport:
    """Per creditor: what `start_plans` says, and how many notices were let out."""

    started: dict[str, str]
    dispatched: dict[str, int]


def run_hour(scheduled_at: datetime, *, gate: Gate, pages: PlanQueue) -> HourReport:
    """Begin the plans of this hour, and let out what may leave from this hour on. What one of them
    cannot do keeps the other not waiting.
    """
    report = HourReport({}, {})

    def start() -> None:
        report.started.update(start_plans(scheduled_at, office=gate.office, queue=pages))

    def let_out() -> None:
        done = dispatch_creditors(scheduled_at, gate=gate)
        report.dispatched.update({code: len(one.queued) for code, one in done.items()})

    one_by_one((start, let_out), lambda do: do(), name=lambda do: do.__name__)
    return report


def start_plans(
    scheduled_at: datetime, *, office: Office, queue: PlanQueue, page_size: int = PAGE_SIZE
) -> dict[str, str]:
    """Queue the due cases of each creditor whose planning hour it is.

    Returns, per creditor, "planned N pages" or the reason why not. A creditor that cannot be
    opened (its policy is gone) keeps no other waiting; its error is raised at the end.
    """
    started: dict[str, str] = {}

    def start(code: str) -> None:
        started[code] = _start_plan(code, scheduled_at, office, queue, page_size)

    one_by_one(office.creditors.codes(), start)
    return started


def _start_plan(
    code: str, scheduled_at: datetime, office: Office, queue: PlanQueue, page_size: int
) -> str:
    creditor = office.creditors.get(code)
    local = scheduled_at.astimezone(ZoneInfo(creditor.profile.zone))
    if local.hour != creditor.profile.plan_at.hour:
        return "not-its-hour"
    end_pause_due(creditor, local.date(), office=office)
    desk = office.open(code, today=local.date())
    closed = nothing_may_leave(desk)
    if closed is not None:
        if closed != CLOSED_DAY:
            begin_run(desk, (), queue)
        return closed
    pages = list(desk.cases.due(desk.today, page_size=page_size))
    for page in pages:
        queue.put(code, desk.today, page)
    pages += look_again(desk, office=office, queue=queue, page_size=page_size)
    begin_run(desk, pages, queue)
    return f"planned {len(pages)} pages"


def nothing_may_leave(desk: Desk) -> str | None:
    """Reasons that hold every case of the creditor: reading them one by one would be waste."""
    creditor = desk.creditor
    if not desk.calendar.is_open(desk.today):
        return CLOSED_DAY
    if creditor.pause is not None:
        return "paused"
    if creditor.balance.suspicious:
        return "suspicious-import"
    return "importing" if creditor.is_importing else None


def plan_page(
    creditor: str,
    today: date,
    debtors: tuple[str, ...],
    *,
    office: Office,
    queue: NoticeQueue,
    random: RandomSource,
    staff: StaffMail,
    pages: PlanQueue,
) -> PlanReport:
    """Decide each case of a page, let out what may leave at once, then tell our people what it
    opened for them. Deciding twice changes nothing: the second finds it done, and has nothing to
    tell. What is planned before the window waits for its opening.

    A case that cannot be decided, for a bug or for a conflict, keeps no other of its page waiting:
    its error is raised once all are decided.
    """
    desk = office.open(creditor, today=today)
    planner = CasePlanner(desk, random, PlanReport(cases=len(debtors)))
    try:
        one_by_one(debtors, planner.plan)
        _dispatch_page(desk, planner, Gate(office, queue, staff))
    finally:
        # Whatever stopped the page: brought back, it will not open again what it has opened.
        told = tell_waiting(desk, planner.waiting, staff=staff)
        sales = tell_salespeople(desk, planner.announced, staff=staff)
        owners = [tell_owner(desk, one, staff=staff) for one in planner.owners]
        report = planner.report
        report.told = told[0] + sales[0] + owners.count(True)
        report.untold = told[1] + sales[1] + owners.count(False)
    finish_page(desk, debtors, planner.report.notes, pages)
    return planner.report


def _dispatch_page(desk: Desk, planner: CasePlanner, gate: Gate) -> None:
    """Where the window is open already, as at a creditor who plans and sends at the same hour."""
    now = gate.office.open(desk.creditor.code) if planner.planned else desk
    if planner.planned and is_window_open(now):
        notices = read_again(now, planner.planned)
        planner.report.dispatched = dispatch(now, notices, gate=gate).queued
