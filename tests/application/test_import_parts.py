"""Balances in parts, additions, summaries and merged codes, from the drop to the cases."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from relance.application.ports import CaseChange
from relance.domain.balance_reading import BalanceReading, ReadParties, SummaryRow
from relance.domain.balance_settings import BalanceMode, BalancePart, BalanceSettings, PartBy
from relance.domain.case import Outcome, PerformedStep, Progress
from relance.domain.creditor import Creditor
from relance.domain.debtor import PayerProfile
from relance.domain.evidence import chain_problem
from relance.domain.holds import Promise, UnreadReply
from relance.domain.open_item import ItemKey, Settlement
from tests.application.crashes import Crasher
from tests.application.fakes_import import (
    BIG,
    START,
    ImportWorld,
    a_balance,
    a_row,
    after_a_week,
    new_creditor,
)
from tests.domain.paid import several

DAY = START.date()
FA1 = ItemKey("FA-1|invoice|1")
FILES = (
    BalancePart("north", PartBy.FILE, "*nord*"),
    BalancePart("south", PartBy.FILE, "*sud*"),
)
NORTH, SOUTH = "acme/nord.csv", "acme/sud.csv"


def with_settings(settings: BalanceSettings) -> Creditor:
    creditor = new_creditor()
    return replace(creditor, profile=replace(creditor.profile, balance=settings))


def in_parts() -> ImportWorld:
    world = ImportWorld(with_settings(BalanceSettings(parts=FILES)))
    world.drop(a_balance(a_row(), a_row("FA-2")), key=NORTH)
    world.drop(a_balance(BIG), key=SOUTH)
    return world


class TestParts:
    def test_each_file_settles_its_own_part_only(self) -> None:
        world = in_parts()
        assert len(world.snapshot().debtors) == 2
        world.next_week()
        world.drop(a_balance(a_row("FA-2")), key=NORTH, accepted_by="claire")
        assert [i.number for i in world.case().open_items] == ["FA-2"]
        assert len(world.case("C009").open_items) == 1

    def test_the_balance_is_as_old_as_its_oldest_part(self) -> None:
        world = in_parts()
        world.next_week()
        world.drop(a_balance(a_row(), a_row("FA-2")), key=NORTH)
        assert world.creditor.balance.fresh_as_of == DAY
        world.drop(a_balance(BIG), key=SOUTH)
        assert world.creditor.balance.fresh_as_of == date(2026, 3, 9)

    def test_parts_that_the_queue_brings_in_another_order_are_both_applied(self) -> None:
        world = in_parts()
        world.next_week()
        first = world.put(a_balance(a_row()), key=NORTH)
        then = world.put(a_balance(replace(BIG, open_amount=Decimal(9))), key=SOUTH)
        assert world.run(replace(then, accepted_by="claire")).status == "applied"
        assert world.run(replace(first, accepted_by="claire")).status == "applied"

    def test_the_same_part_again_confirms_nothing(self) -> None:
        world = in_parts()
        world.next_week()
        world.drop(a_balance(a_row()), key=NORTH, content=b"n", accepted_by="claire")
        world.drop(a_balance(BIG), key=SOUTH)
        world.next_week()
        again = world.drop(a_balance(a_row()), key=NORTH, content=b"n")
        assert (again.counts["confirmed"], again.counts["settled"]) == (0, 0)
        assert world.snapshot().parts["north"].dated == date(2026, 3, 16)
        gone = world.case().items[ItemKey("FA-2|invoice|1")]
        assert gone.settlement is Settlement.UNKNOWN_CAUSE

    def test_a_file_of_no_part_waits_for_a_person(self) -> None:
        world = in_parts()
        outcome = world.drop(a_balance(a_row()), key="acme/balance.csv")
        assert (outcome.status, outcome.code) == ("suspicious", "balance-part-unknown")


def test_an_addition_settles_nothing() -> None:
    world = ImportWorld(with_settings(BalanceSettings(mode=BalanceMode.DELTA)))
    world.drop(a_balance(a_row()))
    world.next_week()
    world.drop(a_balance(a_row("FA-2")))
    assert [i.number for i in world.case().open_items] == ["FA-1", "FA-2"]


def test_a_summary_feeds_the_aged_balance_and_nothing_else() -> None:
    world = after_a_week()
    before, creditor = world.case(), world.creditor
    total = SummaryRow(2, "C001", "Dupont", Decimal(7), "EUR", {"0-30": Decimal(7)})
    outcome = world.drop(BalanceReading("csv", date(2026, 3, 9), (), summary=(total,)))
    assert (outcome.status, outcome.code) == ("summary", "balance-without-items")
    kept = json.loads(world.reports.get("snapshots/acme/aged/2026-03-09.json"))
    assert (kept["as_of"], kept["rows"][0]["total"]) == ("2026-03-09", "7")
    assert world.case() == before
    assert world.creditor.balance == creditor.balance
    assert not world.creditor.is_importing


class TestMergedCodes:
    def merged(self) -> ImportWorld:
        """C001 was sent a reminder and promised; its items come back under C100."""
        world = after_a_week()
        step = PerformedStep("email_1", DAY, DAY, Outcome.SENT, "n1")
        promise = Promise("p1", DAY, None, {FA1: Decimal(1000)}, None, DAY)
        world.edit(holds=(promise,), progress={FA1: Progress((step,))})
        world.drop(a_balance(a_row(code="C100"), a_row("FA-2", code="C100"), BIG))
        return world

    def test_steps_holds_and_evidence_follow_the_items(self) -> None:
        world = self.merged()
        case = world.case("C100")
        assert [step.by for step in case.progress_of(FA1).performed] == ["n1"]
        assert [hold.key for hold in case.holds] == ["p1"]
        history = world.stores.of("acme").cases.history("C100")
        assert history[-1].kind == "debtor-merged"
        assert history[-1].personal == {"merged_from": "C001"}
        old = world.stores.of("acme").cases.history("C001")
        assert history[-1].facts["evidence_of_the_other_code"].endswith(old[-2].hash)
        assert chain_problem(history) is None

    def test_the_old_case_owes_nothing_and_says_where_it_went(self) -> None:
        world = self.merged()
        case = world.case()
        assert (case.open_items, case.holds, case.progress) == ((), (), {})
        assert {i.settlement for i in case.items.values()} == {Settlement.MOVED}
        entry = world.stores.of("acme").cases.history("C001")[-1]
        assert entry.personal["merged_into"] == "C100"
        assert "now FA-1|invoice|1" in entry.facts["moved"]

    def test_how_it_paid_follows_too(self) -> None:
        world = after_a_week()
        cases = world.stores.of("acme").cases
        cases.commit(CaseChange(world.case(), None, payments=several(6, days_late=40, reminders=3)))
        world.drop(a_balance(a_row(code="C100"), a_row("FA-2", code="C100"), BIG))
        assert cases.payments("C001").is_empty
        assert len(cases.payments("C100").recent) == 6
        assert world.case("C100").debtor.proposed_profile is PayerProfile.BAD_PAYER
        assert cases.history("C100")[-1].facts["profile_proposed"] == "bad_payer"

    def test_what_this_balance_confirms_goes_along(self) -> None:
        world = after_a_week()
        world.drop(a_balance(a_row("FA-2"), BIG))
        world.next_week()
        world.drop(a_balance(a_row("FA-2", code="C100"), BIG))
        cases = world.stores.of("acme").cases
        assert cases.payments("C001").is_empty
        assert [one.key for one in cases.payments("C100").recent] == [FA1]

    def test_a_code_that_never_paid_brings_nothing_to_write(self) -> None:
        world, watch = after_a_week(), Crasher()
        balance = a_balance(a_row(code="C100"), a_row("FA-2", code="C100"), BIG)
        world.run(world.put(balance), watch)
        assert watch.calls.count("cases.payments") == 1
        assert world.stores.of("acme").cases.payments("C100").is_empty

    def test_the_profile_that_a_person_confirmed_follows(self) -> None:
        world = after_a_week()
        world.edit(debtor=replace(world.case().debtor, profile=PayerProfile.GOOD))
        world.drop(a_balance(a_row(code="C100"), a_row("FA-2", code="C100"), BIG))
        assert world.case("C100").debtor.profile is PayerProfile.GOOD

    def test_a_reply_still_to_be_read_holds_both(self) -> None:
        world = after_a_week()
        world.edit(holds=(UnreadReply("r1", DAY),))
        world.drop(a_balance(a_row(code="C100"), a_row("FA-2", code="C100"), BIG))
        assert [h.key for h in world.case().holds] == ["r1"]
        assert [h.key for h in world.case("C100").holds] == ["merged-unread-reply-2026-03-09"]
        assert [t.detail for t in world.case("C100").tasks] == ["merged-debtor"]


def test_who_else_the_rows_name_goes_to_the_debtor() -> None:
    world = after_a_week()
    named = ReadParties(salesperson="Ana Lopes", collector="Claire MARTIN", payer="C009")
    rows = (replace(a_row(), parties=named), a_row("FA-2"), BIG)
    world.drop(a_balance(*rows))
    debtor = world.case().debtor
    assert (debtor.salesperson, debtor.collector, debtor.payer) == ("Ana Lopes", "claire", "C009")
    stranger = replace(named, collector="Somebody else")
    world.drop(a_balance(replace(a_row(), parties=stranger), *rows[1:]))
    assert world.case().debtor.collector == "claire"


def test_two_creditors_files_cannot_mix() -> None:
    """The same customer code and number at two creditors, dropped one after the other."""
    world = ImportWorld(new_creditor())
    other = replace(new_creditor(), profile=replace(new_creditor().profile, code="bolt"))
    world.stores.creditors.save(other)
    world.drop(a_balance(a_row(), BIG))
    world.drop(a_balance(a_row(open_amount="5.00"), BIG), key="bolt/balance.csv")
    world.next_week()
    world.drop(a_balance(BIG), key="bolt/balance.csv", accepted_by="claire")
    mine = world.case()
    theirs = world.stores.of("bolt").cases.load("C001", world.stores.creditors.get("bolt"))
    assert theirs is not None
    assert [i.open_amount for i in mine.open_items] == [Decimal("1000.00")]
    assert theirs.open_items == ()
    assert world.stores.of("acme").cases.history("C001") == (
        world.stores.of("acme").cases.history("C001")
    )
    assert len(world.stores.of("acme").cases.history("C001")) == 1
