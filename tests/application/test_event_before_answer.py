"""SES publishes while we still wait for its answer: both tell the same, and neither fails."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.adapters.memory.other_stores import MemoryNoticeStore
from relance.application.send_notice import Prepared
from relance.domain.delivery import DeliveryEvent
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.notice_content import NoticeContent
from tests.builders import an_invoice
from tests.world import FakeCarrier, World, at

DUE = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)


class EagerCarrier(FakeCarrier):
    """Its provider tells what became of the message before it answers the request."""

    world: World
    event: DeliveryEvent

    def hand_over(self, content: NoticeContent, prepared: Prepared) -> str:
        reference = super().hand_over(content, prepared)
        self.world.delivery(content.notice.id, self.event)
        return reference


def planned(event: DeliveryEvent) -> tuple[World, str]:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.carrier = EagerCarrier()
    world.carrier.world, world.carrier.event = world, event
    world.run_days(DUE, THURSDAY - timedelta(days=1))
    world.plan(THURSDAY)
    world.clock.set(at(THURSDAY, 10))
    live = world.case().live
    assert live is not None
    return world, live.id


def test_an_event_that_comes_before_the_answer_is_believed_and_the_sender_does_not_fail() -> None:
    world, notice = planned(DeliveryEvent.SEND)
    assert world.send(notice).status == NoticeStatus.SENT
    assert world.kinds().count("notice-sent") == 1


def test_a_bounce_that_comes_before_the_answer_stays_a_bounce() -> None:
    world, notice = planned(DeliveryEvent.HARD_BOUNCE)
    assert world.send(notice).status == NoticeStatus.BOUNCED
    assert world.case().debtor.contacts[0].unreachable == "hard-bounce"


def test_an_event_decided_on_a_state_that_has_moved_is_decided_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sender records its answer between the reading of the event and its writing."""
    world, notice = planned(DeliveryEvent.SEND)
    world.carrier = FakeCarrier()
    world.send(notice)
    real, calls = MemoryNoticeStore.get, []

    def stale_at_first(store: MemoryNoticeStore, notice_id: str) -> Notice:
        calls.append(notice_id)
        found = real(store, notice_id)
        return replace(found, status=NoticeStatus.SENDING) if len(calls) == 1 else found

    monkeypatch.setattr(MemoryNoticeStore, "get", stale_at_first)
    assert world.delivery(notice, DeliveryEvent.DELIVERY).status == NoticeStatus.DELIVERED
    assert len(calls) > 1
