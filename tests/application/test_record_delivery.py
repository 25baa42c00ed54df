"""Delivery events: the table, and what a bounce undoes (§7, rule 2)."""

from datetime import date, timedelta

import pytest

from relance.domain.delivery import TRANSITIONS, DeliveryEvent
from relance.domain.notice import NoticeStatus
from relance.domain.task import TaskKind
from tests.builders import an_invoice
from tests.world import World

DUE = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)


def after_first_reminder() -> tuple[World, str]:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, THURSDAY)
    return world, world.carrier.sent[0].notice.id


def test_every_status_has_a_row_for_every_event_with_a_reason() -> None:
    for status in NoticeStatus:
        for event in DeliveryEvent:
            assert TRANSITIONS[status][event].reason


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (DeliveryEvent.SEND, "sent"),
        (DeliveryEvent.DELIVERY, "delivered"),
        (DeliveryEvent.SOFT_BOUNCE, "sent"),
        (DeliveryEvent.DELAY, "sent"),
        (DeliveryEvent.HARD_BOUNCE, "bounced"),
        (DeliveryEvent.COMPLAINT, "complained"),
        (DeliveryEvent.REJECT, "failed"),
    ],
)
def test_a_sent_notice_moves_by_the_table(event: DeliveryEvent, status: str) -> None:
    world, notice_id = after_first_reminder()
    assert world.delivery(notice_id, event).status == status
    assert world.stores.of("acme").notices.get(notice_id).status == status


def test_the_same_event_twice_changes_nothing_more() -> None:
    world, notice_id = after_first_reminder()
    world.delivery(notice_id, DeliveryEvent.DELIVERY)
    before = world.kinds()
    assert world.delivery(notice_id, DeliveryEvent.DELIVERY).reason == "already-known"
    assert world.kinds() == before


def test_an_unknown_notice_is_said_and_acknowledged() -> None:
    world, _ = after_first_reminder()
    assert world.delivery("nope", DeliveryEvent.DELIVERY).reason == "no-such-notice"


def test_a_hard_bounce_undoes_the_step_closes_the_address_and_opens_a_task() -> None:
    world, notice_id = after_first_reminder()
    world.delivery(notice_id, DeliveryEvent.HARD_BOUNCE)
    case = world.case()
    (progress,) = case.progress.values()
    assert progress.last is None
    assert not progress.reminded
    assert not case.contacts
    contact = case.contact("ap")
    assert contact is not None
    assert contact.unreachable == "hard-bounce"
    assert [task.kind for task in case.tasks] == [TaskKind.FIND_CONTACT]


def test_after_a_bounce_the_next_contact_gets_the_same_step() -> None:
    world, notice_id = after_first_reminder()
    world.delivery(notice_id, DeliveryEvent.HARD_BOUNCE)
    friday = THURSDAY + timedelta(days=1)
    world.run_days(friday, friday)
    second = world.carrier.sent[1]
    assert second.notice.step == "email_1"
    assert second.notice.recipients[0].contact == "boss"
    assert second.notice.id != notice_id


def test_a_bounce_that_comes_after_the_delivery_is_believed() -> None:
    world, notice_id = after_first_reminder()
    world.delivery(notice_id, DeliveryEvent.DELIVERY)
    assert world.delivery(notice_id, DeliveryEvent.HARD_BOUNCE).status == "bounced"
    assert world.case().progress_of(next(iter(world.case().items))).last is None


def test_an_address_that_closes_has_the_case_decided_again_tomorrow() -> None:
    """What awaits its approval may have lost its recipient. Found by the state machine."""
    world, notice_id = after_first_reminder()
    monday = date(2026, 3, 9)
    world.run_days(THURSDAY + timedelta(days=1), monday)
    assert world.case().agenda == date(2026, 3, 16)
    world.delivery(notice_id, DeliveryEvent.COMPLAINT)
    assert world.case().agenda == monday + timedelta(days=1)


def test_a_complaint_keeps_the_step_done_and_closes_the_address() -> None:
    world, notice_id = after_first_reminder()
    world.delivery(notice_id, DeliveryEvent.COMPLAINT)
    (progress,) = world.case().progress.values()
    assert progress.last is not None
    contact = world.case().contact("ap")
    assert contact is not None
    assert contact.unreachable == "complaint"


def test_an_event_is_kept_as_evidence_with_its_bytes() -> None:
    world, notice_id = after_first_reminder()
    world.delivery(notice_id, DeliveryEvent.DELIVERY)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert entry.kind == "notice-delivered"
    assert world.objects.get(entry.objects[0]) == b"{}"
