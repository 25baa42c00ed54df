"""The calls of a day: by stake, at most so many per collector, told once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from relance.application.log_call import CallResult, log_call
from relance.application.ports import SendRefused
from relance.application.tell_calls import CallsTold, calls_today
from relance.domain.creditor import Absence, Collector, Creditor
from relance.domain.escalation.call_list import priority_of
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.netting import net_account
from relance.domain.holds import Promise
from tests.builders import CALENDAR, a_case, a_creditor, a_debtor, a_profile, an_invoice, seen_on
from tests.world import World, at

DUE = date(2026, 3, 2)
CALL_DAY = DUE + timedelta(days=7)
DAY = timedelta(days=1)
CLAIRE, HUGO = "claire@acme.example", "hugo@acme.example"


def creditor(cap: int) -> Creditor:
    claire = replace(a_profile().collectors[0], max_calls_per_day=cap)
    people = (claire, Collector("hugo", "Hugo Petit", HUGO, max_calls_per_day=cap))
    return replace(a_creditor(), profile=replace(a_profile(), collectors=people))


def calls(cap: int, *amounts: int, collectors: tuple[str | None, ...] = ()) -> World:
    """One debtor per amount, all to be called on CALL_DAY: C001, C002, …"""
    world = World(DUE, creditor(cap))
    for n, amount in enumerate(amounts, 1):
        code = f"C{n:03}"
        who = collectors[n - 1] if collectors else None
        debtor = replace(a_debtor(code), collector=who)
        world.owes(an_invoice(f"FA-{code}", due=DUE, amount=str(amount)), debtor=debtor)
    world.run_days(DUE, CALL_DAY - DAY)
    world.staff.told.clear()
    return world


def morning(world: World, day: date) -> dict[str, CallsTold]:
    world.clock.set(at(day, 6))
    world.refresh()
    world.plan(day)
    return world.tell_calls(day)


def told(world: World) -> list[tuple[str, list[str], int]]:
    return [
        (to, [call["debtor_code"] for call in mail["calls"]], mail["over"])
        for template, to, mail in world.staff.told
        if template == "worklist" and mail["calls"]
    ]


def test_what_is_over_the_number_of_the_day_waits_for_the_next_working_day() -> None:
    world = calls(2, 900, 700, 5000, 800)
    assert morning(world, CALL_DAY)["acme"] == CallsTold(listed=2, over=2, told=1, untold=0)
    assert told(world) == [(CLAIRE, ["C003", "C001"], 2)]
    world.clock.set(at(CALL_DAY, 14))
    for code in ("C001", "C003"):
        log_call("acme", code, "claire", CallResult("reached"), office=world.office)
    world.staff.told.clear()
    morning(world, CALL_DAY + DAY)
    assert told(world) == [(CLAIRE, ["C004", "C002"], 0)]


def test_a_call_that_never_found_its_place_counts_as_not_made_in_time() -> None:
    """Rule 2 goes before the list: three working days, and the second e-mail follows."""
    world = calls(0, 900)
    world.run_days(CALL_DAY, CALL_DAY + 2 * DAY)
    assert not told(world)
    world.run_days(CALL_DAY + 3 * DAY, CALL_DAY + 3 * DAY)
    assert call_task(world.case()) is None
    assert "call-not-made" in world.kinds()


def test_each_collector_has_a_number_of_their_own() -> None:
    world = calls(1, 900, 700, 800, collectors=("claire", "hugo", "hugo"))
    morning(world, CALL_DAY)
    assert told(world) == [(CLAIRE, ["C001"], 0), (HUGO, ["C003"], 1)]


@pytest.mark.parametrize(("backup", "reader"), [("hugo", HUGO), (None, "finance@acme.example")])
def test_the_calls_of_who_is_away_go_to_who_is_there(backup: str | None, reader: str) -> None:
    world = calls(5, 900, 700, collectors=("claire", "hugo"))
    away = Absence(CALL_DAY, CALL_DAY)
    creditors = world.office.creditors
    found = creditors.get("acme")
    claire, hugo = found.profile.collectors
    people = (replace(claire, backup=backup, absences=(away,)), hugo)
    creditors.save(replace(found, profile=replace(found.profile, collectors=people)))
    morning(world, CALL_DAY)
    assert "C001" in {to: codes for to, codes, _ in told(world)}[reader]
    assert CLAIRE not in [to for to, _, _ in told(world)]


def test_the_list_of_a_day_is_told_once_and_stays_the_same() -> None:
    world = calls(1, 900, 5000)
    morning(world, CALL_DAY)
    assert world.tell_calls(CALL_DAY) == {"acme": CallsTold()}
    world.clock.set(at(CALL_DAY, 14))
    day = calls_today(world.office.open("acme"))["claire"]
    assert [one.case.debtor.code for one in day.to_make] == ["C002"]
    assert [one.case.debtor.code for one in day.over] == ["C001"]


def test_what_was_tried_today_or_is_agreed_for_later_is_not_on_the_list() -> None:
    world = calls(5, 900, 5000)
    morning(world, CALL_DAY)
    log_call("acme", "C001", "claire", CallResult("voicemail"), office=world.office)
    later = CallResult("voicemail", again=CALL_DAY + 2 * DAY)
    log_call("acme", "C002", "claire", later, office=world.office)
    day = calls_today(world.office.open("acme"))["claire"]
    assert (day.to_make, len(day.later)) == ((), 2)
    world.staff.told.clear()
    morning(world, CALL_DAY + DAY)
    assert told(world) == [(CLAIRE, ["C001"], 0)]


def test_a_call_agreed_for_the_day_comes_before_larger_stakes() -> None:
    world = calls(1, 900, 5000)
    morning(world, CALL_DAY)
    agreed = CallResult("reached", again=CALL_DAY + DAY)
    log_call("acme", "C001", "claire", agreed, office=world.office)
    world.staff.told.clear()
    morning(world, CALL_DAY + DAY)
    assert told(world) == [(CLAIRE, ["C001"], 1)]


@pytest.mark.parametrize("hour", [7, 8, 10])
def test_calls_are_told_an_hour_after_the_run_and_at_no_other(hour: int) -> None:
    world = calls(5, 900)
    world.clock.set(at(CALL_DAY, 6))
    world.refresh()
    world.plan(CALL_DAY)
    assert world.tell_calls(CALL_DAY, hour) == {}
    assert not told(world)


def test_nobody_is_asked_to_call_on_a_closed_day() -> None:
    world = calls(5, 900)
    world.plan(CALL_DAY)
    assert world.tell_calls(CALL_DAY + 5 * DAY) == {}


def test_a_mail_that_does_not_leave_loses_no_call() -> None:
    world = calls(5, 900)
    world.clock.set(at(CALL_DAY, 6))
    world.refresh()
    world.plan(CALL_DAY)
    world.mailer.failing(SendRefused("no"))
    assert world.tell_calls(CALL_DAY)["acme"].untold == 1
    task = call_task(world.case())
    assert task is not None
    assert task.listed_on == CALL_DAY


def test_a_sheet_says_whom_what_for_what_was_said_and_what_to_ask() -> None:
    world = calls(5, 900)
    morning(world, CALL_DAY)
    said = CallResult("reached", again=CALL_DAY + DAY, spoke_to="Ap Durand")
    log_call("acme", "C001", "claire", said, office=world.office)
    world.staff.told.clear()
    morning(world, CALL_DAY + DAY)
    sheet: dict[str, Any] = world.staff.told[-1][2]["calls"][0]
    assert (sheet["contact_name"], sheet["phone"]) == ("Ap Durand", "+331")
    assert sheet["asked"] == {"EUR": Decimal(900)}
    assert sheet["level"] == "level_1"
    assert sheet["said"][0]["spoke_to"] == "Ap Durand"
    assert sheet["others"] == []
    assert sheet["script"].ask


# ------------------------------------------------------------------ the formula


def test_the_priority_is_the_amount_by_lateness_and_broken_promises() -> None:
    """The example of the docstring, then each factor up to its limit."""
    today = DUE + timedelta(days=30)
    case = seen_on(a_case(an_invoice(due=DUE, amount="1000")), today)
    rests = tuple(net_account(case, CALENDAR).values())
    assert priority_of(case, rests, CALENDAR, today) == Decimal("2000.00")
    old = an_invoice("OLD", due=DUE, amount="1000")
    broken = Promise("p", DUE, None, {old.key: Decimal(1000)}, None, DUE, {old.key: Decimal(1000)})
    twice = replace(case, holds=(replace(broken, covered={i: Decimal(1000) for i in case.items}),))
    assert priority_of(twice, rests, CALENDAR, today) == Decimal("3000.00")
    much_later = DUE + timedelta(days=400)
    assert priority_of(case, rests, CALENDAR, much_later) == Decimal("4000.00")
