"""The contract of CaseStore, on every engine: what comes back."""

from dataclasses import replace

import pytest

from relance.application.ports import CaseChange
from relance.domain.case import Case
from relance.domain.debtor import Debtor
from relance.domain.evidence import ChainHead, chain_problem
from relance.domain.holds import UnreadReply
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    TODAY,
    case,
    creditor,
    draft,
    item,
)

ACME = creditor()


def loaded(stores: AnyStores, debtor: str = "C001") -> Case:
    found = stores.of("acme").cases.load(debtor, ACME)
    assert found is not None
    return found


def test_a_case_comes_back_as_it_was_committed(stores: AnyStores) -> None:
    items = (item("F1#invoice#1"), item("AV 2#credit_note#1", "-10.00", issue_date=None))
    new = replace(
        case(emails=("a@client.example",), agenda=TODAY, items=items),
        holds=(UnreadReply("r1", TODAY),),
        failures=2,
        import_seq=4,
    )
    committed = stores.of("acme").cases.commit(CaseChange(new, draft(), items=items, import_seq=4))

    assert committed.version == 1
    assert committed.chain.seq == 1
    assert loaded(stores) == committed
    assert replace(committed, version=0, chain=ChainHead(0, "")) == new


@pytest.mark.parametrize(
    "code", ["C#1", "C%231", "L'Étoile d'Ωméga & Fils ✨", "a b", "#", "%", "C"]
)
def test_any_text_is_a_code(stores: AnyStores, code: str) -> None:
    new = case(code, emails=("x@client.example",), agenda=TODAY, items=(item("F#%23 é#x"),))
    cases = stores.of("acme").cases
    cases.commit(CaseChange(case("C#"), None))
    committed = cases.commit(CaseChange(new, draft(), items=tuple(new.items.values())))

    assert cases.load(code, ACME) == committed
    assert set(cases.debtors()) == {"C#", code}
    assert list(cases.due(TODAY, page_size=5)) == [(code,)]
    assert [ref.debtor for ref in stores.directory.by_address("acme", "x@client.example")] == [code]


def test_the_codes_are_walked_through_page_by_page_each_once(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    codes = {"C#1", "C%231", "L'Étoile ✨", "a b", "#", "%", "C"}
    for code in codes:
        cases.commit(CaseChange(case(code), None))
    stores.of("beta").cases.commit(CaseChange(replace(case("C002"), creditor="beta"), None))
    seen: list[str] = []
    while page := cases.debtors_after(seen[-1] if seen else "", limit=2):
        assert len(page) <= 2
        seen += page
    assert sorted(seen) == sorted(codes)


def test_codes_that_only_differ_by_their_escape_are_two_cases(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    cases.commit(CaseChange(replace(case("C#1"), failures=1), None))
    cases.commit(CaseChange(replace(case("C%231"), failures=2), None))

    assert loaded(stores, "C#1").failures == 1
    assert loaded(stores, "C%231").failures == 2


def test_what_is_stored_does_not_change_with_the_callers_values(stores: AnyStores) -> None:
    facts = {"a": "1"}
    new = case(items=(item(),))
    change = CaseChange(new, replace(draft(), facts=facts), items=(item(),))
    committed = stores.of("acme").cases.commit(change)
    facts["a"] = "2"
    new.items.clear()
    committed.items.clear()
    loaded(stores).items.clear()

    assert len(loaded(stores).items) == 1
    assert chain_problem(stores.of("acme").cases.history("C001")) is None
    assert stores.of("acme").cases.history("C001")[0].facts == {"a": "1"}


def test_an_unknown_case_is_none(stores: AnyStores) -> None:
    assert stores.of("acme").cases.load("nobody", ACME) is None
    assert stores.of("acme").cases.history("nobody") == ()


def test_a_large_case_comes_back(stores: AnyStores) -> None:
    holds = tuple(UnreadReply(f"reply-{n}", TODAY) for n in range(3000))
    long_name = replace(case(), debtor=Debtor("C001", "É" * 5000), holds=holds)
    committed = stores.of("acme").cases.commit(CaseChange(long_name, draft()))

    assert loaded(stores) == committed
    shrunk = stores.of("acme").cases.commit(CaseChange(replace(committed, holds=()), None))
    assert loaded(stores) == replace(shrunk, holds=())
