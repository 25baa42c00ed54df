"""The last look before a notice leaves (design §7)."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from relance.domain.case import Case
from relance.domain.escalation.formal_notice import changed_since
from relance.domain.escalation.situation import Situation, situation_of
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.policy import Level, Policy
from relance.domain.working_days import WorkingCalendar

_COMES_BACK = {
    "paused",
    "importing",
    "stale-balance",
    "suspicious-import",
    "payment-details-missing",
}
"""What may be over before the day is: the notice stays planned, and expires with its day."""


class Verdict(StrEnum):
    READY = "ready"
    WAIT = "wait"
    WITHHOLD = "withhold"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Recheck:
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, where the creditor is, and its sending window."""

    today: date
    local_time: time
    opens: time
    closes: time


def recheck(
    notice: Notice, case: Case, policy: Policy, calendar: WorkingCalendar, moment: Moment
) -> Recheck:
    """Whether a planned notice may still leave, on the case as it is now."""
    live = case.live
    if live is None or live.id != notice.id or notice.status is not NoticeStatus.PLANNED:
        return Recheck(Verdict.WITHHOLD, "superseded")
    timing = _timing(notice, moment)
    if timing is not None:
        return timing
    situation = situation_of(case, policy, calendar, moment.today)
    step = policy.step(notice.step)
    closed = situation.gate.closed() or situation.gate.step_held(step)
    if closed is not None:
        waits = closed.reason in _COMES_BACK
        return Recheck(Verdict.WAIT if waits else Verdict.WITHHOLD, closed.reason)
    changed = changed_since(situation, live) or _not_due_any_more(notice, situation)
    if changed is not None:
        return Recheck(Verdict.WITHHOLD, changed)
    return Recheck(Verdict.READY, "step-due")


def _not_due_any_more(notice: Notice, situation: Situation) -> str | None:
    """A due date moved later by the last import: the item is not late, whatever its rest."""
    if notice.level is Level.PREVENTIVE:
        return None
    return None if set(notice.asked) <= set(situation.overdue_keys()) else "not-due-yet"


def _timing(notice: Notice, moment: Moment) -> Recheck | None:
    if moment.today > notice.planned_for or moment.local_time > moment.closes:
        return Recheck(Verdict.EXPIRE, "expired")
    if moment.today < notice.planned_for or moment.local_time < moment.opens:
        return Recheck(Verdict.WAIT, "outside-window")
    return None
