"""One suite, two engines: the in-memory twin and DynamoDB under moto."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from relance.adapters.dynamodb.stores import DynamoStores
from relance.adapters.dynamodb.table import Table
from relance.adapters.memory.stores import MemoryStores
from relance.adapters.memory.world import CountingRandomSource
from tests.table_from_template import create_table

AnyStores = MemoryStores | DynamoStores


@pytest.fixture
def table() -> Iterator[Table]:
    with mock_aws():
        yield Table(create_table("relance-test"))


@pytest.fixture
def dynamo(table: Table) -> DynamoStores:
    return DynamoStores(table, random=CountingRandomSource(), sleep=lambda _: None)


@pytest.fixture(params=["memory", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> AnyStores:
    if request.param == "memory":
        return MemoryStores(random=CountingRandomSource())
    opened: DynamoStores = request.getfixturevalue("dynamo")
    return opened
