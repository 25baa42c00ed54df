"""What going live would do: the two weeks ahead, with the mode and the caps on (§5 rule 7)."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from relance.application.forecast import DayAhead
from relance.application.go_live import GoLivePreview, preview_go_live
from relance.application.ports import CaseChange
from relance.domain.creditor import DayCount, Mode
from relance.domain.escalation.arrangements import PromiseTerms, add_promise
from relance.domain.policy import Level
from relance.domain.release import ReleaseRefused
from tests.application.portfolio import DAY, NEXT, let_out, morning, who, world_of
from tests.builders import CALENDAR, an_invoice, standard_policy
from tests.world import World, at


def shown(world: World, mode: Mode = Mode.AUTO, **asked: Any) -> GoLivePreview:
    """Before the run of DAY."""
    world.clock.set(at(DAY, 7))
    return preview_go_live("acme", mode, office=world.office, **asked)


def days(found: GoLivePreview) -> dict[date, DayAhead]:
    return {one.on: one for one in found.ahead.days}


def counts(found: GoLivePreview) -> list[int]:
    """E-mails of each open day."""
    return [one.emails for one in found.ahead.days]


def written(found: GoLivePreview) -> list[date]:
    return [one.on for one in found.ahead.days if one.emails]


def old(world: World, number: int, days_late: int = 60, amount: str = "900") -> None:
    """A debtor whose document was old when first seen."""
    item = an_invoice(f"OLD{number}", due=DAY - timedelta(days=days_late), amount=amount)
    world.owes(item, debtor=who(number))
    store = world.stores.of("acme").cases
    case = world.case(f"C{number:03d}")
    waiting = replace(case, to_release=frozenset({item.key}))
    store.commit(CaseChange(waiting, None))


def test_the_first_days_are_those_of_the_run_as_far_as_the_caps_go() -> None:
    """Told, then lived: the same messages leave on the same days."""
    world = world_of(5, max_messages_per_day=2)
    told = counts(shown(world))[:3]
    lived = []
    for day in (DAY, NEXT, date(2026, 3, 9)):
        morning(world, day)
        lived.append(len(let_out(world, day).queued))
        world.drain()
    assert told == lived == [2, 2, 1]


def test_what_caps_put_off_is_told_by_its_cap_on_the_day_it_is_put_off() -> None:
    found = days(shown(world_of(5, max_messages_per_day=3, max_first_messages_per_day=2)))
    assert found[DAY].pushed == {"first-messages-cap": 3}
    assert found[NEXT].pushed == {"first-messages-cap": 1}
    assert found[date(2026, 3, 9)].pushed == {}


def test_what_left_today_already_takes_its_room() -> None:
    world = world_of(3, max_messages_per_day=2)
    creditors = world.office.creditors
    creditors.save(replace(creditors.get("acme"), dispatched=DayCount(DAY, messages=1)))
    assert counts(shown(world))[:2] == [1, 2]


def test_only_open_days_two_weeks_from_the_next_run_on() -> None:
    world = world_of(1)
    found = shown(world)
    assert (found.ahead.first, found.ahead.last) == (DAY, date(2026, 3, 18))
    assert [one.on for one in found.ahead.days] == [
        DAY + timedelta(days=n) for n in range(14) if CALENDAR.is_open(DAY + timedelta(days=n))
    ]
    world.clock.set(at(DAY, 9))
    late = preview_go_live("acme", Mode.AUTO, office=world.office)
    assert late.ahead.first == NEXT, "the run of today is over: what it would do, it has done"


def test_what_waits_is_counted_at_the_level_chosen_and_nothing_is_changed() -> None:
    world = world_of(0)
    old(world, 1)
    before = world.case("C001")
    level_1 = shown(world)
    level_2 = shown(world, level=Level.LEVEL_2)
    nothing = shown(world, level=None)
    assert [one.number for one in level_1.to_release] == ["OLD1"]
    assert days(level_1)[DAY].emails == 1
    assert days(level_2)[DAY].registered_letters == 1
    assert sum(counts(nothing)) == 0
    assert world.case("C001") == before
    with pytest.raises(ReleaseRefused):
        shown(world, level=Level.LEVEL_3)


def test_letters_cost_what_the_creditor_pays_and_a_rehearsal_costs_nothing() -> None:
    world = world_of(0, registered_letter_cost=Decimal("7.50"))
    for number in (1, 2):
        old(world, number)
    found = days(shown(world, level=Level.LEVEL_2))[DAY]
    assert (found.registered_letters, found.cost) == (2, Decimal("15.00"))
    told = shown(world, Mode.REDIRECT, level=Level.LEVEL_2, redirect_to="t@acme.example")
    assert days(told)[DAY].registered_letters == 2
    assert days(told)[DAY].cost == 0


def test_the_budget_of_letters_puts_off_what_it_cannot_pay() -> None:
    world = world_of(0, registered_letter_cost=Decimal(8), letters_budget_per_month=Decimal(10))
    for number in (1, 2):
        old(world, number)
    found = shown(world, level=Level.LEVEL_2)
    assert days(found)[DAY].pushed == {"letters-budget": 1}
    assert sum(one.cost for one in found.ahead.days) <= 10


def test_a_rehearsal_does_no_step_and_asks_for_no_call() -> None:
    world = world_of(1)
    real, rehearsed = shown(world), shown(world, Mode.REDIRECT, redirect_to="t@acme.example")
    assert written(real) == [DAY, date(2026, 3, 16)], "the second one, due + 14"
    assert written(rehearsed) == [DAY, date(2026, 3, 12)], "the first one again, a week later"
    big = world_of(0)
    big.owes(an_invoice("BIG", due=DAY - timedelta(days=7), amount="5000"), debtor=who(1))
    assert sum(one.calls for one in shown(big).ahead.days) == 1
    quiet = shown(big, Mode.REDIRECT, redirect_to="t@acme.example")
    assert sum(one.calls for one in quiet.ahead.days) == 0


def test_the_allow_list_asked_for_is_the_one_counted() -> None:
    world = world_of(3)
    found = shown(world, Mode.ALLOW_LIST, allow_list=["C002"])
    assert days(found)[DAY].emails == 1
    assert [one.debtor for one in found.ahead.first_messages] == ["C002"]
    assert shown(world, Mode.ALLOW_LIST).blocked == ("allow-list-empty",)


def test_nothing_leaves_while_it_observes() -> None:
    found = shown(world_of(2), Mode.OBSERVE)
    assert found.blocked == ("observe-mode",)
    assert sum(counts(found)) == 0


def test_the_largest_first_messages_come_first_with_their_day() -> None:
    found = shown(world_of(12, max_messages_per_day=11)).ahead
    assert found.first_count == 12
    assert [one.debtor for one in found.first_messages[:2]] == ["C012", "C011"]
    assert found.first_messages[0].asked == {"EUR": Decimal(112)}
    assert len(found.first_messages) == 10


def test_approvals_are_counted_on_the_day_they_are_asked() -> None:
    policy = standard_policy()
    steps = tuple(
        replace(one, approval=policy.formal_notice.approval)  # type: ignore[union-attr]
        if one.key == "email_1"
        else one
        for one in policy.steps
    )
    world = world_of(2)
    creditors = world.office.creditors
    creditors.save(replace(creditors.get("acme"), own_policy=replace(policy, steps=steps)))
    found = days(shown(world))
    assert (found[DAY].approvals, found[DAY].emails) == (2, 0)
    assert found[NEXT].emails == 2


def test_what_holds_a_case_holds_it_here_too() -> None:
    world = world_of(2)
    store = world.stores.of("acme").cases
    case = world.case("C001")
    held = add_promise(case, PromiseTerms(DAY + timedelta(days=10)), "p", CALENDAR, DAY)
    store.commit(CaseChange(held, None))
    assert days(shown(world))[DAY].emails == 1


def test_an_address_of_many_strangers_is_told() -> None:
    shared = [who(n, email="one@all.example") for n in range(1, 8)]
    found = shown(world_of(7, debtors=shared))
    assert found.ahead.strangers == ("one@all.example",)


def test_a_message_planned_this_morning_is_not_planned_twice() -> None:
    world = world_of(2, plan_at=time(8))
    morning(world)
    world.clock.set(at(DAY, 9))
    found = preview_go_live("acme", Mode.AUTO, office=world.office)
    assert found.ahead.days[0].emails == 2, "what did not leave is decided again"
