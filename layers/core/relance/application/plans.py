"""Instalment plans: proposed, agreed and ended by people (design §5 rule 5)."""

from dataclasses import replace

from relance.application.answers import Postbox
from relance.application.arranging import Act, Arranged, answered, make, record
from relance.application.office import Office
from relance.domain.case import Case
from relance.domain.escalation.plans import PlanTerms, agree_plan, end_plan, propose_plan
from relance.domain.task import TaskKind


def propose(
    creditor: str,
    debtor: str,
    terms: PlanTerms,
    author: str,
    note: str,
    *,
    office: Office,
    postbox: Postbox,
) -> Arranged:
    """The agreement to sign leaves today. Raises NotFound, PlanRefused, ArrangementRefused."""
    desk = office.open(creditor)

    def proposed(case: Case, key: str) -> Case:
        return propose_plan(case, terms, key, desk.calendar, desk.today)

    facts = {
        "now": str(terms.now),
        "instalments": str(terms.count),
        "first": terms.first.isoformat(),
        "documents": " ".join(terms.numbers),
    }
    act = Act("plan-proposed", author, facts, {"person": terms.person, "note": note})
    case, key = make(desk, debtor, "plan", proposed, act)
    return answered(desk, case, key, postbox)


def agree(
    creditor: str,
    debtor: str,
    key: str,
    author: str,
    note: str,
    *,
    office: Office,
    postbox: Postbox,
) -> Arranged:
    """The signed agreement came back. Raises NotFound, PlanRefused."""
    desk = office.open(creditor)

    def agreed(case: Case) -> Case:
        return agree_plan(case, key, desk.calendar, desk.today)

    act = Act("plan-agreed", author, {}, {"note": note})
    return answered(desk, record(desk, debtor, key, agreed, act), key, postbox)


def end(
    creditor: str, debtor: str, key: str, author: str, reason: str, *, office: Office
) -> Arranged:
    """What is left is asked for again from tomorrow on. Raises NotFound, PlanRefused."""
    desk = office.open(creditor)

    def ended(case: Case) -> Case:
        after = end_plan(case, key, desk.today)
        tasks = tuple(task for task in after.tasks if task.kind is not TaskKind.END_PLAN)
        return replace(after, tasks=tasks)

    act = Act("plan-ended", author, {}, {"reason": reason})
    return Arranged(record(desk, debtor, key, ended, act), key)
