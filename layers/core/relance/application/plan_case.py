"""One case on one morning: decided, and what was decided written (design §5, §7)."""

from dataclasses import dataclass, field, replace

from relance.application.office import Desk
from relance.application.planned_notices import move_planned, pairs_text, plan_parts
from relance.application.ports import CaseChange, Conflict, NoticeQueue, RandomSource
from relance.application.share_notices import MAX_ROUNDS, decide_in_group, messages_with
from relance.application.waiting import Waiting, newly_waiting
from relance.domain.case import Case, Outcome
from relance.domain.creditor import Mode
from relance.domain.escalation.decision import (
    Action,
    Begun,
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
from relance.domain.escalation.progress import close_call, open_call, open_task, withdraw_call
from relance.domain.evidence import EvidenceDraft


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


@dataclass(slots=True)
class CasePlanner:
    """Plans the cases of a page. waiting: what it opened for people, also on the other cases of a
    group that had to be decided with them.
    """

    desk: Desk
    queue: NoticeQueue
    random: RandomSource
    report: PlanReport
    waiting: list[Waiting] = field(default_factory=list)

    def plan(self, debtor: str) -> None:
        """Decided again when somebody else wrote first. Raises Conflict when it happens twice."""
        try:
            self._plan(debtor)
        except Conflict:
            self._plan(debtor)

    def perform(self, case: Case, action: Action) -> Case:
        """The case once the action is written."""
        if isinstance(action, PlanMessage):
            return self._plan_message(case, action)
        if isinstance(action, ReleaseFormalNotice | ExpireNotice):
            return move_planned(self.desk, case, action, self.queue)
        after = self.desk.cases.commit(_task_change(self.desk, case, action))
        self._note(newly_waiting(case, after, action))
        return after

    def _plan(self, debtor: str) -> None:
        desk, case = self.desk, self.desk.case(debtor)
        for _ in range(MAX_ROUNDS):
            case, decision = decide_in_group(desk, case)
            self.report.count(decision)
            if not decision.actions or desk.creditor.mode is Mode.OBSERVE:
                self._keep_agenda(case, decision)
                return
            for action in decision.actions:
                case = self.perform(case, action)
            if all(isinstance(action, Begun) for action in decision.actions):
                return

    def _keep_agenda(self, case: Case, decision: Decision) -> None:
        if self.desk.creditor.mode is not Mode.OBSERVE and decision.agenda != case.agenda:
            self.desk.cases.commit(CaseChange(replace(case, agenda=decision.agenda), None))

    def _plan_message(self, case: Case, action: PlanMessage) -> Case:
        """Its message, and those of its group that must be planned with it."""
        stored = {case.debtor.code: case}
        for parts in messages_with(self.desk, case, action, self.perform):
            planned = plan_parts(self.desk, parts, self.queue, self.random)
            self._note(newly_waiting(parts[0].case, planned[0], action, planned[1:]))
            stored.update((one.debtor.code, one) for one in planned)
        return stored[case.debtor.code]

    def _note(self, opened: Waiting | None) -> None:
        self.waiting += [opened] if opened else []


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
