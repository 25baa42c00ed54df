"""Look at everything of a creditor before anything is switched on: reads every case once."""

from collections.abc import Iterator

from relance.application.office import Desk, Office
from relance.domain.case import Case
from relance.domain.preflight import Preflight, preflight


def run_preflight(creditor: str, *, office: Office) -> Preflight:
    """Raises NotFound."""
    desk = office.open(creditor)
    return preflight(desk.creditor, every_case(desk), desk.calendar, desk.today, policy=desk.policy)


def every_case(desk: Desk) -> Iterator[Case]:
    """One after the other: a case is read when it is asked for. For commands, never a hot path."""
    for debtor in desk.cases.debtors():
        case = desk.cases.load(debtor, desk.creditor)
        if case is not None:
            yield case
