"""The one gate: what leaves in a day, in which order, and what waits for whom (§5 rule 7)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from relance.application.creditor_commands import allow_address, change_mode, pause, release_day
from relance.application.dispatch import Gate, dispatch_all, dispatch_creditors
from relance.application.office import Office
from relance.application.people import NotAllowed, approve_notice
from relance.application.ports import Conflict, NotFound
from relance.application.stop_notice import stop_notice
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import Mode
from relance.domain.delivery import DeliveryEvent
from relance.domain.notice import NoticeStatus
from relance.domain.policy import Approval, Policy
from tests.application.portfolio import (
    DAY,
    DUE,
    NEXT,
    asked,
    gate,
    let_out,
    morning,
    notices,
    who,
    world_of,
)
from tests.builders import a_profile, an_invoice, standard_policy
from tests.faults import Crash, Faults, Port, StoresPort, crash
from tests.world import World, at

PLANNED = NoticeStatus.PLANNED
FIRST = "first-messages-cap"

# ------------------------------------------------------------------ the window


def test_what_the_run_of_the_morning_plans_waits_for_the_window() -> None:
    world = world_of(2)
    morning(world)
    assert len(notices(world, PLANNED)) == 2
    assert world.queue.messages == []
    assert let_out(world, hour=9).queued == []
    assert len(let_out(world, hour=10).queued) == 2


def test_the_sender_refuses_what_was_not_let_out() -> None:
    world = world_of(1)
    morning(world)
    world.clock.set(at(DAY, 11))
    (planned,) = notices(world, PLANNED)
    assert world.send(planned.id).reason == "not-dispatched"
    world.sweep()
    world.drain()
    assert len(world.carrier.sent) == 1


def test_it_leaves_on_the_day_on_which_it_was_let_out_only() -> None:
    """A formal notice let out yesterday, held by a pause, is let out again or not at all."""
    world = formal_notice_approved()
    pause("acme", "paul", "audit", office=world.office)
    world.clock.set(at(world.today, 19))
    world.sweep()
    awaiting = world.case("C001").awaiting
    assert awaiting is not None
    assert awaiting.approved_by == "paul"


# ------------------------------------------------------------------ caps


def test_the_largest_stakes_leave_first_and_the_rest_the_next_working_day() -> None:
    world = world_of(5, max_messages_per_day=2)
    morning(world)
    report = let_out(world)
    assert (len(report.queued), report.held) == (2, {"daily-cap": 3})
    world.drain()
    assert asked(world) == [Decimal(105), Decimal(104)]
    assert [n.reason for n in notices(world, NoticeStatus.EXPIRED)] == ["daily-cap"] * 3
    morning(world, NEXT)
    let_out(world, NEXT)
    world.drain()
    assert asked(world)[2:] == [Decimal(103), Decimal(102)]


def test_the_cap_is_of_the_day_whoever_looks_again() -> None:
    world = world_of(3, max_messages_per_day=2)
    morning(world)
    let_out(world)
    world.owes(an_invoice("G1", due=DUE, amount="900"), debtor=who(9))
    world.plan_page("acme", DAY, ("C009",))
    (late,) = world.stores.of("acme").notices.of_case("C009")
    assert (late.status, late.reason) == (NoticeStatus.EXPIRED, "daily-cap")


@pytest.mark.parametrize(
    ("said", "reason"),
    [({"max_messages_per_day": 1}, "daily-cap"), ({"max_first_messages_per_day": 1}, FIRST)],
)
def test_a_cap_of_the_policy_wins_over_that_of_the_profile(
    said: dict[str, int], reason: str
) -> None:
    world = world_of(3, max_messages_per_day=2)
    dropped = replace(standard_policy(), **said)  # type: ignore[arg-type]
    own_policy(world, dropped)
    morning(world)
    report = let_out(world)
    assert (len(report.queued), report.held) == (1, {reason: 2})


def test_the_window_of_the_policy_is_the_hour_of_the_dispatch() -> None:
    world = world_of(1)
    own_policy(world, replace(standard_policy(), send_from=time(11)))
    morning(world)
    for hour, left in ((10, 0), (11, 1)):
        world.clock.set(at(DAY, hour))
        done = dispatch_creditors(at(DAY, hour), gate=gate(world))
        assert sum(len(one.queued) for one in done.values()) == left


def test_what_a_new_policy_wants_approved_does_not_leave_unapproved() -> None:
    world = world_of(1)
    morning(world)
    policy = standard_policy()
    steps = tuple(replace(step, approval=Approval.CONFIRM) for step in policy.steps)
    own_policy(world, replace(policy, steps=steps))
    let_out(world)
    (report,) = world.drain()
    assert (report.status, report.reason) == (NoticeStatus.WITHHELD, "approval-needed")


def own_policy(world: World, policy: Policy) -> None:
    creditors = world.office.creditors
    creditors.save(replace(creditors.get("acme"), own_policy=policy))


def test_first_messages_have_their_own_cap() -> None:
    world = world_of(3, max_first_messages_per_day=1)
    for day in (DAY, NEXT):
        morning(world, day)
        let_out(world, day)
        world.drain()
    assert asked(world) == [Decimal(103), Decimal(102)]
    assert {n.reason for n in notices(world, NoticeStatus.EXPIRED)} == {"first-messages-cap"}


def test_who_was_written_to_before_is_no_first_message() -> None:
    world = world_of(1, max_first_messages_per_day=1)
    world.run_days(DUE, DUE + timedelta(days=21))
    first, *later = [content.notice for content in world.carrier.sent]
    assert first.is_first
    assert later
    assert not any(notice.is_first for notice in later)


def test_letters_have_a_cap_and_a_budget_though_nobody_said_so() -> None:
    """Rule 7: 63 letters of 8 euros are over 500, and 21 are over a day."""
    world = two_letters(registered_letter_cost=Decimal(251))
    assert let_out(world, world.today).held == {"letters-budget": 1}
    assert a_profile().max_letters_per_day == 20


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"max_letters_per_day": 1}, "letters-cap"),
        ({"letters_budget_per_month": Decimal(9)}, "letters-budget"),
    ],
)
def test_letters_have_a_cap_of_the_day_and_a_budget_of_the_month(
    limits: dict[str, Any], reason: str
) -> None:
    """Two registered letters of 8 euros each are due."""
    world = two_letters(**limits)
    assert let_out(world, world.today).held == {reason: 1}
    world.drain()
    (letter,) = [c.notice for c in world.carrier.sent if c.notice.channel.is_letter]
    assert letter.channel == "registered_letter"
    assert len(world.carrier.copies) == 1, "the copy is the letter's own message: no cap"


def test_an_approved_formal_notice_over_the_cap_waits_with_its_approval() -> None:
    world = formal_notice_approved(max_messages_per_day=0)
    let_out(world, world.today)
    awaiting = world.case("C001").awaiting
    assert awaiting is not None
    assert awaiting.approved_by == "paul"


def two_letters(**profile: Any) -> World:
    """Both debtors are at their registered letter, planned and not let out."""
    world = world_of(0, **profile)
    for number in (1, 2):
        world.owes(an_invoice(f"L{number}", due=DUE, amount="900"), debtor=who(number))
    day = DUE
    while not any(notice.channel.is_letter for notice in notices(world, PLANNED)):
        let_out(world, day, 17)
        world.drain()
        day += timedelta(days=1)
        assert day < DUE + timedelta(days=40)
        morning(world, day)
    assert len(notices(world, PLANNED)) == 2
    world.carrier.sent.clear()
    return world


def formal_notice_approved(**profile: Any) -> World:
    """Approved, planned for today, and not let out."""
    world = world_of(0)
    world.owes(an_invoice("L1", due=DUE, amount="900"), debtor=who(1))
    day = DUE
    while world.case("C001").awaiting is None:
        day += timedelta(days=1)
        assert day < DUE + timedelta(days=70)
        world.clock.set(at(day, 6))
        world.refresh()
        world.run_day(day)
    awaiting = world.case("C001").awaiting
    assert awaiting is not None
    approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)
    creditor = world.office.creditors.get("acme")
    world.office.creditors.save(replace(creditor, profile=replace(creditor.profile, **profile)))
    morning(world, day + timedelta(days=1))
    live = world.case("C001").live
    assert live is not None
    assert live.id == awaiting.id
    return world


# ------------------------------------------------------------------ modes


def test_observing_lets_nothing_out_even_of_what_was_planned() -> None:
    world = world_of(1)
    morning(world)
    change_mode("acme", Mode.OBSERVE, "paul", office=world.office)
    assert let_out(world).held == {"observe-mode": 1}
    assert world.queue.messages == []


def test_a_batch_waits_for_the_person_who_releases_it_and_for_its_own_day() -> None:
    world = world_of(2, mode=Mode.CONFIRM)
    morning(world)
    assert let_out(world).held == {"batch-not-released": 2}
    report = release_day("acme", "paul", gate=gate(world))
    assert len(report.queued) == 2
    world.drain()
    assert len(world.carrier.sent) == 2
    entry = world.office.creditors.history("acme")[-1]
    assert (entry.kind, entry.actor) == ("day-released", "paul")
    world.owes(an_invoice("G1", due=DUE, amount="900"), debtor=who(9))
    morning(world, NEXT)
    assert let_out(world, NEXT).held == {"batch-not-released": 1}
    world.clock.set(at(NEXT, 19))
    world.sweep()
    (over,) = notices(world, NoticeStatus.EXPIRED)
    assert over.reason == "batch-not-released"


def test_a_release_before_the_window_opens_it_for_the_day() -> None:
    world = world_of(1, mode=Mode.CONFIRM)
    morning(world)
    world.clock.set(at(DAY, 9))
    assert release_day("acme", "paul", gate=gate(world)).queued == []
    assert len(let_out(world).queued) == 1


def test_only_a_creditor_who_confirms_has_a_batch_to_release() -> None:
    world = world_of(1)
    with pytest.raises(NotAllowed, match="no-batch-to-release"):
        release_day("acme", "paul", gate=gate(world))


def test_what_was_let_out_under_another_mode_still_waits_for_the_release() -> None:
    world = world_of(1)
    morning(world)
    let_out(world)
    change_mode("acme", Mode.CONFIRM, "paul", office=world.office)
    assert [report.reason for report in world.drain()] == ["batch-not-released"]
    assert not world.carrier.sent


def test_only_the_debtors_of_the_list_are_written_to() -> None:
    world = world_of(3)
    change_mode("acme", Mode.ALLOW_LIST, "paul", office=world.office, allow_list=("C002",))
    morning(world)
    let_out(world)
    world.drain()
    assert [content.debtor.code for content in world.carrier.sent] == ["C002"]
    assert world.case("C001").live is None
    assert world.case("C001").tasks == ()


def test_who_leaves_the_list_gets_nothing_of_what_was_planned() -> None:
    world = world_of(2)
    change_mode("acme", Mode.ALLOW_LIST, "paul", office=world.office, allow_list=("C001",))
    morning(world)
    change_mode("acme", Mode.ALLOW_LIST, "paul", office=world.office, allow_list=("C002",))
    assert let_out(world).held == {"not-on-allow-list": 1}
    (planned,) = notices(world, PLANNED)
    assert world.send(planned.id).reason == "not-dispatched"


@pytest.mark.parametrize(
    ("mode", "given", "error"),
    [
        (Mode.REDIRECT, {}, NotAllowed),
        (Mode.ALLOW_LIST, {}, NotAllowed),
        (Mode.ALLOW_LIST, {"allow_list": ("C999",)}, NotFound),
    ],
)
def test_a_mode_needs_what_it_is_about(
    mode: Mode, given: dict[str, Any], error: type[Exception]
) -> None:
    world = world_of(1)
    with pytest.raises(error):
        change_mode("acme", mode, "paul", office=world.office, **given)
    assert world.office.creditors.get("acme").mode is Mode.AUTO


def test_a_mode_changes_with_its_author() -> None:
    world = world_of(1)
    to = "test@acme.example"
    change_mode("acme", Mode.REDIRECT, "paul", office=world.office, redirect_to=to)
    entry = world.office.creditors.history("acme")[-1]
    assert (entry.kind, entry.actor) == ("mode-changed", "paul")
    assert entry.facts == {"mode": "redirect", "before": "auto"}
    assert entry.personal == {"redirect_to": to}


# ------------------------------------------------------------------ rehearsals


def rehearsing(**profile: Any) -> World:
    world = world_of(1, **profile)
    to = "test@acme.example"
    change_mode("acme", Mode.REDIRECT, "paul", office=world.office, redirect_to=to)
    return world


def test_a_rehearsal_goes_to_the_test_address_and_does_no_step() -> None:
    world = rehearsing()
    morning(world)
    let_out(world)
    world.drain()
    (content,) = world.carrier.sent
    assert content.rehearsal_to == "test@acme.example"
    case = world.case("C001")
    assert (case.progress, case.contacts, case.live) == ({}, (), None)
    assert [contact.by for contact in case.rehearsals] == [content.notice.id]
    (sending,) = [e for e in history(world) if e.kind == "notice-sending"]
    assert sending.facts["rehearsal"] == "yes"
    assert sending.personal == {"recipient": "test@acme.example"}


def history(world: World) -> list[Any]:
    return list(world.stores.of("acme").cases.history("C001"))


def test_rehearsals_are_seven_days_apart_and_space_nothing_that_is_real() -> None:
    world = rehearsing()
    world.run_days(DUE, DAY + timedelta(days=6))
    assert [day for day, _ in world.steps_sent()] == [DAY]
    world.run_days(DAY + timedelta(days=7), DAY + timedelta(days=7))
    assert [day for day, _ in world.steps_sent()] == [DAY, DAY + timedelta(days=7)]
    change_mode("acme", Mode.AUTO, "paul", office=world.office)
    world.run_days(DAY + timedelta(days=8), DAY + timedelta(days=8))
    (first,) = [c for c in world.carrier.sent if c.rehearsal_to is None]
    assert first.notice.step == "email_1", "the first step is still to do"
    assert first.notice.is_first


def test_what_the_test_address_does_says_nothing_of_the_customer() -> None:
    world = rehearsing()
    morning(world)
    let_out(world)
    world.drain()
    (sent,) = notices(world, NoticeStatus.SENT)
    world.staff.told.clear()
    world.delivery(sent.id, DeliveryEvent.HARD_BOUNCE)
    case = world.case("C001")
    assert case.tasks == ()
    assert all(contact.unreachable is None for contact in case.debtor.contacts)
    assert world.staff.told == []


def test_a_rehearsal_opens_no_call_and_no_formal_notice() -> None:
    world = world_of(1, mode=Mode.AUTO)
    world.run_days(DUE, DAY)
    asked_for = formal_notice_approved()
    for one, days in ((world, 10), (asked_for, 10)):
        to = "test@acme.example"
        change_mode("acme", Mode.REDIRECT, "paul", office=one.office, redirect_to=to)
        before, sent = one.case("C001"), len(one.carrier.sent)
        one.run_days(one.today + timedelta(days=1), one.today + timedelta(days=days))
        after = one.case("C001")
        assert (after.tasks, after.progress) == (before.tasks, before.progress)
        assert not [c for c in one.carrier.sent[sent:] if c.notice.is_formal_notice]


def test_a_rehearsal_that_was_throttled_leaves_for_real_once_the_mode_is_auto() -> None:
    from relance.application.ports import SendThrottled

    world = rehearsing()
    morning(world)
    let_out(world)
    world.carrier.failing.append(SendThrottled("busy"))
    with pytest.raises(SendThrottled):
        world.drain()
    change_mode("acme", Mode.AUTO, "paul", office=world.office)
    world.clock.set(at(DAY, 11))
    world.sweep()
    world.drain()
    (content,) = world.carrier.sent
    assert content.rehearsal_to is None
    assert world.case("C001").contacts


# ------------------------------------------------------------------ strangers at one address


def strangers(count: int, **more: Any) -> World:
    people = [who(n, email="Everyone@Mail.example", **more) for n in range(1, count + 1)]
    return world_of(count, debtors=people)


def test_more_than_five_strangers_at_one_address_stop_the_run_and_somebody_is_asked() -> None:
    world = strangers(6)
    world.owes(an_invoice("G1", due=DUE, amount="900"), debtor=who(9))
    morning(world)
    report = let_out(world)
    assert (report.queued, report.stopped) == ([], 1)
    let_out(world, hour=11)
    stopped = [told for told in world.staff.told if told[0] == "run_stopped"]
    ((_, to, context),) = stopped
    assert to == "finance@acme.example"
    (shown,) = context["addresses"]
    assert shown["address"] == "everyone@mail.example"
    assert len(shown["debtors"]) == 6
    assert len(notices(world, PLANNED)) == 7, "nothing has ended: it waits for the answer"


def test_once_a_person_allows_the_address_the_run_goes_on() -> None:
    world = strangers(6)
    morning(world)
    let_out(world)
    report = allow_address("acme", " Everyone@mail.example", "paul", gate=gate(world))
    assert len(report.queued) == 6
    entry = world.office.creditors.history("acme")[-1]
    assert (entry.kind, entry.actor) == ("address-allowed", "paul")
    assert "everyone" not in str(entry.facts)


def test_an_address_of_nobody_cannot_be_allowed() -> None:
    world = strangers(1)
    with pytest.raises(NotFound, match="no-such-address"):
        allow_address("acme", "x@y.example", "paul", gate=gate(world))


@pytest.mark.parametrize(
    "more", [{"siren": "552100554"}, {"payer": "C001"}], ids=["one-legal-entity", "one-payer"]
)
def test_debtors_of_one_payer_or_of_one_legal_entity_are_no_strangers(more: dict[str, Any]) -> None:
    people = [who(n, email="group@mail.example", **more) for n in range(2, 9)]
    people.insert(0, who(1, email="group@mail.example", siren=more.get("siren")))
    world = world_of(8, debtors=people)
    morning(world)
    assert let_out(world).stopped == 0


def test_five_may_share_an_address() -> None:
    world = strangers(5)
    morning(world)
    assert len(let_out(world).queued) == 5


# ------------------------------------------------------------------ people stop


def test_a_pause_stops_what_is_planned_and_what_was_let_out() -> None:
    world = world_of(2)
    morning(world)
    pause("acme", "paul", "audit", office=world.office)
    assert let_out(world).held == {"paused": 2}
    world = world_of(2)
    morning(world)
    let_out(world)
    pause("acme", "paul", "audit", office=world.office)
    assert {report.reason for report in world.drain()} == {"paused"}
    assert not world.carrier.sent


def test_a_person_stops_one_message_of_the_day() -> None:
    world = world_of(2)
    morning(world)
    live = world.case("C001").live
    assert live is not None
    stop_notice("acme", live.id, "claire", "vu au salon", office=world.office)
    let_out(world)
    world.drain()
    assert [content.debtor.code for content in world.carrier.sent] == ["C002"]
    assert world.stores.of("acme").notices.get(live.id).reason == "stopped-by-person"
    assert world.case("C001").agenda == NEXT
    entry = history(world)[-1]
    assert (entry.kind, entry.actor) == ("notice-stopped", "claire")
    assert entry.personal == {"reason": "vu au salon"}
    (sent,) = notices(world, NoticeStatus.SENT)
    with pytest.raises(NotAllowed, match="not-to-be-stopped"):
        stop_notice("acme", sent.id, "claire", office=world.office)


# ------------------------------------------------------------------ crashes, and two at once

CAP = 2


def ready() -> World:
    world = world_of(4, max_messages_per_day=CAP)
    morning(world)
    world.clock.set(at(DAY, 10))
    return world


def dispatched(world: World, faults: Faults) -> None:
    office = Office(
        creditors=port(world.office.creditors, "creditors", faults),
        stores=StoresPort(world.office.stores, faults),
        policies=world.office.policies,
        calendars=world.office.calendars,
        clock=world.office.clock,
    )
    queue = port(world.queue, "queue", faults)
    dispatch_all("acme", gate=Gate(office, queue, world.staff_mail))


def port(target: object, name: str, faults: Faults) -> Any:
    return Port(target, name, faults)


def calls_of_a_dispatch() -> list[str]:
    faults = Faults()
    dispatched(ready(), faults)
    return faults.calls


POINTS = [pytest.param(n, id=f"{n}-{name}") for n, name in enumerate(calls_of_a_dispatch())]


def recover(world: World) -> None:
    """The sweeps of the day, and what the queue brings back."""
    for hour in (11, 12, 13):
        world.clock.set(at(DAY, hour))
        world.sweep()
        with suppress(Conflict):
            world.drain()


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("other", [crash, None], ids=["crash", "two-at-once"])
def test_whatever_happens_the_cap_holds_and_nothing_is_lost(
    point: int, moment: str, other: Callable[[], None] | None
) -> None:
    world = ready()

    def second() -> None:
        dispatch_all("acme", gate=gate(world))

    faults = Faults(at=point, **{moment: other or second})  # type: ignore[arg-type]
    with suppress(Crash):
        dispatched(world, faults)
    recover(world)
    assert asked(world) == [Decimal(104), Decimal(103)]
    over = notices(world, NoticeStatus.EXPIRED)
    assert [notice.reason for notice in over] == ["daily-cap"] * 2
    assert not notices(world, PLANNED)
    count = world.office.creditors.get("acme").dispatched
    assert count is not None
    assert count.messages == CAP
