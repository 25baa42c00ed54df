"""Answers to the customer: planned the day they are due, sent once like any notice (design §7)."""

from dataclasses import dataclass
from datetime import date, timedelta

from relance.application.dispatch import Gate, dispatch, is_window_open
from relance.application.office import Desk
from relance.application.ports import CaseChange, NoticeChange, RandomSource
from relance.domain.case import Case
from relance.domain.creditor import Mode
from relance.domain.escalation.answers import answers_due
from relance.domain.escalation.decision import WriteAnswer
from relance.domain.escalation.modes import mode_holds
from relance.domain.escalation.own_steps import LETTER_TO_SIGN, OWN_STEPS
from relance.domain.escalation.progress import begin_notice
from relance.domain.escalation.recipients import (
    has_address,
    language_for,
    recipient_mark,
    recipients_of,
)
from relance.domain.escalation.situation import situation_of
from relance.domain.evidence import EvidenceDraft
from relance.domain.notice import Notice, NoticeStatus, Recipient, notice_id
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel


@dataclass(frozen=True, slots=True)
class Postbox:
    """What sending an answer takes beside the desk."""

    gate: Gate
    random: RandomSource


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of what is to be written about a hold. planned_for None: nothing leaves, and
    reason says why.
    """

    template: str
    planned_for: date | None
    reason: str


def write_answers(desk: Desk, case: Case, postbox: Postbox) -> tuple[Case, tuple[Answered, ...]]:
    """At once, what the run would write tomorrow: decided as it decides."""
    closed = _closed(case, desk.today)
    if closed is not None:
        return case, (Answered("", None, closed),)
    due, held = answers_due(situation_of(case, desk.policy, desk.calendar, desk.today))
    done = [Answered("", None, one.reason) for one in held]
    for action in due:
        case, notice = plan_answer(desk, case, action, postbox.random)
        _let_out(desk, notice, postbox.gate)
        done.append(Answered(action.template, notice.planned_for, action.reason))
    return case, tuple(done)


def plan_answer(
    desk: Desk, case: Case, action: WriteAnswer, random: RandomSource
) -> tuple[Case, Notice]:
    """Planned; what the customer signs leaves as a letter, followed by its e-mail."""
    step = OWN_STEPS[action.template]
    is_letter = action.template == LETTER_TO_SIGN and has_address(case)
    channel = Channel.LETTER if is_letter else Channel.EMAIL
    recipients = recipients_of(case, step, channel, action.to)
    notice = _draft(desk, case, action, channel, recipients, random.token())
    mark = recipient_mark(case, recipients, channel)
    entry = EvidenceDraft(
        at=desk.now,
        actor="system",
        kind="answer-planned",
        facts={
            "notice": notice.id,
            "answers": action.key,
            "message": action.template,
            "channel": str(channel),
            "planned_for": notice.planned_for.isoformat(),
            "reason": action.reason,
        },
    )
    busy = begin_notice(case, notice, mark, desk.today)
    stored = desk.cases.commit(CaseChange(busy, entry, notices=(NoticeChange(notice, None),)))
    return stored, notice


def _closed(case: Case, today: date) -> str | None:
    """Why nothing is written to this customer, as for the run."""
    if case.facts.mode is Mode.REDIRECT:
        return "answer-not-rehearsed"
    return mode_holds(case.facts, today, is_answer=True)


def _let_out(desk: Desk, notice: Notice, gate: Gate) -> None:
    """Within the sending window; before it the opening of the window does."""
    if is_window_open(desk):
        dispatch(desk, (notice,), gate=gate)


def _draft(
    desk: Desk,
    case: Case,
    action: WriteAnswer,
    channel: Channel,
    recipients: tuple[Recipient, ...],
    token: str,
) -> Notice:
    step = OWN_STEPS[action.template]
    identity = ((ItemKey(action.key), f"{action.template}:answer"),)
    return Notice(
        id=notice_id(case.creditor, case.debtor.code, channel, identity, case.attempt),
        creditor=case.creditor,
        debtor=case.debtor.code,
        channel=channel,
        status=NoticeStatus.PLANNED,
        step=step.key,
        level=step.level,
        template=step.template,
        performs=(),
        asked={},
        recipients=recipients,
        language=language_for(case, recipients) or desk.creditor.profile.language,
        planned_for=_leaving(desk),
        created_at=desk.now,
        updated_at=desk.now,
        reply_token=token,
        attempt=case.attempt,
        answers=action.key,
    )


def _leaving(desk: Desk) -> date:
    """Today while the window is not over, else the next open day."""
    moment = desk.moment()
    late = moment.local_time > moment.closes
    return desk.calendar.first_open(desk.today + timedelta(days=1) if late else desk.today)
