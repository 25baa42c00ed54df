"""The hourly safety net: nothing planned is forgotten, nothing doubtful is sent twice."""

from dataclasses import dataclass
from datetime import timedelta
from shlex import quote

from relance.application.dispatch import Gate, dispatch, is_window_open, waits
from relance.application.notice_outcomes import record_expired
from relance.application.office import Desk, Office
from relance.application.one_by_one import one_by_one
from relance.application.ports import STALE_AFTER, Conflict, NoticeQueue
from relance.application.staff_mail import StaffMail
from relance.domain.creditor import Mode
from relance.domain.escalation.caps import passes_caps
from relance.domain.escalation.recheck import Moment
from relance.domain.notice import Notice, NoticeStatus

EVERY = timedelta(hours=1)
"""Between two sweeps (the schedule of infra/template.yaml): each tells what became doubtful since
the one before, so that a person is told once.
"""


@dataclass(frozen=True, slots=True)
class SweepReport:
    """Notice ids, per creditor: let out or queued again, expired, and doubtful (a person must
    resolve).

    told: whether finance was, of what became doubtful; None: nothing did.
    """

    creditor: str
    queued: tuple[str, ...]
    expired: tuple[str, ...]
    doubtful: tuple[str, ...]
    told: bool | None = None


def sweep(*, office: Office, queue: NoticeQueue, staff: StaffMail) -> tuple[SweepReport, ...]:
    """What fails keeps nothing else waiting, and is raised at the end."""
    reports: list[SweepReport] = []
    one_by_one(
        office.creditors.codes(),
        lambda code: reports.append(_sweep_creditor(code, office, queue, staff)),
    )
    return tuple(reports)


def _sweep_creditor(code: str, office: Office, queue: NoticeQueue, staff: StaffMail) -> SweepReport:
    desk = office.open(code)
    gate = Gate(office, queue, staff)
    queued: list[str] = []
    waiting: list[Notice] = []
    expired: list[str] = []
    doubtful: list[Notice] = []
    moment = desk.moment()

    def look(notice: Notice) -> None:
        is_old = notice.updated_at <= desk.now - STALE_AFTER
        if notice.status is NoticeStatus.SENDING and is_old:
            doubtful.append(notice)
        elif notice.status is NoticeStatus.PLANNED and _is_over(notice, moment):
            if _expire(desk, notice):
                expired.append(notice.id)
        elif waits(desk, notice) and is_window_open(desk):
            waiting.append(notice)
        elif notice.status is NoticeStatus.PLANNED and is_old and is_window_open(desk):
            queue.put(notice.creditor, notice.id, notice.channel)
            queued.append(notice.id)

    try:
        one_by_one(desk.stores.notices.live(before=desk.now), look, name=lambda one: one.id)
        if waiting:
            queued += dispatch(desk, waiting, gate=gate).queued
    finally:
        told = _tell(desk, [notice for notice in doubtful if _is_new(desk, notice)], staff)
    ids = tuple(notice.id for notice in doubtful)
    return SweepReport(desk.creditor.code, tuple(queued), tuple(expired), ids, told)


def _is_new(desk: Desk, notice: Notice) -> bool:
    return notice.updated_at > desk.now - STALE_AFTER - EVERY


def _tell(desk: Desk, doubtful: list[Notice], staff: StaffMail) -> bool | None:
    if not doubtful:
        return None
    profile = desk.creditor.profile
    notices = [
        {
            "debtor_code": notice.debtor,
            "debtor_name": desk.case(notice.debtor).debtor.name,
            "channel": str(notice.channel),
            "level": str(notice.level),
            "since": notice.updated_at,
            "command": f"relance resolve {quote(profile.code)} {notice.id}",
        }
        for notice in doubtful
    ]
    return staff.tell(desk, "notices_to_resolve", profile.finance_email, {"notices": notices})


def _is_over(notice: Notice, moment: Moment) -> bool:
    past = notice.planned_for < moment.today
    return past or (notice.planned_for == moment.today and moment.local_time > moment.closes)


def _why_over(desk: Desk, notice: Notice) -> str:
    """A batch that nobody released is no message that came too late."""
    is_confirmed = desk.creditor.mode is Mode.CONFIRM
    waited = is_confirmed and notice.dispatched_on is None and not passes_caps(notice)
    return "batch-not-released" if waited else "expired"


def _expire(desk: Desk, notice: Notice) -> bool:
    """False when somebody else moved it first: the next sweep looks again."""
    try:
        record_expired(desk, notice, _why_over(desk, notice))
    except Conflict:
        return False
    return True
