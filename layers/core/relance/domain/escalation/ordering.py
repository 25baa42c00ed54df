"""A person orders the formal notice of a case sooner (design §5 rule 2). Pure."""

from collections.abc import Sequence
from dataclasses import replace

from relance.domain.case import Case, FormalNoticeOrder
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import find_items
from relance.domain.escalation.ordered import order_of
from relance.domain.escalation.situation import Situation, situation_of
from relance.domain.open_item import ItemKey
from relance.domain.task import Task, TaskKind


class OrderRefused(RelanceError):
    """Nothing may be ordered of these items, or not now: the code says why."""


def order_notice(situation: Situation, numbers: Sequence[str], by: str) -> Case:
    """numbers: of the documents, none: all that is late and may be asked. The review that asked for
    a way on is answered. Raises OrderRefused, ArrangementRefused for an unknown number.
    """
    case, formal = situation.case, situation.policy.formal_notice
    if formal is None:
        raise OrderRefused("order-without-step")
    if situation.formal_notice_running or situation.awaits_formal_notice:
        raise OrderRefused("order-while-formal-notice")
    if case.ordered is not None and any(key in situation.account for key in case.ordered.items):
        raise OrderRefused("order-stands", {"by": case.ordered.by})
    named = find_items(case, numbers)
    wanted = named or tuple(situation.overdue_keys())
    order = FormalNoticeOrder(wanted, by, situation.today)
    seen = _seen_with(situation, order)
    able = tuple(key for key in wanted if _may_be_ordered(seen, key))
    for key in named:
        if key not in able:
            raise _refusal(situation, key)
    asked = {key: situation.account[key].chaseable for key in able}
    if not asked:
        raise OrderRefused("order-covers-nothing")
    if not situation.reaches(asked, formal.min_total):
        raise OrderRefused("message-under-minimum")
    tasks = tuple(task for task in case.tasks if not _is_answered(task, situation, able))
    return replace(case, ordered=replace(order, items=able), tasks=tasks, agenda=situation.today)


def skipped_by(situation: Situation, ordered: Case) -> str:
    """The steps that the order skips, each once, in the order of the policy."""
    seen = _seen_with(situation, ordered.ordered)
    items = ordered.ordered.items if ordered.ordered is not None else ()
    passed = {step for key in items for step, _ in seen.next_steps[key].skipped}
    return " ".join(step.key for step in situation.policy.steps if step.key in passed)


def _seen_with(situation: Situation, order: FormalNoticeOrder | None) -> Situation:
    """The same day, had the order been given."""
    case = replace(situation.case, ordered=order)
    return situation_of(case, situation.policy, situation.calendar, situation.today)


def _may_be_ordered(seen: Situation, key: ItemKey) -> bool:
    found = seen.next_steps.get(key)
    formal = seen.policy.formal_notice
    return found is not None and found.step is formal and order_of(seen.case, key) is not None


def _refusal(situation: Situation, key: ItemKey) -> OrderRefused:
    number = {"number": situation.case.items[key].number}
    rest = situation.account.get(key)
    held = rest.hold_reason() if rest is not None else "settled"
    if held is not None:
        return OrderRefused("order-of-held-item", {**number, "held": held})
    if key not in situation.overdue_keys():
        return OrderRefused("order-of-item-not-due", number)
    return OrderRefused("order-of-small-item", number)


def _is_answered(task: Task, situation: Situation, items: Sequence[ItemKey]) -> bool:
    """The review that lacked reminders open, of these items: the order is the way on."""
    about = [ItemKey(word) for word in (task.detail or "").split()]
    if task.kind is not TaskKind.REVIEW or not about or not set(about) <= set(items):
        return False
    needed = situation.policy.reminders_before_formal_notice
    return all(
        len(situation.case.progress_of(key).reminded) < needed
        and situation.account[key].received == 0
        for key in about
    )
