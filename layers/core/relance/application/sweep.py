"""The hourly safety net: nothing planned is forgotten, nothing doubtful is sent twice."""

from dataclasses import dataclass

from relance.application.notice_outcomes import record_expired
from relance.application.office import Desk, Office
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
    return tuple(_sweep_creditor(office.open(code), queue) for code in office.creditors.codes())


def _sweep_creditor(desk: Desk, queue: NoticeQueue) -> SweepReport:
    queued, expired, doubtful = [], [], []
    moment = desk.moment()
    for notice in desk.stores.notices.live(before=desk.now):
        is_old = notice.updated_at <= desk.now - STALE_AFTER
        if notice.status is NoticeStatus.SENDING and is_old:
            doubtful.append(notice.id)
        elif notice.status is NoticeStatus.PLANNED and _is_over(notice, moment):
            if _expire(desk, notice):
                expired.append(notice.id)
        elif notice.status is NoticeStatus.PLANNED and is_old and _may_leave(moment):
            queue.put(notice.creditor, notice.id, notice.channel)
            queued.append(notice.id)
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
