"""A reply to a shared notice holds every case, until a person marks it seen, once (§8)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.people import Findings
from relance.application.ports import NotFound
from relance.application.seen_reply import mark_seen
from relance.domain.escalation.arrangements import (
    ArrangementRefused,
    DisputeTerms,
    PromiseTerms,
)
from relance.domain.evidence import chain_problem
from relance.domain.holds import AnnouncedPayment, Dispute, Promise, UnreadReply
from relance.domain.reply import ReplyKind
from tests.groups import a_world_of_shops
from tests.world import World, at

DAY = date(2026, 3, 5)
SHOPS = ("S1", "S2", "S3")


def answered(*, kind: ReplyKind = ReplyKind.HUMAN, references: bool = False) -> World:
    """A shared reminder was sent, and its recipient answered it."""
    world = a_world_of_shops(DAY, *SHOPS)
    world.run_day(DAY)
    notice = world.carrier.sent[0].notice
    assert notice.debtors == SHOPS
    message_id = world.stores.of("acme").notices.get(notice.id).message_id
    assert message_id is not None
    if references:
        world.reply("x@reply.acme.example", kind=kind, references=(message_id,))
    else:
        world.reply(f"reply+{notice.reply_token}@reply.acme.example", kind=kind)
    return world


def holds(world: World, code: str) -> list[str]:
    return [type(hold).__name__ for hold in world.case(code).holds]


@pytest.mark.parametrize("references", [False, True])
def test_it_holds_every_case_is_filed_in_each_and_is_forwarded_once(references: bool) -> None:
    world = answered(references=references)
    stores = world.stores.of("acme")
    objects = set()
    for code in SHOPS:
        assert holds(world, code) == ["UnreadReply"]
        assert [reply.id for reply in stores.replies.of_case(code)] == ["r1"]
        entry = stores.cases.history(code)[-1]
        assert (entry.kind, entry.facts["reply"]) == ("reply-human", "r1")
        objects |= set(entry.objects)
        assert chain_problem(stores.cases.history(code)) is None
    assert len(objects) == 1
    assert world.forwarded == ["r1"]
    world.run_days(DAY + timedelta(days=1), DAY + timedelta(days=20))
    assert len(world.carrier.sent) == 1


def test_an_absence_is_filed_in_each_and_holds_none() -> None:
    world = answered(kind=ReplyKind.OUT_OF_OFFICE)
    assert {tuple(holds(world, code)) for code in SHOPS} == {()}
    assert {world.kinds(code)[-1] for code in SHOPS} == {"reply-out_of_office"}


@pytest.mark.parametrize("named", SHOPS)
def test_marking_it_seen_once_frees_every_case(named: str) -> None:
    world = answered()
    mark_seen("acme", named, "r1", "claire", Findings(note="a note"), office=world.office)
    for code in SHOPS:
        assert not holds(world, code)
        entry = world.stores.of("acme").cases.history(code)[-1]
        assert (entry.kind, entry.actor) == ("reply-seen", "claire")
        assert entry.personal == ({"note": "a note"} if code == named else {})
    with pytest.raises(NotFound):
        mark_seen("acme", "S2", "r1", "claire", Findings(), office=world.office)


def test_what_was_found_is_of_the_debtor_named() -> None:
    world = answered()
    found = Findings(promise=PromiseTerms(DAY + timedelta(days=10)))
    mark_seen("acme", "S2", "r1", "claire", found, office=world.office)
    assert [holds(world, code) for code in SHOPS] == [[], ["Promise"], []]


def test_a_document_named_is_held_in_the_case_that_has_it() -> None:
    world = answered()
    found = Findings(
        promise=PromiseTerms(DAY + timedelta(days=10), numbers=("F-S1",)),
        dispute=DisputeTerms(("F-S2",), "price", "claire", Decimal("50")),
        paid=("F-S3",),
    )
    mark_seen("acme", "S1", "r1", "claire", found, office=world.office)
    kinds = [type(hold) for code in SHOPS for hold in world.case(code).holds]
    assert kinds == [Promise, Dispute, AnnouncedPayment]
    last = {code: world.stores.of("acme").cases.history(code)[-1].facts for code in SHOPS}
    assert "promise" in last["S1"]
    assert last["S2"]["disputed"] == "F-S2"
    assert last["S3"]["announced_payment"] == "F-S3"


def test_all_is_paid_is_said_of_the_debtor_named_only() -> None:
    world = answered()
    mark_seen("acme", "S3", "r1", "claire", Findings(paid=()), office=world.office)
    assert [holds(world, code) for code in SHOPS] == [[], [], ["AnnouncedPayment"]]


@pytest.mark.parametrize(
    ("numbers", "code"),
    [(("F-S1", "F-S2"), "amount-over-several-debtors"), (("F-9",), "no-such-open-item")],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    numbers: tuple[str, ...], code: str
) -> None:
    world = answered()
    found = Findings(dispute=DisputeTerms(numbers, "price", "claire", Decimal("500")))
    with pytest.raises(ArrangementRefused, match=code):
        mark_seen("acme", "S1", "r1", "claire", found, office=world.office)
    assert {tuple(holds(world, one)) for one in SHOPS} == {("UnreadReply",)}


def test_what_was_planned_for_one_of_them_with_others_does_not_leave_that_day() -> None:
    """The reply comes between the run and the window; a fourth shop shares what was planned."""
    world = a_world_of_shops(DAY, *SHOPS)
    world.run_day(DAY)
    first = world.carrier.sent[0].notice
    day = DAY + timedelta(days=11)
    world.clock.set(at(day, 6))
    world.refresh()
    world.plan(day)
    live = world.case("S1").live
    assert live is not None
    world.clock.set(at(day, 9))
    world.reply(f"reply+{first.reply_token}@reply.acme.example")
    mark_seen("acme", "S2", "r1", "claire", Findings(), office=world.office)
    assert world.stores.of("acme").notices.get(live.id).status == "withheld"
    assert all(world.case(code).live is None for code in SHOPS)
    assert {world.case(code).agenda for code in SHOPS} == {day + timedelta(days=1)}


def test_a_reply_filed_twice_holds_once() -> None:
    world = answered()
    notice = world.carrier.sent[0].notice
    world.reply(f"reply+{notice.reply_token}@reply.acme.example")
    for code in SHOPS:
        assert [h for h in world.case(code).holds if isinstance(h, UnreadReply)] == [
            UnreadReply("r1", DAY)
        ]
    assert world.forwarded == ["r1"]
