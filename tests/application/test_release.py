"""What was old when first seen waits for a person, who says where it starts (§5 rule 7)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.application.ports import CaseChange
from relance.application.release import release, waiting_items
from relance.domain.case import Case
from relance.domain.case_import import apply_balance
from relance.domain.case_merge import carried
from relance.domain.creditor import Mode
from relance.domain.escalation.arrangements import PromiseTerms, add_promise
from relance.domain.escalation.decide import decide
from relance.domain.escalation.netting import net_account
from relance.domain.evidence import EvidenceDraft
from relance.domain.open_item import OpenItem
from relance.domain.policy import Level
from relance.domain.reconciliation.changes import ChangeKind, DebtorChange, ItemChange
from relance.domain.release import LEVELS, OLD_AFTER, ReleaseRefused, release_items
from tests.application.fakes_import import START, ImportWorld, a_balance, a_row, new_creditor
from tests.builders import (
    CALENDAR,
    a_case,
    a_credit,
    a_debtor,
    an_invoice,
    seen_on,
    standard_policy,
)
from tests.world import World

DAY = date(2026, 3, 5)
POLICY = standard_policy()


def shown(case: Case, *changes: ItemChange, on: date = DAY) -> Case:
    change = DebtorChange(case.debtor.code, case.debtor.name, changes)
    update = apply_balance(case, change, import_seq=2, agenda=on, dated=on)
    return seen_on(update.case, on)


def new(item: OpenItem) -> ItemChange:
    return ItemChange(ChangeKind.NEW, None, item)


def late(days: int, number: str = "FA-1", amount: str = "400.00") -> OpenItem:
    return an_invoice(number, due=DAY - timedelta(days=days), amount=amount)


def empty() -> Case:
    return replace(a_case(), items={})


def waiting(*items: OpenItem) -> Case:
    return shown(empty(), *(new(item) for item in items))


@given(st.integers(0, 400))
def test_an_item_waits_when_it_is_over_21_days_late_on_the_day_it_is_first_seen(days: int) -> None:
    item = late(days)
    assert (item.key in waiting(item).to_release) is (days > OLD_AFTER)


def test_an_item_that_grows_old_here_never_waits() -> None:
    item = late(5)
    case = waiting(item)
    paid = replace(item, open_amount=Decimal(100))
    later = DAY + timedelta(days=60)
    case = shown(case, ItemChange(ChangeKind.PART_PAID, item, paid), on=later)
    assert not case.to_release


def test_nothing_is_asked_of_it_and_the_reason_is_said() -> None:
    case = waiting(late(40))
    decision = decide(case, POLICY, CALENDAR, DAY)
    assert decision.actions == ()
    assert [held.reason for held in decision.held] == ["to-release"]
    assert decision.agenda is not None, "a case with an open item is never forgotten"


def test_what_is_recent_goes_on_without_the_old_one() -> None:
    old, recent = late(40, "OLD"), late(3, "NEW")
    decision = decide(waiting(old, recent), POLICY, CALENDAR, DAY)
    (message,) = decision.actions
    assert list(message.asked) == [recent.key]  # type: ignore[union-attr]


def test_a_credit_covers_the_old_item_first_all_the_same() -> None:
    credit = a_credit(amount="-150.00")
    account = net_account(waiting(late(40, "OLD"), late(3, "NEW"), credit), CALENDAR)
    rests = {rest.item.number: (rest.to_release, rest.chaseable) for rest in account.values()}
    assert rests == {"OLD": (Decimal("250.00"), Decimal(0)), "NEW": (Decimal(0), Decimal("400.00"))}


def test_a_promise_covers_it_too() -> None:
    terms = PromiseTerms(DAY, exception="They pay today.")
    case = add_promise(waiting(late(40)), terms, "p", CALENDAR, DAY)
    (promise,) = case.holds
    assert promise.covered == {late(40).key: Decimal("400.00")}  # type: ignore[union-attr]


def test_what_is_paid_or_due_later_waits_no_more() -> None:
    item = late(40)
    settled = replace(item, open_amount=Decimal(0))
    assert not shown(waiting(item), ItemChange(ChangeKind.SETTLED, item, settled)).to_release
    later = replace(item, due_date=DAY + timedelta(days=10))
    assert not shown(waiting(item), ItemChange(ChangeKind.CHANGED, item, later)).to_release


def test_it_waits_under_its_new_number_and_under_another_code() -> None:
    item, again = late(40), late(40, "FA-1-BIS")
    renamed = ItemChange(ChangeKind.REOPENED, item, again, was=item.key)
    assert shown(waiting(item), renamed).to_release == {again.key}
    target = replace(waiting(again), debtor=a_debtor("C002"))
    moved = {item.key: again.key}
    assert carried(waiting(item), target, moved, DAY).to_release == {again.key}
    chased = replace(waiting(item), to_release=frozenset())
    assert not carried(chased, target, moved, DAY).to_release, "no older under another code"


@pytest.mark.parametrize(
    ("level", "step"), [(Level.LEVEL_1, "email_1"), (Level.LEVEL_2, "letter_2")]
)
def test_it_starts_where_the_person_says(level: Level, step: str) -> None:
    item = late(60, amount="900.00")
    case = release_items(waiting(item), [item.key], level, DAY)
    assert case.agenda == DAY
    decision = decide(case, POLICY, CALENDAR, DAY)
    (message,) = decision.actions
    assert message.step.key == step  # type: ignore[union-attr]
    skipped = [held.reason for held in decision.held if held.reason.startswith("released-above")]
    assert bool(skipped) is (level is Level.LEVEL_2), "a level is never skipped in silence"


@pytest.mark.parametrize("level", [level for level in Level if level not in LEVELS])
def test_never_at_the_formal_notice(level: Level) -> None:
    case = waiting(late(40))
    with pytest.raises(ReleaseRefused, match="release-level-too-high"):
        release_items(case, case.to_release, level, DAY)


# ------------------------------------------------------------------ by people


def world_with_old(*debtors: str) -> World:
    world = World(DAY)
    creditor = world.office.creditors.get("acme")
    for code in debtors:
        case = replace(waiting(late(40), late(50, "FA-0")), debtor=a_debtor(code))
        entry = EvidenceDraft(world.clock.now(), "import", "import")
        change = CaseChange(replace(case, version=0), entry, tuple(case.items.values()))
        world.stores.of("acme").cases.commit(change)
    assert creditor.mode is Mode.AUTO
    return world


def test_alone_by_document_by_list_or_all_of_it() -> None:
    world = world_with_old("C001", "C002", "C003", "C004")
    done = release("acme", ["C001"], "paul", office=world.office, numbers=["FA-0"])
    assert (done.debtors, done.items) == (("C001",), 1)
    assert len(world.case("C001").to_release) == 1
    assert release("acme", ["C002", "C003"], "paul", office=world.office).items == 4
    assert release("acme", None, "paul", office=world.office).debtors == ("C001", "C004")
    assert not list(waiting_items(world.office.open("acme")))


def test_it_is_proved_with_its_author_and_its_level() -> None:
    world = world_with_old("C001")
    release("acme", ["C001"], "paul", office=world.office, level=Level.LEVEL_2)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert (entry.kind, entry.actor) == ("items-released", "paul")
    assert entry.facts["level"] == "level_2"
    assert set(entry.facts["items"].split()) == {"FA-0|invoice|1", "FA-1|invoice|1"}
    world.plan(DAY)
    assert world.case("C001").live is not None


def test_one_that_cannot_be_released_keeps_no_other_waiting() -> None:
    world = world_with_old("C001")
    done = release("acme", ["NOPE", "C001", "C001"], "paul", office=world.office)
    assert done.debtors == ("C001",)
    assert done.refused == (("NOPE", "no-such-case"),)
    again = release("acme", ["C001"], "paul", office=world.office)
    assert again.refused == (("C001", "nothing-to-release"),)


def test_a_document_that_does_not_wait_is_refused() -> None:
    world = world_with_old("C001")
    done = release("acme", ["C001"], "paul", office=world.office, numbers=["FA-9"])
    assert done.refused == (("C001", "no-such-item-to-release"),)
    with pytest.raises(ReleaseRefused):
        release("acme", None, "paul", office=world.office, level=Level.LEVEL_3)


def test_what_waits_is_listed_with_what_the_accounts_say_of_it() -> None:
    world = world_with_old("C001")
    first, second = waiting_items(world.office.open("acme"))
    assert (first.number, first.days_late, first.asked) == ("FA-0", 50, Decimal("400.00"))
    assert second.number == "FA-1"
    assert second.shown_level is None


def test_a_first_import_makes_the_old_ones_wait_and_its_evidence_says_which() -> None:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2")))
    late_by = (START.date() - world.case().items[next(iter(world.case().items))].due_date).days  # type: ignore[operator]
    assert late_by > OLD_AFTER
    assert len(world.case().to_release) == 2
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert "FA-2" in entry.facts["to_release"]
    world.next_week()
    world.drop(a_balance(a_row(), a_row("FA-2")))
    assert len(world.case().to_release) == 2
