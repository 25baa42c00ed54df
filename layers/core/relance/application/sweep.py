"""The hourly safety net: nothing planned is forgotten, nothing doubtful is sent twice."""

from dataclasses import dataclass

from relance.application.notice_outcomes import record_expired
from relance.application.office import Desk, Office
from relance.application.one_by_one import one_by_one
from relance.application.ports import STALE_AFTER, Conflict, NoticeQueue
from relance.domain.escalation.recheck import Moment
from relance.domain.notice import Notice, NoticeStatus


@dataclass(frozen=True, slots=True)
class SweepReport:
    """Notice ids, per creditor: queued again, expired, and doubtful (a person must resolve)."""

    creditor: str
    queued: tuple[str, ...]
    expired: tuple[str, ...]
    doubtful: tuple[str, ...]


def sweep(*, office: Office, queue: NoticeQueue) -> tuple[SweepReport, ...]:
    """What fails keeps nothing else waiting, and is raised at the end."""
    reports: list[SweepReport] = []
    one_by_one(
        office.creditors.codes(), lambda code: reports.append(_sweep_creditor(office, code, queue))
    )
    return tuple(reports)


def _sweep_creditor(office: Office, code: str, queue: NoticeQueue) -> SweepReport:
    desk = office.open(code)
    queued: list[str] = []
    expired: list[str] = []
    doubtful: list[str] = []
    moment = desk.moment()

    def look(notice: Notice) -> None:
        is_old = notice.updated_at <= desk.now - STALE_AFTER
        if notice.status is NoticeStatus.SENDING and is_old:
            doubtful.append(notice.id)
        elif notice.status is NoticeStatus.PLANNED and _is_over(notice, moment):
            if _expire(desk, notice):
                expired.append(notice.id)
        elif notice.status is NoticeStatus.PLANNED and is_old and _may_leave(moment):
            queue.put(notice.creditor, notice.id, notice.channel)
            queued.append(notice.id)

    one_by_one(desk.stores.notices.live(before=desk.now), look, name=lambda notice: notice.id)
    return SweepReport(desk.creditor.code, tuple(queued), tuple(expired), tuple(doubtful))


def _is_over(notice: Notice, moment: Moment) -> bool:
    past = notice.planned_for < moment.today
    return past or (notice.planned_for == moment.today and moment.local_time > moment.closes)


def _may_leave(moment: Moment) -> bool:
    return moment.opens <= moment.local_time <= moment.closes


def _expire(desk: Desk, notice: Notice) -> bool:
    """False when somebody else moved it first: the next sweep looks again."""
    try:
        record_expired(desk, notice)
    except Conflict:
        return False
    return True
