"""All-or-nothing writes: what to write on which condition, and what a refusal means."""

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pynamodb.connection import Connection
from pynamodb.constants import ALL_OLD
from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from relance.adapters.dynamodb.table import Row, Table
from relance.application.ports import Conflict

MAX_ACTIONS = 25
"""AWS allows 100 today; its local engines, and small blast radius, want 25."""

_FAILED = "ConditionalCheckFailed"
_CANCELED = "TransactionCanceledException"
_BUSY = {
    "TransactionConflict",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
    "TransactionInProgressException",
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
}
_WAITS = (0.05, 0.1, 0.2, 0.4)
"""Seconds before each new try of a transaction that met another one."""


class Kind(IntEnum):
    """In the order in which PynamoDB sends them: refusals come back in that order."""

    CHECK = 0
    DELETE = 1
    PUT = 2
    UPDATE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Write:
    """One action. conflict: the error code when its condition fails; yields: then it is dropped
    instead, because a newer fact is there already.
    """

    kind: Kind
    row: Row
    condition: Condition | None = None
    conflict: str = "row-changed"
    yields: bool = False
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A write whose condition failed, and the row that was there (None: none)."""

    write: Write
    found: Row | None


class Cancelled(Exception):
    """Nothing was written: these conditions failed."""

    def __init__(self, failures: tuple[Failure, ...]):
        super().__init__(", ".join(sorted({f.write.conflict for f in failures})))
        self.failures = failures


class Transactions:
    """Runs lists of writes on one table."""

    def __init__(self, table: Table, *, sleep: Callable[[float], None] = time.sleep):
        self._table = table
        self._sleep = sleep

    def run(self, writes: Sequence[Write]) -> None:
        """Raises Conflict when a condition fails, or when the rows stay busy."""
        try:
            self.attempt(writes)
        except Cancelled as cancelled:
            raise conflict_of(cancelled.failures) from cancelled

    def run_yielding(self, writes: Sequence[Write]) -> tuple[Failure, ...]:
        """The same, but yielding writes that fail are dropped, and returned with what beat them."""
        beaten: tuple[Failure, ...] = ()
        while writes:
            try:
                self.attempt(writes)
            except Cancelled as cancelled:
                if not all(f.write.yields for f in cancelled.failures):
                    raise
                beaten += cancelled.failures
                lost = {id(f.write) for f in cancelled.failures}
                writes = [w for w in writes if id(w) not in lost]
            else:
                break
        return beaten

    def attempt(self, writes: Sequence[Write]) -> None:
        """Raises Cancelled when conditions fail, Conflict when the rows stay busy."""
        ordered = sorted(writes, key=lambda write: write.kind)
        for wait in (*_WAITS, None):
            try:
                return _send(self._table.connection, ordered)
            except TransactWriteError as error:
                failures = self._failures(error, ordered)
                if failures:
                    raise Cancelled(failures) from error
                if not _is_busy(error):
                    raise
                if wait is None:
                    raise Conflict("store-busy") from error
            self._sleep(wait + secrets.randbelow(1000) / 1000 * wait)
        return None

    def _failures(self, error: TransactWriteError, sent: list[Write]) -> tuple[Failure, ...]:
        reasons = zip(sent, error.cancellation_reasons, strict=False)
        failed = [(w, r) for w, r in reasons if r is not None and r.code == _FAILED]
        return tuple(Failure(write, self._found(write, reason)) for write, reason in failed)

    def _found(self, write: Write, reason: CancellationReason) -> Row | None:
        if write.kind is Kind.CHECK:
            return None
        if reason.raw_item:
            return self._table.rows.from_raw_data(reason.raw_item)
        return self._table.get(write.row.pk, write.row.sk)


def conflict_of(failures: Iterable[Failure]) -> Conflict:
    """The conflict that the first refused write stands for."""
    return Conflict(next(f.write.conflict for f in failures if not f.write.yields))


def chunks(writes: Sequence[Write], size: int) -> list[Sequence[Write]]:
    return [writes[start : start + size] for start in range(0, len(writes), size)]


def _is_busy(error: TransactWriteError) -> bool:
    code = error.cause_response_code
    if code != _CANCELED:
        return code in _BUSY
    return any(r is not None and r.code in _BUSY for r in error.cancellation_reasons)


def _send(connection: Connection, ordered: Sequence[Write]) -> None:
    # No client token of ours: botocore adds one per call and keeps it when it sends again, so a
    # lost answer does not look like a conflict with ourselves.
    with TransactWrite(connection=connection) as transaction:
        for write in ordered:
            _add(transaction, write)


def _add(transaction: TransactWrite, write: Write) -> None:
    row, condition = write.row, write.condition
    found = None if condition is None else ALL_OLD
    match write.kind:
        case Kind.CHECK:
            transaction.condition_check(type(row), row.pk, row.sk, condition=condition)
        case Kind.DELETE:
            transaction.delete(row, condition)
        case Kind.PUT:
            transaction.save(row, condition, return_values=found)
        case Kind.UPDATE:
            transaction.update(row, list(write.actions), condition, return_values=found)
