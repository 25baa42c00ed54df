"""What a run opened for people."""

from dataclasses import dataclass

from relance.application.office import Desk
from relance.domain.case import Case
from relance.domain.escalation.decision import (
    Action,
    Chore,
    EscalateTask,
    OpenCall,
    OpenTask,
    PlanMessage,
    RemindApproval,
    RemindArrangement,
    RemindTask,
)
from relance.domain.escalation.late_answers import ESCALATION
from relance.domain.holds import Arrangement
from relance.domain.open_item import ItemKey
from relance.domain.task import Task, TaskKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that now waits for a person, on the case that it left.

    task None: the formal notice `case.awaiting` waits for its approval; items: what it is about;
    shared: the other cases of a formal notice that demands of several codes.
    """

    case: Case
    task: Task | None
    items: tuple[ItemKey, ...]
    reason: str
    shared: tuple[Case, ...] = ()
    is_late: bool = False
    """Waited for too long: those above are told."""
    arrangement: Arrangement | None = None
    """Instead of a notice: what waits for its approval."""

    @property
    def about(self) -> tuple[tuple[Case, tuple[ItemKey, ...]], ...]:
        """Each case with the items it is about there."""
        others = [(one, tuple(one.awaiting.asked)) for one in self.shared if one.awaiting]
        return ((self.case, self.items), *others)

    @property
    def kind(self) -> TaskKind | None:
        return self.task.kind if self.task else None


def named_items(task: Task, case: Case) -> tuple[ItemKey, ...]:
    """The items that a task names in its detail."""
    keys = (ItemKey(key) for key in (task.detail or "").split())
    return tuple(key for key in keys if key in case.items)


def newly_waiting(
    before: Case, after: Case, action: Action, shared: tuple[Case, ...] = ()
) -> Waiting | None:
    """What this action opened. A call that joins an open one was told with it."""
    if isinstance(action, OpenCall | OpenTask):
        known = {task.key for task in before.tasks}
        task = next((task for task in after.tasks if task.key not in known), None)
        items = action.items if isinstance(action, OpenTask) else ()
        about = items or tuple(dict.fromkeys(item for item, _ in action.performs))
        return Waiting(after, task, about, action.reason) if task else None
    if isinstance(action, RemindTask):
        late = next(task for task in after.tasks if task.key == action.task_key)
        return Waiting(after, late, named_items(late, after), action.reason)
    if isinstance(action, PlanMessage) and before.awaiting is None and after.awaiting is not None:
        return Waiting(after, None, tuple(after.awaiting.asked), action.reason, shared)
    return None


def overdue(desk: Desk, case: Case, chore: Chore) -> Waiting | None:
    """What people are told again. A formal notice of several codes is told with the first."""
    if isinstance(chore, RemindApproval) and case.awaiting is not None:
        notice = desk.stores.notices.get(chore.notice_id)
        if notice.debtor != case.debtor.code:
            return None
        shared = desk.cases_of(notice.debtors[1:])
        items, is_late = tuple(case.awaiting.asked), chore.reason == ESCALATION
        return Waiting(case, None, items, chore.reason, shared, is_late)
    if isinstance(chore, RemindArrangement):
        found = next(h for h in case.holds if isinstance(h, Arrangement) and h.key == chore.key)
        is_late = chore.reason == ESCALATION
        about = tuple(found.amounts)
        return Waiting(case, None, about, chore.reason, is_late=is_late, arrangement=found)
    if isinstance(chore, EscalateTask):
        task = next(task for task in case.tasks if task.key == chore.task_key)
        items = tuple(dict.fromkeys(item for item, _ in task.performs))
        return Waiting(case, task, items, chore.reason, is_late=True)
    return None
