"""What only DynamoDB has: how many calls, and what they touch."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.client import BaseClient
from moto.dynamodb.models import DynamoDBBackend

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.stores import DynamoStores
from relance.application.ports import CaseChange, NoticeChange
from relance.domain.case import Case
from relance.domain.escalation.sharing import MOST_PARTS
from relance.domain.notice import NoticePart, NoticeStatus
from relance.domain.policy import Level
from tests.adapters.stores.samples import (
    TODAY,
    case,
    creditor,
    draft,
    item,
    moved,
    notice,
)
from tests.domain.paid import a_paid, paid_history

Call = tuple[str, dict[str, Any], dict[str, Any]]


@pytest.fixture
def calls(dynamo: DynamoStores, monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """Every call that succeeds from here on: operation, arguments, answer."""
    seen: list[Call] = []
    original = BaseClient._make_api_call  # type: ignore[attr-defined]

    def recorded(client: Any, operation: str, arguments: dict[str, Any]) -> Any:
        answer = original(client, operation, arguments)
        seen.append((operation, arguments, answer))
        return answer

    monkeypatch.setattr(BaseClient, "_make_api_call", recorded)
    return seen


def actions(call: Call) -> list[str]:
    """The keys that a transaction touches, with what it does to each."""
    operation, arguments, _ = call
    assert operation == "TransactWriteItems"
    found = []
    for action in arguments["TransactItems"]:
        ((kind, body),) = action.items()
        key = body.get("Key") or body["Item"]
        found.append(f"{kind} {key['pk']['S']} {key['sk']['S']}")
    return found


def test_deciding_is_one_consistent_query_that_never_reads_history(
    dynamo: DynamoStores, calls: list[Call]
) -> None:
    cases = dynamo.of("acme").cases
    now = case(items=(item("A"), item("B")))
    paid = paid_history(a_paid())
    facts = CaseChange(now, draft(), items=(item("A"), item("B")), payments=paid)
    now = cases.commit(facts)
    for n in range(12):
        change = (NoticeChange(notice(now, f"n{n}"), None),)
        now = cases.commit(CaseChange(now, draft(), notices=change))
    calls.clear()

    cases.load("C001", creditor())

    ((operation, arguments, answer),) = calls
    assert (operation, arguments["ConsistentRead"]) == ("Query", True)
    assert answer["ScannedCount"] == 3


def test_a_large_case_is_read_page_by_page(dynamo: DynamoStores, calls: list[Call]) -> None:
    names = "é" * 2000
    items = tuple(item(f"F{n}", order_number=names) for n in range(300))
    dynamo.of("acme").cases.commit(CaseChange(case(items=items), draft(), items=items))
    calls.clear()

    loaded = dynamo.of("acme").cases.load("C001", creditor())

    assert loaded is not None
    assert len(loaded.items) == 300
    assert [operation for operation, _, _ in calls] == ["Query", "Query"]


def test_a_commit_writes_only_what_moves(dynamo: DynamoStores, calls: list[Call]) -> None:
    cases = dynamo.of("acme").cases
    emails = ("a@client.example", "b@client.example")
    first = cases.commit(CaseChange(case(emails=emails), draft()))
    planned = notice(first)
    second = cases.commit(CaseChange(first, draft(), notices=(NoticeChange(planned, None),)))
    saved = dynamo.creditors.save(creditor())
    calls.clear()

    claim = moved(planned, NoticeStatus.SENDING)
    cases.commit(CaseChange(second, draft(), notices=(claim,), creditor_version=saved.version))

    (call,) = calls
    assert actions(call) == [
        "ConditionCheck C#acme CREDITOR",
        "Put C#acme#D#C001 STATE#CASE",
        "Put C#acme#D#C001 HIST#0000000003",
        "Put C#acme#N#n1 NOTICE",
    ]


def test_only_changed_addresses_are_written(dynamo: DynamoStores, calls: list[Call]) -> None:
    cases = dynamo.of("acme").cases
    emails = ("a@client.example", "b@client.example")
    first = cases.commit(CaseChange(case(emails=emails), draft()))
    calls.clear()

    cases.commit(CaseChange(replace(first, debtor=case(emails=emails[1:]).debtor), None))

    (call,) = calls
    assert actions(call) == [
        "Delete C#acme#ADDR#a@client.example C001",
        "Put C#acme#D#C001 STATE#CASE",
    ]


@pytest.mark.parametrize("count", [1, 21, 22, 30, 100])
def test_no_transaction_passes_25_actions_and_the_case_moves_last(
    dynamo: DynamoStores, calls: list[Call], count: int
) -> None:
    items = tuple(item(f"F{n}") for n in range(count))
    new = case(emails=("a@client.example",), items=items)
    dynamo.of("acme").cases.commit(CaseChange(new, draft(), items=items))

    sizes = [len(actions(call)) for call in calls]
    assert max(sizes) <= 25
    assert "Put C#acme#D#C001 STATE#CASE" in actions(calls[-1])
    assert len([a for call in calls for a in actions(call) if "STATE#ITEM" in a]) == count
    assert (len(calls) == 1) is (count <= 21)


def test_a_crash_before_the_case_moves_leaves_it_as_it_was(
    dynamo: DynamoStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = dynamo.of("acme").cases
    first = cases.commit(CaseChange(case(), draft()))
    items = tuple(item(f"F{n}") for n in range(40))
    change = CaseChange(replace(first, failures=1), draft(), items=items, import_seq=1)
    original = DynamoDBBackend.transact_write_items

    def crash(backend: DynamoDBBackend, items: list[dict[str, Any]]) -> None:
        if any(i.get("Put", {}).get("Item", {}).get("sk") == {"S": keys.CASE} for i in items):
            raise KeyboardInterrupt
        original(backend, items)

    with monkeypatch.context() as patch:
        patch.setattr(DynamoDBBackend, "transact_write_items", crash)
        with pytest.raises(KeyboardInterrupt):
            cases.commit(change)

    halfway = cases.load("C001", creditor())
    assert halfway is not None
    assert (halfway.version, halfway.failures, len(halfway.items)) == (1, 0, 40)
    assert cases.commit(change).version == 2


def test_items_put_away_go_with_the_change_in_one_transaction(
    dynamo: DynamoStores, calls: list[Call]
) -> None:
    cases = dynamo.of("acme").cases
    first = cases.commit(CaseChange(case(), None, items=(item("A"), item("B"))))
    calls.clear()

    left, gone = replace(first, items={}), (item("A").key,)
    cases.commit(CaseChange(left, draft(), items=(item("B"),), gone=gone, import_seq=2))

    (call,) = calls
    assert sorted(actions(call)) == [
        "Delete C#acme#D#C001 STATE#ITEM#A",
        "Put C#acme#D#C001 HIST#0000000001",
        "Put C#acme#D#C001 STATE#CASE",
        "Put C#acme#D#C001 STATE#ITEM#B",
    ]


def test_a_crash_before_they_go_leaves_them_and_the_case_has_moved(
    dynamo: DynamoStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a transaction holds: they go last, and the next write takes them out."""
    cases = dynamo.of("acme").cases
    items = tuple(item(f"F{n}") for n in range(30))
    first = cases.commit(CaseChange(case(items=items), None, items=items, import_seq=1))
    gone = tuple(one.key for one in items)
    original = DynamoDBBackend.transact_write_items

    def crash(backend: DynamoDBBackend, items: list[dict[str, Any]]) -> None:
        if any("Delete" in one for one in items):
            raise KeyboardInterrupt
        original(backend, items)

    change = CaseChange(replace(first, items={}, failures=1), draft(), gone=gone, import_seq=2)
    with monkeypatch.context() as patch:
        patch.setattr(DynamoDBBackend, "transact_write_items", crash)
        with pytest.raises(KeyboardInterrupt):
            cases.commit(change)

    halfway = cases.load("C001", creditor())
    assert halfway is not None
    assert (halfway.version, halfway.failures, len(halfway.items)) == (2, 1, 30)
    again = CaseChange(replace(halfway, items={}), draft(), gone=gone, import_seq=3)
    assert cases.commit(again).version == 3
    final = cases.load("C001", creditor())
    assert final is not None
    assert final.items == {}


def test_paging_the_agenda_asks_for_pages(dynamo: DynamoStores, calls: list[Call]) -> None:
    cases = dynamo.of("acme").cases
    for n in range(5):
        cases.commit(CaseChange(case(f"C{n}", agenda=TODAY), None))
    calls.clear()

    pages = cases.due(TODAY, page_size=2)
    assert calls == []
    assert next(iter(pages)) == ("C0", "C1")

    assert [arguments["Limit"] for _, arguments, _ in calls] == [2]


def test_a_payer_is_read_with_those_it_pays_for_in_one_query(
    dynamo: DynamoStores, calls: list[Call]
) -> None:
    cases = dynamo.of("acme").cases
    cases.commit(CaseChange(case("P1"), draft()))
    for code in ("S1", "S2"):
        one = case(code)
        cases.commit(CaseChange(replace(one, debtor=replace(one.debtor, payer="P1")), draft()))
    calls.clear()

    found = cases.load("P1", creditor())

    assert found is not None
    assert found.pays_for == ("S1", "S2")
    assert [operation for operation, _, _ in calls] == ["Query"]


def test_the_largest_shared_notice_moves_in_one_transaction(
    dynamo: DynamoStores, calls: list[Call]
) -> None:
    """Planned its lists of notices come first: without the notice they say nothing."""
    cases = dynamo.of("acme").cases
    codes = [f"C{n}" for n in range(MOST_PARTS)]
    read = cases.commit_all([CaseChange(case(code), None) for code in codes])
    parts = tuple(NoticePart(code, (), {}, Level.LEVEL_1) for code in codes[1:])
    planned = notice(read[0], companions=parts)
    payer = cases.commit(CaseChange(case("P1"), None))
    saved = dynamo.creditors.save(creditor())

    def write(change: NoticeChange, *also: Case) -> tuple[Case, ...]:
        lead = CaseChange(read[0], draft(), notices=(change,), creditor_version=saved.version)
        others = [CaseChange(one, draft()) for one in (*read[1:], *also)]
        calls.clear()
        return cases.commit_all([lead, *others])[:MOST_PARTS]

    read = write(NoticeChange(planned, None))
    sizes = [len(actions(call)) for call in calls]
    assert (max(sizes) <= 25, len(sizes)) == (True, 2)
    assert sum("STATE#CASE" in action for action in actions(calls[-1])) == MOST_PARTS

    sent = moved(replace(planned, message_id=None), NoticeStatus.SENT, message_id="m-1")
    read = write(sent, payer)
    assert len(calls) == 1
    assert len(actions(calls[0])) == 2 * (MOST_PARTS + 1) + 3
    assert {len(dynamo.of("acme").notices.of_case(code)) for code in codes} == {1}
