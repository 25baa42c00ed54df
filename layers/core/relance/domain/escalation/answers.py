"""Answers to the customer: what was agreed or decided, in writing, the same day (rules 3 and 5).

They perform no step, count in no budget and take neither the day nor the items.
"""

from dataclasses import replace
from datetime import timedelta

from relance.domain.case import Case, LiveAnswer
from relance.domain.escalation.decision import Held, WriteAnswer
from relance.domain.escalation.own_steps import OWN_STEPS
from relance.domain.escalation.recipients import email_recipients
from relance.domain.escalation.situation import Situation
from relance.domain.holds import Agreement, Arrangement, Dispute, Plan, Promise, ToWrite
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.policy import Level

WRITTEN_WITHIN = 3
"""Working days after which what was agreed is no news any more."""


def answers_due(situation: Situation) -> tuple[list[WriteAnswer], list[Held]]:
    """What is still to be written to the customer, and why it is not."""
    due: list[WriteAnswer] = []
    held: list[Held] = []
    for hold in situation.case.holds:
        if not isinstance(hold, Agreement) or hold.to_write is None:
            continue
        if situation.calendar.count(hold.to_write.since, situation.today) > WRITTEN_WITHIN:
            continue
        template = hold.to_write.template
        if email_recipients(situation.case, OWN_STEPS[template]):
            due.append(WriteAnswer(hold.key, template))
        else:
            held.append(Held("answer-without-contact"))
    stop = _stopped(situation) if due else None
    return ([], [*held, stop]) if stop is not None else (due, held)


def _stopped(situation: Situation) -> Held | None:
    """A case that a person holds is answered all the same."""
    if situation.reached(Level.LITIGATION):
        return Held("handed-over")
    return situation.gate.messages_held() or situation.gate.closed_to_answers()


def begin_answer(case: Case, notice: Notice, recipient_mark: str) -> Case:
    """It is planned: what it tells is not to be written again."""
    hold = agreement_of(case, notice.answers)
    known = next((a for a in case.answering if a.about == notice.answers), None)
    since = hold.to_write.since if hold and hold.to_write else known and known.since
    live = LiveAnswer(
        id=notice.id,
        status=notice.status,
        template=notice.template,
        about=notice.answers or "",
        since=since or notice.planned_for,
        recipient=recipient_mark,
        is_copy=notice.copy_of is not None,
    )
    holds = tuple(replace(h, to_write=None) if h is hold else h for h in case.holds)
    return replace(case, holds=holds, answering=(*case.answering, live), attempt=case.attempt + 1)


def answer_of(case: Case, notice_id: str) -> LiveAnswer | None:
    return next((one for one in case.answering if one.id == notice_id), None)


def mark_answer(case: Case, notice_id: str, status: NoticeStatus) -> Case:
    answering = tuple(
        replace(one, status=status) if one.id == notice_id else one for one in case.answering
    )
    return replace(case, answering=answering)


def end_answer(case: Case, notice_id: str, *, left: bool) -> Case:
    """It is over. Not left: it is to be written again, while what it tells still holds and nothing
    newer is to be told.
    """
    live = answer_of(case, notice_id)
    if live is None:
        return case
    answering = tuple(one for one in case.answering if one is not live)
    if left or live.is_copy:
        return replace(case, answering=answering)
    again = ToWrite(live.template, live.since)
    holds = tuple(
        replace(h, to_write=h.to_write or again)
        if isinstance(h, Agreement) and h.key == live.about
        else h
        for h in case.holds
    )
    return replace(case, answering=answering, holds=holds)


def reopened(case: Case, notice: Notice) -> Case:
    """An answer that had left came back: it is to be written again, to somebody else. A copy is
    not: its letter left.
    """
    if notice.copy_of is not None:
        return case
    again = ToWrite(notice.template, notice.planned_for)
    holds = tuple(
        replace(h, to_write=h.to_write or again)
        if isinstance(h, Agreement) and h.key == notice.answers
        else h
        for h in case.holds
    )
    return replace(case, holds=holds, agenda=notice.planned_for + timedelta(days=1))


def unwritten(case: Case, prefix: str) -> Case:
    """What was just agreed under these keys, when who noted it wants it told by nobody."""
    holds = tuple(
        replace(h, to_write=None) if isinstance(h, Agreement) and h.key.startswith(prefix) else h
        for h in case.holds
    )
    return replace(case, holds=holds)


def agreement_of(case: Case, key: str | None) -> Promise | Dispute | Plan | Arrangement | None:
    found = (h for h in case.holds if isinstance(h, Agreement) and h.key == key)
    return next(found, None)
