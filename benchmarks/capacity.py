"""Capacity units worked out from what is asked of the table, as AWS counts them.

A write unit is 1 KB of one row, two in a transaction; a read unit is 4 KB, half of one where an
eventually consistent read is enough; the sparse index takes a unit for each entry that comes or
goes (Amazon DynamoDB Developer Guide, "DynamoDB read and write operations"). An engine on this
machine says other figures or none, so that these are counted from the requests themselves.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

from benchmarks.table_units import listening
from relance.adapters.dynamodb.table import Table

_WRITE, _READ = 1024, 4096
_INDEXED = "agenda"
"""The attribute that puts a row in the sparse index."""


class Capacity:
    """reads and writes: units; index: write units of the index; requests: by kind."""

    def __init__(self) -> None:
        self.reads = 0.0
        self.writes = 0
        self.index = 0
        self.requests: Counter[str] = Counter()
        self._is_consistent = False

    def asked(self, params: dict[str, Any], **_: Any) -> None:
        self._is_consistent = bool(params.get("ConsistentRead")) or any(
            table.get("ConsistentRead") for table in params.get("RequestItems", {}).values()
        )
        if "Item" in params:
            self._put(params["Item"], factor=1)
        for action in params.get("TransactItems", ()):
            self._write(*next(iter(action.items())))

    def heard(self, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        self.requests[model.name] += 1
        if model.name == "Query":
            self._read(sum(map(size_of, parsed.get("Items", ()))))
        elif model.name == "GetItem":
            self._read(size_of(parsed.get("Item", {})))
        elif model.name == "BatchGetItem":
            for rows in parsed.get("Responses", {}).values():
                for row in rows:
                    self._read(size_of(row))
        elif model.name in {"UpdateItem", "DeleteItem"}:
            self.writes += 1

    def _write(self, kind: str, what: dict[str, Any]) -> None:
        """A check, a delete and an update of a mark are of rows under a kilobyte."""
        if kind == "Put":
            self._put(what["Item"], factor=2)
        else:
            self.writes += 2

    def _put(self, row: dict[str, Any], *, factor: int) -> None:
        self.writes += factor * ceil(size_of(row) / _WRITE)
        if _INDEXED in row:
            self.index += 2

    def _read(self, size: int) -> None:
        self.reads += max(1, ceil(size / _READ)) * (1.0 if self._is_consistent else 0.5)


def size_of(row: dict[str, Any]) -> int:
    """Bytes of a row in the wire's form, names included."""
    return sum(len(name.encode()) + _value(value) for name, value in row.items())


def _value(value: dict[str, Any]) -> int:
    ((kind, found),) = value.items()
    if kind in {"S", "N"}:
        return len(str(found).encode())
    if kind == "B":
        return len(found)
    if kind == "L":
        return 3 + sum(_value(one) + 1 for one in found)
    return 3 + size_of(found) if kind == "M" else 1 + len(str(found))


@contextmanager
def worked_out(table: Table) -> Iterator[Capacity]:
    units = Capacity()
    with listening(table, units.asked, units.heard):
        yield units
