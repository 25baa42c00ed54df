"""A case does not grow for ever: what was settled long ago leaves its state."""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.balance_reading import ReadItem
from relance.domain.balance_settings import BalanceSettings
from relance.domain.case import Outcome, PerformedStep, Progress
from relance.domain.creditor import Creditor
from relance.domain.evidence import chain_problem
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level
from tests.application.crashes import Crasher
from tests.application.fakes_import import BIG, ImportWorld, a_balance, a_row, new_creditor

FA1 = ItemKey("FA-1|invoice|1")
DAY = date(2026, 2, 5)
STEP = PerformedStep("email_1", DAY, DAY, Outcome.SENT, "n1", Level.LEVEL_1)
NEXT = a_row("FA-2", issued=date(2027, 3, 1), due=date(2027, 4, 1))


def keeping(days: int) -> Creditor:
    creditor = new_creditor()
    settings = BalanceSettings(keep_settled_days=days)
    return replace(creditor, profile=replace(creditor.profile, balance=settings))


def dropped(world: ImportWorld, *rows: ReadItem) -> str:
    """Never the same bytes: an export of another day."""
    return world.drop(a_balance(*rows), content=f"{world.events} {rows}".encode()).status


def after(days: int, creditor: Creditor | None = None) -> ImportWorld:
    """FA-1, reminded once, was settled that many days ago and confirmed a week later."""
    world = ImportWorld(creditor or new_creditor())
    dropped(world, a_row(), BIG)
    world.edit(progress={FA1: Progress((STEP,))})
    dropped(world, BIG)
    world.next_week()
    dropped(world, BIG)
    world.clock.advance(timedelta(days=days - 7))
    return world


def test_a_case_forgets_what_was_settled_long_ago_when_it_is_written() -> None:
    world = after(401)
    dropped(world, NEXT, BIG)
    assert [item.number for item in world.case().items.values()] == ["FA-2"]
    assert FA1 not in world.case().progress
    history = world.stores.of("acme").cases.history("C001")
    assert history[-1].facts["put_away"] == FA1
    assert chain_problem(history) is None


def test_its_dates_stay_in_the_payment_history() -> None:
    world = after(401)
    dropped(world, NEXT, BIG)
    (paid,) = world.stores.of("acme").cases.payments("C001").recent
    assert (paid.key, paid.due_date, paid.reminders) == (FA1, date(2026, 2, 2), 0)


def test_not_while_it_is_kept() -> None:
    world = after(400)
    dropped(world, NEXT, BIG)
    assert FA1 in world.case().items


def test_back_again_meanwhile_it_is_the_same_item_at_its_step() -> None:
    world = after(399)
    dropped(world, a_row(), NEXT, BIG)
    assert world.case().items[FA1].is_open
    assert world.case().progress_of(FA1).last == STEP


def test_back_again_later_it_is_so_while_nothing_else_wrote_its_case() -> None:
    world = after(800)
    dropped(world, a_row(), NEXT, BIG)
    assert world.case().progress_of(FA1).last == STEP


def test_back_again_once_it_was_forgotten_it_is_a_new_item() -> None:
    world = after(401)
    dropped(world, NEXT, BIG)
    dropped(world, a_row(), NEXT, BIG)
    assert world.case().items[FA1].is_open
    assert world.case().progress_of(FA1) == Progress()


def test_the_creditor_says_how_long() -> None:
    world = after(91, keeping(90))
    dropped(world, NEXT, BIG)
    assert FA1 not in world.case().items


def test_an_unchanged_balance_writes_no_case_and_no_item() -> None:
    world = after(1000)
    before = world.case().version
    watch = Crasher()
    event = world.put(a_balance(BIG), content=b"exported again")
    assert world.run(event, watch).status == "applied"
    assert [call for call in watch.calls if call.startswith("cases.")] == []
    assert world.case().version == before
    assert FA1 in world.case().items


def test_what_people_and_reminders_write_takes_nothing_out() -> None:
    world = after(1000)
    world.edit(failures=1)
    assert FA1 in world.case().items


def test_a_case_that_is_paid_every_week_stays_of_one_size() -> None:
    """Ninety days kept, twenty invoices a week: never more than are open or kept."""
    world = ImportWorld(keeping(90))
    sizes = []
    for week in range(26):
        day = world.clock.now().date()
        rows = [
            a_row(f"W{week}-{n}", line=n, issued=day, due=day + timedelta(days=7), amount="10.00")
            for n in range(20)
        ]
        dropped(world, *rows, BIG)
        sizes.append(len(world.case().items))
        world.next_week()
    assert max(sizes[-4:]) <= 20 * (90 // 7 + 4)
    assert sizes[-1] <= sizes[-5]
