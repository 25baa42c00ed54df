"""Answers to the customer: what was agreed or decided, in writing, the same day (rules 3 and 5).

They perform no step, count in no budget and take neither the day nor the items.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from relance.domain.calling import CallMade
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
    for key, told in _to_write(situation.case):
        late = situation.calendar.count(told.since, situation.today) > WRITTEN_WITHIN
        if late or agreement_of(situation.case, key) is None:
            continue
        if email_recipients(situation.case, OWN_STEPS[told.template], told.to):
            due.append(WriteAnswer(key, told.template, to=told.to))
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
    known = next((a for a in case.answering if a.about == notice.answers), None)
    asked = dict(_to_write(case)).get(notice.answers or "") or known
    live = LiveAnswer(
        id=notice.id,
        status=notice.status,
        template=notice.template,
        about=notice.answers or "",
        since=asked.since if asked else notice.planned_for,
        recipient=recipient_mark,
        is_copy=notice.copy_of is not None,
        to=asked.to if asked else None,
    )
    told = _with_to_write(case, live.about, lambda _: None)
    return replace(told, answering=(*case.answering, live), attempt=case.attempt + 1)


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
    again = ToWrite(live.template, live.since, live.to)
    freed = replace(case, answering=answering)
    return _with_to_write(freed, live.about, lambda newer: newer or again)


def reopened(case: Case, notice: Notice) -> Case:
    """An answer that had left came back: it is to be written again, to somebody else. A copy is
    not: its letter left.
    """
    if notice.copy_of is not None:
        return case
    again = ToWrite(notice.template, notice.planned_for)
    back = replace(case, agenda=notice.planned_for + timedelta(days=1))
    return _with_to_write(back, notice.answers or "", lambda newer: newer or again)


def unwritten(case: Case, prefix: str) -> Case:
    """What was just agreed under these keys, when who noted it wants it told by nobody."""
    holds = tuple(
        replace(h, to_write=None) if isinstance(h, Agreement) and h.key.startswith(prefix) else h
        for h in case.holds
    )
    return replace(case, holds=holds)


def agreement_of(
    case: Case, key: str | None
) -> Promise | Dispute | Plan | Arrangement | CallMade | None:
    """What an answer is about, while it is still news: a call, as long as one of its documents is
    owed.
    """
    found = (h for h in case.holds if isinstance(h, Agreement) and h.key == key)
    calls = (c for c in case.calls if c.recap and c.call == key)
    open_keys = {item.key for item in case.open_items}
    about = (c for c in calls if c.recap and open_keys & set(c.recap.items))
    return next(found, None) or next(about, None)


def _to_write(case: Case) -> Iterator[tuple[str, ToWrite]]:
    """The keys of the holds and of the calls that the customer is still to be written about."""
    for hold in case.holds:
        if isinstance(hold, Agreement) and hold.to_write is not None:
            yield hold.key, hold.to_write
    for call in case.calls:
        if call.to_write is not None:
            yield call.call, call.to_write


def _with_to_write(
    case: Case, key: str, change: Callable[[ToWrite | None], ToWrite | None]
) -> Case:
    holds = tuple(
        replace(h, to_write=change(h.to_write)) if isinstance(h, Agreement) and h.key == key else h
        for h in case.holds
    )
    calls = tuple(
        replace(c, to_write=change(c.to_write)) if c.recap and c.call == key else c
        for c in case.calls
    )
    return replace(case, holds=holds, calls=calls)
