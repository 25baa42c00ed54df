"""What follows a morning's run on the same day: the post carries, collectors call, finance
approves. All of it through the functions that a deployed stack changes its cases with.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from relance.application.office import Desk
from relance.application.simulation.book import CaseBook
from relance.application.simulation.recording import actions_of
from relance.application.simulation.result import SimulatedAction
from relance.domain.case import Case, Outcome
from relance.domain.creditor import Mode
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.decision import Performs
from relance.domain.escalation.netting import net_account
from relance.domain.escalation.progress import (
    close_call,
    complete_notice,
    expire_notice,
    expired,
    record_call_contact,
)
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel
from relance.domain.task import TaskKind

SOMEBODY = "simulation"
"""Who calls and approves."""


def leave(desk: Desk, book: CaseBook, notice: Notice) -> list[SimulatedAction]:
    """It is delivered: its steps are done in each of its cases, unless it only went to the test
    address. The e-mail copy of a registered letter is the same message, and is not told apart.
    """
    notice = replace(notice, rehearsal=desk.creditor.mode is Mode.REDIRECT)
    found: list[SimulatedAction] = []
    for part in notice.parts:
        case = _case(desk, part.debtor)
        policy = desk.policy_of(case)
        book.put(complete_notice(case, notice, policy, desk.calendar, desk.today))
        found += actions_of(
            case,
            part.performs,
            policy,
            on=desk.today,
            message=notice.id,
            channel=notice.channel,
            reason=book.reasons.get(notice.id, "step-due"),
            asked=part.asked,
            level=notice.level,
        )
    book.notices.keep(replace(notice, status=NoticeStatus.DELIVERED, sent_at=desk.now))
    return found


def put_off(desk: Desk, book: CaseBook, notice: Notice) -> None:
    """The day has no room for it: it ends now, as at the dispatch, and not the next morning."""
    after = expired(notice, "not-dispatched")
    book.notices.keep(after)
    for code in notice.debtors:
        book.put(expire_notice(_case(desk, code), after, desk.today))


def call(desk: Desk, book: CaseBook, debtor: str) -> list[SimulatedAction]:
    """The call that the run asked for reaches somebody, who says nothing new."""
    case = _case(desk, debtor)
    task = call_task(case)
    if task is None:
        return []
    policy = desk.policy_of(case)
    called = record_call_contact(case, task, policy, desk.today)
    book.put(close_call(called, task, Outcome.REACHED, policy, desk.calendar, desk.today))
    return actions_of(
        case,
        task.performs,
        policy,
        on=desk.today,
        message=f"{task.key}-{debtor}",
        channel=Channel.CALL,
        reason=book.reasons.get(f"{debtor} {TaskKind.CALL}", "step-due"),
        asked=_asked(desk, case, task.performs),
    )


def approve(desk: Desk, book: CaseBook, debtor: str) -> list[str]:
    """What is proposed today is approved today: it leaves with the next run. Its id, the first time
    that one of its cases is asked.
    """
    awaiting = _case(desk, debtor).awaiting
    if awaiting is None or awaiting.approved_by is not None:
        return []
    notice = replace(book.notices.get(awaiting.id), approved_by=SOMEBODY)
    book.notices.keep(notice)
    for code in notice.debtors:
        case = _case(desk, code)
        if case.awaiting is not None and case.awaiting.id == notice.id:
            approved = replace(case.awaiting, approved_by=SOMEBODY)
            book.put(replace(case, awaiting=approved, agenda=desk.today + timedelta(days=1)))
    return [notice.id]


def tasks_opened(
    desk: Desk, book: CaseBook, debtor: str
) -> tuple[list[SimulatedAction], list[str]]:
    """The steps that consist of a task, and the kinds of all tasks of the day; they stay open."""
    case = _case(desk, debtor)
    kinds = [kind for code, kind in book.opened if code == debtor]
    found: list[SimulatedAction] = []
    for task in case.tasks:
        if task.kind is TaskKind.CALL or task.opened_on != desk.today:
            continue
        found += actions_of(
            case,
            task.performs,
            desk.policy_of(case),
            on=desk.today,
            message=None,
            channel=Channel.TASK,
            reason=book.reasons.get(f"{debtor} {task.kind}", "step-due"),
            asked=_asked(desk, case, task.performs),
        )
    return found, kinds


def _case(desk: Desk, debtor: str) -> Case:
    found = desk.cases.load(debtor, desk.creditor)
    if found is None:
        raise KeyError(debtor)
    return found


def _asked(desk: Desk, case: Case, performs: Performs) -> dict[ItemKey, Decimal]:
    account = net_account(case, desk.calendar)
    return {key: account[key].chaseable for key, _ in performs if key in account}
