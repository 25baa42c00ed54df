"""A person closes a task, or ends a hold, that nothing else would end."""

from dataclasses import replace
from datetime import timedelta

from relance.application.office import Desk, Office
from relance.application.people import NotAllowed
from relance.application.ports import CaseChange, NotFound
from relance.domain.case import Case
from relance.domain.escalation.performing import written
from relance.domain.evidence import EvidenceDraft
from relance.domain.holds import Arrangement, Dispute, Hold, Plan, PlanState, UnreadReply
from relance.domain.task import TaskKind


def close_matter(
    creditor: str,
    debtor: str,
    key: str,
    author: str,
    note: str,
    *,
    office: Office,
    undecided: bool = False,
) -> Case:
    """key: of a task, whose hold ends with it, or of a hold: a dispute is then resolved, a promise,
    an announced payment, an arrangement or a manual hold is lifted. A reply ends by being read, a
    call by its outcome, a plan by `end_plan`. undecided: an arrangement, unless somebody has
    approved it. Raises NotFound, NotAllowed.
    """
    desk = office.open(creditor)

    def change(case: Case) -> CaseChange:
        if undecided and not _awaits(case, key):
            raise NotFound("no-such-task", {"task": key})
        after, kind = _closed(case, key, desk)
        entry = EvidenceDraft(
            at=desk.now,
            actor=author,
            kind=kind,
            facts={"closed": key},
            personal={"note": note} if note else {},
        )
        return CaseChange(replace(after, agenda=desk.today + timedelta(days=1)), entry)

    return desk.change(debtor, change)


def _awaits(case: Case, key: str) -> bool:
    arrangements = (h for h in case.holds if isinstance(h, Arrangement) and h.key == key)
    return any(one.approved_by is None for one in arrangements)


def _closed(case: Case, key: str, desk: Desk) -> tuple[Case, str]:
    """The case without it, and the kind of the evidence entry."""
    task = next((task for task in case.tasks if task.key == key), None)
    if task is not None and task.kind is TaskKind.CALL:
        raise NotAllowed("call-needs-its-outcome", {"task": key})
    named = [h for h in case.holds if h.key == key and not isinstance(h, UnreadReply)]
    if any(isinstance(h, Plan) and h.state is not PlanState.PROPOSED for h in named):
        raise NotAllowed("plan-needs-its-end", {"plan": key})
    if task is None and not named:
        raise NotFound("no-such-task", {"task": key})
    ended = [_ended(hold, desk) if hold in named else hold for hold in case.holds]
    holds = tuple(hold for hold in ended if hold is not None)
    kind = f"task-done-{task.kind}" if task else "hold-ended"
    if task is not None and task.kind is TaskKind.WRITE:
        case = written(case, task, desk.policy_of(case), desk.calendar, desk.today)
    return replace(case.without_task(key), holds=holds), kind


def _ended(hold: Hold, desk: Desk) -> Hold | None:
    """A dispute stays, resolved: the next step comes the day after (rule 1)."""
    return replace(hold, resolved_on=desk.today) if isinstance(hold, Dispute) else None
