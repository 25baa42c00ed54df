"""The last look before a notice leaves (design §7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from relance.domain.case import Case, LiveNotice
from relance.domain.escalation.announcing import stopped_on
from relance.domain.escalation.answers import agreement_of, answer_of
from relance.domain.escalation.approval import needs_approval
from relance.domain.escalation.caps import passes_caps
from relance.domain.escalation.formal_notice import changed_since, no_longer_due, out_of_step
from relance.domain.escalation.modes import mode_holds
from relance.domain.escalation.own_steps import OWN_STEPS, PLAN_DEFAULT, find_step
from relance.domain.escalation.plan_steps import plan_changed
from relance.domain.escalation.recipients import recipient_mark, recipients_of
from relance.domain.escalation.situation import Situation, situation_of
from relance.domain.notice import Notice, NoticePart, NoticeStatus
from relance.domain.policy import Level, Policy, Step
from relance.domain.working_days import WorkingCalendar

_COMES_BACK = {
    "batch-not-released",
    "not-dispatched",
    "not-on-allow-list",
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


_GRAVITY = (Verdict.EXPIRE, Verdict.WITHHOLD, Verdict.WAIT, Verdict.READY)
"""What one part says decides for all: the first of these."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """debtor: whose part decided."""

    verdict: Verdict
    reason: str
    debtor: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, where the creditor is, and its sending window."""

    today: date
    local_time: time
    opens: time
    closes: time


def recheck(
    notice: Notice,
    cases: Sequence[Case],
    policy: Policy,
    calendar: WorkingCalendar,
    moment: Moment,
) -> Recheck:
    """Whether a planned notice may still leave, on the cases of its parts as they are now: it
    leaves with all of them or not at all. cases: the leading one first, whose policy has the step
    of the message; each part is judged by its own.
    """
    looks = []
    tone = find_step(policy.of(cases[0].debtor), notice.step)
    for case in cases:
        situation = situation_of(case, policy, calendar, moment.today)
        # The codes of a legal entity are each written to by their own formal notice.
        own = notice.is_formal_notice
        step = situation.policy.find(notice.step) if own else tone
        look = _look if notice.answers is None else _look_at_answer
        verdict, reason = look(notice, situation, step, moment)
        looks.append(Recheck(verdict, reason, case.debtor.code))
    return min(looks, key=lambda look: _GRAVITY.index(look.verdict))


def _look(
    notice: Notice, situation: Situation, step: Step | None, moment: Moment
) -> tuple[Verdict, str]:
    live, part = situation.case.live, notice.part_of(situation.case.debtor.code)
    if live is None or live.id != notice.id or notice.status is not NoticeStatus.PLANNED:
        return Verdict.WITHHOLD, "superseded"
    timing = _timing(notice, moment)
    if timing is not None:
        return timing
    if step is None:
        return Verdict.WITHHOLD, "step-unknown"
    reason = (
        mode_holds(situation.case.facts, moment.today, is_answer=passes_caps(notice))
        or _held(situation, step)
        or _unapproved(notice, step, situation)
        or _stopped(notice, part, situation)
        or _too_many(notice, situation)
        or _untrue(notice, live, step, situation)
    )
    if reason is not None:
        waits = reason in _COMES_BACK
        return Verdict.WAIT if waits else Verdict.WITHHOLD, reason
    return Verdict.READY, "step-due"


def _untrue(notice: Notice, live: LiveNotice, step: Step, situation: Situation) -> str | None:
    """Why what it demands is not what is owed any more."""
    part = notice.part_of(situation.case.debtor.code)
    if notice.step != PLAN_DEFAULT:
        return changed_since(situation, live, step) or _not_due_any_more(part, situation)
    return plan_changed(situation, part.asked) or _moved(notice, live.recipient, situation.case)


def _look_at_answer(
    notice: Notice, situation: Situation, _: Step | None, moment: Moment
) -> tuple[Verdict, str]:
    """An answer leaves while what it tells still holds, and somebody of the case may read it."""
    case = situation.case
    live = answer_of(case, notice.id)
    if live is None or notice.status is not NoticeStatus.PLANNED:
        return Verdict.WITHHOLD, "superseded"
    timing = _timing(notice, moment)
    if timing is not None:
        return timing
    closed = situation.gate.messages_held() or situation.gate.closed_to_answers()
    reason = mode_holds(case.facts, moment.today, is_answer=True)
    reason = reason or (closed.reason if closed else None)
    if reason is not None:
        return Verdict.WAIT if reason in _COMES_BACK else Verdict.WITHHOLD, reason
    if agreement_of(case, notice.answers) is None:
        return Verdict.WITHHOLD, "no-longer-agreed"
    moved = _moved(notice, live.recipient, case, live.to)
    return (Verdict.WITHHOLD, moved) if moved else (Verdict.READY, "answer-due")


def _moved(notice: Notice, mark: str, case: Case, to: str | None = None) -> str | None:
    recipients = recipients_of(case, OWN_STEPS[notice.step], notice.channel, to)
    same = bool(recipients) and recipient_mark(case, recipients, notice.channel) == mark
    return None if same else "recipient-changed"


def _held(situation: Situation, step: Step) -> str | None:
    """A formal notice approved since this reminder was planned makes it wait (rule 8)."""
    gate = situation.gate
    closed = gate.closed() or gate.messages_held() or gate.step_held(step)
    if closed is not None:
        return closed.reason
    waits = situation.formal_notice_running and not step.is_formal_notice
    return "formal-notice-running" if waits else None


def _unapproved(notice: Notice, step: Step, situation: Situation) -> str | None:
    """Planned before the debtor's flag or the policy asked for it; the copy of a letter was with
    it.
    """
    lacks = notice.approved_by is None and notice.copy_of is None
    return "approval-needed" if lacks and needs_approval(situation.case, step) else None


def _stopped(notice: Notice, part: NoticePart, situation: Situation) -> str | None:
    """The salesperson held it back since it was planned this morning."""
    keys = tuple(key for key, _ in part.performs)
    is_stopped = notice.copy_of is None and stopped_on(situation.case, keys, situation.today)
    return "sales-stopped" if is_stopped and part.level is Level.LEVEL_2 else None


def _too_many(notice: Notice, situation: Situation) -> str | None:
    """The calls logged since it was planned are contacts too; the copy of a letter is none."""
    if notice.copy_of is not None:
        return None
    spent = situation.gate.budget_spent()
    return spent.reason if spent else None


def _not_due_any_more(part: NoticePart, situation: Situation) -> str | None:
    """A due date moved later by the last import: the item is not late, whatever its rest, or is
    late and starts again.
    """
    moved = out_of_step(situation, part.performs)
    if part.level is Level.PREVENTIVE:
        return moved
    return no_longer_due(situation, part.asked) or moved


def _timing(notice: Notice, moment: Moment) -> tuple[Verdict, str] | None:
    if moment.today > notice.planned_for or moment.local_time > moment.closes:
        return Verdict.EXPIRE, "expired"
    if moment.today < notice.planned_for or moment.local_time < moment.opens:
        return Verdict.WAIT, "outside-window"
    if notice.dispatched_on != notice.planned_for:
        return Verdict.WAIT, "not-dispatched"
    return None
