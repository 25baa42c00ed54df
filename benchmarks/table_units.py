"""Counts what reaches the table: requests, rows written by kind, capacity units."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from relance.adapters.dynamodb.table import Table


class TableUnits:
    """reads and writes in capacity units as the engine states them; rows: written, by kind."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()
        self.rows: Counter[str] = Counter()
        self.read_units = 0.0
        self.write_units = 0.0

    def ask(self, params: dict[str, Any], **_: Any) -> None:
        params.setdefault("ReturnConsumedCapacity", "TOTAL")
        for action in params.get("TransactItems", ()):
            for write in action.values():
                self._row(write.get("Item") or write.get("Key") or {}, action)
        if "Item" in params:
            self._row(params["Item"], {"Put": None})

    def heard(self, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        self.requests[model.name] += 1
        units = parsed.get("ConsumedCapacity", [])
        total = sum(
            part.get("CapacityUnits", 0.0)
            for part in (units if isinstance(units, list) else [units])
        )
        if model.name in {"Query", "GetItem", "BatchGetItem", "TransactGetItems"}:
            self.read_units += total
        else:
            self.write_units += total

    def _row(self, key: dict[str, Any], action: dict[str, Any]) -> None:
        if "ConditionCheck" in action:
            return
        kind = key.get("sk", {}).get("S", "?").split("#")[:2]
        self.rows["#".join(kind) if kind[0] == "STATE" else kind[0]] += 1


@contextmanager
def counted(table: Table) -> Iterator[TableUnits]:
    units = TableUnits()
    with listening(table, units.ask, units.heard):
        yield units


@contextmanager
def listening(
    table: Table, asked: Callable[..., None], heard: Callable[..., None]
) -> Iterator[None]:
    """Both are called with botocore's own arguments, at each request and at each answer."""
    events = table.connection.client.meta.events
    events.register("provide-client-params.dynamodb", asked, unique_id="units-asked")
    events.register("after-call.dynamodb", heard, unique_id="units-heard")
    try:
        yield
    finally:
        events.unregister("provide-client-params.dynamodb", unique_id="units-asked")
        events.unregister("after-call.dynamodb", unique_id="units-heard")
