"""What new facts do to a case: its steps, its holds, its tasks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from relance.domain.case import Outcome, PerformedStep, Progress, Reminded
from relance.domain.holds import AnnouncedPayment, Dispute, Hold, ManualHold, Promise
from relance.domain.open_item import ItemKey, Settlement
from relance.domain.policy import Level
from relance.domain.task import Task, TaskKind
from tests.application.fakes_import import (
    BIG,
    START,
    ImportWorld,
    a_balance,
    a_row,
    after_a_week,
    new_creditor,
)

FA1, FA2 = ItemKey("FA-1|invoice|1"), ItemKey("FA-2|invoice|1")
MONDAY = START.date()
STEP = PerformedStep(
    "email_1", date(2026, 2, 5), date(2026, 2, 5), Outcome.SENT, "n1", Level.LEVEL_1
)
PREVENTIVE = PerformedStep(
    "preventive", date(2026, 1, 26), date(2026, 1, 26), Outcome.SENT, "n0", Level.PREVENTIVE
)


@pytest.fixture
def world() -> ImportWorld:
    return after_a_week()


def test_back_again_it_goes_on_at_its_step(world: ImportWorld) -> None:
    world.edit(progress={FA1: Progress((STEP,))})
    world.drop(a_balance(a_row("FA-2"), BIG))
    world.next_week()
    back = world.drop(a_balance(a_row(), a_row("FA-2"), BIG))
    assert back.counts["reopened"] == 1
    assert world.case().items[FA1].is_open
    assert world.case().progress_of(FA1).last == STEP


def test_a_renumbered_item_keeps_its_step_and_its_holds(world: ImportWorld) -> None:
    manual = ManualHold("m1", "vip", MONDAY, None)
    world.edit(progress={FA1: Progress((STEP,))}, holds=(PROMISE, DISPUTE, ANNOUNCED, manual))
    world.drop(a_balance(a_row("2026-1"), a_row("FA-2"), BIG))
    moved = ItemKey("2026-1|invoice|1")
    assert world.case().progress_of(moved).last == STEP
    assert world.case().holds == (
        replace(PROMISE, covered={moved: Decimal(1000)}),
        replace(DISPUTE, amounts={moved: Decimal(10)}),
        replace(ANNOUNCED, items=(moved,)),
        manual,
    )
    facts = world.stores.of("acme").cases.history("C001")[-1].facts
    assert facts["reopened"] == f"{moved} was {FA1}"


def test_an_entry_of_a_huge_case_stays_small() -> None:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(*[a_row(f"FA-{n}", line=n) for n in range(250)]))
    facts = world.stores.of("acme").cases.history("C001")[-1].facts
    assert facts["new"].endswith("; and 50 more")
    assert len(world.case().items) == 250


def paid_and_confirmed(world: ImportWorld) -> None:
    """FA-1 is absent from two balances."""
    for content in (b"one", b"two"):
        world.drop(a_balance(a_row("FA-2"), BIG), content=content)
        world.next_week()
    assert world.case().items[FA1].settlement is Settlement.CONFIRMED


def test_back_after_its_payment_was_confirmed_it_goes_on_at_its_step(world: ImportWorld) -> None:
    world.edit(progress={FA1: Progress((PREVENTIVE, STEP))})
    paid_and_confirmed(world)
    world.drop(a_balance(a_row(), a_row("FA-2"), BIG))
    assert world.case().items[FA1].is_open
    assert world.case().progress_of(FA1) == Progress((PREVENTIVE, STEP))


def test_so_it_does_under_another_number(world: ImportWorld) -> None:
    world.edit(progress={FA1: Progress((PREVENTIVE, STEP))})
    paid_and_confirmed(world)
    assert [one.key for one in world.stores.of("acme").cases.payments("C001").recent] == [FA1]
    world.drop(a_balance(a_row("2026-1"), a_row("FA-2"), BIG))
    assert world.case().progress_of(ItemKey("2026-1|invoice|1")).last == STEP
    assert world.stores.of("acme").cases.payments("C001").recent == (), "it is not paid"
    facts = world.stores.of("acme").cases.history("C001")[-1].facts
    assert facts["reopened"] == f"2026-1|invoice|1 was {FA1}"


def test_of_two_alike_each_comes_back_as_itself(world: ImportWorld) -> None:
    world.edit(progress={FA1: Progress((PREVENTIVE, STEP))})
    for content in (b"one", b"two"):
        world.drop(a_balance(BIG), content=content)
        world.next_week()
    world.drop(a_balance(a_row("FA-2"), BIG))
    assert world.case().progress_of(FA2) == Progress()
    world.drop(a_balance(a_row("FA-2"), a_row("2026-1"), BIG))
    assert world.case().progress_of(ItemKey("2026-1|invoice|1")).last == STEP


def test_another_document_under_a_number_used_before_starts_at_its_own_first_step(
    world: ImportWorld,
) -> None:
    """Else the formal notice of last year's invoice hands over one that is not due."""
    notice = replace(STEP, step="formal_notice", level=Level.LEVEL_3)
    world.edit(progress={FA1: Progress((PREVENTIVE, notice), deadline=date(2026, 3, 20))})
    paid_and_confirmed(world)
    later = a_row(issued=date(2027, 1, 2), due=date(2027, 2, 2), amount="55.00")
    world.drop(a_balance(later, a_row("FA-2"), BIG))
    assert world.case().progress_of(FA1) == Progress()
    facts = world.stores.of("acme").cases.history("C001")[-1].facts
    assert facts["escalation_restarted"] == FA1


def test_a_part_payment_keeps_its_step(world: ImportWorld) -> None:
    world.edit(progress={FA1: Progress((STEP,))})
    world.drop(a_balance(a_row(open_amount="400.00"), a_row("FA-2"), BIG))
    assert world.case().items[FA1].open_amount == Decimal("400.00")
    assert world.case().progress_of(FA1).last == STEP


def test_a_due_date_moved_later_goes_back_before_level_1(world: ImportWorld) -> None:
    done = Progress((PREVENTIVE, STEP), (Reminded(date(2026, 2, 5), "n1"),), date(2026, 3, 1))
    world.edit(progress={FA1: done, FA2: done})
    world.drop(a_balance(a_row(due=date(2026, 4, 2)), a_row("FA-2", due=date(2026, 1, 30)), BIG))
    assert world.case().progress_of(FA1) == Progress((PREVENTIVE,))
    assert world.case().progress_of(FA2) == done
    facts = world.stores.of("acme").cases.history("C001")[-1].facts
    assert facts["due_date_moved_later"] == facts["escalation_restarted"] == FA1


PROMISE = Promise("p1", MONDAY, None, {FA1: Decimal(1000)}, None, MONDAY)
DISPUTE = Dispute("d1", {FA1: Decimal(10)}, "price", "marc", MONDAY, MONDAY)
ANNOUNCED = AnnouncedPayment("a1", (FA1,), MONDAY, MONDAY)


@pytest.mark.parametrize(
    ("hold", "fact"),
    [
        (PROMISE, "promises_settled"),
        (DISPUTE, "disputes_ended"),
        (ANNOUNCED, "announced_payments_seen"),
    ],
)
def test_a_hold_ends_when_all_it_is_about_is_settled(
    world: ImportWorld, hold: Hold, fact: str
) -> None:
    world.edit(holds=(hold,))
    world.drop(a_balance(a_row("FA-2"), BIG))
    assert world.case().holds == ()
    assert world.stores.of("acme").cases.history("C001")[-1].facts[fact] == hold.key


def test_a_hold_stays_while_one_of_its_items_is_open(world: ImportWorld) -> None:
    both = replace(PROMISE, covered={FA1: Decimal(1000), FA2: Decimal(1000)})
    world.edit(holds=(both,))
    world.drop(a_balance(a_row("FA-2"), BIG))
    assert world.case().holds == (both,)


def test_nobody_looks_for_what_the_balance_brings(world: ImportWorld) -> None:
    detail = f"email due-date={FA1} due-date={FA2}"
    world.edit(tasks=(Task("d1", TaskKind.COMPLETE_DATA, MONDAY, MONDAY, detail=detail),))
    world.drop(a_balance(a_row("FA-2", open_amount="900"), BIG))
    assert [task.detail for task in world.case().tasks] == ["email"]


def test_nobody_calls_about_a_paid_item(world: ImportWorld) -> None:
    call = Task("c1", TaskKind.CALL, MONDAY, MONDAY, ((FA1, "call_1"), (FA2, "call_1")))
    only = Task("m1", TaskKind.MATCH_PAYMENT, MONDAY, MONDAY, detail=str(FA1))
    world.edit(tasks=(call, only))
    world.drop(a_balance(a_row("FA-2"), BIG))
    assert world.case().tasks == (replace(call, performs=((FA2, "call_1"),)),)
