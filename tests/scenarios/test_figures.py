"""The figures promised of the escalation, on every due date of a year and for each shipped policy.

A quiet period of the creditor holds levels 2 and up by design (rule 6): without one, whatever the
weekday and the holidays, the dates are these. With one they are later by no more than its days.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.adapters.holiday_calendars import HolidayCalendars
from relance.application.simulation import Simulation, simulate
from relance.application.simulation.result import one_of_each_contact
from relance.domain.case import Case
from relance.domain.policy import Level, Policy
from tests.builders import CALENDAR, a_case, a_debtor, an_invoice, shipped_policies
from tests.scenarios.test_simulation import MOST_CONTACTS, billed_every_week

NEW_YEAR = date(2026, 1, 1)
DAY = timedelta(days=1)
QUIET = 22
"""Days of the longest quiet period proposed, 1 to 22 August."""
FRANCE = HolidayCalendars().of("FR")
POLICIES = {policy.name: policy for policy in shipped_policies()}
DATES = {
    "standard": ((45, 60), (60, 75)),
    "firm": ((30, 50), (45, 65)),
    "gentle": ((80, 95), (100, 115)),
    "public-sector": ((90, 105), (120, 135)),
}


def due_on(number: int, *, quiet: bool) -> Case:
    """The debtor of an invoice due that day of the year, small and large in turn."""
    due = NEW_YEAR + number * DAY
    amount = "2000" if number % 2 else "600"
    item = an_invoice(f"F{number}", due=due, issued=due - 30 * DAY, amount=amount)
    case = a_case(item, debtor=replace(a_debtor(f"C{number:03}"), siren=None))
    return case if quiet else replace(case, facts=replace(case.facts, quiet_periods=()))


def days_to(step: Level, found: Simulation) -> dict[int, int]:
    """By day of the year on which it was due: how long it took to reach that level in writing."""
    reached: dict[int, int] = {}
    for one in found.actions:
        if one.level is step and one.channel != "call":
            number = int(one.debtor_code[1:])
            reached.setdefault(number, (one.date - NEW_YEAR).days - number)
    return reached


def lived(policy: Policy, numbers: range, *, quiet: bool) -> Simulation:
    cases = [due_on(number, quiet=quiet) for number in numbers]
    last = NEW_YEAR + (max(numbers) + 180) * DAY
    return simulate(cases, policy, FRANCE, NEW_YEAR - 31 * DAY, last)


def assert_dates(policy: Policy, numbers: range, found: Simulation, later: int = 0) -> None:
    for level, (least, most) in zip(
        (Level.LEVEL_3, Level.LITIGATION), DATES[policy.name], strict=True
    ):
        reached = days_to(level, found)
        assert sorted(reached) == list(numbers)
        wrong = {n: days for n, days in reached.items() if not least <= days <= most + later}
        assert not wrong, f"{policy.name} {level}: {wrong}"


def test_whatever_day_of_the_year_it_is_due_an_item_on_time_keeps_the_dates() -> None:
    """Due + 45 to + 60 for the formal notice, + 60 to + 75 for the hand-over."""
    policy, year = POLICIES["standard"], range(365)
    assert_dates(policy, year, lived(policy, year, quiet=False))


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda one: one.name)
def test_each_shipped_policy_keeps_its_own_dates(policy: Policy) -> None:
    some = range(0, 365, 11)
    assert_dates(policy, some, lived(policy, some, quiet=False))


def test_a_quiet_period_makes_them_later_by_no_more_than_its_days() -> None:
    policy, some = POLICIES["standard"], range(0, 365, 7)
    assert_dates(policy, some, lived(policy, some, quiet=True), later=QUIET)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda one: one.name)
@pytest.mark.parametrize("month", [1, 4, 6, 8, 11])
def test_a_debtor_billed_every_week_gets_at_most_22_contacts_before_the_formal_notice(
    policy: Policy, month: int
) -> None:
    first = date(2026, month, 5)
    coming = {"C001": tuple(billed_every_week(first, amount="6000"))}
    case = replace(a_case(), items={})
    found = simulate([case], policy, CALENDAR, first, first + 200 * DAY, coming=coming)
    contacts = one_of_each_contact(found.actions)
    (formal,) = [one for one in contacts if one.step == "formal_notice"]
    assert len([one for one in contacts if one.date < formal.date]) <= MOST_CONTACTS
    after = {one.level for one in found.actions if one.date > formal.date}
    assert after <= {Level.LITIGATION}
