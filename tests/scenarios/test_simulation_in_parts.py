"""A portfolio simulated in parts says what it says as a whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.adapters.simulation_processes import simulate_apart
from relance.application.simulation import Simulation, simulate
from relance.application.simulation.parts import parts_of, together
from relance.application.simulation.payments import typical
from relance.domain.case import Case
from tests.builders import CALENDAR, a_case, a_debtor, an_invoice, standard_policy
from tests.groups import a_payer, a_shop

MONDAY = date(2026, 3, 2)
POLICY = standard_policy()


def of(cases: Sequence[Case]) -> Simulation:
    last = MONDAY + timedelta(days=90)
    return simulate(cases, POLICY, CALENDAR, MONDAY, last, pays=typical(3))


def a_customer(number: int, siren: str | None = None) -> Case:
    due = MONDAY - timedelta(days=number % 15)
    item = an_invoice(f"F{number}", due=due, amount=str(100 + 37 * number))
    debtor = replace(a_debtor(), code=f"D{number:03d}", siren=siren)
    return a_case(item, debtor=debtor)


def trade() -> list[Case]:
    """A payer of two shops, two codes of one legal entity, and others."""
    entity = [a_customer(90, "732829320"), a_customer(91, "732829320")]
    due = MONDAY - timedelta(days=4)
    debtors = (a_shop("S1"), a_payer(), a_shop("S2"))
    group = [a_case(an_invoice(one.code, due=due), debtor=one) for one in debtors]
    return [*map(a_customer, range(20)), *entity, *group]


@pytest.mark.parametrize("count", [2, 3, 40])
def test_the_parts_together_are_the_whole(count: int) -> None:
    parts = parts_of(trade(), count)
    assert sorted(case.debtor.code for part in parts for case in part) == sorted(
        case.debtor.code for case in trade()
    )
    whole, found = of(trade()), together([of(part) for part in parts])
    assert found == replace(whole, approvals=tuple(sorted(whole.approvals)))
    assert found.totals.formal_notices


def test_who_is_decided_together_is_in_one_part() -> None:
    for part in parts_of(trade(), 40):
        codes = {case.debtor.code for case in part}
        assert len({"D090", "D091"} & codes) in {0, 2}
        payers = {case.debtor.payer for case in part} - {None}
        assert payers <= codes
    assert len(parts_of(trade(), 40)) == len(trade()) - 3


def test_two_processes_tell_what_one_does() -> None:
    cases = [a_customer(number) for number in range(400)]
    assert simulate_apart(cases, _counted, processors=2) == together([_counted(cases)])


def _counted(cases: Sequence[Case]) -> Simulation:
    return simulate(cases, POLICY, CALENDAR, MONDAY, MONDAY + timedelta(days=2))


def test_nothing_to_put_together() -> None:
    with pytest.raises(ValueError, match="no simulation"):
        together([])
