"""A shared notice is sent once whatever breaks, and its cases never part (§7, §5 rule 3)."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest

from relance.application.people import approve_notice, resolve_notice
from relance.application.ports import (
    Conflict,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
)
from relance.domain.checklist import ALL_CHECKS
from relance.domain.delivery import DeliveryEvent
from relance.domain.evidence import chain_problem
from relance.domain.holds import ManualHold
from relance.domain.notice import NoticeStatus
from relance.domain.policy import Channel
from tests.application.test_send_once import (
    Sending,
    importing,
    paused,
    throttled,
    timed_out,
)
from tests.builders import a_debtor, an_invoice
from tests.faults import Crash, Faults, crash
from tests.groups import PAYER, a_shop, a_world_of_shops
from tests.world import World, at

DAY = date(2026, 3, 5)
SHOPS = ("S1", "S2", "S3")


class SharedSending(Sending):
    """A world where one reminder for three debtors is planned for today and may leave now."""

    def __init__(self) -> None:
        self.world = a_world_of_shops(DAY, *SHOPS)
        self.world.plan(DAY)
        live = self.world.case("S1").live
        assert live is not None
        self.notice_id = live.id
        assert self.notice.debtors == SHOPS
        self.world.queue.messages.clear()
        self.open_mailer()

    def assert_never_twice_never_lost(self) -> None:
        super().assert_never_twice_never_lost()
        self.assert_all_alike()

    def assert_all_alike(self) -> None:
        """What happened to one of the cases happened to each."""
        cases = [self.world.case(code) for code in SHOPS]
        kinds = [self.world.kinds(code) for code in SHOPS]
        assert kinds[0] == kinds[1] == kinds[2]
        assert len({case.live and case.live.status for case in cases}) == 1
        assert len({len(case.contacts) for case in cases}) == 1
        for code in SHOPS:
            assert chain_problem(self.world.stores.of("acme").cases.history(code)) is None


def calls_of_a_send() -> list[str]:
    faults = Faults()
    SharedSending().send(faults)
    return faults.calls


CALLS = calls_of_a_send()
POINTS = [pytest.param(n, id=f"{n}-{name}") for n, name in enumerate(CALLS)]


def test_a_shared_notice_is_claimed_and_recorded_in_one_transaction_each() -> None:
    assert CALLS.count("mailer.send") == 1
    assert CALLS.count("cases.commit_all") == 2
    assert "cases.commit" not in CALLS


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_around_any_call(point: int, moment: str) -> None:
    sending = SharedSending()
    faults = Faults(at=point, **{moment: crash})  # type: ignore[arg-type]
    with pytest.raises(Crash):
        sending.send(faults)
    sending.recover()
    sending.assert_never_twice_never_lost()


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_duplicate_message_at_any_call(point: int, moment: str) -> None:
    sending = SharedSending()

    def other_message() -> None:
        with suppress(Conflict):
            sending.send()

    faults = Faults(at=point, **{moment: other_message})  # type: ignore[arg-type]
    with suppress(Conflict):
        sending.send(faults)
    assert len(sending.mailer.requests) == 1
    sending.recover()
    assert len(sending.mailer.sent) == 1
    sending.assert_never_twice_never_lost()


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize(("moment", "fault"), [("before", throttled), ("after", timed_out)])
def test_a_throttle_or_a_lost_answer_at_any_call(
    point: int, moment: str, fault: Callable[[str], Callable[[], None]]
) -> None:
    sending = SharedSending()
    faults = Faults(at=point, **{moment: fault(CALLS[point])})  # type: ignore[arg-type]
    with suppress(Conflict, SendThrottled, OSError):
        sending.send(faults)
    sending.recover()
    sending.assert_never_twice_never_lost()


def paid(sending: Sending) -> None:
    sending.world.owes(debtor=a_shop("S3"))


def replied(sending: Sending) -> None:
    """A message of a person of the last shop, about nothing in particular."""
    sending.world.reply("x@reply.acme.example", sender="s3-ap@client.example")


@pytest.mark.parametrize("point", POINTS[: CALLS.index("cases.commit_all")])
@pytest.mark.parametrize("event", [paid, replied, paused, importing])
def test_what_happens_to_any_of_its_cases_before_the_claim_stops_it(
    point: int, event: Callable[[Sending], None]
) -> None:
    sending = SharedSending()
    faults = Faults(at=point, after=lambda: event(sending))
    with suppress(Conflict):
        sending.send(faults)
    with suppress(Conflict):
        sending.send()
    assert not sending.mailer.requests


# ------------------------------------------------------------------ planning


def test_a_crash_of_the_planner_at_its_commit_plans_all_or_none() -> None:
    world = a_world_of_shops(DAY, *SHOPS)
    store = type(world.stores.of("acme").cases)
    commit_all = store.commit_all
    for after in (False, True):
        with pytest.MonkeyPatch.context() as patch:

            def broken(cases: Any, changes: Any, after: bool = after) -> Any:
                stored = commit_all(cases, changes) if after or len(changes) == 1 else ()
                if len(changes) > 1:
                    raise Crash
                return stored

            patch.setattr(store, "commit_all", broken)
            with pytest.raises(Crash):
                world.plan(DAY)
        lives = {(live := world.case(code).live) and live.id for code in SHOPS}
        assert len(lives) == 1
        assert (lives == {None}) is not after
    world.plan(DAY)
    notices = {n.id for code in SHOPS for n in world.stores.of("acme").notices.of_case(code)}
    assert len(notices) == 1


def test_planning_twice_plans_once() -> None:
    world = a_world_of_shops(DAY, *SHOPS)
    world.plan(DAY)
    world.plan(DAY)
    assert {len(world.stores.of("acme").notices.of_case(code)) for code in SHOPS} == {1}


# ------------------------------------------------------------------ what becomes of it


def sent_to_shops() -> tuple[World, str]:
    world = a_world_of_shops(DAY, *SHOPS)
    world.run_day(DAY)
    return world, world.carrier.sent[0].notice.id


def test_a_delivery_is_told_in_each_case() -> None:
    world, notice_id = sent_to_shops()
    world.delivery(notice_id, DeliveryEvent.DELIVERY)
    assert {world.kinds(code)[-1] for code in SHOPS} == {"notice-delivered"}


def test_a_hard_bounce_undoes_every_part_and_closes_the_address_at_the_payer() -> None:
    world, notice_id = sent_to_shops()
    world.delivery(notice_id, DeliveryEvent.HARD_BOUNCE)
    for code in SHOPS:
        case = world.case(code)
        assert not case.contacts
        assert all(not progress.performed for progress in case.progress.values())
        assert not case.tasks
    payer = world.case(PAYER)
    assert payer.debtor.contacts[0].unreachable == "hard-bounce"
    assert len(payer.tasks) == 1
    assert world.kinds(PAYER)[-1] == "notice-bounced"


def test_a_bounce_of_one_shop_alone_closes_the_address_at_its_payer_too() -> None:
    world = a_world_of_shops(DAY, "S1")
    world.run_day(DAY)
    world.delivery(world.carrier.sent[0].notice.id, DeliveryEvent.HARD_BOUNCE)
    assert world.case(PAYER).debtor.contacts[0].unreachable == "hard-bounce"


def test_a_refusal_fails_every_part() -> None:
    sending = SharedSending()
    sending.mailer.failing(SendRefused("message-rejected"))
    assert sending.send().status == "failed"
    assert {sending.world.case(code).failures for code in SHOPS} == {1}
    sending.assert_all_alike()


@pytest.mark.parametrize("sent", [True, False])
def test_a_doubtful_send_is_resolved_for_all(sent: bool) -> None:
    sending = SharedSending()
    sending.mailer.failing(SendOutcomeUnknown("read-timeout"))
    sending.send()
    sending.world.clock.set(at(DAY, 12))
    world = sending.world
    resolve_notice(
        "acme", sending.notice_id, "paul", sent=sent, office=world.office, random=world.random
    )
    sending.assert_all_alike()
    assert all(sending.world.case(code).live is None for code in SHOPS)
    assert {len(sending.world.case(code).contacts) for code in SHOPS} == {int(sent)}


def test_after_its_window_every_part_is_free() -> None:
    sending = SharedSending()
    sending.world.clock.set(at(DAY, 18, 1))
    assert sending.send().status == "expired"
    sending.assert_all_alike()
    assert all(sending.world.case(code).live is None for code in SHOPS)


def two_codes_awaiting() -> World:
    world = World(date(2026, 3, 2))
    for code in ("C001", "C002"):
        world.owes(an_invoice(f"F-{code}", due=date(2026, 3, 2)), debtor=a_debtor(code))
    day = date(2026, 3, 2)
    while world.case("C001").awaiting is None:
        world.run_days(day, day)
        day += timedelta(days=1)
    return world


def test_a_formal_notice_is_approved_or_refused_for_all_its_codes() -> None:
    for refuse in (None, "not yet"):
        world = two_codes_awaiting()
        awaiting = world.case("C001").awaiting
        assert awaiting is not None
        approve_notice(
            "acme", awaiting.id, "paul", office=world.office, refuse=refuse, confirmed=ALL_CHECKS
        )
        for code in ("C001", "C002"):
            case = world.case(code)
            held = any(isinstance(hold, ManualHold) for hold in case.holds)
            assert held is (refuse is not None)
            assert (case.awaiting is None) is held


def test_a_formal_notice_whose_day_ends_waits_again_in_both_cases() -> None:
    world = two_codes_awaiting()
    awaiting = world.case("C001").awaiting
    assert awaiting is not None
    approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)
    day = world.today + timedelta(days=1)
    world.clock.set(at(day, 6))
    world.refresh()
    world.plan(day)
    assert {(c := world.case(code).live) and c.id for code in ("C001", "C002")} == {awaiting.id}
    world.clock.set(at(day, 18, 30))
    world.sweep()
    for code in ("C001", "C002"):
        case = world.case(code)
        assert case.live is None
        assert case.awaiting is not None
        assert case.awaiting.approved_by == "paul"
    notice = world.stores.of("acme").notices.get(awaiting.id)
    assert (notice.status, notice.channel) == (
        NoticeStatus.AWAITING_APPROVAL,
        Channel.REGISTERED_LETTER,
    )
