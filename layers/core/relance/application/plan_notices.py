"""The daily run: start it per creditor, then decide each case that is due (design §5, §7)."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from relance.application.office import Desk, Office
from relance.application.planned_notices import move_planned, pairs_text, plan_parts
from relance.application.ports import (
    CaseChange,
    Conflict,
    NoticeQueue,
    PlanQueue,
    RandomSource,
)
from relance.application.share_notices import MAX_ROUNDS, decide_in_group, messages_with
from relance.domain.case import Case, Outcome
from relance.domain.creditor import Mode
from relance.domain.errors import RelanceError
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
    close_call,
    open_call,
    open_task,
    withdraw_call,
)
from relance.domain.evidence import EvidenceDraft

PAGE_SIZE = 25
"""Cases per queue message: one page is decided within a few seconds."""


@dataclass(slots=True)
class PlanReport:
    """What a run did, by kind of action and by reason; never who."""

    cases: int = 0
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

    Returns, per creditor, "planned N pages" or the reason why not.
    """
    return {
        code: _start_plan(code, scheduled_at, office, queue, page_size)
        for code in office.creditors.codes()
    }


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
) -> PlanReport:
    """Decide each case of a page. Deciding twice changes nothing: the second finds it done."""
    desk = office.open(creditor, today=today)
    report = PlanReport()
    failed: list[RelanceError] = []
    for debtor in debtors:
        report.cases += 1
        try:
            _plan_once_more(desk, debtor, queue, random, report)
        except RelanceError as error:
            # One case that cannot be decided must not keep the others of its page waiting.
            failed.append(error)
    if failed:
        raise failed[0]
    return report


def _plan_once_more(
    desk: Desk, debtor: str, queue: NoticeQueue, random: RandomSource, report: PlanReport
) -> None:
    """Decided again when somebody else wrote first. Raises Conflict when it happens twice."""
    try:
        _plan_case(desk, debtor, queue, random, report)
    except Conflict:
        _plan_case(desk, debtor, queue, random, report)


def _plan_case(
    desk: Desk, debtor: str, queue: NoticeQueue, random: RandomSource, report: PlanReport
) -> None:
    case = desk.case(debtor)
    for _ in range(MAX_ROUNDS):
        case, decision = decide_in_group(desk, case)
        report.count(decision)
        if not decision.actions or desk.creditor.mode is Mode.OBSERVE:
            _keep_agenda(desk, case, decision)
            return
        for action in decision.actions:
            case = _perform(desk, case, action, queue, random)


def _keep_agenda(desk: Desk, case: Case, decision: Decision) -> None:
    if desk.creditor.mode is not Mode.OBSERVE and decision.agenda != case.agenda:
        desk.cases.commit(CaseChange(replace(case, agenda=decision.agenda), None))


def _perform(
    desk: Desk, case: Case, action: Action, queue: NoticeQueue, random: RandomSource
) -> Case:
    if isinstance(action, PlanMessage):
        return _plan_message(desk, case, action, queue, random)
    if isinstance(action, ReleaseFormalNotice | ExpireNotice):
        return move_planned(desk, case, action, queue)
    return desk.cases.commit(_task_change(desk, case, action))


def _plan_message(
    desk: Desk, case: Case, action: PlanMessage, queue: NoticeQueue, random: RandomSource
) -> Case:
    """Its message, and those of its group that must be planned with it. Returns the case."""

    def perform(desk: Desk, case: Case, action: Action) -> Case:
        return _perform(desk, case, action, queue, random)

    stored = {case.debtor.code: case}
    for parts in messages_with(desk, case, action, perform):
        for one in plan_parts(desk, parts, queue, random):
            stored[one.debtor.code] = one
    return stored[case.debtor.code]


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
        facts["performs"] = pairs_text(action.performs)
    return CaseChange(after, EvidenceDraft(desk.now, "system", kind, facts))
