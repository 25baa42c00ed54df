"""The contract of CaseStore, on every engine: what is kept to take a decision back."""

from dataclasses import replace

import pytest

from relance.application.ports import CaseChange, Conflict
from relance.domain.case import Case, facts_of
from relance.domain.decided import Before
from relance.domain.holds import Arrangement, ArrangementKind, UnreadReply
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import TODAY, case, creditor, draft, item, notice

UNREAD = UnreadReply("r1", TODAY)
UNAPPROVED = Arrangement(
    "a1", ArrangementKind.SET_OFF, {}, {}, TODAY, TODAY, by="marie", lapses_on=TODAY
)


def decided(now: Case, before: Before) -> CaseChange:
    return CaseChange(now, draft(), before=before)


def test_nothing_is_kept_until_a_person_decides(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    cases.commit(CaseChange(case(), draft()))
    assert cases.decided("C001", creditor()) is None


def test_the_last_decision_comes_back_with_the_hash_of_its_entry(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft(), items=(item(),)))
    second = cases.commit(decided(first, Before(first, versions={"C001": 1})))
    held = replace(second, holds=(UNREAD,))
    cases.commit(decided(held, Before(second, (notice(second),), {"C001": 2, "C|2": 7})))

    found = cases.decided("C001", creditor())
    assert found is not None
    assert found.seq == 3
    assert found.hash == cases.history("C001")[2].hash
    assert found.before.notices == (notice(second),)
    assert found.before.versions == {"C001": 2, "C|2": 7}
    assert found.before.case.holds == ()
    assert found.before.case.items == {}
    assert found.before.case.facts == facts_of(creditor(), "C001")


def test_what_was_kept_outlives_changes_that_are_no_decision(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft()))
    second = cases.commit(decided(first, Before(first)))
    cases.commit(CaseChange(second, draft()))
    found = cases.decided("C001", creditor())
    assert found is not None
    assert found.seq == 2


def test_a_commit_that_failed_leaves_nothing_that_an_entry_answers_to(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft()))
    cases.commit(CaseChange(first, draft()))
    with pytest.raises(Conflict):
        cases.commit(decided(first, Before(first)))
    found = cases.decided("C001", creditor())
    assert found is None or found.hash not in {one.hash for one in cases.history("C001")}


def test_a_case_with_something_to_read_or_to_approve_is_found(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    waiting = cases.commit(CaseChange(replace(case(), holds=(UNREAD,)), draft()))
    other = replace(case("C#2"), holds=(UNAPPROVED,))
    cases.commit(CaseChange(other, draft()))
    cases.commit(CaseChange(case("C3"), draft()))
    assert cases.to_read() == ("C#2", "C001")
    assert stores.of("other").cases.to_read() == ()
    cases.commit(CaseChange(replace(waiting, holds=()), draft()))
    assert cases.to_read() == ("C#2",)
