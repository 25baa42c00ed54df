"""The contract of CaseStore, on every engine: items of competing and of large imports."""

from dataclasses import replace
from decimal import Decimal

import pytest

from relance.application.importing.snapshot_file import decode_snapshot, encode_snapshot
from relance.application.ports import CaseChange, Conflict
from relance.domain.case import Case
from relance.domain.open_item import Settlement
from relance.domain.reconciliation.snapshot import BalanceSnapshot, DebtorBalance
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    TODAY,
    case,
    creditor,
    draft,
    full_item,
    item,
)

ACME = creditor()


def loaded(stores: AnyStores, debtor: str = "C001") -> Case:
    found = stores.of("acme").cases.load(debtor, ACME)
    assert found is not None
    return found


def test_the_facts_are_those_of_the_creditor_that_was_read(stores: AnyStores) -> None:
    stores.of("acme").cases.commit(CaseChange(case(), None))
    quiet = replace(ACME, waiting_drops=frozenset())

    found = stores.of("acme").cases.load("C001", quiet)

    assert found is not None
    assert not found.facts.importing
    assert loaded(stores).facts.importing


def test_amounts_keep_every_digit(stores: AnyStores) -> None:
    amounts = ("0.10", "1234567890123456789.0000000001", "1E+3", "-0.00", "100")
    items = tuple(item(f"F{n}#invoice#1", text) for n, text in enumerate(amounts))
    stores.of("acme").cases.commit(CaseChange(case(items=items), None, items=items))

    found = loaded(stores).items

    assert [str(found[one.key].amount) for one in items] == list(amounts)


def test_every_fact_of_an_item_comes_back(stores: AnyStores) -> None:
    full = full_item()
    stores.of("acme").cases.commit(CaseChange(case(items=(full,)), None, items=(full,)))

    assert loaded(stores).items == {full.key: full}


def test_every_fact_of_an_item_is_in_the_snapshot() -> None:
    full = full_item()
    debtors = {"C001": DebtorBalance("Dupont", {full.key: full})}

    again = decode_snapshot(encode_snapshot(BalanceSnapshot(import_seq=1, debtors=debtors)))

    assert again.items_of("C001") == {full.key: full}


def test_the_fact_of_the_higher_import_wins(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    newer = item(amount="80")
    first = cases.commit(CaseChange(case(), draft(), items=(newer,), import_seq=7))
    late = (item(amount="120"), item("F2#invoice#1"))

    committed = cases.commit(CaseChange(first, draft(), items=late, import_seq=6))

    assert loaded(stores).items == {newer.key: newer, late[1].key: late[1]}
    assert committed.items[newer.key] == newer
    assert committed.version == loaded(stores).version == 2


def test_the_same_import_may_write_again(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft(), items=(item(),), import_seq=7))
    settled = item(settlement=Settlement.UNKNOWN_CAUSE, settled_on=TODAY, open_amount=Decimal(0))

    cases.commit(CaseChange(first, draft(), items=(settled,), import_seq=7))

    assert loaded(stores).items == {settled.key: settled}


@pytest.mark.parametrize("count", [21, 22, 23, 24, 25, 26, 60])
def test_more_items_than_a_transaction_holds(stores: AnyStores, count: int) -> None:
    items = tuple(item(f"F{n}#invoice#1", f"{n}.01") for n in range(count))
    new = case(emails=("a@client.example",), items=items)

    committed = stores.of("acme").cases.commit(CaseChange(new, draft(), items=items, import_seq=1))

    assert loaded(stores) == committed
    assert len(committed.items) == count


def test_higher_facts_win_also_among_many(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), None, items=(item("F30#invoice#1"),), import_seq=9))
    items = tuple(item(f"F{n}#invoice#1", "1") for n in range(60))

    committed = cases.commit(CaseChange(first, draft(), items=items, import_seq=8))

    assert committed.items["F30#invoice#1"].amount == Decimal("120.50")  # type: ignore[index]
    assert len(loaded(stores).items) == 60


def test_more_contacts_than_a_transaction_holds(stores: AnyStores) -> None:
    emails = tuple(f"p{n}@client.example" for n in range(40))
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(emails=emails), draft()))
    cases.commit(CaseChange(replace(first, debtor=case().debtor), draft()))

    assert loaded(stores).version == 2
    assert all(not stores.directory.by_address("acme", email) for email in emails)


def test_a_higher_fact_wins_while_an_address_goes(stores: AnyStores) -> None:
    """Refusals come back by position: a deletion among the writes must not shift them."""
    cases = stores.of("acme").cases
    new = case(emails=("a@client.example",))
    first = cases.commit(CaseChange(new, draft(), items=(item(amount="80"),), import_seq=7))
    nobody = replace(first, debtor=case().debtor)

    cases.commit(CaseChange(nobody, draft(), items=(item(amount="120"),), import_seq=6))

    assert loaded(stores).items[item().key].amount == Decimal("80")
    assert stores.directory.by_address("acme", "a@client.example") == ()


class TestGone:
    """Items that a case does not keep any more."""

    def test_they_leave_the_state_with_the_change(self, stores: AnyStores) -> None:
        cases = stores.of("acme").cases
        old, kept = item("F1#invoice#1"), item("F2#invoice#1")
        first = cases.commit(CaseChange(case(items=(old, kept)), None, items=(old, kept)))
        left = replace(first, items={kept.key: kept})

        committed = cases.commit(CaseChange(left, draft(), gone=(old.key, old.key), import_seq=1))

        assert loaded(stores).items == committed.items == {kept.key: kept}
        assert committed.version == loaded(stores).version == 2

    def test_what_a_higher_import_wrote_stays(self, stores: AnyStores) -> None:
        cases = stores.of("acme").cases
        back = item(amount="80")
        first = cases.commit(CaseChange(case(), None, items=(back,), import_seq=7))
        left = replace(first, items={})

        committed = cases.commit(CaseChange(left, draft(), gone=(back.key,), import_seq=6))

        assert loaded(stores).items == committed.items == {back.key: back}

    def test_what_the_same_change_writes_stays(self, stores: AnyStores) -> None:
        cases = stores.of("acme").cases
        first = cases.commit(CaseChange(case(), None, items=(item(),), import_seq=1))
        new = item(amount="80")

        cases.commit(CaseChange(first, draft(), items=(new,), gone=(new.key,), import_seq=2))

        assert loaded(stores).items == {new.key: new}

    def test_one_that_is_gone_already_is_no_conflict(self, stores: AnyStores) -> None:
        cases = stores.of("acme").cases
        first = cases.commit(CaseChange(case(), None))
        assert cases.commit(CaseChange(first, draft(), gone=(item().key,))).version == 2
        assert loaded(stores).items == {}

    def test_a_change_that_is_refused_takes_nothing_out(self, stores: AnyStores) -> None:
        cases = stores.of("acme").cases
        first = cases.commit(CaseChange(case(), None, items=(item(),), import_seq=1))
        cases.commit(CaseChange(first, draft()))
        with pytest.raises(Conflict):
            cases.commit(CaseChange(first, draft(), gone=(item().key,), import_seq=2))
        assert loaded(stores).items == {item().key: item()}

    @pytest.mark.parametrize("count", [22, 23, 24, 60])
    def test_more_than_a_transaction_holds(self, stores: AnyStores, count: int) -> None:
        cases = stores.of("acme").cases
        items = tuple(item(f"F{n}#invoice#1", f"{n}.01") for n in range(count))
        first = cases.commit(CaseChange(case(items=items), None, items=items, import_seq=1))
        new, keys = item("F99#invoice#1"), tuple(one.key for one in items)
        left = replace(first, items={new.key: new})

        change = CaseChange(left, draft(), items=(new,), gone=keys, import_seq=2)
        committed = cases.commit(change)

        assert loaded(stores).items == committed.items == {new.key: new}

    def test_among_many_too_a_higher_fact_wins(self, stores: AnyStores) -> None:
        cases = stores.of("acme").cases
        items = tuple(item(f"F{n}#invoice#1") for n in range(40))
        first = cases.commit(CaseChange(case(items=items), None, items=items, import_seq=1))
        newer = item("F30#invoice#1", "7")
        second = cases.commit(CaseChange(first, draft(), items=(newer,), import_seq=9))
        left = replace(second, items={})

        gone = tuple(one.key for one in items)
        committed = cases.commit(CaseChange(left, draft(), gone=gone, import_seq=8))

        assert loaded(stores).items == committed.items == {newer.key: newer}
