"""The table of the tests is the table of the template: a key that changes there changes here."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import yaml

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TEMPLATE = Path(__file__).parent.parent / "infra" / "template.yaml"
_CREATED_WITH = (
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "BillingMode",
)


class _Tolerant(yaml.SafeLoader):
    """Reads `!Ref`, `!Sub`, `!If`… as what follows them."""


def _what_follows(loader: _Tolerant, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node, deep=True)


_Tolerant.add_multi_constructor("!", _what_follows)


@cache
def load_template(path: Path = TEMPLATE) -> dict[str, Any]:
    """The template as plain values, CloudFormation tags read as what follows them."""
    template: dict[str, Any] = yaml.load(path.read_text(), Loader=_Tolerant)  # noqa: S506
    return template


def table_arguments(name: str) -> dict[str, Any]:
    """What `create_table` takes to make the template's only table under that name."""
    tables = [
        resource["Properties"]
        for resource in load_template()["Resources"].values()
        if resource["Type"] == "AWS::DynamoDB::Table"
    ]
    assert len(tables) == 1, "the design has one table"
    return {"TableName": name, **{k: v for k, v in tables[0].items() if k in _CREATED_WITH}}


def create_table(name: str, client: "DynamoDBClient | None" = None) -> str:
    client = client or boto3.client("dynamodb")
    client.create_table(**table_arguments(name))
    return name
