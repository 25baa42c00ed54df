"""What proves the chores of a decision."""

from relance.domain.escalation.decision import (
    Chore,
    EscalateTask,
    RemindApproval,
    RemindArrangement,
    TellSalesperson,
)


def chore_facts(chore: Chore) -> tuple[str, dict[str, str]]:
    """The kind of the evidence entry, and its facts."""
    facts = {"reason": chore.reason}
    if isinstance(chore, TellSalesperson):
        told = {"salesperson": chore.salesperson, "items": " ".join(chore.items)}
        return "salesperson-told", {**facts, **told, "leaves_on": chore.leaves_on.isoformat()}
    if isinstance(chore, RemindApproval):
        return chore.reason, {**facts, "notice": chore.notice_id}
    if isinstance(chore, RemindArrangement):
        return chore.reason, {**facts, "arrangement": chore.key}
    if isinstance(chore, EscalateTask):
        return "task-escalated", {**facts, "task": chore.task_key}
    return "task-withdrawn", {**facts, "task": chore.task_key}
