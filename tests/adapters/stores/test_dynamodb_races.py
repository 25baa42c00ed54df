"""What only DynamoDB has: transactions that meet, and what a refusal means."""

from dataclasses import replace
from typing import Any

import pytest
from moto import mock_aws
from moto.dynamodb.exceptions import TransactionCanceledException
from moto.dynamodb.models import DynamoDBBackend
from pynamodb.exceptions import TransactWriteError

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.stores import DynamoStores
from relance.adapters.dynamodb.table import Table
from relance.adapters.memory.world import CountingRandomSource
from relance.application.ports import CaseChange, Conflict, NoticeChange
from relance.domain.errors import RelanceError
from tests.adapters.stores.samples import (
    case,
    draft,
    notice,
)


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


def test_a_change_too_large_to_be_one_is_refused(dynamo: DynamoStores) -> None:
    notices = tuple(NoticeChange(notice(case(), f"n{n}"), None) for n in range(13))

    with pytest.raises(RelanceError, match="change-too-large"):
        dynamo.of("acme").cases.commit(CaseChange(case(), draft(), notices=notices))


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError"])
def test_transactions_that_meet_are_tried_again(
    dynamo: DynamoStores, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    tries = busy_times(monkeypatch, 2, code)

    assert dynamo.of("acme").cases.commit(CaseChange(case(), draft())).version == 1
    assert len(tries) == 3


def test_a_stale_version_is_refused_at_the_first_try(
    dynamo: DynamoStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = dynamo.of("acme").cases
    first = cases.commit(CaseChange(case(), None))
    cases.commit(CaseChange(first, None))
    tries = busy_times(monkeypatch, 0, "none")

    with pytest.raises(Conflict, match="case-changed"):
        cases.commit(CaseChange(first, None))

    assert len(tries) == 1


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


def test_evidence_is_never_overwritten(dynamo: DynamoStores) -> None:
    """Even if the case row were put back to an older version, by a restore for example."""
    rows, cases = dynamo._table.rows, dynamo.of("acme").cases
    first = cases.commit(CaseChange(case(), draft("first")))
    older = rows.get(keys.case("acme", "C001"), keys.CASE)
    cases.commit(CaseChange(first, draft("second")))
    older.save()

    with pytest.raises(Conflict, match="evidence-entry-exists"):
        cases.commit(CaseChange(first, draft("forged")))

    assert [entry.kind for entry in cases.history("C001")] == ["first", "second"]


def test_an_error_that_is_no_conflict_is_not_hidden() -> None:
    with mock_aws():
        stores = DynamoStores(Table("no-such-table"), random=CountingRandomSource())
        with pytest.raises(TransactWriteError):
            stores.of("acme").cases.commit(CaseChange(case(), draft()))
