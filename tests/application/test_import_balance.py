"""Balances dropped one after the other: what ends in the store."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.domain.balance_reading import RejectedRow
from relance.domain.case import Case
from relance.domain.evidence import chain_problem
from relance.domain.holds import ManualHold
from relance.domain.open_item import ItemKey, Settlement
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
HOLD = ManualHold("m1", "vip", MONDAY, None)


@pytest.fixture
def world() -> ImportWorld:
    return after_a_week()


def test_the_first_balance_creates_debtors_and_items() -> None:
    world = ImportWorld(new_creditor())
    outcome = world.drop(a_balance(a_row(), a_row("FA-2", open_amount="250.00")))
    case = world.case()
    assert (outcome.status, outcome.import_seq) == ("applied", 1)
    assert case.debtor.name == "Menuiserie Dupont SARL"
    assert case.items[FA2].open_amount == Decimal("250.00")
    assert (case.agenda, case.import_seq) == (MONDAY, 1)
    assert outcome.counts == {
        "rows": 3,
        "items": 2,
        "rejected": 0,
        "settled_rows": 0,
        "non_items": 1,
        "unchanged": 0,
        "suspended": 0,
        "debtors_changed": 1,
        "new": 2,
        "part_paid": 0,
        "changed": 0,
        "settled": 0,
        "confirmed": 0,
        "reopened": 0,
        "moved": 0,
    }


def test_the_creditor_row_moves_last_and_at_once() -> None:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), as_of=date(2026, 3, 1)))
    creditor = world.creditor
    assert (creditor.lease, creditor.waiting_drops) == (None, frozenset())
    balance = creditor.balance
    assert (balance.import_seq, balance.as_of, balance.uploaded_on) == (
        1,
        date(2026, 3, 1),
        MONDAY,
    )
    assert balance.snapshot_key == "snapshots/acme/1.jsonl.gz"
    snapshot = world.snapshot()
    assert snapshot.items_of("C001") == world.case().items
    assert (snapshot.as_of, snapshot.import_seq) == (date(2026, 3, 1), 1)


def test_what_changed_is_proved_without_personal_data(world: ImportWorld) -> None:
    world.drop(a_balance(a_row(open_amount="400.00"), a_row("FA-2", name="Dupont SAS"), BIG))
    history = world.stores.of("acme").cases.history("C001")
    imports = [e.actor for e in history if e.kind == "import"]
    assert imports == ["import", "import"]
    facts = history[-1].facts
    assert facts["part_paid"] == "FA-1|invoice|1 1000.00>400.00"
    assert (facts["import_seq"], facts["drop"]) == ("2", "acme/balance.csv")
    assert len(facts["drop_sha256"]) == 64
    assert chain_problem(history) is None


def test_a_renamed_debtor_keeps_its_case_and_its_name_is_erasable(world: ImportWorld) -> None:
    world.drop(a_balance(a_row(name="Dupont SAS"), a_row("FA-2", name="Dupont SAS"), BIG))
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert world.case().debtor.name == "Dupont SAS"
    assert entry.facts["debtor_renamed"] == "yes"
    assert entry.personal == {"debtor_name": "Dupont SAS"}
    assert "Dupont" not in str(entry.facts)


def test_absent_is_settled_then_confirmed_and_kept_as_history(world: ImportWorld) -> None:
    settled = world.drop(a_balance(a_row("FA-2"), BIG))
    item = world.case().items[FA1]
    assert settled.counts["settled"] == 1
    assert (item.settlement, item.open_amount) == (Settlement.UNKNOWN_CAUSE, Decimal(0))
    assert item.settled_on == MONDAY + timedelta(days=7)
    world.next_week()
    world.drop(a_balance(a_row("FA-2"), BIG, as_of=MONDAY + timedelta(days=14)))
    assert world.case().items[FA1].settlement is Settlement.CONFIRMED
    assert FA1 not in world.snapshot().items_of("C001")


def test_a_rejected_row_suspends_and_is_reported(world: ImportWorld) -> None:
    rejected = (RejectedRow(4, "bad-amount", "open_amount", "12O,00", number="FA-1"),)
    outcome = world.drop(a_balance(a_row("FA-2"), BIG, rejected=rejected))
    assert world.case().items[FA1].is_open
    assert (outcome.counts["rejected"], outcome.counts["suspended"]) == (1, 1)
    assert outcome.report_key is not None
    report = world.reports.get(outcome.report_key).decode()
    assert '"line": 4' in report
    assert "12O,00" in report


def test_only_changed_cases_and_items_are_written(world: ImportWorld) -> None:
    untouched = world.case("C009")
    world.drop(a_balance(a_row(open_amount="400.00"), a_row("FA-2"), BIG))
    assert world.case("C009").version == untouched.version
    facts = world.stores.database.items[("acme", "C001")]
    assert {key: seq for key, (_, seq) in facts.items()} == {FA1: 2, FA2: 1}


def test_the_agenda_never_moves_later(world: ImportWorld) -> None:
    world.edit(agenda=date(2026, 2, 1))
    world.drop(a_balance(a_row(open_amount="400.00"), a_row("FA-2"), BIG))
    assert world.case().agenda == date(2026, 2, 1)


def test_a_conflict_on_a_case_is_decided_again(world: ImportWorld) -> None:
    """A reply is filed between the reading and the writing of the case."""
    event = world.put(a_balance(a_row(open_amount="400.00"), a_row("FA-2"), BIG))
    doors = world.doors()
    cases = world.stores.of("acme").cases
    loads = iter([True])

    class Busy:
        def __getattr__(self, name: str) -> object:
            return getattr(cases, name)

        def load(self, debtor: str, creditor: object) -> Case | None:
            found = world.case(debtor)
            if next(loads, False):
                world.edit(holds=(HOLD,))
            return found

    class BusyStores:
        def of(self, creditor: str) -> object:
            return replace(world.stores.of(creditor), cases=Busy())  # type: ignore[arg-type]

    office = replace(doors.office, stores=BusyStores())  # type: ignore[arg-type]
    from relance.application.importing.receive import import_drop

    assert import_drop(event, doors=replace(doors, office=office)).status == "applied"
    assert world.case().holds == (HOLD,)
    assert world.case().items[FA1].open_amount == Decimal("400.00")
