"""Balances kept and not applied, and the same file again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.application.importing.accept import accept_import, refuse_import, suspicious_drops
from relance.application.ports import LeaseTaken, NotFound
from relance.domain.case import facts_of
from relance.domain.creditor import Lease
from relance.domain.errors import RelanceError
from relance.domain.open_item import ItemKey
from tests.application.crashes import At, AtCommit, Before, Crash, Crasher
from tests.application.fakes_import import START, ImportWorld, a_balance, a_row, new_creditor

TEN = tuple(a_row(f"FA-{n}", line=n) for n in range(10))
MINUTES = timedelta(minutes=1)
FA0 = ItemKey("FA-0|invoice|1")


@pytest.fixture
def world() -> ImportWorld:
    return ImportWorld(new_creditor())


class TestSuspicious:
    def test_kept_not_applied_until_a_good_one(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        before = world.snapshot()
        world.next_week()
        outcome = world.drop(a_balance(*TEN[:5]))
        assert (outcome.status, outcome.code) == ("suspicious", "balance-shrunk")
        assert (world.creditor.balance.suspicious, world.creditor.is_importing) == (True, False)
        assert world.snapshot() == before
        assert len(world.case().open_items) == 10
        assert world.drop(a_balance(*TEN[:9])).status == "applied"
        assert world.creditor.balance.suspicious is False

    def test_the_last_file_again_clears_it_too(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        world.drop(a_balance())
        assert world.creditor.balance.suspicious
        assert world.drop(a_balance(*TEN)).status == "unchanged"
        assert not world.creditor.balance.suspicious

    def test_a_refusal_clears_nothing(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        world.drop(a_balance())
        world.drop(RelanceError("workbook-damaged"))
        assert world.creditor.balance.suspicious

    def test_somebody_may_accept_it(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        event = world.put(a_balance(*TEN[:2]))
        assert world.run(event).status == "suspicious"
        outcome = world.run(replace(event, accepted_by="claire"))
        assert outcome.status == "applied"
        assert len(world.case().open_items) == 2
        facts = world.stores.of("acme").cases.history("C001")[-1].facts
        assert facts["accepted_by"] == "claire"

    def test_the_drop_that_waits_is_found_by_its_name(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        event = world.put(a_balance(*TEN[:2]))
        world.run(event)
        (waiting,) = suspicious_drops("acme", doors=world.doors())
        assert waiting.drop_key == event.key
        outcome = accept_import("acme", event.key, "claire", doors=world.doors())
        assert outcome.status == "applied"
        assert suspicious_drops("acme", doors=world.doors()) == ()

    def test_one_that_had_begun_still_waits_while_another_import_runs(
        self, world: ImportWorld
    ) -> None:
        world.drop(a_balance(*TEN))
        event = world.put(a_balance(*TEN[:2]))
        world.run(event)
        with pytest.raises(Crash):
            accept_import("acme", event.key, "claire", doors=world.doors(AtCommit(after=True)))
        world.clock.advance(15 * MINUTES)
        lease = Lease("acme/other.csv#1", world.clock.now() + MINUTES)
        world.stores.creditors.save(replace(world.creditor, lease=lease))
        with pytest.raises(LeaseTaken, match="import-running"):
            accept_import("acme", event.key, "claire", doors=world.doors())
        assert event.identity in world.creditor.waiting_drops, "its facts are half written"

    def test_somebody_may_refuse_it(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        event = world.put(a_balance(*TEN[:2]))
        world.run(event)
        refuse_import("acme", event.key, "claire", "wrong export", doors=world.doors())
        assert not world.creditor.balance.suspicious
        assert suspicious_drops("acme", doors=world.doors()) == ()
        (entry,) = world.stores.creditors.history("acme")
        assert (entry.actor, entry.kind) == ("claire", "import-refused")
        assert entry.personal == {"reason": "wrong export"}
        assert len(world.case().open_items) == 10

    def test_a_refusal_says_why(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        event = world.put(a_balance(*TEN[:2]))
        world.run(event)
        with pytest.raises(RelanceError, match="refusal-needs-a-reason"):
            refuse_import("acme", event.key, "claire", " ", doors=world.doors())

    def test_while_another_one_waits_the_flag_stays(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        world.drop(a_balance(*TEN[:2]))
        world.drop(a_balance(*TEN[:3]), key="acme/other.csv")
        refuse_import("acme", "acme/other.csv", "claire", "wrong", doors=world.doors())
        assert world.creditor.balance.suspicious
        (entry,) = world.stores.creditors.history("acme")
        assert entry.kind == "import-refused", "what a person decided is kept, flag moved or not"

    def test_a_refusal_that_died_halfway_is_made_again(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        event = world.put(a_balance(*TEN[:2]))
        world.run(event)
        doors = world.doors(At("imports.add"))
        with pytest.raises(Crash):
            refuse_import("acme", event.key, "claire", "wrong", doors=doors)
        refuse_import("acme", event.key, "claire", "wrong", doors=world.doors())
        assert not world.creditor.balance.suspicious
        assert suspicious_drops("acme", doors=world.doors()) == ()

    def test_one_that_comes_while_another_is_refused_keeps_the_flag(
        self, world: ImportWorld
    ) -> None:
        world.drop(a_balance(*TEN))
        world.drop(a_balance(*TEN[:2]))
        doors = world.doors(
            Before("creditors.save", lambda: world.drop(a_balance(), key="acme/other.csv"))
        )
        refuse_import("acme", "acme/balance.csv", "claire", "wrong", doors=doors)
        assert world.creditor.balance.suspicious

    def test_only_a_drop_that_waits_can_be_accepted(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        with pytest.raises(NotFound, match="no-suspicious-import"):
            accept_import("acme", "acme/other.csv", "claire", doors=world.doors())

    def test_older_than_the_last(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN, as_of=date(2026, 3, 1)))
        outcome = world.drop(a_balance(*TEN[:9], as_of=date(2026, 2, 28)))
        assert outcome.code == "balance-older-than-last"

    def test_dropped_before_the_last_it_changes_nothing(self, world: ImportWorld) -> None:
        """Queues do not keep the order."""
        earlier = world.put(a_balance(*TEN[:9]))
        world.drop(a_balance(*TEN))
        outcome = world.run(earlier)
        assert (outcome.status, outcome.code) == ("refused", "balance-superseded")
        assert len(world.case().open_items) == 10
        assert not world.creditor.balance.suspicious

    def test_a_late_older_drop_clears_nothing(self, world: ImportWorld) -> None:
        earlier = world.put(a_balance(*TEN[:9]))
        world.drop(a_balance(*TEN))
        world.drop(a_balance())
        assert world.run(earlier).code == "balance-superseded"
        assert world.creditor.balance.suspicious

    def test_it_costs_the_next_import_no_search_of_every_case(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        world.drop(a_balance())
        watch = Crasher()
        world.run(world.put(a_balance(*TEN[:9])), watch)
        assert "cases.debtors" not in watch.calls

    def test_what_a_crash_left_before_it_is_still_put_right_after_it(
        self, world: ImportWorld
    ) -> None:
        world.drop(a_balance(*TEN))
        event = world.put(a_balance(*TEN[1:]))
        with pytest.raises(Crash):
            world.run(event, AtCommit(after=True))
        assert not world.case().items[FA0].is_open
        world.clock.advance(15 * MINUTES)
        assert world.drop(a_balance()).status == "suspicious"
        assert world.drop(a_balance(*TEN), content=b"exported again").status == "applied"
        assert world.case().items[FA0].is_open


class TestSameFile:
    def test_no_case_and_no_item_is_written(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN), content=b"same")
        watch = Crasher()
        outcome = world.run(world.put(a_balance(*TEN), content=b"same"), watch)
        assert outcome.status == "unchanged"
        assert [call for call in watch.calls if call.startswith("cases.")] == []
        saves = [call for call in watch.calls if call == "creditors.save"]
        assert len(saves) == 3, "waiting, lease, release"
        assert [r.status for r in world.stores.of("acme").imports.recent(9)] == [
            "unchanged",
            "applied",
        ]

    def test_it_is_as_fresh_as_its_last_upload_and_confirms_nothing(
        self, world: ImportWorld
    ) -> None:
        world.drop(a_balance(*TEN))
        world.drop(a_balance(*TEN[1:]), content=b"same")
        before = world.case()
        world.next_week()
        world.drop(a_balance(*TEN[1:]), content=b"same")
        assert world.case() == replace(before, facts=facts_of(world.creditor))
        assert world.creditor.balance.uploaded_on == START.date() + timedelta(days=7)

    def test_a_new_file_that_says_the_same_writes_no_case(self, world: ImportWorld) -> None:
        world.drop(a_balance(*TEN))
        before = world.case().version
        assert world.drop(a_balance(*TEN), content=b"exported again").status == "applied"
        assert world.case().version == before

    def test_an_event_delivered_twice_does_nothing(self, world: ImportWorld) -> None:
        event = world.put(a_balance(*TEN))
        first = world.run(event)
        again = world.run(event)
        assert (again.again, again.status, again.import_seq) == (True, "applied", first.import_seq)
        assert len(world.stores.of("acme").imports.recent(9)) == 1
        assert len(world.mailer.sent) == 1
