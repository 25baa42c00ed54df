"""Who gets what on a day: the collector, else the backup, else finance."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.domain.creditor import Absence, Colleague, Collector, CreditorProfile
from relance.domain.team import colleague_named, person_for, salesperson_of, signatory
from tests.builders import a_case, a_debtor, a_profile

AWAY = Absence(date(2026, 3, 9), date(2026, 3, 13))
CLAIRE, HUGO, FINANCE = "claire@acme.example", "hugo@acme.example", "finance@acme.example"


def team(backup_away: tuple[Absence, ...] = (), backup: str | None = "hugo") -> CreditorProfile:
    claire = Collector("claire", "Claire Martin", CLAIRE, "+331", backup=backup, absences=(AWAY,))
    hugo = Collector("hugo", "Hugo Petit", HUGO, "+332", absences=backup_away)
    return replace(a_profile(), collectors=(claire, hugo))


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (date(2026, 3, 8), CLAIRE),
        (date(2026, 3, 9), HUGO),
        (date(2026, 3, 13), HUGO),
        (date(2026, 3, 14), CLAIRE),
    ],
)
def test_the_backup_stands_in_from_the_first_day_of_an_absence_to_the_last(
    day: date, who: str
) -> None:
    assert person_for(a_case(), team(), day).email == who


@pytest.mark.parametrize("profile", [team((AWAY,)), team(backup=None), team(backup="gone")])
def test_finance_gets_it_when_nobody_stands_in(profile: CreditorProfile) -> None:
    assert person_for(a_case(), profile, AWAY.first).email == FINANCE
    assert signatory(a_debtor(), profile, AWAY.first).email == CLAIRE


def test_the_backup_signs_while_the_collector_is_away() -> None:
    assert signatory(a_debtor(), team(), AWAY.first).phone == "+332"


@given(st.integers(-10, 20), st.integers(-10, 20), st.integers(0, 9))
def test_nobody_away_is_ever_given_anything(day: int, first: int, length: int) -> None:
    start = AWAY.first + timedelta(days=first)
    profile = team((Absence(start, start + timedelta(days=length)),))
    today = AWAY.first + timedelta(days=day)
    found = person_for(a_case(), profile, today)
    away = {one.email for one in profile.collectors if one.is_away(today)}
    assert found.email not in away


SALES = (Colleague("sb", "Sonia Bel", "sonia@acme.example"),)


@pytest.mark.parametrize("named", ["sb", "SONIA  bel", "Sonia@acme.example"])
def test_a_salesperson_is_known_by_key_name_or_address(named: str) -> None:
    assert salesperson_of(replace(a_debtor(), salesperson=named), SALES) == SALES[0]


@pytest.mark.parametrize("named", [None, "", "Paul"])
def test_a_stranger_is_no_salesperson(named: str | None) -> None:
    assert salesperson_of(replace(a_debtor(), salesperson=named), SALES) is None


def test_any_of_ours_is_found_by_name() -> None:
    profile = replace(team(), approvers=(Colleague("pdg", "Zoé Roux", "zoe@acme.example"),))
    assert colleague_named("hugo petit", profile) == Colleague("hugo", "Hugo Petit", HUGO)
    assert colleague_named("pdg", profile) == profile.approvers[0]
    assert colleague_named("nobody", profile) is None
