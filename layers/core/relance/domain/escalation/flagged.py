"""Debtors that are not chased as others are (design §5 rule 9): what is asked of people instead."""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import Case
from relance.domain.debtor import DebtorFlag, FlagKind
from relance.domain.escalation.decision import OpenTask, WithdrawTask
from relance.domain.escalation.situation import Situation
from relance.domain.task import TaskKind

REVIEWED_EVERY = timedelta(days=30)
"""A flag is looked at again every month, whatever was said of it."""
REVIEWED_WITHIN = 5
WRITTEN_WITHIN = 2
"""Working days."""


def review_flag(situation: Situation) -> OpenTask | None:
    """Monthly, while something is open: who owes nothing is looked at again with the next item."""
    flag = situation.case.debtor.flag
    if flag is None or flag.review_on > situation.today:
        return None
    if situation.task(TaskKind.REVIEW_FLAG) is not None or not situation.case.open_items:
        return None
    due = situation.calendar.add(situation.today, REVIEWED_WITHIN)
    return OpenTask(TaskKind.REVIEW_FLAG, (), due, "flag-review", tuple(situation.account))


def write_by_hand(situation: Situation) -> OpenTask | None:
    """The reminder that the machine would have written, as a task; the steps are done once a person
    says so. The formal notice is left to the review of the flag.
    """
    if situation.case.debtor.flag_kind is not FlagKind.MANUAL_ONLY:
        return None
    if situation.task(TaskKind.WRITE) is not None or situation.formal_notice_running:
        return None
    due = [
        step
        for step in situation.due()
        if step.step.channel.is_message
        and not step.step.is_formal_notice
        and situation.gate.day_held(step.step) is None
    ]
    rests = {step.item.key: situation.account[step.item.key].chaseable for step in due}
    if not any(situation.reaches(rests, step.step.min_total) for step in due):
        return None
    performs = tuple(sorted((step.item.key, step.step.key) for step in due))
    until = situation.calendar.add(situation.today, WRITTEN_WITHIN)
    return OpenTask(TaskKind.WRITE, performs, until, "flag-manual-only", tuple(rests))


def withdraw_writing(situation: Situation) -> WithdrawTask | None:
    """Nobody writes about what was paid, promised or disputed since, nor what the machine writes
    again.
    """
    task = situation.task(TaskKind.WRITE)
    if task is None:
        return None
    due = {(step.item.key, step.step.key) for step in situation.due()}
    is_manual = situation.case.debtor.flag_kind is FlagKind.MANUAL_ONLY
    if is_manual and any(pair in due for pair in task.performs):
        return None
    rest = situation.account.get(task.performs[0][0])
    reason = rest.hold_reason() if rest else "settled"
    return WithdrawTask(task.key, reason or "overtaken")


def with_review_asked(case: Case, today: date) -> Case:
    """The next review is a month away, whether or not this one takes place."""
    flag = case.debtor.flag
    if flag is None:
        return case
    later = replace(flag, review_on=today + REVIEWED_EVERY)
    return replace(case, debtor=replace(case.debtor, flag=later))


def with_flag(case: Case, flag: DebtorFlag | None, today: date) -> Case:
    """None: normal again. Tasks that its former flag asked for go with it."""
    is_manual = flag is not None and flag.kind is FlagKind.MANUAL_ONLY
    gone = {TaskKind.REVIEW_FLAG} if is_manual else {TaskKind.REVIEW_FLAG, TaskKind.WRITE}
    return replace(
        case,
        debtor=replace(case.debtor, flag=flag),
        tasks=tuple(task for task in case.tasks if task.kind not in gone),
        agenda=today if case.open_items else None,
    )
