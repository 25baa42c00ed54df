"""One case on one morning: decided, and what was decided written (design §5, §7)."""

from dataclasses import dataclass, field, replace

from relance.application.answers import plan_answer
from relance.application.chore_entries import chore_facts
from relance.application.follow_up import follow_up_change
from relance.application.hand_over import lacking
from relance.application.office import Desk
from relance.application.owners import ToTell
from relance.application.planned_notices import move_planned, pairs_text, plan_parts
from relance.application.ports import CaseChange, Conflict, RandomSource
from relance.application.run_notes import notes_of
from relance.application.run_records import RunNote
from relance.application.share_notices import MAX_ROUNDS, decide_in_group, messages_with
from relance.application.tell_salespeople import Announced
from relance.application.waiting import Waiting, newly_waiting, overdue
from relance.domain.case import Case, Outcome
from relance.domain.claim_file import pieces_text
from relance.domain.creditor import Mode
from relance.domain.escalation.chores import do_chore
from relance.domain.escalation.decision import (
    Action,
    Chore,
    CloseCall,
    Decision,
    EndHold,
    ExpireNotice,
    OpenCall,
    OpenTask,
    PlanMessage,
    ReleaseFormalNotice,
    RemindOwner,
    RemindTask,
    TaskAction,
    TellSalesperson,
    WithdrawCall,
    WriteAnswer,
)
from relance.domain.escalation.modes import only_observed
from relance.domain.escalation.progress import (
    close_call,
    open_call,
    open_task,
    remind_task,
    withdraw_call,
)
from relance.domain.evidence import EvidenceDraft
from relance.domain.notice import NoticeStatus
from relance.domain.task import TaskKind


@dataclass(slots=True)
class PlanReport:
    """What a run did, by kind of action and by reason; never who.

    told, untold: mails to our own people that left, that did not; dispatched: ids of the notices
    let out at once; notes: for the mail of the morning.
    """

    cases: int = 0
    told: int = 0
    untold: int = 0
    actions: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    dispatched: list[str] = field(default_factory=list)
    notes: list[RunNote] = field(default_factory=list)

    def count(self, decision: Decision) -> None:
        for action in decision.actions:
            name = type(action).__name__
            self.actions[name] = self.actions.get(name, 0) + 1
        for held in decision.held:
            self.held[held.reason] = self.held.get(held.reason, 0) + 1


@dataclass(slots=True)
class CasePlanner:
    """Plans the cases of a page. waiting: what it opened for people, also on the other cases of a
    group that had to be decided with them; owners: who is to be written to about what is theirs;
    planned: ids of the notices that may leave today;
    announced: what salespeople are to hear.
    """

    desk: Desk
    random: RandomSource
    report: PlanReport
    waiting: list[Waiting] = field(default_factory=list)
    owners: list[ToTell] = field(default_factory=list)
    planned: list[str] = field(default_factory=list)
    announced: list[Announced] = field(default_factory=list)

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
            moved = move_planned(self.desk, case, action)
            self._note_planned(moved)
            return moved
        if isinstance(action, WriteAnswer):
            after, answer = plan_answer(self.desk, case, action, self.random)
            self.planned.append(answer.id)
            return after
        if isinstance(action, EndHold | RemindOwner):
            return self._follow_up(case, action)
        if isinstance(action, Chore):
            return self._do_chore(case, action)
        after = self.desk.cases.commit(_task_change(self.desk, case, action))
        self._note(newly_waiting(case, after, action))
        return after

    def _do_chore(self, case: Case, chore: Chore) -> Case:
        desk = self.desk
        kind, facts = chore_facts(chore)
        entry = EvidenceDraft(desk.now, "system", kind, facts | {"today": desk.today.isoformat()})
        after = desk.cases.commit(CaseChange(do_chore(case, chore, desk.today), entry))
        self._note(overdue(desk, after, chore))
        if isinstance(chore, TellSalesperson):
            self.announced.append((after, chore))
        return after

    def _plan(self, debtor: str) -> None:
        desk, case = self.desk, self.desk.case(debtor)
        for _ in range(MAX_ROUNDS):
            case, decision = decide_in_group(desk, case)
            self.report.count(decision)
            done = [action for action in decision.actions if self._may(case, action)]
            if not done:
                self._keep_agenda(case, decision)
                self.report.notes += notes_of(desk, case, decision)
                return
            for action in done:
                case = self.perform(case, action)

    def _may(self, case: Case, action: Action) -> bool:
        """A rehearsal writes reminders and nothing else: a call or a hand-over would be real."""
        if only_observed(case.facts):
            return False
        is_over = isinstance(action, ExpireNotice | EndHold)
        if case.facts.mode is not Mode.REDIRECT or is_over:
            return True
        return isinstance(action, PlanMessage) and not action.step.is_formal_notice

    def _keep_agenda(self, case: Case, decision: Decision) -> None:
        """What is only rehearsed or observed is decided again every day: the day the mode changes
        comes unannounced.
        """
        leaves = case.facts.mode is not Mode.REDIRECT and not only_observed(case.facts)
        if leaves and decision.agenda != case.agenda:
            self.desk.cases.commit(CaseChange(replace(case, agenda=decision.agenda), None))

    def _plan_message(self, case: Case, action: PlanMessage) -> Case:
        """Its message, and those of its group that must be planned with it."""
        stored = {case.debtor.code: case}
        for parts in messages_with(self.desk, case, action, self.perform):
            planned = plan_parts(self.desk, parts, self.random)
            self._note_planned(planned[0])
            self._note(newly_waiting(parts[0].case, planned[0], action, planned[1:]))
            stored.update((one.debtor.code, one) for one in planned)
        return stored[case.debtor.code]

    def _follow_up(self, case: Case, action: EndHold | RemindOwner) -> Case:
        after = self.desk.cases.commit(follow_up_change(self.desk, case, action))
        if isinstance(action, RemindOwner):
            self.owners.append(ToTell(after, action.key, action.reason))
        return after

    def _note_planned(self, case: Case) -> None:
        if case.live is not None and case.live.status is NoticeStatus.PLANNED:
            self.planned.append(case.live.id)

    def _note(self, opened: Waiting | None) -> None:
        self.waiting += [opened] if opened else []


def _task_change(desk: Desk, case: Case, action: TaskAction) -> CaseChange:
    policy = desk.policy_of(case)
    if isinstance(action, OpenCall):
        after, kind = open_call(case, action, desk.today), "call-opened"
    elif isinstance(action, OpenTask):
        after = open_task(case, action, policy, desk.calendar, desk.today)
        kind = f"task-opened-{action.kind}"
    elif isinstance(action, WithdrawCall):
        after, kind = withdraw_call(case, action, desk.today), "call-withdrawn"
    elif isinstance(action, RemindTask):
        after, kind = remind_task(case, action, desk.today), "task-reminded"
    else:
        task = next(task for task in case.tasks if task.key == action.task_key)
        after = close_call(case, task, Outcome.NOT_MADE, policy, desk.calendar, desk.today)
        kind = "call-not-made"
    facts = {"reason": action.reason, "today": desk.today.isoformat()}
    if isinstance(action, OpenTask) and action.kind is TaskKind.HAND_OVER:
        items = tuple(dict.fromkeys(key for key, _ in action.performs))
        facts["missing"] = pieces_text(lacking(desk, after, items)) or "nothing"
    if isinstance(action, RemindTask):
        facts["task"] = action.task_key
    elif not isinstance(action, CloseCall):
        facts["performs"] = pairs_text(action.performs)
    return CaseChange(after, EvidenceDraft(desk.now, "system", kind, facts))
