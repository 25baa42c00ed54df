"""The template as the invariants see it: a few questions, asked once."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.table_from_template import load_template

ROOT = Path(__file__).parents[2]
Resource = Mapping[str, Any]

RESOURCES: Mapping[str, Resource] = load_template()["Resources"]
FUNCTIONS = {path.parent.name for path in (ROOT / "functions").glob("*/app.py")}


def of_type(kind: str) -> dict[str, Mapping[str, Any]]:
    """{logical id: properties} of the resources of one type."""
    return {
        name: resource.get("Properties", {})
        for name, resource in RESOURCES.items()
        if resource["Type"] == kind
    }


def functions() -> dict[str, Mapping[str, Any]]:
    """{folder: properties} of the functions."""
    declared = of_type("AWS::Serverless::Function")
    return {Path(properties["CodeUri"]).name: properties for properties in declared.values()}


def logical_id(folder: str) -> str:
    return "".join(word.capitalize() for word in folder.split("_")) + "Function"


def target(reference: str) -> str:
    """The resource of a `!Ref`, a `!GetAtt` or a `!Sub`."""
    found = re.match(r"\W*(\w+)", reference)
    assert found, reference
    return found[1]


def events(kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(folder, properties) of the triggers of one kind."""
    for folder, properties in functions().items():
        for event in properties.get("Events", {}).values():
            if event["Type"] == kind:
                yield folder, event["Properties"]
