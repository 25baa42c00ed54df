"""A person notes a promise to pay (design §5 rule 5)."""

from relance.application.answers import Postbox
from relance.application.arranging import Act, Arranged, answered, make
from relance.application.office import Office
from relance.domain.case import Case
from relance.domain.escalation.arrangements import PromiseTerms, add_promise


def note_promise(
    creditor: str,
    debtor: str,
    terms: PromiseTerms,
    author: str,
    note: str,
    *,
    office: Office,
    postbox: Postbox,
) -> Arranged:
    """Its recap leaves today. Raises NotFound, ArrangementRefused: also beyond the limits of rule 5
    when `terms.exception` does not say why.
    """
    desk = office.open(creditor)

    def promised(case: Case, key: str) -> Case:
        return add_promise(case, terms, key, desk.calendar, desk.today)

    facts = {
        "promised_for": terms.promised_for.isoformat(),
        "amount": str(terms.amount or "all-overdue"),
        "documents": " ".join(terms.numbers),
        "means": terms.means or "",
        "by_way_of": terms.channel or "",
    }
    personal = {"promised_by": terms.by, "exception": terms.exception, "note": note}
    act = Act("promise-noted", author, facts, personal)
    case, key = make(desk, debtor, "promise", promised, act)
    return answered(desk, case, key, postbox)
