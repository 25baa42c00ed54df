"""Cases in DynamoDB: one Query to decide, one transaction to change."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.case_changes import ChangeWriter, ChangeWrites
from relance.adapters.dynamodb.case_rows import (
    addresses_in,
    case_from,
    entry_from,
    item_from,
)
from relance.adapters.dynamodb.table import AgendaIndex, Table
from relance.adapters.dynamodb.transactions import (
    MAX_ACTIONS,
    Cancelled,
    Failure,
    Transactions,
    chunks,
    conflict_of,
)
from relance.adapters.store_rules import addresses_of, require_owner, sealed
from relance.application.ports import CaseChange, Conflict, RandomSource
from relance.domain.case import Case, facts_of
from relance.domain.creditor import Creditor
from relance.domain.errors import RelanceError
from relance.domain.evidence import EvidenceEntry

FACTS_AT_ONCE = MAX_ACTIONS - 1
_TRIES = 3
"""A commit starts again when the addresses listed in the row are not those it assumed."""


class DynamoCaseStore:
    def __init__(
        self, table: Table, transactions: Transactions, creditor: str, *, random: RandomSource
    ):
        self._table = table
        self._transactions = transactions
        self._creditor = creditor
        self._random = random
        self._writer = ChangeWriter(table.rows)

    def load(self, debtor: str, creditor: Creditor) -> Case | None:
        """The case row sorts before its items: what changed in between is newer than the version
        that a commit will check, so a torn read ends as a Conflict.
        """
        if creditor.code != self._creditor:
            raise ValueError("this store was opened for another creditor")
        rows = self._table.starting_with(keys.case(self._creditor, debtor), keys.STATE)
        case_row = next((row for row in rows if row.sk == keys.CASE), None)
        if case_row is None:
            return None
        items = (item_from(row) for row in rows if row is not case_row)
        return case_from(case_row, items, facts_of(creditor))

    def commit(self, change: CaseChange) -> Case:
        require_owner(self._creditor, change)
        entry, chain = sealed(change.entry, change.case.chain, self._random)
        stored = replace(change.case, version=change.case.version + 1, chain=chain)
        known = addresses_of(stored) if change.case.version else ()
        for _ in range(_TRIES):
            writes = self._writer.writes(change, stored, entry, known)
            try:
                beaten = self._run(writes)
            except Cancelled as cancelled:
                known = _addresses_instead(cancelled, writes, change.case.version)
            else:
                return _with_newer_items(stored, beaten)
        raise Conflict("case-changed")

    def _run(self, writes: ChangeWrites) -> tuple[Failure, ...]:
        """One transaction when it fits; else the facts first, then the case with its proof."""
        if len(writes.all) <= MAX_ACTIONS:
            return self._transactions.run_yielding(writes.all)
        last = (writes.case, *writes.proof)
        if len(last) > MAX_ACTIONS:
            raise RelanceError("change-too-large", {"actions": str(len(last))})
        beaten: tuple[Failure, ...] = ()
        for chunk in chunks(writes.facts, FACTS_AT_ONCE):
            beaten += self._transactions.run_yielding(chunk)
        self._transactions.attempt(last)
        for chunk in chunks(writes.removals, FACTS_AT_ONCE):
            self._transactions.run(chunk)
        return beaten

    def due(self, until: date, *, page_size: int) -> Iterable[tuple[str, ...]]:
        index = self._table.rows.agenda_index
        reached = AgendaIndex.agenda_at < keys.after_day(until)
        found = index.query(keys.agenda(self._creditor), reached, page_size=page_size)
        return _pages((keys.last_part(row.pk) for row in found), page_size)

    def debtors(self) -> tuple[str, ...]:
        rows = self._table.starting_with(keys.debtors(self._creditor), "")
        return tuple(sorted(keys.text_of(row.sk) for row in rows))

    def history(self, debtor: str) -> tuple[EvidenceEntry, ...]:
        rows = self._table.starting_with(keys.case(self._creditor, debtor), keys.HISTORY)
        return tuple(entry_from(row) for row in rows)


def _addresses_instead(cancelled: Cancelled, writes: ChangeWrites, version: int) -> tuple[str, ...]:
    """What the row lists, when that alone made the commit fail. Raises Conflict otherwise."""
    refused = [f for f in cancelled.failures if not f.write.yields]
    found = refused[0].found if refused[0].write is writes.case else None
    if found is None or found.version != version:
        raise conflict_of(refused) from cancelled
    return addresses_in(found)


def _with_newer_items(stored: Case, beaten: tuple[Failure, ...]) -> Case:
    """The case with the facts of the higher import that won against ours."""
    found = [item_from(f.found) for f in beaten if f.found is not None]
    if not found:
        return stored
    return replace(stored, items={**stored.items, **{item.key: item for item in found}})


def _pages(codes: Iterator[str], size: int) -> Iterator[tuple[str, ...]]:
    while page := tuple(islice(codes, size)):
        yield page
