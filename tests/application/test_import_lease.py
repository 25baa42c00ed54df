"""One import of a creditor at a time, and what a crash leaves behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from relance.application.ports import CaseChange, Conflict, LeaseTaken
from relance.domain.creditor import Lease
from relance.domain.open_item import ItemKey, Settlement
from tests.application.crashes import AtCommit, Crash, Crasher
from tests.application.fakes_import import START, ImportWorld, a_balance, a_row, new_creditor

TEN = tuple(a_row(f"FA-{n}", line=n) for n in range(10))
MINUTES = timedelta(minutes=1)
FA0 = ItemKey("FA-0|invoice|1")


@pytest.fixture
def world() -> ImportWorld:
    return ImportWorld(new_creditor())


class TestLease:
    def test_a_live_lease_of_another_makes_the_queue_wait(self, world: ImportWorld) -> None:
        first, second = world.put(a_balance(*TEN)), world.put(a_balance(*TEN[:9]))
        with pytest.raises(Crash):
            world.run(first, AtCommit())
        with pytest.raises(LeaseTaken) as busy:
            world.run(second)
        assert busy.value.again_in == 15 * MINUTES, "once the lease is free, and no later"
        assert world.creditor.waiting_drops == {first.identity, second.identity}

    def test_an_expired_one_is_taken_over_with_a_higher_number(self, world: ImportWorld) -> None:
        first, second = world.put(a_balance(*TEN)), world.put(a_balance(*TEN[:9]))
        with pytest.raises(Crash):
            world.run(first, AtCommit(after=True))
        assert world.case().import_seq == 1
        world.clock.advance(15 * MINUTES)
        assert world.run(second).import_seq == 2
        assert len(world.case().open_items) == 9, "what the dead import wrote was put right"
        assert world.creditor.waiting_drops == {first.identity}
        late = world.run(first)
        assert (late.status, late.code) == ("refused", "balance-superseded")
        assert not world.creditor.is_importing

    def test_its_owner_comes_back_at_once(self, world: ImportWorld) -> None:
        event = world.put(a_balance(*TEN))
        with pytest.raises(Crash):
            world.run(event, AtCommit(after=True))
        outcome = world.run(event)
        assert (outcome.status, outcome.import_seq) == ("applied", 2)
        assert len(world.stores.of("acme").cases.history("C001")) == 1

    def test_two_at_once_the_loser_comes_back(self, world: ImportWorld) -> None:
        """The second starts while the first is between two writes."""
        first, second = world.put(a_balance(*TEN)), world.put(a_balance(*TEN[:9]))
        met: list[str] = []

        class Meeting(Crasher):
            def call(self, label: str, act: Callable[[], object]) -> object:
                if label == "cases.commit" and not met:
                    met.append(label)
                    with pytest.raises(LeaseTaken):
                        world.run(second)
                return super().call(label, act)

        assert world.run(first, Meeting()).status == "applied"
        assert world.run(second).status == "applied"
        assert len(world.case().open_items) == 9
        assert not world.creditor.is_importing

    def test_a_lease_that_ran_out_writes_nothing_more(self, world: ImportWorld) -> None:
        event = world.put(a_balance(*TEN))

        class Slow(Crasher):
            def call(self, label: str, act: Callable[[], object]) -> object:
                if label == "reports.get" or label == "imports.find":
                    return super().call(label, act)
                found = super().call(label, act)
                if label == "creditors.save" and world.creditor.lease is not None:
                    world.clock.advance(15 * MINUTES)
                return found

        with pytest.raises(LeaseTaken):
            world.run(event, Slow())
        assert world.stores.database.cases == {}

    def test_a_long_import_stops_in_time_and_goes_on_where_it_was(self, world: ImportWorld) -> None:
        rows = [a_row(f"FA-{n}", code=f"C{n:03}", line=n) for n in range(10)]
        event = world.put(a_balance(*rows))

        class Slow(Crasher):
            def call(self, label: str, act: Callable[[], object]) -> object:
                if label == "cases.commit":
                    world.clock.advance(3 * MINUTES)
                return super().call(label, act)

        cases, stops = world.stores.of("acme").cases, 0
        while True:
            try:
                assert world.run(event, Slow()).status == "applied"
            except LeaseTaken as error:
                goes_on = error.code == "import-continues" and not error.again_in
                stops += goes_on and world.creditor.is_importing
            else:
                break
        assert stops == 2
        assert {len(cases.history(code)) for code in cases.debtors()} == {1}
        assert len(cases.debtors()) == 10

    def test_a_case_of_a_higher_import_is_left_alone(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        newer = replace(world.case(), import_seq=99)
        world.stores.of("acme").cases.commit(CaseChange(newer, None))
        with pytest.raises(LeaseTaken):
            world.drop(a_balance(*TEN[:9]))

    def test_the_release_needs_its_own_lease(self, world: ImportWorld) -> None:
        event = world.put(a_balance(*TEN))

        class Stolen(Crasher):
            def call(self, label: str, act: Callable[[], object]) -> object:
                if label == "imports.add":
                    thief = Lease("thief", world.clock.now() + MINUTES)
                    world.stores.creditors.save(replace(world.creditor, lease=thief, import_seq=7))
                return super().call(label, act)

        with pytest.raises(LeaseTaken):
            world.run(event, Stolen())
        assert world.creditor.balance.snapshot_key is None


class TestHalfWritten:
    """What a store may leave behind when an answer is lost or a large case is written in parts."""

    def test_a_commit_whose_answer_was_lost_is_not_done_twice(self, world: ImportWorld) -> None:
        lost: list[str] = []

        class LostAnswer(Crasher):
            def call(self, label: str, act: Callable[[], object]) -> object:
                found = super().call(label, act)
                if label == "cases.commit" and not lost:
                    lost.append(label)
                    raise Conflict("case-changed")
                return found

        assert world.run(world.put(a_balance(*TEN)), LostAnswer()).status == "applied"
        assert len(world.stores.of("acme").cases.history("C001")) == 1

    def test_items_written_without_their_case_are_told_all_the_same(
        self, world: ImportWorld
    ) -> None:
        world.drop(a_balance(*TEN))
        event = world.put(a_balance(*TEN[1:]))
        with pytest.raises(Crash):
            world.run(event, AtCommit())
        facts = world.stores.database.items[("acme", "C001")]
        item, _ = facts[FA0]
        paid = replace(item, open_amount=Decimal(0), settlement=Settlement.UNKNOWN_CAUSE)
        facts[FA0] = (replace(paid, settled_on=START.date()), 2)
        world.run(event)
        assert world.stores.of("acme").cases.history("C001")[-1].facts["settled"].startswith(FA0)
