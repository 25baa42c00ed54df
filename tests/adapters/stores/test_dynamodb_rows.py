"""What only DynamoDB has: its keys, its rows and its sparse index."""

from dataclasses import replace
from datetime import timedelta

import boto3
import pytest
from pynamodb.attributes import NumberAttribute

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.notice_rows import notice_row
from relance.adapters.dynamodb.stores import DynamoStores
from relance.adapters.dynamodb.table import PLAIN_UP_TO, Row, Table
from relance.application.ports import CaseChange, NoticeChange
from relance.domain.errors import RelanceError
from relance.domain.notice import NoticeStatus
from tests.adapters.stores.samples import (
    NOON,
    TODAY,
    case,
    creditor,
    draft,
    moved,
    notice,
    reply,
)
from tests.table_from_template import table_arguments


def index_keys() -> list[str]:
    client = boto3.client("dynamodb")
    found = client.scan(TableName="relance-test", IndexName="agenda")["Items"]
    return sorted(row["agenda"]["S"] for row in found)


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
    assert index_keys() == ["C#acme#ENDED"]


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


def test_long_bodies_are_packed(dynamo: DynamoStores) -> None:
    dynamo.of("acme").cases.commit(CaseChange(case(), draft()))
    row = dynamo._table.get(keys.case("acme", "C001"), keys.history_row(1))
    assert row is not None
    assert row.packed is None

    name = replace(case("C002").debtor, name="X" * 10 * PLAIN_UP_TO)
    dynamo.of("acme").cases.commit(CaseChange(replace(case("C002"), debtor=name), draft()))
    row = dynamo._table.get(keys.case("acme", "C002"), keys.CASE)
    assert row is not None
    assert row.body is None
    assert len(row.packed) < PLAIN_UP_TO


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
