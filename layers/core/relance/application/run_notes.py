"""What a page of the run notes for the mail of the morning, as it leaves no trace in the case."""

from decimal import Decimal

from relance.application.office import Desk
from relance.application.run_records import RunNote
from relance.application.stakes import stake_of, sum_of
from relance.domain.case import Case
from relance.domain.escalation.decision import Decision, Held, OpenCall, PlanMessage
from relance.domain.escalation.modes import only_observed
from relance.domain.open_item import ItemKey

STALE, OBSERVED = "stale-balance", "observe-mode"
ONLY_LISTED = "not-on-allow-list"


def notes_of(desk: Desk, case: Case, decision: Decision) -> tuple[RunNote, ...]:
    """decision: the last one about the case, of which nothing is done any more."""
    stale = [_held(desk, case, held) for held in decision.held if held.reason == STALE][:1]
    if not only_observed(case.facts):
        return tuple(stale)
    observed = (_observed(desk, case, action) for action in decision.actions)
    return (*stale, *(note for note in observed if note is not None))


def _held(desk: Desk, case: Case, held: Held) -> RunNote:
    items = held.items or tuple(item.key for item in case.open_items)
    return RunNote(case.debtor.code, held.reason, stake_of(desk, ((case, items),)))


def _observed(desk: Desk, case: Case, action: object) -> RunNote | None:
    """A message or a call that the mode keeps from being more than a decision."""
    reason = OBSERVED if case.facts.is_allowed else ONLY_LISTED
    code = case.debtor.code
    if isinstance(action, PlanMessage):
        asked = amounts_of(case, action.asked)
        return RunNote(code, reason, asked, str(action.step.level), str(action.channel))
    if isinstance(action, OpenCall):
        items = tuple(dict.fromkeys(item for item, _ in action.performs))
        return RunNote(code, reason, stake_of(desk, ((case, items),)), None, "call")
    return None


def amounts_of(case: Case, asked: dict[ItemKey, Decimal]) -> dict[str, Decimal]:
    """By currency, of the items that the case still has."""
    known = [(case.items[key], amount) for key, amount in asked.items() if key in case.items]
    return sum_of({item.currency: amount} for item, amount in known)
