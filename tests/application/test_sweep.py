"""The hourly safety net (§7)."""

from datetime import date, timedelta

from relance.application.ports import SendOutcomeUnknown
from relance.domain.notice import NoticeStatus
from tests.builders import an_invoice
from tests.world import World, at

DAY = date(2026, 3, 5)


def planned() -> tuple[World, str]:
    world = World(DAY - timedelta(days=3))
    world.owes(an_invoice(due=DAY - timedelta(days=3), amount="400"))
    world.clock.set(at(DAY, 6))
    world.refresh()
    world.plan(DAY)
    live = world.case().live
    assert live is not None
    world.queue.messages.clear()
    return world, live.id


def test_what_is_planned_for_fifteen_minutes_is_queued_again() -> None:
    world, notice_id = planned()
    world.clock.set(at(DAY, 8, 14))
    assert world.sweep()[0].queued == ()
    world.clock.set(at(DAY, 8, 15))
    assert world.sweep()[0].queued == (notice_id,)
    assert [message[1] for message in world.queue.messages] == [notice_id]


def test_what_is_past_its_day_expires_and_frees_its_items() -> None:
    world, notice_id = planned()
    world.clock.set(at(DAY + timedelta(days=1), 8))
    assert world.sweep()[0].expired == (notice_id,)
    assert world.case().live is None
    assert world.case().attempt == 2
    assert world.stores.of("acme").notices.get(notice_id).status is NoticeStatus.EXPIRED


def test_what_is_past_its_window_expires_the_same_evening() -> None:
    world, notice_id = planned()
    world.clock.set(at(DAY, 18, 1))
    assert world.sweep()[0].expired == (notice_id,)


def test_a_doubtful_send_is_named_and_never_queued() -> None:
    world, notice_id = planned()
    world.carrier.failing.append(SendOutcomeUnknown("read-timeout"))
    world.send(notice_id)
    world.clock.set(at(DAY, 9))
    report = world.sweep()[0]
    assert report.doubtful == (notice_id,)
    assert report.queued == ()
    world.clock.set(at(DAY + timedelta(days=3), 9))
    assert world.sweep()[0].doubtful == (notice_id,)
    assert world.carrier.requests == 1


def test_what_awaits_approval_is_left_alone() -> None:
    world, notice_id = planned()
    world.send(notice_id)
    world.clock.set(at(DAY + timedelta(days=3), 9))
    report = world.sweep()[0]
    assert (report.queued, report.expired, report.doubtful) == ((), (), ())
