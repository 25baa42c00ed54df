"""Debtors of one payer, codes of one legal entity, told by dates. 2026-03-02 is a Monday."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from relance.application.people import approve_notice
from relance.application.ports import CaseChange
from relance.domain.checklist import ALL_CHECKS
from relance.domain.delivery import DeliveryEvent
from relance.domain.evidence import chain_problem
from relance.domain.policy import Channel
from relance.domain.task import TaskKind
from tests.builders import a_contact, a_debtor, an_invoice
from tests.groups import PAYER, a_payer, a_shop, a_world_of_shops, emails_sent
from tests.world import World, at

MONDAY = date(2026, 3, 9)
SIREN = "552100554"


def approve_any(world: World, *codes: str) -> None:
    for code in codes:
        awaiting = world.case(code).awaiting
        if awaiting is not None and awaiting.approved_by is None:
            approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)


def test_the_payer_of_two_shops_gets_one_email_with_two_statements_and_no_other_that_week() -> None:
    world = a_world_of_shops(MONDAY, "S1", "S2")
    world.run_days(MONDAY, MONDAY + timedelta(days=6))
    assert emails_sent(world) == [(MONDAY, ("S1", "S2"))]
    (content,) = world.carrier.sent
    assert [r.email for r in content.notice.recipients] == ["payer-ap@client.example"]
    accounts = {one.debtor.code: one.statement.asked for one in content.companions}
    assert content.statement.asked == {"EUR": Decimal("400")}
    assert accounts == {"S2": {"EUR": Decimal("400")}}
    for code in ("S1", "S2"):
        assert [r.by for p in world.case(code).progress.values() for r in p.reminded] == [
            content.notice.id
        ]
        assert chain_problem(world.stores.of("acme").cases.history(code)) is None


def test_a_shop_whose_day_comes_within_the_week_waits_for_the_next_shared_email() -> None:
    world = a_world_of_shops(MONDAY, "S1")
    late = an_invoice("F-S2", due=MONDAY - timedelta(days=1), amount="400")
    world.owes(late, debtor=a_shop("S2"))
    world.run_days(MONDAY, MONDAY + timedelta(days=14))
    days = [day for day, _ in emails_sent(world)]
    assert emails_sent(world)[0] == (MONDAY, ("S1",))
    assert all((later - day).days >= 7 for day, later in itertools.pairwise(days))
    assert any("S2" in debtors for _, debtors in emails_sent(world))


def test_a_payer_with_items_of_its_own_gets_them_in_the_same_email() -> None:
    world = a_world_of_shops(MONDAY, "S1")
    own = an_invoice("F-P1", due=MONDAY - timedelta(days=3), amount="90")
    world.owes(own, debtor=a_payer())
    world.run_day(MONDAY)
    assert emails_sent(world) == [(MONDAY, (PAYER, "S1"))]


def test_the_tone_is_that_of_the_highest_step_and_each_performs_its_own() -> None:
    world = a_world_of_shops(MONDAY, "S1")
    world.run_day(MONDAY)
    day = MONDAY + timedelta(days=11)
    world.clock.set(at(day - timedelta(days=2), 6))
    world.owes(an_invoice("F-S2", due=day - timedelta(days=3), amount="400"), debtor=a_shop("S2"))
    world.run_days(day - timedelta(days=2), day)
    shared = [c.notice for c in world.carrier.sent if len(c.notice.debtors) == 2]
    assert [n.step for n in shared] == ["email_2"]
    (notice,) = shared
    assert [step for _, step in notice.part_of("S1").performs] == ["email_2"]
    assert [step for _, step in notice.part_of("S2").performs] == ["email_1"]


def test_what_is_about_to_fall_due_joins_the_reminder_of_another_shop() -> None:
    world = a_world_of_shops(MONDAY, "S1")
    coming = an_invoice("F-S2", due=MONDAY + timedelta(days=7), amount="400")
    world.owes(coming, debtor=a_shop("S2"))
    world.run_day(MONDAY)
    assert emails_sent(world) == [(MONDAY, ("S1", "S2"))]
    (content,) = world.carrier.sent
    assert (content.notice.level, content.companions[0].level) == ("level_1", "preventive")


def test_more_shops_than_a_notice_may_hold_get_another_one_the_same_day() -> None:
    codes = [f"S{n:02}" for n in range(12)]
    world = a_world_of_shops(MONDAY, *codes)
    world.run_day(MONDAY)
    debtors = [debtors for _, debtors in emails_sent(world)]
    assert [len(one) for one in debtors] == [10, 2]
    assert sorted(code for one in debtors for code in one) == codes


def test_a_shop_whose_day_has_not_come_does_not_join() -> None:
    """A person marked a reply seen this morning: its next step comes tomorrow at the earliest."""
    world = a_world_of_shops(MONDAY, "S1", "S2")
    waits = replace(world.case("S2"), agenda=MONDAY + timedelta(days=1))
    world.stores.of("acme").cases.commit(CaseChange(waits, None))
    world.run_day(MONDAY)
    assert emails_sent(world) == [(MONDAY, ("S1",))]


def test_a_payer_nobody_knows_joins_nobody_who_writes_elsewhere() -> None:
    world = World(MONDAY - timedelta(days=3))
    for code in ("S1", "S2"):
        item = an_invoice(f"F-{code}", due=MONDAY - timedelta(days=3), amount="400")
        world.owes(item, debtor=a_shop(code, payer="NOBODY"))
    world.clock.set(at(MONDAY, 6))
    world.refresh()
    world.run_day(MONDAY)
    assert sorted(emails_sent(world)) == [(MONDAY, ("S1",)), (MONDAY, ("S2",))]


def test_shops_without_a_case_for_their_payer_share_the_address_that_they_share() -> None:
    both = (a_contact("head-office"),)
    world = World(MONDAY - timedelta(days=3))
    for code, late in (("S1", 3), ("S2", 3), ("S3", 1)):
        item = an_invoice(f"F-{code}", due=MONDAY - timedelta(days=late), amount="400")
        world.owes(item, debtor=replace(a_shop(code, payer="NOBODY"), contacts=both))
    world.clock.set(at(MONDAY, 6))
    world.refresh()
    world.run_days(MONDAY, MONDAY + timedelta(days=6))
    assert emails_sent(world) == [(MONDAY, ("S1", "S2"))]


def test_a_paid_part_stops_the_whole_email_and_the_rest_leaves_the_next_day() -> None:
    world = a_world_of_shops(MONDAY, "S1", "S2", "S3")

    def people(day: date) -> None:
        if day == MONDAY:
            world.owes(debtor=a_shop("S2"))

    world.run_days(MONDAY, MONDAY + timedelta(days=1), people)
    assert emails_sent(world) == [(MONDAY + timedelta(days=1), ("S1", "S3"))]
    for code in ("S1", "S2", "S3"):
        (entry,) = [
            e for e in world.stores.of("acme").cases.history(code) if e.kind == "notice-withheld"
        ]
        assert (entry.facts["reason"], entry.facts["part"]) == ("settled", "S2")


def test_new_contacts_after_a_bounce_at_the_payer_bring_the_shared_email_back() -> None:
    world = a_world_of_shops(MONDAY, "S1", "S2")
    world.run_day(MONDAY)
    (content,) = world.carrier.sent
    world.delivery(content.notice.id, DeliveryEvent.HARD_BOUNCE)
    tasks = {c: [t.kind for t in world.case(c).tasks] for c in (PAYER, "S1", "S2")}
    assert tasks == {PAYER: [TaskKind.FIND_CONTACT], "S1": [], "S2": []}
    world.run_days(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
    again = world.carrier.sent[-1]
    assert again.notice.debtors == ("S1", "S2")
    assert [r.email for r in again.notice.recipients] == ["payer-boss@client.example"]


# ------------------------------------------------------------------ one legal entity


def two_codes(world: World, first: str = "2000", second: str = "2000", *, days: int = 0) -> None:
    due = date(2026, 3, 2)
    for code, amount, late in (("C001", first, 0), ("C002", second, days)):
        item = an_invoice(f"F-{code}", due=due + timedelta(days=late), amount=amount)
        world.owes(item, debtor=a_debtor(code))


def formal_notices(world: World) -> list[tuple[date, tuple[str, ...]]]:
    return [
        (content.written_on, content.notice.debtors)
        for content in world.carrier.sent
        if content.notice.is_formal_notice
    ]


def test_two_codes_of_one_siren_get_one_formal_notice_and_each_its_hand_over() -> None:
    world = World(date(2026, 3, 2))
    two_codes(world)
    world.run_days(
        date(2026, 3, 2), date(2026, 5, 22), lambda _: approve_any(world, "C001", "C002")
    )
    ((_, debtors),) = formal_notices(world)
    assert debtors == ("C001", "C002")
    for code in debtors:
        assert [t.kind for t in world.case(code).tasks] == [TaskKind.HAND_OVER]
        assert chain_problem(world.stores.of("acme").cases.history(code)) is None


def test_the_copy_of_a_common_formal_notice_is_about_all_of_its_codes() -> None:
    world = World(date(2026, 3, 2))
    two_codes(world)
    world.run_days(
        date(2026, 3, 2), date(2026, 5, 22), lambda _: approve_any(world, "C001", "C002")
    )
    (copy,) = [c for c in world.carrier.copies if c.notice.debtors == ("C001", "C002")]
    assert len(copy.companions) == 1
    letter = world.stores.of("acme").notices.get(copy.notice.copy_of or "")
    assert letter.is_formal_notice
    for code in copy.notice.debtors:
        case = world.case(code)
        assert case.live is None
        assert [c.by for c in case.contacts if c.by == copy.notice.id] == []
        entries = world.stores.of("acme").cases.history(code)
        about = [e.kind for e in entries if e.facts.get("notice") == copy.notice.id]
        assert about == ["notice-sending", "notice-sent"]


def test_a_code_whose_own_formal_notice_is_near_comes_along() -> None:
    world = World(date(2026, 3, 2))
    two_codes(world, "400", "400", days=5)
    world.run_days(date(2026, 3, 2), date(2026, 6, 5), lambda _: approve_any(world, "C001", "C002"))
    assert [debtors for _, debtors in formal_notices(world)] == [("C001", "C002")]


def test_the_minimum_of_a_formal_notice_is_that_of_the_legal_entity() -> None:
    alone, together = World(date(2026, 3, 2)), World(date(2026, 3, 2))
    alone.owes(an_invoice(due=date(2026, 3, 2), amount="200"))
    two_codes(together, "200", "150")
    for world, codes in ((alone, ("C001",)), (together, ("C001", "C002"))):

        def people(_: date, world: World = world, codes: tuple[str, ...] = codes) -> None:
            approve_any(world, *codes)

        world.run_days(date(2026, 3, 2), date(2026, 5, 22), people)
    assert formal_notices(alone) == []
    assert [debtors for _, debtors in formal_notices(together)] == [("C001", "C002")]


def test_a_code_that_is_held_stays_out_as_if_it_were_alone() -> None:
    world = World(date(2026, 3, 2))
    two_codes(world)
    world.run_days(date(2026, 3, 2), date(2026, 4, 14))
    world.clock.set(at(date(2026, 4, 15), 6))
    token = next(c.notice.reply_token for c in world.carrier.sent if c.notice.debtors == ("C002",))
    world.reply(f"reply+{token}@reply.acme.example")
    world.run_days(date(2026, 4, 15), date(2026, 4, 30), lambda _: approve_any(world, "C001"))
    assert [debtors for _, debtors in formal_notices(world)] == [("C001",)]


def test_an_approved_formal_notice_waits_while_one_of_its_codes_is_held() -> None:
    world = World(date(2026, 3, 2))
    two_codes(world)
    day = date(2026, 3, 2)
    while world.case("C001").awaiting is None:
        world.run_days(day, day)
        day += timedelta(days=1)
    approve_any(world, "C001")
    both = [world.case(code).awaiting for code in ("C001", "C002")]
    assert [awaiting and awaiting.approved_by for awaiting in both] == ["paul", "paul"]
    token = next(c.notice.reply_token for c in world.carrier.sent if c.notice.debtors == ("C002",))
    world.reply(f"reply+{token}@reply.acme.example")
    world.run_days(day, day + timedelta(days=6))
    assert formal_notices(world) == []
    assert world.case("C001").awaiting == both[0]


def test_the_dispute_of_one_code_undoes_the_common_proposal_and_the_other_is_proposed_alone() -> (
    None
):
    world = World(date(2026, 3, 2))
    two_codes(world)
    day = date(2026, 3, 2)
    while world.case("C001").awaiting is None:
        world.run_days(day, day)
        day += timedelta(days=1)
    first = world.case("C001").awaiting
    world.clock.set(at(day, 6))
    world.owes(debtor=a_debtor("C002"))
    world.run_days(day, day + timedelta(days=5))
    again = world.case("C001").awaiting
    assert first is not None
    assert again is not None
    assert again.id != first.id
    assert world.stores.of("acme").notices.get(again.id).debtors == ("C001",)
    assert world.case("C002").awaiting is None


def test_level_two_letters_are_not_shared() -> None:
    world = World(date(2026, 3, 2))
    two_codes(world)
    world.run_days(date(2026, 3, 2), date(2026, 3, 31))
    letters = [c.notice for c in world.carrier.sent if c.notice.channel is not Channel.EMAIL]
    assert sorted(n.debtors for n in letters) == [("C001",), ("C002",)]
