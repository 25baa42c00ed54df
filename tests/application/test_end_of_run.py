"""The mail of the morning is asked for once every page of the run is decided, and not before."""

from datetime import date, timedelta

import pytest

from relance.adapters.memory.outgoing import MemoryPlanQueue
from relance.application.plan_notices import start_plans
from relance.application.ports import NotFound
from tests.application.portfolio import DAY, world_of
from tests.world import World, at

ASKED = [("acme", DAY)]


def started(world: World, day: date = DAY, page_size: int = 2) -> MemoryPlanQueue:
    world.clock.set(at(day, 6))
    world.refresh()
    world.clock.set(at(day))
    world.pages = MemoryPlanQueue()
    start_plans(at(day), office=world.office, queue=world.pages, page_size=page_size)
    return world.pages


def test_the_last_page_asks_for_it_whatever_the_order() -> None:
    world = world_of(5)
    queue = started(world)
    assert len(queue.messages) == 3
    for _, day, page in reversed(queue.messages):
        assert queue.mornings == []
        world.plan_page("acme", day, page)
    assert queue.mornings == ASKED


def test_a_page_decided_twice_is_one_page() -> None:
    world = world_of(3)
    queue = started(world)
    (_, day, first), (_, _, last) = queue.messages
    for _ in range(2):
        world.plan_page("acme", day, first)
    assert queue.mornings == []
    world.plan_page("acme", day, last)
    assert queue.mornings == ASKED


def test_a_page_that_could_not_be_decided_is_not_over() -> None:
    world = world_of(1)
    queue = started(world)
    with pytest.raises(NotFound):
        world.plan_page("acme", DAY, ("C001", "UNKNOWN"))
    assert queue.mornings == []


def test_pages_faster_than_the_start_are_counted() -> None:
    """The start writes what it queued once all is queued: a page may be decided before."""
    world = world_of(3)

    class Fast(MemoryPlanQueue):
        def put(self, creditor: str, today: date, debtors: tuple[str, ...]) -> None:
            super().put(creditor, today, debtors)
            world.plan_page(creditor, today, debtors)
            assert world.pages.mornings == []

    world.clock.set(at(DAY, 6))
    world.refresh()
    world.clock.set(at(DAY))
    world.pages = Fast()
    start_plans(at(DAY), office=world.office, queue=world.pages, page_size=2)
    assert world.pages.mornings == ASKED


def test_a_day_with_nothing_due_has_its_digest_all_the_same() -> None:
    world = world_of(0)
    assert started(world).mornings == ASKED


def test_a_paused_creditor_too_and_a_closed_day_has_none() -> None:
    world = world_of(1)
    saturday = DAY + timedelta(days=2)
    assert started(world, saturday).mornings == []


def test_a_start_delivered_twice_does_not_ask_before_the_pages_of_the_first() -> None:
    """Both pages are at work: nothing is due any more, and nothing is over."""
    world = world_of(2)
    queue = started(world)
    (_, day, page) = queue.messages[0]
    for code in page:
        world.plan_page("acme", day, (code,))
    assert world.pages.mornings == []
    start_plans(at(DAY), office=world.office, queue=queue, page_size=2)
    assert len(queue.messages) == 1
    assert queue.mornings == []
