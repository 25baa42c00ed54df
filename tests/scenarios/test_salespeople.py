"""Our salesperson hears of level 2 three working days before it leaves, and may hold it back once.

The invoice is due on Monday 2 March 2026: level 2 leaves on Tuesday 24 March.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.application.people import NotAllowed
from relance.application.ports import CaseChange, SendRefused
from relance.application.sales_stop import stop_level_2
from relance.domain.creditor import Absence, Colleague, Collector, Creditor
from relance.domain.debtor import Debtor
from tests.builders import CALENDAR, a_creditor, a_debtor, an_invoice
from tests.world import World, at

DUE = date(2026, 3, 2)
TOLD, LEAVES = date(2026, 3, 19), date(2026, 3, 24)
DAY = timedelta(days=1)
SONIA = Colleague("sonia", "Sonia Bel", "sonia@acme.example")


def selling(creditor: Creditor | None = None) -> Creditor:
    found = creditor or a_creditor()
    return replace(found, profile=replace(found.profile, salespeople=(SONIA,)))


def sold(code: str = "C001", salesperson: str | None = "Sonia Bel") -> Debtor:
    return replace(a_debtor(code), salesperson=salesperson)


def world_of(until: date, amount: str = "400", debtor: Debtor | None = None) -> World:
    """Nobody pays, up to that evening."""
    world = World(DUE, selling())
    world.owes(an_invoice(due=DUE, amount=amount), debtor=debtor or sold())
    world.run_days(DUE, until)
    return world


def told(world: World) -> list[tuple[str, dict[str, Any]]]:
    return [(to, context) for name, to, context in world.staff.told if name == "level_2_near"]


def left(world: World) -> dict[str, date]:
    return {step: day for day, step in world.steps_sent()}


def stop(world: World, days: int = 10, reason: str = "salon de Lyon") -> None:
    stop_level_2("acme", "C001", "claire", reason, days, office=world.office)


def test_the_salesperson_is_told_three_working_days_before_and_delays_nothing() -> None:
    world = world_of(TOLD - DAY)
    assert not told(world)
    world.run_days(TOLD, LEAVES)
    ((to, mail),) = told(world)
    assert to == SONIA.email
    assert mail["reply_to"] == "claire@acme.example"
    (one,) = mail["customers"]
    assert (one["debtor_code"], one["leaves_on"]) == ("C001", LEAVES)
    assert one["asked"] == {"EUR": Decimal(400)}
    assert left(world)["letter_2"] == LEAVES
    assert world.kinds().count("salesperson-told") == 1


def test_the_step_waits_for_no_mail_that_did_not_leave() -> None:
    world = world_of(TOLD - DAY)
    world.mailer.failing(SendRefused("no"))
    world.run_days(TOLD, LEAVES)
    assert left(world)["letter_2"] == LEAVES


def test_the_answers_reach_who_stands_in_for_the_collector() -> None:
    creditor = selling()
    claire = replace(
        creditor.profile.collectors[0], backup="hugo", absences=(Absence(TOLD, LEAVES),)
    )
    hugo = Collector("hugo", "Hugo Petit", "hugo@acme.example")
    profile = replace(creditor.profile, collectors=(claire, hugo))
    world = World(DUE, replace(creditor, profile=profile))
    world.owes(an_invoice(due=DUE, amount="400"), debtor=sold())
    world.run_days(DUE, TOLD)
    assert [mail["reply_to"] for _, mail in told(world)] == ["hugo@acme.example"]


@pytest.mark.parametrize("salesperson", [None, "Paul, a stranger"])
def test_without_a_declared_salesperson_nobody_is_told_and_nothing_waits(
    salesperson: str | None,
) -> None:
    world = world_of(LEAVES, debtor=sold(salesperson=salesperson))
    assert not told(world)
    assert left(world)["letter_2"] == LEAVES


def test_a_salesperson_learnt_of_on_the_eve_has_three_working_days_all_the_same() -> None:
    world = world_of(LEAVES - DAY, debtor=sold(salesperson=None))
    case = world.case()
    changed = replace(case, debtor=replace(case.debtor, salesperson="sonia"))
    world.stores.of("acme").cases.commit(CaseChange(changed, None))
    world.run_days(LEAVES, date(2026, 3, 27))
    assert len(told(world)) == 1
    assert left(world)["letter_2"] == date(2026, 3, 27) == CALENDAR.add(LEAVES, 3)


def test_a_stop_holds_the_step_back_up_to_its_last_day() -> None:
    """Ten working days from Friday 20 March end on Friday 3 April; Monday 6 is a holiday."""
    world = world_of(date(2026, 3, 20))
    world.clock.set(at(date(2026, 3, 20), 15))
    stop(world)
    world.run_days(date(2026, 3, 21), date(2026, 4, 7))
    assert left(world)["letter_2"] == date(2026, 4, 7)
    assert "level-2-stopped" in world.kinds()
    assert "notice-withheld" not in world.kinds()


def test_a_stop_on_the_very_morning_keeps_the_planned_letter_back() -> None:
    world = world_of(LEAVES - DAY)
    world.clock.set(at(LEAVES, 6))
    world.refresh()
    world.run_day(LEAVES, lambda _: stop(world, 1))
    assert "letter_2" not in left(world)
    world.run_days(LEAVES + DAY, LEAVES + 2 * DAY)
    assert left(world)["letter_2"] == LEAVES + 2 * DAY


def test_the_same_items_are_stopped_once() -> None:
    world = world_of(TOLD)
    stop(world, 1)
    with pytest.raises(NotAllowed, match="stopped-already"):
        stop(world, 1)
    world.run_days(TOLD + DAY, LEAVES)
    assert left(world)["letter_2"] == LEAVES


def test_an_invoice_announced_later_may_be_stopped_in_its_turn() -> None:
    world = world_of(TOLD)
    stop(world, 1)
    later = an_invoice("FA-2", due=DUE + 14 * DAY, amount="300")
    world.owes(an_invoice(due=DUE, amount="400"), later, debtor=sold())
    world.run_days(TOLD + DAY, date(2026, 4, 7))
    assert len(told(world)) == 2
    stop(world, 10)
    notes = world.case().announced
    assert [note.stopped_until for note in notes] == [TOLD + DAY, CALENDAR.add(world.today, 10)]


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [(11, "x", "stop-too-long"), (0, "x", "stop-too-long"), (3, " ", "stop-needs-a-reason")],
)
def test_a_stop_has_a_reason_and_ten_working_days_at_most(
    days: int, reason: str, code: str
) -> None:
    world = world_of(TOLD)
    with pytest.raises(NotAllowed, match=code):
        stop(world, days, reason)


def test_only_what_was_announced_is_stopped() -> None:
    world = world_of(TOLD - DAY)
    with pytest.raises(NotAllowed, match="nothing-announced"):
        stop(world)


def test_what_was_stopped_is_told_as_the_reason_why_nothing_leaves() -> None:
    world = world_of(LEAVES - DAY)
    stop(world)
    world.clock.set(at(LEAVES, 8))
    world.refresh()
    report = world.plan_page("acme", LEAVES, ("C001",))
    assert report.held["sales-stopped"] == 1


@settings(max_examples=25, deadline=None)
@given(
    lateness=st.integers(0, 70),
    stopped=st.none() | st.tuples(st.integers(0, 60), st.integers(1, 10)),
)
def test_level_2_never_leaves_before_three_working_days_of_notice_nor_during_a_stop(
    lateness: int, stopped: tuple[int, int] | None
) -> None:
    world = World(DUE, selling())
    world.owes(an_invoice(due=DUE - lateness * DAY, amount="400"), debtor=sold())

    def people(day: date) -> None:
        notes = world.case().announced
        if not stopped or not notes or notes[-1].stopped_until is not None:
            return
        waited = (day - notes[-1].told_on).days
        if waited >= stopped[0] % 5 and "letter_2" not in left(world):
            stop(world, stopped[1])

    world.run_days(DUE, DUE + 60 * DAY, people)
    (note,) = world.case().announced
    sent = left(world)["letter_2"]
    assert CALENDAR.count(note.told_on, sent) >= 3
    assert note.stopped_until is None or sent > note.stopped_until
    wait = 3 + (10 if note.stopped_until else 0)
    assert CALENDAR.count(note.told_on, sent) <= wait + 6, "held longer than the rule says"
