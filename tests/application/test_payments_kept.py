"""What is settled enters the payment history once a second balance confirms it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.ports import CaseChange
from relance.domain.balance_reading import BalanceReading, SettledRow
from relance.domain.case import Progress, Reminded
from relance.domain.debtor import PayerProfile
from relance.domain.holds import Dispute
from relance.domain.open_item import ItemKey, ItemKind
from relance.domain.payment_history import PaidItem, PaymentHistory
from relance.domain.settling import WAITING
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

FA1 = ItemKey("FA-1|invoice|1")
MONDAY = START.date()
WEEK = timedelta(days=7)


@pytest.fixture
def world() -> ImportWorld:
    """FA-1 and FA-2 of C001 were open a week ago."""
    return after_a_week()


def history(world: ImportWorld, debtor: str = "C001") -> PaymentHistory:
    return world.stores.of("acme").cases.payments(debtor)


def settle_fa1(world: ImportWorld) -> None:
    world.drop(a_balance(a_row("FA-2"), BIG))
    world.next_week()


def confirm(world: ImportWorld) -> None:
    world.drop(a_balance(a_row("FA-2"), BIG), content=b"again")


def test_missing_once_it_only_waits(world: ImportWorld) -> None:
    settle_fa1(world)
    assert history(world) == PaymentHistory()
    assert [item.key for item in world.case().settling] == [FA1]


def test_confirmed_it_enters_the_history_with_its_dates(world: ImportWorld) -> None:
    settle_fa1(world)
    confirm(world)
    assert world.case().settling == ()
    assert history(world).recent == (
        PaidItem(
            key=FA1,
            currency="EUR",
            amount=Decimal("1000.00"),
            issue_date=date(2026, 1, 2),
            due_date=date(2026, 2, 2),
            settled_on=MONDAY + WEEK,
            open_until=MONDAY,
        ),
    )


def test_what_was_known_the_day_it_went_is_kept(world: ImportWorld) -> None:
    """Its reminders, a dispute that ends with it, and a part payment before."""
    asked = Progress((), (Reminded(MONDAY, "n1"), Reminded(MONDAY, "n2")))
    dispute = Dispute("d1", {FA1: Decimal(10)}, "price", "claire", MONDAY, MONDAY)
    world.drop(a_balance(a_row(open_amount="400.00"), a_row("FA-2"), BIG))
    world.edit(progress={FA1: asked}, holds=(dispute,))
    world.next_week()
    settle_fa1(world)
    confirm(world)
    (paid,) = history(world).recent
    assert (paid.reminders, paid.disputed, paid.part_paid) == (2, True, True)
    assert paid.amount == Decimal("1000.00")


def test_what_comes_back_before_it_is_confirmed_was_not_paid(world: ImportWorld) -> None:
    settle_fa1(world)
    world.drop(a_balance(a_row(), a_row("FA-2"), BIG))
    assert world.case().settling == ()
    assert history(world) == PaymentHistory()


def test_what_comes_back_after_it_was_confirmed_leaves_the_history(world: ImportWorld) -> None:
    settle_fa1(world)
    confirm(world)
    world.next_week()
    world.drop(a_balance(a_row(), a_row("FA-2"), BIG))
    assert history(world).recent == ()


def test_an_item_under_another_number_is_not_paid(world: ImportWorld) -> None:
    world.drop(a_balance(a_row("2026-1"), a_row("FA-2"), BIG))
    assert world.case().settling == ()
    world.next_week()
    world.drop(a_balance(a_row("2026-1"), a_row("FA-2"), BIG), content=b"again")
    assert history(world) == PaymentHistory()


def test_credits_and_payments_are_no_claim() -> None:
    world = ImportWorld(new_creditor())
    credit = a_row("AV-1", kind=ItemKind.CREDIT_NOTE, amount="-50.00", due=None)
    world.drop(a_balance(a_row("FA-2"), credit, BIG))
    world.next_week()
    world.drop(a_balance(a_row("FA-2"), BIG))
    assert world.case().settling == ()


def test_a_case_that_settles_thousands_stays_small() -> None:
    world = ImportWorld(new_creditor())
    rows = [a_row(f"FA-{n}", line=n, amount="1.00") for n in range(1, WAITING + 50)]
    world.drop(a_balance(*rows, BIG))
    world.next_week()
    world.drop(a_balance(BIG))
    assert len(world.case().settling) == WAITING
    world.next_week()
    world.drop(a_balance(BIG), content=b"again")
    kept = history(world)
    assert kept.totals["EUR"].items == WAITING + 49
    assert world.case().settling == ()


def test_the_history_is_read_only_when_a_settlement_is_confirmed(world: ImportWorld) -> None:
    calls = Crasher()
    world.run(world.put(a_balance(a_row("FA-2"), BIG)), calls)
    assert not [name for name in calls.calls if name.endswith("payments")]
    world.next_week()
    calls = Crasher()
    world.run(world.put(a_balance(a_row("FA-2"), BIG), content=b"again"), calls)
    assert [name for name in calls.calls if name.endswith("payments")] == ["cases.payments"]


def test_a_profile_is_proposed_and_not_applied(world: ImportWorld) -> None:
    change = world.case()
    store = world.stores.of("acme").cases
    store.commit(CaseChange(change, None, payments=several(6, days_late=40, reminders=3)))
    settle_fa1(world)
    confirm(world)
    debtor = world.case().debtor
    assert (debtor.profile, debtor.proposed_profile) == (None, PayerProfile.BAD_PAYER)
    assert store.history("C001")[-1].facts["profile_proposed"] == "bad_payer"


def past(*rows: tuple[str, str, date]) -> tuple[SettledRow, ...]:
    """Settled rows: debtor, number, date of the settlement."""
    return tuple(
        SettledRow(a_row(number, code=code, open_amount="0.00", line=n), settled_on)
        for n, (code, number, settled_on) in enumerate(rows, 100)
    )


OLD = past(
    ("C001", "OLD-1", date(2026, 2, 12)),
    ("C001", "OLD-2", date(2026, 2, 2)),
    ("C005", "OLD-3", date(2026, 2, 3)),
)


def first_with(settled: tuple[SettledRow, ...]) -> BalanceReading:
    return replace(a_balance(a_row(), BIG), settled_rows=len(settled), settled_items=settled)


def test_the_settled_rows_of_the_first_balance_are_history() -> None:
    world = ImportWorld(new_creditor())
    world.drop(first_with(OLD))
    assert [item.days_late for item in history(world).recent] == [0, 10]
    assert [item.key for item in history(world, "C005").recent] == ["OLD-3|invoice|1"]
    assert world.case("C005").agenda is None
    assert world.case("C005").debtor.name == "Menuiserie Dupont SARL"
    assert not world.case("C005").items


def test_those_of_a_later_balance_are_not_counted_again(world: ImportWorld) -> None:
    world.drop(replace(a_balance(a_row(), a_row("FA-2"), BIG), settled_items=OLD))
    assert history(world) == PaymentHistory()


def test_a_first_balance_may_be_all_settled() -> None:
    world = ImportWorld(new_creditor())
    world.drop(replace(a_balance(), settled_items=OLD))
    assert len(history(world).recent) == 2


def test_settled_credits_are_no_claims() -> None:
    world = ImportWorld(new_creditor())
    credit = SettledRow(a_row("AV-1", amount="-5.00", open_amount="0.00"), MONDAY)
    world.drop(first_with((credit,)))
    assert history(world) == PaymentHistory()
