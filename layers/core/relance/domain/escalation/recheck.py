"""The last look before a notice leaves (design §7)."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from relance.domain.case import Case
from relance.domain.creditor import Mode
from relance.domain.escalation.formal_notice import changed_since, no_longer_due, out_of_step
from relance.domain.escalation.situation import Situation, situation_of
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.policy import Level, Policy, Step
from relance.domain.working_days import WorkingCalendar

_COMES_BACK = {
    "observe-mode",
    "paused",
    "importing",
    "stale-balance",
    "suspicious-import",
    "payment-details-missing",
    "contact-budget",
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
    step = policy.find(notice.step)
    if step is None:
        return Recheck(Verdict.WITHHOLD, "step-unknown")
    reason = (
        _held(situation, step)
        or _too_many(notice, situation)
        or changed_since(situation, live)
        or _not_due_any_more(notice, situation)
    )
    if reason is not None:
        waits = reason in _COMES_BACK
        return Recheck(Verdict.WAIT if waits else Verdict.WITHHOLD, reason)
    return Recheck(Verdict.READY, "step-due")


def _held(situation: Situation, step: Step) -> str | None:
    """Deciding is the same in every mode; leaving is not. A formal notice approved since this
    reminder was planned makes it wait (rule 8).
    """
    if situation.case.facts.mode is Mode.OBSERVE:
        return "observe-mode"
    closed = situation.gate.closed() or situation.gate.step_held(step)
    if closed is not None:
        return closed.reason
    waits = situation.formal_notice_running and not step.is_formal_notice
    return "formal-notice-running" if waits else None


def _too_many(notice: Notice, situation: Situation) -> str | None:
    """The calls logged since it was planned are contacts too; the copy of a letter is none."""
    if notice.copy_of is not None:
        return None
    spent = situation.gate.budget_spent()
    return spent.reason if spent else None


def _not_due_any_more(notice: Notice, situation: Situation) -> str | None:
    """A due date moved later by the last import: the item is not late, whatever its rest, or is
    late and starts again.
    """
    moved = out_of_step(situation, notice.performs)
    if notice.level is Level.PREVENTIVE:
        return moved
    return no_longer_due(situation, notice.asked) or moved


def _timing(notice: Notice, moment: Moment) -> Recheck | None:
    if moment.today > notice.planned_for or moment.local_time > moment.closes:
        return Recheck(Verdict.EXPIRE, "expired")
    if moment.today < notice.planned_for or moment.local_time < moment.opens:
        return Recheck(Verdict.WAIT, "outside-window")
    return None
