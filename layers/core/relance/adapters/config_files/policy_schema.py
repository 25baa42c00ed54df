"""The JSON Schema of `policy.yaml`, from the very dataclasses that decide."""

from typing import Any

from pydantic import TypeAdapter

from relance.domain.policy import Policy

_ID = "https://relance.example/policy.schema.json"
_NUMBER = {"type": "number"}


def policy_schema() -> dict[str, Any]:
    """For an editor that completes and checks as one writes; `read_policy` checks much more."""
    schema = TypeAdapter(Policy).json_schema()
    _tidy(schema)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": _ID}
    return {**head, **schema}


def _tidy(node: Any) -> None:
    """A key that no field has is refused; an amount is written as a number."""
    if isinstance(node, list):
        for one in node:
            _tidy(one)
    if not isinstance(node, dict):
        return
    if "properties" in node:
        node["additionalProperties"] = False
    node.pop("title", None) if isinstance(node.get("title"), str) else None
    arms = node.get("anyOf")
    if isinstance(arms, list) and any(_is_decimal_text(arm) for arm in arms):
        node["anyOf"] = [arm for arm in arms if not _is_decimal_text(arm)]
    if isinstance(node.get("default"), str) and _NUMBER in node.get("anyOf", []):
        node["default"] = float(node["default"])
    for value in node.values():
        _tidy(value)


def _is_decimal_text(arm: object) -> bool:
    """pydantic also takes amounts as text, by a pattern: in a file they are numbers."""
    return isinstance(arm, dict) and arm.get("type") == "string" and "pattern" in arm
