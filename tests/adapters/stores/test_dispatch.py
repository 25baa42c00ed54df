"""What is let out and what is counted move together, on every engine."""

from dataclasses import replace
from decimal import Decimal

import pytest

from relance.application.ports import DISPATCHED_AT_ONCE, CaseChange, Conflict, NoticeChange
from relance.domain.case import Case
from relance.domain.creditor import Creditor, DayCount, Mode
from relance.domain.notice import Notice, NoticeStatus
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import NOON, TODAY, case, creditor, draft, moved, notice

COUNTED = DayCount(TODAY, 2, 1, 1, Decimal("8.00"), ("x@y.example",))


def planned(stores: AnyStores, *ids: str) -> tuple[Creditor, list[Notice]]:
    saved = stores.creditors.save(creditor())
    at: Case = case()
    found = []
    for name in ids:
        found.append(notice(at, name))
        change = CaseChange(at, draft(), notices=(NoticeChange(found[-1], None),))
        at = stores.of("acme").cases.commit(change)
    return saved, found


def out(one: Notice) -> Notice:
    return replace(one, dispatched_on=TODAY, is_first=True)


def test_the_notices_and_the_count_come_back_as_written(stores: AnyStores) -> None:
    saved, found = planned(stores, "a", "b")
    done = stores.creditors.dispatch(replace(saved, dispatched=COUNTED), [out(n) for n in found])
    assert (done.version, done.dispatched) == (saved.version + 1, COUNTED)
    assert stores.creditors.get("acme") == done
    assert [stores.of("acme").notices.get(n.id) for n in found] == [out(n) for n in found]
    assert stores.of("acme").notices.live(before=NOON.replace(hour=13)) == tuple(map(out, found))


def test_a_creditor_that_moved_lets_nothing_out(stores: AnyStores) -> None:
    saved, (one,) = planned(stores, "a")
    stores.creditors.save(replace(saved, mode=Mode.AUTO))
    with pytest.raises(Conflict):
        stores.creditors.dispatch(replace(saved, dispatched=COUNTED), [out(one)])
    assert stores.of("acme").notices.get("a") == one


def test_a_notice_that_is_planned_no_more_keeps_the_others_and_the_count(stores: AnyStores) -> None:
    saved, (first, second) = planned(stores, "a", "b")
    at = stores.of("acme").cases.load("C001", saved)
    assert at is not None
    ended = moved(second, NoticeStatus.WITHHELD)
    stores.of("acme").cases.commit(CaseChange(at, draft(), notices=(ended,)))
    with pytest.raises(Conflict):
        stores.creditors.dispatch(replace(saved, dispatched=COUNTED), [out(first), out(second)])
    assert stores.of("acme").notices.get("a").dispatched_on is None
    assert stores.creditors.get("acme") == saved


def test_what_is_not_counted_leaves_the_creditor_as_it_was(stores: AnyStores) -> None:
    saved, (one,) = planned(stores, "a")
    assert stores.creditors.dispatch(saved, [out(one)]) == saved
    assert stores.creditors.get("acme").version == saved.version
    assert stores.of("acme").notices.get("a") == out(one)
    stores.creditors.save(replace(saved, mode=Mode.AUTO))
    with pytest.raises(Conflict):
        stores.creditors.dispatch(saved, [out(one)])


def test_as_many_as_one_transaction_holds(stores: AnyStores) -> None:
    ids = [f"n{number:02d}" for number in range(DISPATCHED_AT_ONCE)]
    saved, found = planned(stores, *ids)
    stores.creditors.dispatch(replace(saved, dispatched=COUNTED), [out(n) for n in found])
    assert all(stores.of("acme").notices.get(one).dispatched_on for one in ids)
    with pytest.raises(ValueError, match="too many"):
        stores.creditors.dispatch(saved, [*found, notice(case(), "more")])


@pytest.mark.parametrize(
    "wrong",
    [{"creditor": "other"}, {"status": NoticeStatus.SENDING}],
    ids=["of-another-creditor", "not-planned"],
)
def test_only_planned_notices_of_the_creditor(stores: AnyStores, wrong: dict[str, object]) -> None:
    saved, (one,) = planned(stores, "a")
    with pytest.raises(ValueError, match="only planned"):
        stores.creditors.dispatch(saved, [replace(one, **wrong)])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="only planned"):
        stores.creditors.dispatch(saved, [one, one])


def test_who_has_an_address_whatever_its_capitals(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    for code in ("C002", "C#1", "C003"):
        email = "A@Client.example" if code != "C003" else "b@client.example"
        cases.commit(CaseChange(case(code, emails=(email,)), draft()))
    assert cases.of_address(" a@client.EXAMPLE") == ("C#1", "C002")
    assert cases.of_address("nobody@client.example") == ()
    assert stores.of("other").cases.of_address("a@client.example") == ()


def test_a_case_carries_what_its_mode_lets_out(stores: AnyStores) -> None:
    listed = replace(creditor(), mode=Mode.ALLOW_LIST, allow_list=frozenset({"C001"}))
    saved = stores.creditors.save(replace(listed, released_for=TODAY))
    cases = stores.of("acme").cases
    for code in ("C001", "C002"):
        cases.commit(CaseChange(case(code, of=saved), draft()))
    first, second = cases.load("C001", saved), cases.load("C002", saved)
    assert first is not None
    assert second is not None
    assert (first.facts.is_allowed, second.facts.is_allowed) == (True, False)
    assert first.facts.released_for == TODAY
