"""A decision taken back within the hour: the case is as it was, and nothing leaves twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.disputes import note_dispute
from relance.application.flags import FlagTerms, flag_debtor
from relance.application.log_call import CallResult, log_call
from relance.application.other_arrangements import hold_case
from relance.application.people import Findings, approve_notice
from relance.application.promises import note_promise
from relance.application.seen_reply import mark_seen
from relance.application.stop_notice import stop_notice
from relance.application.undo import Undone, undo
from relance.domain.case import Case
from relance.domain.checklist import ALL_CHECKS
from relance.domain.debtor import FlagKind
from relance.domain.decided import UndoRefused
from relance.domain.escalation.arrangements import DisputeTerms, PromiseTerms
from relance.domain.escalation.other_arrangements import HoldTerms
from relance.domain.evidence import chain_problem
from relance.domain.notice import NoticeStatus
from tests.builders import an_invoice
from tests.groups import a_world_of_shops
from tests.world import World, at

DUE = date(2026, 3, 2)
MONDAY = date(2026, 3, 9)
"""A call is due."""
FRIDAY = date(2026, 4, 17)
"""A formal notice awaits its approval."""
PROMISED = PromiseTerms(date(2026, 3, 20))


def evening_of(day: date, amount: str = "900") -> World:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount=amount))
    world.run_days(DUE, day)
    return world


def taken_back(world: World, by: str = "claire", debtor: str = "C001") -> Undone:
    return undo("acme", debtor, by, office=world.office)


def substance(case: Case) -> Case:
    """A case but for what rises with every change, and the day it is decided again."""
    return replace(case, version=0, chain=case.chain.__class__(0, ""), agenda=None, attempt=0)


def promise(world: World) -> None:
    note_promise("acme", "C001", PROMISED, "claire", "", office=world.office, postbox=world.postbox)


def dispute(world: World) -> None:
    terms = DisputeTerms(("FA-1",), "price", "ana", owner_email="ana@acme.example")
    note_dispute(
        "acme", "C001", terms, "claire", "",
        office=world.office, postbox=world.postbox, staff=world.staff_mail,
    )  # fmt: skip


def call(world: World, outcome: str = "reached", findings: Findings | None = None) -> None:
    result = CallResult(outcome, findings or Findings())
    log_call("acme", "C001", "claire", result, office=world.office)


def call_with_promise(world: World) -> None:
    call(world, "promise", Findings(PROMISED))


def wrong_number(world: World) -> None:
    call(world, "wrong-number")


def hold(world: World) -> None:
    hold_case("acme", "C001", HoldTerms("audit"), "claire", office=world.office)


def flag(world: World) -> None:
    flag_debtor("acme", "C001", FlagTerms(FlagKind.NEVER, "key"), "claire", office=world.office)


@pytest.mark.parametrize(
    "decide", [promise, dispute, call, call_with_promise, wrong_number, hold, flag]
)
def test_the_case_is_as_it_was_decided_again_today_and_the_evidence_keeps_both(
    decide: Callable[[World], None],
) -> None:
    world = evening_of(MONDAY)
    before, entries = world.case(), world.kinds()
    decide(world)
    assert substance(world.case()) != substance(before)

    done = taken_back(world)
    assert substance(world.case()) == substance(before)
    assert world.case().agenda == MONDAY
    assert world.case().attempt > before.attempt
    history = world.stores.of("acme").cases.history("C001")
    assert chain_problem(history) is None
    assert world.kinds()[: len(entries)] == entries
    assert (history[-1].kind, history[-1].actor) == ("undone", "claire")
    assert history[int(history[-1].facts["undone"]) - 1] == done.entry


def test_the_answer_that_it_planned_does_not_leave_though_it_was_queued() -> None:
    world = evening_of(MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    world.clock.set(at(tuesday, 11))
    promise(world)
    assert world.queue.messages
    done = taken_back(world)
    (answer,) = done.withdrawn
    status = world.stores.of("acme").notices.get(answer).status
    assert status is NoticeStatus.WITHHELD
    world.drain()
    world.clock.set(at(tuesday, 12))
    world.sweep()
    world.drain()
    assert world.answers_sent() == []


def test_a_message_that_left_is_not_undone() -> None:
    world = evening_of(MONDAY)
    world.clock.set(at(MONDAY + timedelta(days=1), 11))
    promise(world)
    world.drain()
    after = world.case()
    assert len(world.answers_sent()) == 1
    with pytest.raises(UndoRefused, match="undo-message-left"):
        taken_back(world)
    assert world.case() == after


def test_who_owns_a_dispute_was_told_and_is_to_be_told_again() -> None:
    world = evening_of(MONDAY)
    dispute(world)
    assert taken_back(world).owner_told


def test_a_reply_read_by_mistake_holds_the_case_again_and_is_unread() -> None:
    world = evening_of(date(2026, 3, 5))
    world.reply(world.carrier.sent[0].reply_to)
    before = world.case()
    mark_seen("acme", "C001", "r1", "claire", Findings(PROMISED), office=world.office)
    taken_back(world)
    assert world.case().holds == before.holds
    assert world.stores.of("acme").replies.get("r1").seen_by is None
    world.run_days(date(2026, 3, 6), date(2026, 3, 20))
    assert len(world.carrier.sent) == 1
    mark_seen("acme", "C001", "r1", "claire", Findings(), office=world.office)


# ------------------------------------------------------------------ notices


def test_an_approval_that_has_not_left_is_taken_back_and_asked_for_again() -> None:
    world = evening_of(FRIDAY, "400")
    awaiting = world.case().awaiting
    assert awaiting is not None
    approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)
    taken_back(world, "paul")
    assert world.case().awaiting == awaiting
    notice = world.stores.of("acme").notices.get(awaiting.id)
    assert (notice.status, notice.approved_by) == (NoticeStatus.AWAITING_APPROVAL, None)
    world.run_days(date(2026, 4, 18), date(2026, 4, 20))
    assert world.carrier.sent[-1].notice.step != "formal_notice"


def test_a_refusal_taken_back_awaits_its_approval_again_and_leaves_once() -> None:
    world = evening_of(FRIDAY, "400")
    awaiting = world.case().awaiting
    assert awaiting is not None
    approve_notice("acme", awaiting.id, "paul", office=world.office, refuse="called")
    taken_back(world, "paul")
    assert world.case().holds == ()
    approve_notice("acme", awaiting.id, "zoe", office=world.office, confirmed=ALL_CHECKS)
    world.run_days(date(2026, 4, 18), date(2026, 4, 30))
    sent = [content.notice.id for content in world.carrier.sent]
    assert sent.count(awaiting.id) == 1


def test_a_message_stopped_and_let_go_again_leaves_that_day_and_once() -> None:
    world = evening_of(DUE)
    thursday = date(2026, 3, 5)
    world.clock.set(at(thursday, 6))
    world.refresh()
    world.plan(thursday)
    live = world.case().live
    assert live is not None
    stop_notice("acme", live.id, "claire", office=world.office)
    taken_back(world)
    assert world.case().live == live
    world.clock.set(at(thursday, 10))
    world.dispatch()
    world.drain()
    world.run_days(date(2026, 3, 6), date(2026, 3, 8))
    assert world.steps_sent() == [(thursday, "email_1")]


def test_a_shared_reply_is_unread_in_every_case_or_in_none() -> None:
    day = date(2026, 3, 5)
    world = a_world_of_shops(day, "S1", "S2", "S3")
    world.run_day(day)
    token = world.carrier.sent[0].notice.reply_token
    world.reply(f"reply+{token}@reply.acme.example")
    mark_seen("acme", "S1", "r1", "claire", Findings(), office=world.office)
    done = taken_back(world, debtor="S2")
    assert {case.debtor.code for case in done.cases} == {"S1", "S2", "S3"}
    assert all(world.case(code).holds for code in ("S1", "S2", "S3"))

    mark_seen("acme", "S1", "r1", "claire", Findings(), office=world.office)
    hold_case("acme", "S3", HoldTerms("audit"), "claire", office=world.office)
    with pytest.raises(UndoRefused, match="undo-case-changed"):
        taken_back(world, debtor="S1")
    assert not any(world.case(code).holds for code in ("S1", "S2"))


# ------------------------------------------------------------------ what stands


def test_an_hour_later_it_stands() -> None:
    world = evening_of(MONDAY)
    hold(world)
    decided = world.clock.now()
    world.clock.set(decided + timedelta(hours=1, seconds=1))
    with pytest.raises(UndoRefused, match="undo-too-late"):
        taken_back(world)
    world.clock.set(decided + timedelta(hours=1))
    taken_back(world)


def test_only_who_decided_takes_it_back_once_and_nothing_before_it() -> None:
    world = evening_of(MONDAY)
    with pytest.raises(UndoRefused, match="nothing-to-undo"):
        taken_back(world)
    hold(world)
    promise(world)
    with pytest.raises(UndoRefused, match="undo-of-another"):
        taken_back(world, "paul")
    taken_back(world, "CLAIRE")
    with pytest.raises(UndoRefused, match="nothing-to-undo"):
        taken_back(world)


def pays(world: World) -> None:
    world.owes(an_invoice(due=DUE, amount="900", open_amount="100"))


def answers(world: World) -> None:
    world.reply(world.carrier.sent[0].reply_to)


@pytest.mark.parametrize("happens", [pays, answers])
def test_what_came_in_since_makes_it_stand(happens: Callable[[World], None]) -> None:
    world = evening_of(MONDAY)
    hold(world)
    happens(world)
    after = world.case()
    with pytest.raises(UndoRefused, match="undo-case-changed"):
        taken_back(world)
    assert world.case() == after


def test_what_comes_in_while_it_is_taken_back_makes_it_look_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = evening_of(MONDAY)
    hold(world)
    cases = type(world.stores.of("acme").cases)
    read = cases.history
    paid: list[bool] = []

    def slow(store: object, debtor: str) -> object:
        found = read(store, debtor)  # type: ignore[arg-type]
        if not paid:
            paid.append(True)
            pays(world)
        return found

    monkeypatch.setattr(cases, "history", slow)
    with pytest.raises(UndoRefused, match="undo-case-changed"):
        taken_back(world)
    assert sum(i.open_amount for i in world.case().open_items) == Decimal(100)
