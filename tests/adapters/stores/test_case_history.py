"""The contract of CaseStore, on every engine: the evidence and the agenda."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.application.ports import CaseChange, Conflict
from relance.domain.case import Case
from relance.domain.evidence import ChainHead, chain_problem
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    TODAY,
    case,
    creditor,
    draft,
)

ACME = creditor()


def loaded(stores: AnyStores, debtor: str = "C001") -> Case:
    found = stores.of("acme").cases.load(debtor, ACME)
    assert found is not None
    return found


def test_without_an_entry_the_version_still_rises(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(), draft()))
    second = cases.commit(CaseChange(replace(first, agenda=TODAY), None))

    assert second.version == 2
    assert second.chain == first.chain
    assert len(cases.history("C001")) == 1
    with pytest.raises(Conflict):
        cases.commit(CaseChange(first, None))


def test_the_chain_is_whole_after_many_commits(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    now = case()
    for n in range(30):
        entry = None if n % 7 == 3 else draft(f"event-{n}", recipient=f"Zoë <z{n}@client.example>")
        now = cases.commit(CaseChange(now, entry))
    history = cases.history("C001")

    assert chain_problem(history) is None
    assert [entry.seq for entry in history] == list(range(1, 27))
    assert now.chain == ChainHead(26, history[-1].hash)
    assert history[0].personal == {"recipient": "Zoë <z0@client.example>"}
    assert len({entry.salt for entry in history}) == 26


def test_an_entry_without_personal_text_has_no_salt(stores: AnyStores) -> None:
    stores.of("acme").cases.commit(CaseChange(case(), draft()))

    (entry,) = stores.of("acme").cases.history("C001")

    assert (entry.salt, entry.personal) == (None, {})


def test_the_agenda_comes_in_pages_oldest_first(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    for n in range(7):
        cases.commit(CaseChange(case(f"C{n}", agenda=TODAY - timedelta(days=n)), None))

    pages = list(cases.due(TODAY, page_size=3))

    assert pages == [("C6", "C5", "C4"), ("C3", "C2", "C1"), ("C0",)]


def test_the_agenda_heals_missed_days_and_leaves_the_future(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    dates = {"missed": date(2025, 12, 31), "today": TODAY, "tomorrow": TODAY + timedelta(days=1)}
    for code, day in dates.items():
        cases.commit(CaseChange(case(code, agenda=day), None))
    cases.commit(CaseChange(case("never"), None))
    stores.of("other").cases.commit(CaseChange(case("X", of=creditor("other"), agenda=TODAY), None))

    assert list(cases.due(TODAY, page_size=10)) == [("missed", "today")]


def test_a_case_leaves_the_agenda_with_its_date(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(case(agenda=TODAY), None))
    second = cases.commit(CaseChange(replace(first, agenda=TODAY + timedelta(days=3)), None))
    assert list(cases.due(TODAY, page_size=10)) == []

    cases.commit(CaseChange(replace(second, agenda=None), None))
    assert list(cases.due(date(9999, 12, 31), page_size=10)) == []
    assert loaded(stores).agenda is None
