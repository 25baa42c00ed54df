"""The JSON Schema of `policy.yaml`, from the very dataclasses that decide."""

from typing import Any

from pydantic import TypeAdapter

from relance.domain.policy import Policy

_ID = "https://relance.example/policy.schema.json"


def policy_schema() -> dict[str, Any]:
    """For an editor that completes and checks as one writes; `read_policy` checks much more."""
    schema = TypeAdapter(Policy).json_schema()
    _tidy(schema)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": _ID}
    return {**head, **schema}


def _tidy(node: Any) -> None:
    """As one writes it: no key that no field has, amounts as numbers, times as 10:00."""
    if isinstance(node, list):
        for one in node:
            _tidy(one)
    if not isinstance(node, dict):
        return
    if "properties" in node:
        node["additionalProperties"] = False
    if isinstance(node.get("title"), str):
        del node["title"]
    _tidy_time(node)
    _tidy_amount(node)
    for value in node.values():
        _tidy(value)


def _tidy_time(node: dict[str, Any]) -> None:
    """The format of JSON Schema wants seconds and a zone: nobody writes a window so."""
    if node.get("format") == "time":
        del node["format"]
        node["pattern"] = r"^\d{2}:\d{2}$"


def _tidy_amount(node: dict[str, Any]) -> None:
    """pydantic also takes amounts as text, by a pattern: in a file they are numbers."""
    arms = node.get("anyOf", [])
    numbers = [arm for arm in arms if not (arm.get("type") == "string" and "pattern" in arm)]
    if len(numbers) < len(arms):
        node["anyOf"] = numbers
        if isinstance(node.get("default"), str):
            node["default"] = float(node["default"])
