"""What only DynamoDB has: calls and their cost, the index, transactions that meet."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from moto import mock_aws
from moto.dynamodb.exceptions import TransactionCanceledException
from moto.dynamodb.models import DynamoDBBackend
from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import TransactWriteError

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.notice_rows import notice_row
from relance.adapters.dynamodb.stores import DynamoStores
from relance.adapters.dynamodb.table import PLAIN_UP_TO, Row, Table
from relance.adapters.memory.world import CountingRandomSource
from relance.application.ports import CaseChange, Conflict, NoticeChange
from relance.domain.errors import RelanceError
from relance.domain.notice import NoticeStatus
from tests.adapters.stores.samples import (
    NOON,
    TODAY,
    case,
    creditor,
    draft,
    item,
    moved,
    notice,
    reply,
)
from tests.table_from_template import table_arguments

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


def test_the_model_has_the_keys_of_the_template() -> None:
    schema = table_arguments("t")
    assert schema["KeySchema"] == [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ]
    (index,) = schema["GlobalSecondaryIndexes"]
    assert index["IndexName"] == Row.agenda_index.Meta.index_name
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}


def test_no_number_goes_through_a_float() -> None:
    numbers = [name for name, a in Row.get_attributes().items() if isinstance(a, NumberAttribute)]
    assert numbers == []


def test_tables_are_bound_when_they_are_opened() -> None:
    one, two = Table("one", region="eu-west-3"), Table("two", region="eu-west-1")
    assert (one.rows.Meta.table_name, two.rows.Meta.table_name) == ("one", "two")
    assert two.rows.Meta.region == "eu-west-1"


def test_deciding_is_one_consistent_query_that_never_reads_history(
    dynamo: DynamoStores, calls: list[Call]
) -> None:
    cases = dynamo.of("acme").cases
    now = case(items=(item("A"), item("B")))
    now = cases.commit(CaseChange(now, draft(), items=(item("A"), item("B"))))
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


def test_a_change_too_large_to_be_one_is_refused(dynamo: DynamoStores) -> None:
    notices = tuple(NoticeChange(notice(case(), f"n{n}"), None) for n in range(9))

    with pytest.raises(RelanceError, match="change-too-large"):
        dynamo.of("acme").cases.commit(CaseChange(case(), draft(), notices=notices))


def busy_times(monkeypatch: pytest.MonkeyPatch, times: int, code: str) -> list[int]:
    """The next `times` transactions meet another one. Returns the tries, as they come."""
    tries: list[int] = []
    original = DynamoDBBackend.transact_write_items

    def met(backend: DynamoDBBackend, items: list[dict[str, Any]]) -> None:
        tries.append(len(items))
        if len(tries) <= times:
            reasons: list[Any] = [(None, None, None)] * (len(items) - 1)
            raise TransactionCanceledException([(code, "busy", None), *reasons])
        original(backend, items)

    monkeypatch.setattr(DynamoDBBackend, "transact_write_items", met)
    return tries


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError"])
def test_transactions_that_meet_are_tried_again(
    dynamo: DynamoStores, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    tries = busy_times(monkeypatch, 2, code)

    assert dynamo.of("acme").cases.commit(CaseChange(case(), draft())).version == 1
    assert len(tries) == 3


def test_rows_that_stay_busy_end_as_a_conflict(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    stores = DynamoStores(table, random=CountingRandomSource(), sleep=waits.append)
    tries = busy_times(monkeypatch, 99, "TransactionConflict")

    with pytest.raises(Conflict, match="store-busy"):
        stores.of("acme").cases.commit(CaseChange(case(), draft()))

    assert len(tries) == 5
    assert len(waits) == 4
    assert sum(waits) < 2


def test_a_new_version_comes_in_the_middle_of_an_address_change(
    dynamo: DynamoStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row listed other addresses than assumed, and moves on before the second try."""
    cases = dynamo.of("acme").cases
    first = cases.commit(CaseChange(case(emails=("a@client.example",)), draft()))
    mine = CaseChange(replace(first, debtor=case().debtor), draft())
    original, raced = DynamoDBBackend.transact_write_items, [False]

    def race(backend: DynamoDBBackend, items: list[dict[str, Any]]) -> None:
        try:
            original(backend, items)
        except TransactionCanceledException:
            if not raced[0]:
                raced[0] = True
                cases.commit(CaseChange(first, draft("theirs")))
            raise

    monkeypatch.setattr(DynamoDBBackend, "transact_write_items", race)
    with pytest.raises(Conflict):
        cases.commit(mine)

    assert cases.history("C001")[-1].kind == "theirs"
    assert dynamo.directory.by_address("acme", "a@client.example")


def index_keys() -> list[str]:
    client = boto3.client("dynamodb")
    found = client.scan(TableName="relance-test", IndexName="agenda")["Items"]
    return sorted(row["agenda"]["S"] for row in found)


def test_the_index_holds_only_what_has_a_next_date(dynamo: DynamoStores) -> None:
    cases = dynamo.of("acme").cases
    planned = notice(case())
    first = cases.commit(
        CaseChange(case(agenda=TODAY), draft(), notices=(NoticeChange(planned, None),))
    )
    dynamo.of("acme").replies.save_triage(reply())
    assert index_keys() == ["C#acme#AGENDA", "C#acme#LIVE", "C#acme#TRIAGE"]

    failed = moved(planned, NoticeStatus.FAILED)
    cases.commit(
        CaseChange(
            replace(first, agenda=None), draft(), notices=(failed,), reply=reply(debtor="C001")
        )
    )
    assert index_keys() == []


def test_the_index_only_finds(dynamo: DynamoStores, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice that the index still shows, but that has moved since, is not live."""
    planned = notice(case())
    stores = dynamo.of("acme")
    stores.cases.commit(CaseChange(case(), None, notices=(NoticeChange(planned, None),)))
    table = dynamo._table
    stale = table.rows.get(keys.notice("acme", "n1"), keys.NOTICE)
    sent = replace(planned, status=NoticeStatus.SENT)
    row = notice_row(table.rows, sent)
    row.agenda, row.agenda_at = stale.agenda, stale.agenda_at
    row.save()

    assert index_keys() == ["C#acme#LIVE"]
    assert stores.notices.live(before=NOON + timedelta(days=1)) == ()


def test_paging_the_agenda_asks_for_pages(dynamo: DynamoStores, calls: list[Call]) -> None:
    cases = dynamo.of("acme").cases
    for n in range(5):
        cases.commit(CaseChange(case(f"C{n}", agenda=TODAY), None))
    calls.clear()

    pages = cases.due(TODAY, page_size=2)
    assert calls == []
    assert next(iter(pages)) == ("C0", "C1")

    assert [arguments["Limit"] for _, arguments, _ in calls] == [2]


def test_long_bodies_are_packed(dynamo: DynamoStores) -> None:
    dynamo.of("acme").cases.commit(CaseChange(case(), draft()))
    row = dynamo._table.get(keys.case("acme", "C001"), keys.CASE)
    assert row is not None
    assert row.packed is None

    name = replace(case("C002").debtor, name="X" * PLAIN_UP_TO)
    dynamo.of("acme").cases.commit(CaseChange(replace(case("C002"), debtor=name), draft()))
    row = dynamo._table.get(keys.case("acme", "C002"), keys.CASE)
    assert row is not None
    assert row.body is None
    assert len(row.packed) < PLAIN_UP_TO / 4


def test_what_erasure_removes_is_apart(dynamo: DynamoStores) -> None:
    dynamo.of("acme").cases.commit(CaseChange(case(), draft(recipient="Zoë")))
    row = dynamo._table.get(keys.case("acme", "C001"), keys.history_row(1))
    assert row is not None

    assert "Zoë" in row.personal
    assert "Zoë" not in row.text
    assert row.salt not in row.text


def test_a_key_that_does_not_fit_is_said(dynamo: DynamoStores) -> None:
    with pytest.raises(RelanceError, match="key-too-long"):
        dynamo.of("acme").cases.load("é" * 451, creditor())


def test_an_error_that_is_no_conflict_is_not_hidden() -> None:
    with mock_aws():
        stores = DynamoStores(Table("no-such-table"), random=CountingRandomSource())
        with pytest.raises(TransactWriteError):
            stores.of("acme").cases.commit(CaseChange(case(), draft()))
