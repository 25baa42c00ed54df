"""A person orders a formal notice sooner than the policy, or withdraws the order: the machine
never does either (design §5 rule 2).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from relance.application.office import Desk, Office
from relance.application.ports import CaseChange, NotFound
from relance.domain.case import Case
from relance.domain.escalation.ordered import without_order
from relance.domain.escalation.ordering import OrderRefused, order_notice, skipped_by
from relance.domain.escalation.situation import situation_of
from relance.domain.evidence import EvidenceDraft


def order_formal_notice(
    creditor: str,
    debtor: str,
    numbers: Sequence[str],
    author: str,
    reason: str,
    *,
    office: Office,
) -> Case:
    """Proposed at the next run, for another person to approve. numbers: of the documents, none:
    all that is late. Raises NotFound, OrderRefused, ArrangementRefused for an unknown number.
    """
    desk = _desk(creditor, reason, office)

    def change(case: Case) -> CaseChange:
        situation = situation_of(case, desk.policy, desk.calendar, desk.today)
        ordered = order_notice(situation, numbers, author)
        closed = [task.key for task in case.tasks if task not in ordered.tasks]
        facts = {"skipped": skipped_by(situation, ordered), "closed": " ".join(closed)}
        entry = _entry(desk, author, "formal-notice-ordered", ordered, facts, reason)
        return CaseChange(ordered, entry)

    return desk.change(debtor, change)


def withdraw_order(creditor: str, debtor: str, author: str, reason: str, *, office: Office) -> Case:
    """The items go on from where they stand; a notice that awaits its approval expires. Raises
    NotFound, OrderRefused.
    """
    desk = _desk(creditor, reason, office)

    def change(case: Case) -> CaseChange:
        if case.ordered is None:
            raise NotFound("no-order")
        entry = _entry(desk, author, "formal-notice-order-withdrawn", case, {}, reason)
        tomorrow = desk.today + timedelta(days=1)
        return CaseChange(replace(without_order(case), agenda=tomorrow), entry)

    return desk.change(debtor, change)


def _desk(creditor: str, reason: str, office: Office) -> Desk:
    if not reason.strip():
        raise OrderRefused("order-needs-a-reason")
    return office.open(creditor)


def _entry(
    desk: Desk, author: str, kind: str, case: Case, facts: dict[str, str], reason: str
) -> EvidenceDraft:
    """case: with the order. Why is what somebody wrote freely: it can be erased."""
    items = case.ordered.items if case.ordered is not None else ()
    said = {"items": " ".join(items), **facts}
    kept = {name: text for name, text in said.items() if text}
    return EvidenceDraft(desk.now, author, kind, kept, {"reason": reason})
