"""What people decide: effects, refusals, and an entry with their name."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.approvals import ApprovalRefused
from relance.application.creditor_commands import change_mode, pause, resume
from relance.application.log_call import CallResult, log_call
from relance.application.people import Findings, NotAllowed, approve_notice, resolve_notice
from relance.application.ports import NotFound, SendOutcomeUnknown, SendRefused
from relance.application.seen_reply import mark_seen
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import Mode
from relance.domain.escalation.arrangements import (
    ArrangementRefused,
    DisputeTerms,
    PromiseTerms,
)
from relance.domain.escalation.netting import net_account
from relance.domain.evidence import chain_problem
from relance.domain.holds import ManualHold, Promise
from relance.domain.notice import NoticeStatus
from relance.domain.task import TaskKind
from tests.builders import CALENDAR, an_invoice
from tests.world import World, at

DUE = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)
NOTHING = Findings()


def world_with(*, amount: str = "400", until: date = THURSDAY) -> World:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount=amount))
    world.run_days(DUE, until)
    return world


def chaseable(world: World) -> Decimal:
    (rest,) = net_account(world.case(), CALENDAR).values()
    return rest.chaseable


# ------------------------------------------------------------------ replies


def test_marking_seen_ends_the_hold_and_says_who() -> None:
    world = world_with()
    world.reply(world.carrier.sent[0].reply_to)
    mark_seen("acme", "C001", "r1", "claire", NOTHING, office=world.office)
    assert world.case().holds == ()
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert (entry.kind, entry.actor) == ("reply-seen", "claire")
    assert world.stores.of("acme").replies.get("r1").seen_by == "claire"


def test_a_reply_cannot_be_seen_twice() -> None:
    world = world_with()
    world.reply(world.carrier.sent[0].reply_to)
    mark_seen("acme", "C001", "r1", "claire", NOTHING, office=world.office)
    with pytest.raises(NotFound):
        mark_seen("acme", "C001", "r1", "claire", NOTHING, office=world.office)


def test_a_promise_found_in_a_reply_holds_what_it_covers() -> None:
    world = world_with()
    world.reply(world.carrier.sent[0].reply_to)
    found = Findings(PromiseTerms(date(2026, 3, 20), Decimal("150")))
    mark_seen("acme", "C001", "r1", "claire", found, office=world.office)
    assert chaseable(world) == Decimal("250")


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (PromiseTerms(date(2026, 3, 20)), ("ap@client.example", "email")),
        (PromiseTerms(date(2026, 3, 20), by="Anne", channel="sms"), ("Anne", "sms")),
    ],
)
def test_a_promise_found_in_a_reply_is_its_sender_s_by_email(
    terms: PromiseTerms, said: tuple[str, str]
) -> None:
    world = world_with()
    world.reply(world.carrier.sent[0].reply_to)
    mark_seen("acme", "C001", "r1", "claire", Findings(terms), office=world.office)
    (promise,) = (hold for hold in world.case().holds if isinstance(hold, Promise))
    assert (promise.by, promise.channel) == said


def test_a_dispute_found_in_a_reply_holds_its_amount() -> None:
    world = world_with()
    world.reply(world.carrier.sent[0].reply_to)
    found = Findings(dispute=DisputeTerms(("FA-1",), "price", "ana", Decimal("100")))
    mark_seen("acme", "C001", "r1", "claire", found, office=world.office)
    assert chaseable(world) == Decimal("300")


def test_what_they_say_they_paid_is_not_asked_for() -> None:
    world = world_with()
    world.reply(world.carrier.sent[0].reply_to)
    mark_seen("acme", "C001", "r1", "claire", Findings(paid=()), office=world.office)
    assert chaseable(world) == 0


@pytest.mark.parametrize(
    "findings",
    [
        Findings(PromiseTerms(date(2026, 3, 1))),
        Findings(dispute=DisputeTerms(("NOPE",), "price", "ana")),
        Findings(paid=("NOPE",)),
    ],
)
def test_findings_that_make_no_sense_are_refused_and_the_reply_stays_unread(
    findings: Findings,
) -> None:
    world = world_with()
    world.reply(world.carrier.sent[0].reply_to)
    with pytest.raises(ArrangementRefused):
        mark_seen("acme", "C001", "r1", "claire", findings, office=world.office)
    assert len(world.case().holds) == 1


# ------------------------------------------------------------------ calls


def test_a_call_that_reaches_somebody_is_done_and_counts_as_a_reminder() -> None:
    world = world_with(amount="900", until=date(2026, 3, 9))
    log_call("acme", "C001", "claire", CallResult("reached"), office=world.office)
    (progress,) = world.case().progress.values()
    assert progress.last is not None
    assert (progress.last.step, progress.last.outcome) == ("call_1", "reached")
    assert len(progress.reminded) == 2
    assert not world.case().tasks


def test_two_vain_attempts_keep_the_call_open_and_the_third_ends_it() -> None:
    world = world_with(amount="900", until=date(2026, 3, 9))
    for _ in range(2):
        log_call("acme", "C001", "claire", CallResult("voicemail"), office=world.office)
        assert [task.kind for task in world.case().tasks] == [TaskKind.CALL]
    log_call("acme", "C001", "claire", CallResult("unreachable"), office=world.office)
    assert not world.case().tasks
    (progress,) = world.case().progress.values()
    assert progress.last is not None
    assert progress.last.outcome == "unreached"
    assert len(progress.reminded) == 1


def test_after_three_vain_calls_the_customer_is_told_by_email() -> None:
    world = world_with(amount="900", until=date(2026, 3, 11))
    for _ in range(3):
        log_call("acme", "C001", "claire", CallResult("voicemail"), office=world.office)
    world.run_days(date(2026, 3, 12), date(2026, 3, 19))
    templates = [content.notice.template for content in world.carrier.sent]
    assert "tried_to_reach" in templates or templates[-1] == "level_1_second"


def test_a_call_nobody_has_to_make_cannot_be_logged() -> None:
    world = world_with()
    with pytest.raises(NotAllowed):
        log_call("acme", "C001", "claire", CallResult("reached"), office=world.office)


def test_a_promise_made_on_the_phone_holds() -> None:
    world = world_with(amount="900", until=date(2026, 3, 9))
    result = CallResult("reached", Findings(PromiseTerms(date(2026, 3, 20))))
    log_call("acme", "C001", "claire", result, office=world.office)
    assert any(isinstance(hold, Promise) for hold in world.case().holds)
    assert chaseable(world) == 0


# ------------------------------------------------------------------ approvals


def world_awaiting_approval() -> tuple[World, str]:
    world = world_with(until=date(2026, 4, 17))
    awaiting = world.case().awaiting
    assert awaiting is not None
    return world, awaiting.id


def test_an_approved_formal_notice_leaves_at_the_next_run_dated_that_day() -> None:
    world, notice_id = world_awaiting_approval()
    approve_notice("acme", notice_id, "paul", office=world.office, confirmed=ALL_CHECKS)
    world.run_days(date(2026, 4, 18), date(2026, 4, 20))
    sent = world.carrier.sent[-1]
    assert (sent.written_on, sent.notice.step) == (date(2026, 4, 20), "formal_notice")
    assert sent.notice.deadline == date(2026, 5, 5)


def test_an_approved_formal_notice_that_could_not_leave_keeps_its_approval() -> None:
    world, notice_id = world_awaiting_approval()
    approve_notice("acme", notice_id, "paul", office=world.office, confirmed=ALL_CHECKS)
    monday = date(2026, 4, 20)
    world.clock.set(at(monday, 6))
    world.refresh()
    world.plan(monday)
    pause("acme", "paul", "audit", office=world.office)
    world.drain()
    world.clock.set(at(monday, 19))
    world.sweep()
    assert world.carrier.sent[-1].notice.step != "formal_notice"
    resume("acme", "paul", office=world.office)
    tuesday = date(2026, 4, 21)
    world.run_days(tuesday, tuesday)
    sent = world.carrier.sent[-1]
    assert (sent.written_on, sent.notice.id) == (tuesday, notice_id)
    assert sent.notice.deadline == date(2026, 5, 6)


def test_an_approved_formal_notice_paid_before_it_leaves_never_leaves() -> None:
    world, notice_id = world_awaiting_approval()
    approve_notice("acme", notice_id, "paul", office=world.office, confirmed=ALL_CHECKS)
    world.owes()
    world.run_days(date(2026, 4, 18), date(2026, 4, 30))
    assert world.carrier.sent[-1].notice.step != "formal_notice"
    assert world.stores.of("acme").notices.get(notice_id).status is NoticeStatus.EXPIRED


def test_a_refused_formal_notice_does_not_leave() -> None:
    world, notice_id = world_awaiting_approval()
    approve_notice(
        "acme", notice_id, "paul", refuse="they called", office=world.office, confirmed=ALL_CHECKS
    )
    assert world.case().awaiting is None
    notice = world.stores.of("acme").notices.get(notice_id)
    assert notice.status is NoticeStatus.WITHHELD
    world.run_days(date(2026, 4, 18), date(2026, 5, 2))
    assert world.case().awaiting is None
    world.run_days(date(2026, 5, 3), date(2026, 5, 4))
    assert world.case().awaiting is not None


def test_a_formal_notice_is_approved_once() -> None:
    world, notice_id = world_awaiting_approval()
    approve_notice(
        "acme", notice_id, "paul", refuse="no", office=world.office, confirmed=ALL_CHECKS
    )
    with pytest.raises(NotAllowed, match="not-awaiting-approval"):
        approve_notice("acme", notice_id, "paul", office=world.office, confirmed=ALL_CHECKS)


@pytest.mark.parametrize("by", ["claire", "Claire  MARTIN", "Claire@acme.example"])
def test_four_eyes_the_preparer_cannot_approve(by: str) -> None:
    """Planned by the daily run: whoever is in charge of the case that day prepared it."""
    world, notice_id = world_awaiting_approval()
    with pytest.raises(ApprovalRefused, match="approver-prepared-it"):
        approve_notice("acme", notice_id, by, office=world.office, confirmed=ALL_CHECKS)
    planned = next(
        e
        for e in world.stores.of("acme").cases.history("C001")
        if e.facts.get("notice") == notice_id
    )
    assert (planned.kind, planned.facts["prepared_by"]) == ("notice-planned", "claire")


# ------------------------------------------------------------------ doubtful sends, failures


def doubtful() -> tuple[World, str]:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.carrier.failing.append(SendOutcomeUnknown("read-timeout"))
    world.run_days(DUE, THURSDAY)
    live = world.case().live
    assert live is not None
    return world, live.id


def test_a_person_says_that_a_doubtful_send_left() -> None:
    world, notice_id = doubtful()
    resolve_notice("acme", notice_id, "paul", sent=True, office=world.office, random=world.random)
    (progress,) = world.case().progress.values()
    assert progress.last is not None
    assert progress.last.done_on == THURSDAY


def test_a_person_says_that_a_doubtful_send_did_not_leave_and_it_is_planned_again() -> None:
    world, notice_id = doubtful()
    resolve_notice("acme", notice_id, "paul", sent=False, office=world.office, random=world.random)
    world.run_days(THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=1))
    assert world.steps_sent() == [(THURSDAY + timedelta(days=1), "email_1")]


def test_only_a_doubtful_send_can_be_resolved() -> None:
    world = world_with()
    with pytest.raises(NotAllowed):
        resolve_notice(
            "acme",
            world.carrier.sent[0].notice.id,
            "paul",
            sent=True,
            office=world.office,
            random=world.random,
        )


def test_three_failures_are_a_task_and_a_hold() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.carrier.failing += [SendRefused("rejected")] * 3
    world.run_days(DUE, date(2026, 3, 20))
    assert world.carrier.requests == 3
    assert [task.kind for task in world.case().tasks] == [TaskKind.FAILED_STEP]
    assert any(isinstance(hold, ManualHold) for hold in world.case().holds)


# ------------------------------------------------------------------ the whole creditor


def test_in_observe_mode_nothing_is_planned_and_no_step_is_done() -> None:
    world = World(DUE)
    change_mode("acme", Mode.OBSERVE, "paul", office=world.office)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, date(2026, 3, 20))
    assert not world.carrier.sent
    assert not world.case().progress
    change_mode("acme", Mode.AUTO, "paul", office=world.office)
    world.run_days(date(2026, 3, 23), date(2026, 3, 23))
    assert world.steps_sent() == [(date(2026, 3, 23), "email_1")]


def test_a_pause_stops_what_is_already_queued_and_resuming_lets_it_go() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.clock.set(at(THURSDAY, 6))
    world.refresh()
    world.plan(THURSDAY)
    pause("acme", "paul", "audit", office=world.office)
    assert [report.reason for report in world.drain()] == ["paused"]
    assert not world.carrier.sent
    resume("acme", "paul", office=world.office)
    world.clock.set(at(THURSDAY, 11))
    world.sweep()
    world.drain()
    assert len(world.carrier.sent) == 1


def test_what_concerns_the_creditor_is_in_a_chain_of_its_own_with_its_author() -> None:
    world = World(DUE)
    pause("acme", "paul", "audit", office=world.office)
    resume("acme", "ana", office=world.office)
    entries = world.stores.creditors.history("acme")
    assert [(e.kind, e.actor) for e in entries] == [("paused", "paul"), ("resumed", "ana")]
    assert chain_problem(entries) is None
