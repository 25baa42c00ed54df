"""What a person wrote of a call or of a reply, as the use cases take it."""

from relance.application.people import Findings
from relance.application.worklists.rows import FilledRow, RowKind
from relance.domain.calling import CallOutcome
from relance.domain.case import Case
from relance.domain.creditor import Colleague
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import DisputeTerms, PromiseTerms

AGAIN = frozenset({
    CallOutcome.REACHED, CallOutcome.VOICEMAIL, CallOutcome.UNREACHABLE,
    CallOutcome.WRONG_NUMBER, CallOutcome.WAITING_FOR_APPROVAL,
})  # fmt: skip
"""Outcomes whose date is that of the next call."""


class RowRefused(RelanceError):
    """The row lacks something. detail `field`: the cell."""


def findings_of(row: FilledRow, case: Case, author: Colleague) -> Findings:
    """What the outcome has no place for is kept in the note: nothing of a row is lost."""
    note, outcome = _note(row), row.outcome
    if outcome == CallOutcome.PROMISE:
        if row.day is None:
            raise RowRefused("row-needs-a-date", {"field": "date"})
        terms = PromiseTerms(row.day, row.amount, row.means, row.numbers, row.spoke_to)
        return Findings(promise=terms, note=note)
    if outcome == CallOutcome.DISPUTE:
        numbers = row.numbers or _only_one(case)
        terms_of = DisputeTerms(numbers, "other", author.key, row.amount, person=row.spoke_to)
        return Findings(dispute=terms_of, note=note)
    if outcome == CallOutcome.PAYMENT_SENT:
        paid = row.numbers if row.reference.kind is RowKind.REPLY or row.numbers else None
        return Findings(paid=paid, note=note)
    return Findings(note=note)


def _only_one(case: Case) -> tuple[str, ...]:
    """The document of a dispute that names none. Raises RowRefused when several may be meant."""
    claims = [item.number for item in case.open_items if item.is_claim]
    if len(claims) != 1:
        raise RowRefused("row-needs-documents", {"field": "numbers"})
    return tuple(claims)


_ARRANGED = frozenset({CallOutcome.PROMISE, CallOutcome.DISPUTE})
_PLACES: dict[str, frozenset[str]] = {
    str(CallOutcome.PROMISE): frozenset({"day", "amount", "means"}),
    str(CallOutcome.DISPUTE): frozenset({"amount"}),
}
_OF_A_CALL: dict[str, frozenset[str]] = {
    str(CallOutcome.TO_MEND): frozenset({"day"}),
    **{str(outcome): frozenset({"day"}) for outcome in AGAIN},
}
"""The cells that each outcome has a place for."""


def _always(row: FilledRow) -> frozenset[str]:
    """A call knows whom it spoke to and about what, an arrangement too; a reply that was only read
    knows neither.
    """
    if row.reference.kind is RowKind.CALL or row.outcome in _ARRANGED:
        return frozenset({"spoke_to", "numbers"})
    return frozenset({"numbers"}) if row.outcome == CallOutcome.PAYMENT_SENT else frozenset()


def _note(row: FilledRow) -> str:
    places = _PLACES | (_OF_A_CALL if row.reference.kind is RowKind.CALL else {})
    amount = f"{row.amount.normalize():f}" if row.amount is not None else None
    numbers = " ".join(row.numbers) or None
    cells = (
        *(("day", row.day), ("amount", amount), ("means", row.means)),
        *(("spoke_to", row.spoke_to), ("numbers", numbers)),
    )
    used = places.get(row.outcome, frozenset()) | _always(row)
    left = [str(value) for name, value in cells if value is not None and name not in used]
    return " · ".join(filter(None, [row.note, *left]))
