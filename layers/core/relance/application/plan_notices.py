"""The daily run: start it per creditor, then decide each case that is due (design §5, §7)."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from relance.application.draft_notice import draft_notice
from relance.application.office import Desk, Office
from relance.application.one_by_one import one_by_one
from relance.application.ports import (
    CaseChange,
    Conflict,
    NoticeChange,
    NoticeQueue,
    PlanQueue,
    RandomSource,
)
from relance.application.staff_mail import StaffMail
from relance.application.waiting import Waiting, newly_waiting
from relance.application.worklist import tell_waiting
from relance.domain.case import Case, Outcome
from relance.domain.creditor import Mode
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import (
    Action,
    CloseCall,
    Decision,
    ExpireNotice,
    OpenCall,
    OpenTask,
    PlanMessage,
    ReleaseFormalNotice,
    TaskAction,
    WithdrawCall,
)
from relance.domain.escalation.progress import (
    begin_notice,
    close_call,
    expire_notice,
    expired,
    open_call,
    open_task,
    withdraw_call,
)
from relance.domain.evidence import EvidenceDraft
from relance.domain.notice import Notice, NoticeStatus

PAGE_SIZE = 25
"""Cases per queue message: one page is decided within a few seconds."""

MAX_ROUNDS = 8
"""A case is decided again after housekeeping; more rounds than this would be a loop."""


@dataclass(slots=True)
class PlanReport:
    """What a run did, by kind of action and by reason; never who.

    told, untold: mails to our own people that left, that did not.
    """

    cases: int = 0
    told: int = 0
    untold: int = 0
    actions: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)

    def count(self, decision: Decision) -> None:
        for action in decision.actions:
            name = type(action).__name__
            self.actions[name] = self.actions.get(name, 0) + 1
        for held in decision.held:
            self.held[held.reason] = self.held.get(held.reason, 0) + 1


def start_plans(
    scheduled_at: datetime, *, office: Office, queue: PlanQueue, page_size: int = PAGE_SIZE
) -> dict[str, str]:
    """Queue the due cases of each creditor whose planning hour it is.

    Returns, per creditor, "planned N pages" or the reason why not. A creditor that cannot be
    opened (its policy is gone) keeps no other waiting; its error is raised at the end.
    """
    started: dict[str, str] = {}

    def start(code: str) -> None:
        started[code] = _start_plan(code, scheduled_at, office, queue, page_size)

    one_by_one(office.creditors.codes(), start)
    return started


def _start_plan(
    code: str, scheduled_at: datetime, office: Office, queue: PlanQueue, page_size: int
) -> str:
    creditor = office.creditors.get(code)
    local = scheduled_at.astimezone(ZoneInfo(creditor.profile.zone))
    if local.hour != creditor.profile.plan_at.hour:
        return "not-its-hour"
    desk = office.open(code, today=local.date())
    closed = _nothing_may_leave(desk)
    if closed is not None:
        return closed
    pages = 0
    for page in desk.cases.due(desk.today, page_size=page_size):
        queue.put(code, desk.today, page)
        pages += 1
    return f"planned {pages} pages"


def _nothing_may_leave(desk: Desk) -> str | None:
    """Reasons that hold every case of the creditor: reading them one by one would be waste."""
    creditor = desk.creditor
    if not desk.calendar.is_open(desk.today):
        return "closed-day"
    if creditor.pause is not None:
        return "paused"
    if creditor.balance.suspicious:
        return "suspicious-import"
    return "importing" if creditor.is_importing else None


def plan_page(
    creditor: str,
    today: date,
    debtors: tuple[str, ...],
    *,
    office: Office,
    queue: NoticeQueue,
    random: RandomSource,
    staff: StaffMail,
) -> PlanReport:
    """Decide each case of a page, then tell our people what it opened for them. Deciding twice
    changes nothing: the second finds it done, and has nothing to tell.

    A case that cannot be decided, for a bug or for a conflict, keeps no other of its page waiting:
    its error is raised once all are decided.
    """
    desk = office.open(creditor, today=today)
    report = PlanReport(cases=len(debtors))
    waiting: list[Waiting] = []
    try:
        one_by_one(
            debtors, lambda code: _plan_once_more(desk, code, queue, random, report, waiting)
        )
    finally:
        # Whatever stopped the page: brought back, it will not open again what it has opened.
        report.told, report.untold = tell_waiting(desk, waiting, staff=staff)
    return report


def _plan_once_more(
    desk: Desk,
    debtor: str,
    queue: NoticeQueue,
    random: RandomSource,
    report: PlanReport,
    waiting: list[Waiting],
) -> None:
    """Decided again when somebody else wrote first. Raises Conflict when it happens twice."""
    try:
        _plan_case(desk, debtor, queue, random, report, waiting)
    except Conflict:
        _plan_case(desk, debtor, queue, random, report, waiting)


def _plan_case(
    desk: Desk,
    debtor: str,
    queue: NoticeQueue,
    random: RandomSource,
    report: PlanReport,
    waiting: list[Waiting],
) -> None:
    case = desk.case(debtor)
    for _ in range(MAX_ROUNDS):
        decision = decide(case, desk.policy, desk.calendar, desk.today)
        report.count(decision)
        if not decision.actions or desk.creditor.mode is Mode.OBSERVE:
            _keep_agenda(desk, case, decision)
            return
        for action in decision.actions:
            before, case = case, _perform(desk, case, action, queue, random)
            opened = newly_waiting(before, case, action)
            waiting += [opened] if opened else []


def _keep_agenda(desk: Desk, case: Case, decision: Decision) -> None:
    if desk.creditor.mode is not Mode.OBSERVE and decision.agenda != case.agenda:
        desk.cases.commit(CaseChange(replace(case, agenda=decision.agenda), None))


def _perform(
    desk: Desk, case: Case, action: Action, queue: NoticeQueue, random: RandomSource
) -> Case:
    if isinstance(action, PlanMessage):
        return _plan_message(desk, case, action, queue, random)
    if isinstance(action, ReleaseFormalNotice | ExpireNotice):
        return _move_notice(desk, case, action, queue)
    return desk.cases.commit(_task_change(desk, case, action))


def _plan_message(
    desk: Desk, case: Case, action: PlanMessage, queue: NoticeQueue, random: RandomSource
) -> Case:
    notice = draft_notice(case, action, desk=desk, token=random.token())
    busy = begin_notice(case, notice, action.recipient_mark, desk.today)
    entry = EvidenceDraft(desk.now, "system", "notice-planned", _facts(notice, action.reason))
    stored = desk.cases.commit(CaseChange(busy, entry, notices=(NoticeChange(notice, None),)))
    _queue_if_open(desk, notice, queue)
    return stored


def _move_notice(
    desk: Desk, case: Case, action: ReleaseFormalNotice | ExpireNotice, queue: NoticeQueue
) -> Case:
    before = desk.stores.notices.get(action.notice_id)
    if isinstance(action, ExpireNotice):
        after = replace(expired(before, action.reason), updated_at=desk.now)
        changed, kind = expire_notice(case, after, desk.today), "notice-expired"
    else:
        after = replace(
            before,
            status=NoticeStatus.PLANNED,
            planned_for=desk.today,
            deadline=desk.policy.deadline(desk.policy.step(before.step), desk.today),
            updated_at=desk.now,
        )
        changed, kind = _released(case, after), "notice-released"
    entry = EvidenceDraft(desk.now, "system", kind, _facts(after, action.reason))
    change = CaseChange(changed, entry, notices=(NoticeChange(after, before.status),))
    stored = desk.cases.commit(change)
    if after.status is NoticeStatus.PLANNED:
        _queue_if_open(desk, after, queue)
    return stored


def _released(case: Case, notice: Notice) -> Case:
    if case.awaiting is None:
        return case
    live = replace(case.awaiting, status=notice.status, planned_for=notice.planned_for)
    return replace(case, awaiting=None, live=live)


def _task_change(desk: Desk, case: Case, action: TaskAction) -> CaseChange:
    if isinstance(action, OpenCall):
        after, kind = open_call(case, action, desk.today), "call-opened"
    elif isinstance(action, OpenTask):
        after = open_task(case, action, desk.policy, desk.calendar, desk.today)
        kind = f"task-opened-{action.kind}"
    elif isinstance(action, WithdrawCall):
        after, kind = withdraw_call(case, action, desk.today), "call-withdrawn"
    else:
        task = next(task for task in case.tasks if task.key == action.task_key)
        after = close_call(case, task, Outcome.NOT_MADE, desk.policy, desk.calendar, desk.today)
        kind = "call-not-made"
    facts = {"reason": action.reason, "today": desk.today.isoformat()}
    if not isinstance(action, CloseCall):
        facts["performs"] = _pairs(action.performs)
    return CaseChange(after, EvidenceDraft(desk.now, "system", kind, facts))


def _queue_if_open(desk: Desk, notice: Notice, queue: NoticeQueue) -> None:
    """Before the sending window the sweep queues it: a message now would only come back."""
    if notice.status is NoticeStatus.PLANNED and _is_within_window(desk):
        queue.put(notice.creditor, notice.id, notice.channel)


def _is_within_window(desk: Desk) -> bool:
    moment = desk.moment()
    return moment.opens <= moment.local_time <= moment.closes


def _facts(notice: Notice, reason: str) -> dict[str, str]:
    return {
        "notice": notice.id,
        "step": notice.step,
        "channel": str(notice.channel),
        "planned_for": notice.planned_for.isoformat(),
        "performs": _pairs(notice.performs),
        "reason": reason,
    }


def _pairs(performs: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"{item}:{step}" for item, step in performs)
