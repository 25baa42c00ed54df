"""Bills accepted, set-offs, returns, discounts, guarantees; holds of single items (rule 5)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from relance.domain.case import Case
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import find_items, without_promises
from relance.domain.escalation.decision import EndHold
from relance.domain.escalation.netting import net_account
from relance.domain.holds import (
    Arrangement,
    ArrangementKind,
    Hold,
    ManualHold,
    Plan,
    PlanState,
    ToWrite,
)
from relance.domain.working_days import WorkingCalendar

APPROVE_WITHIN_DAYS = 8
"""Days during which what a person recorded waits for another one to approve it."""
BY_PERSON = "held-by-person"


class NotArranged(RelanceError):
    """These terms hold nothing, or this person may not approve them."""


@dataclass(frozen=True, slots=True)
class ArrangementTerms:
    kind: ArrangementKind
    numbers: tuple[str, ...]
    until: date
    person: str | None = None


@dataclass(frozen=True, slots=True)
class HoldTerms:
    """until None: until somebody ends it; numbers: of the documents, none: the whole case."""

    note: str
    until: date | None = None
    numbers: tuple[str, ...] = ()


def arrange(
    case: Case, terms: ArrangementTerms, key: str, by: str, calendar: WorkingCalendar, today: date
) -> Case:
    """Held at once, for as long as it may wait for its approval. Raises NotArranged."""
    if terms.until < today:
        raise NotArranged("date-in-the-past", {"date": terms.until.isoformat()})
    account = net_account(without_promises(case, tuple(case.items), calendar), calendar)
    named = find_items(case, terms.numbers)
    amounts = {item: account[item].chaseable for item in named if account[item].chaseable > 0}
    if not amounts:
        raise NotArranged("arrangement-covers-nothing")
    arrangement = Arrangement(
        key=key,
        kind=terms.kind,
        amounts=amounts,
        owed={item: case.items[item].open_amount for item in amounts},
        recorded_on=today,
        until=terms.until,
        by=by,
        lapses_on=today + timedelta(days=APPROVE_WITHIN_DAYS),
        person=terms.person,
    )
    return _with_hold(case, arrangement, today)


def approve_arrangement(
    case: Case, key: str, by: str, calendar: WorkingCalendar, today: date
) -> Case:
    """Another person agrees to it, and the customer is told in writing. Raises NotArranged."""
    found = next((h for h in case.holds if isinstance(h, Arrangement) and h.key == key), None)
    if found is None or found.approved_by is not None:
        raise NotArranged("no-such-arrangement", {"arrangement": key})
    if _person(by) == _person(found.by):
        raise NotArranged("approver-recorded-it")
    approved = replace(found, approved_by=by, to_write=ToWrite("arrangement_recap", today))
    case = without_promises(case, tuple(found.amounts), calendar)
    holds = tuple(approved if one is found else one for one in case.holds)
    return replace(case, holds=holds, agenda=today + timedelta(days=1))


def hold(case: Case, terms: HoldTerms, key: str, today: date) -> Case:
    """Nothing of these items, or of the case, is chased until then. Raises NotArranged."""
    if terms.until is not None and terms.until < today:
        raise NotArranged("date-in-the-past", {"date": terms.until.isoformat()})
    items = find_items(case, terms.numbers)
    made = ManualHold(key, BY_PERSON, today, terms.until, items, terms.note)
    return _with_hold(case, made, today)


def ended_holds(holds: tuple[Hold, ...], today: date) -> Iterator[EndHold]:
    """What is over by its own date: nobody has to end it."""
    for one in holds:
        match one:
            case Plan(state=PlanState.PROPOSED) | Arrangement(approved_by=None):
                if one.lapses_on < today:
                    yield EndHold(one.key, "proposal-lapsed")
            case ManualHold() if one.items and one.until and one.until < today:
                yield EndHold(one.key, "hold-over")


def without_hold(case: Case, key: str, today: date) -> Case:
    holds = tuple(one for one in case.holds if one.key != key)
    return replace(case, holds=holds, agenda=today + timedelta(days=1))


def _with_hold(case: Case, made: Hold, today: date) -> Case:
    return replace(case, holds=(*case.holds, made), agenda=today + timedelta(days=1))


def _person(name: str) -> str:
    return " ".join(name.casefold().split())
