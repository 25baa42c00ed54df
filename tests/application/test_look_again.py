"""A policy that changes reaches the cases whose date has not come (§5 rule 11)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.adapters.memory.outgoing import MemoryPlanQueue
from relance.application import look_again
from relance.application.plan_notices import start_plans
from relance.domain.policy import Policy
from tests.application.portfolio import DAY, DUE, NEXT, morning, world_of
from tests.builders import standard_policy
from tests.world import World, at


def sooner() -> Policy:
    """The preventive reminder fifteen days before the due date."""
    policy = standard_policy()
    steps = tuple(
        replace(step, after_days=-15) if step.key == "preventive" else step for step in policy.steps
    )
    return replace(policy, steps=steps)


def changed(world: World, policy: Policy | None) -> None:
    creditors = world.office.creditors
    creditors.save(replace(creditors.get("acme"), own_policy=policy, look_again_after=""))


def pages(world: World, day: date) -> list[tuple[str, ...]]:
    world.clock.set(at(day, 6))
    world.refresh()
    world.clock.set(at(day))
    queue = MemoryPlanQueue()
    start_plans(at(day), office=world.office, queue=queue)
    return [codes for _, _, codes in queue.messages]


def test_a_step_that_comes_sooner_is_done_the_next_morning_whatever_the_date_of_its_case() -> None:
    day = date(2026, 3, 10)
    world = world_of(1, due=day + timedelta(days=15))
    morning(world, DUE)
    agenda = world.case("C001").agenda
    assert agenda is not None
    assert agenda > day
    changed(world, sooner())
    morning(world, day)
    live = world.case("C001").live
    assert live is not None
    assert live.step == "preventive"


def test_so_many_cases_a_run_each_once_then_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_again, "LOOKED_AT_A_RUN", 2)
    world = world_of(5, due=DAY + timedelta(days=60))
    morning(world, DUE)
    assert pages(world, DAY) == [], "nothing is due"
    changed(world, None)
    seen = [code for day in (DAY, NEXT, date(2026, 3, 9)) for p in pages(world, day) for code in p]
    assert seen == ["C001", "C002", "C003", "C004", "C005"]
    assert world.office.creditors.get("acme").look_again_after is None
    assert pages(world, date(2026, 3, 10)) == []


def test_a_change_meanwhile_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_again, "LOOKED_AT_A_RUN", 2)
    world = world_of(3, due=DAY + timedelta(days=60))
    morning(world, DUE)
    changed(world, None)
    assert pages(world, DAY) == [("C001", "C002")]
    changed(world, sooner())
    assert pages(world, NEXT) == [("C001", "C002")]
    assert pages(world, date(2026, 3, 9)) == [("C003",)]


def test_a_change_during_the_run_itself_begins_again() -> None:
    world = world_of(1, due=DAY + timedelta(days=60))
    morning(world, DUE)
    changed(world, None)
    creditors = world.office.creditors
    before = replace(creditors.get("acme"), look_again_after="C000")
    desk = replace(world.office.open("acme"), creditor=before)
    look_again.look_again(desk, office=world.office, queue=MemoryPlanQueue(), page_size=25)
    assert creditors.get("acme").look_again_after == "", "dropped while its cases were queued"


class Interrupted(MemoryPlanQueue):
    """The policy changes while the first pages are queued, and some are decided already."""

    def __init__(self, world: World):
        super().__init__()
        self.world = world

    def put(self, creditor: str, today: date, debtors: tuple[str, ...]) -> None:
        super().put(creditor, today, debtors)
        changed(self.world, sooner())


def test_a_second_change_while_the_first_pages_are_queued_begins_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(look_again, "LOOKED_AT_A_RUN", 2)
    world = world_of(5, due=DAY + timedelta(days=60))
    morning(world, DUE)
    changed(world, None)
    world.clock.set(at(DAY))
    start_plans(at(DAY), office=world.office, queue=Interrupted(world))
    assert pages(world, NEXT) == [("C001", "C002")]


def test_what_holds_the_creditor_loses_nothing() -> None:
    world = world_of(1, due=DAY + timedelta(days=60))
    morning(world, DUE)
    changed(world, None)
    assert pages(world, date(2026, 3, 7)) == [], "a Saturday"
    assert pages(world, date(2026, 3, 9)) == [("C001",)]
