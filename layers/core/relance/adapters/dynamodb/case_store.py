"""Cases in DynamoDB: one Query to decide, one transaction to change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.case_changes import ChangeWriter
from relance.adapters.dynamodb.case_rows import (
    case_from,
    decided_from,
    entry_from,
    item_from,
    payments_from,
    pointers_in,
)
from relance.adapters.dynamodb.case_transaction import Transaction
from relance.adapters.dynamodb.table import AgendaIndex, Table
from relance.adapters.dynamodb.transactions import (
    MAX_ACTIONS,
    Cancelled,
    Failure,
    Transactions,
    chunks,
    conflict_of,
)
from relance.adapters.store_rules import (
    Pointer,
    address_key,
    pointers_of,
    require_owner,
    sealed,
)
from relance.application.ports import CaseChange, Conflict, RandomSource
from relance.domain.case import Case, facts_of
from relance.domain.creditor import Creditor
from relance.domain.decided import Decided
from relance.domain.errors import RelanceError
from relance.domain.evidence import EvidenceEntry
from relance.domain.payment_history import PaymentHistory

FACTS_AT_ONCE = MAX_ACTIONS - 1
_TRIES = 3
"""A commit starts again when the pointers listed in a row are not those it assumed."""


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
        items = (item_from(row) for row in rows if row.sk.startswith(keys.ITEM))
        pays_for = sorted(keys.last_part(row.sk) for row in rows if row.sk.startswith(keys.PAYS))
        return case_from(case_row, items, facts_of(creditor, debtor), tuple(pays_for))

    def commit(self, change: CaseChange) -> Case:
        return self.commit_all((change,))[0]

    def commit_all(self, changes: Sequence[CaseChange]) -> tuple[Case, ...]:
        require_owner(self._creditor, changes)
        sealings = [sealed(c.entry, c.case.chain, self._random) for c in changes]
        stored = tuple(
            replace(change.case, version=change.case.version + 1, chain=chain)
            for change, (_, chain) in zip(changes, sealings, strict=True)
        )
        known = [pointers_of(one) if one.version > 1 else () for one in stored]
        for _ in range(_TRIES):
            writes = Transaction(
                tuple(
                    self._writer.writes(change, one, entry, listed)
                    for change, one, (entry, _), listed in zip(
                        changes, stored, sealings, known, strict=True
                    )
                )
            )
            try:
                beaten = self._run(writes)
            except Cancelled as cancelled:
                known = _pointers_instead(cancelled, writes, changes, known)
            else:
                return tuple(_with_newer_items(one, beaten) for one in stored)
        raise Conflict("case-changed")

    def _run(self, writes: Transaction) -> tuple[Failure, ...]:
        """One transaction when it fits; else the facts first, then the cases with their proof."""
        if len(writes.all) <= MAX_ACTIONS:
            return self._transactions.run_yielding(writes.all)
        if len(writes.last) > MAX_ACTIONS:
            raise RelanceError("change-too-large", {"actions": str(len(writes.last))})
        beaten: tuple[Failure, ...] = ()
        for chunk in chunks(writes.facts, FACTS_AT_ONCE):
            beaten += self._transactions.run_yielding(chunk)
        self._transactions.attempt(writes.last)
        for chunk in chunks(writes.removals, FACTS_AT_ONCE):
            beaten += self._transactions.run_yielding(chunk)
        return beaten

    def paid_by(self, payer: str) -> tuple[str, ...]:
        rows = self._table.starting_with(keys.case(self._creditor, payer), keys.PAYS)
        return tuple(sorted(keys.last_part(row.sk) for row in rows))

    def of_siren(self, siren: str) -> tuple[str, ...]:
        rows = self._table.starting_with(keys.siren(self._creditor, siren), "")
        return tuple(sorted(keys.text_of(row.sk) for row in rows))

    def of_address(self, address: str) -> tuple[str, ...]:
        rows = self._table.starting_with(keys.address(self._creditor, address_key(address)), "")
        return tuple(sorted(keys.text_of(row.sk) for row in rows))

    def to_call(self) -> tuple[str, ...]:
        rows = self._table.starting_with(keys.calls(self._creditor), "")
        return tuple(sorted(keys.text_of(row.sk) for row in rows))

    def to_read(self) -> tuple[str, ...]:
        rows = self._table.starting_with(keys.to_read(self._creditor), "")
        return tuple(sorted(keys.text_of(row.sk) for row in rows))

    def dated(self, first: date, last: date) -> tuple[str, ...]:
        rows = self._table.rows
        within = rows.sk.between(first.isoformat(), keys.after_day(last))
        found = rows.query(keys.dates(self._creditor), within, consistent_read=True)
        return tuple(sorted({keys.last_part(row.sk) for row in found}))

    def due(self, until: date, *, page_size: int) -> Iterable[tuple[str, ...]]:
        index = self._table.rows.agenda_index
        reached = AgendaIndex.agenda_at < keys.after_day(until)
        found = index.query(keys.agenda(self._creditor), reached, page_size=page_size)
        return _pages((keys.last_part(row.pk) for row in found), page_size)

    def debtors(self) -> tuple[str, ...]:
        rows = self._table.starting_with(keys.debtors(self._creditor), "")
        return tuple(sorted(keys.text_of(row.sk) for row in rows))

    def debtors_after(self, debtor: str, *, limit: int) -> tuple[str, ...]:
        found = self._table.after(keys.debtors(self._creditor), keys.part(debtor), limit)
        return tuple(keys.text_of(row.sk) for row in found)

    def history(self, debtor: str) -> tuple[EvidenceEntry, ...]:
        rows = self._table.starting_with(keys.case(self._creditor, debtor), keys.HISTORY)
        return tuple(entry_from(row) for row in rows)

    def decided(self, debtor: str, creditor: Creditor) -> Decided | None:
        row = self._table.get(keys.case(self._creditor, debtor), keys.DECIDED)
        return None if row is None else decided_from(row, facts_of(creditor, debtor))

    def payments(self, debtor: str) -> PaymentHistory:
        row = self._table.get(keys.case(self._creditor, debtor), keys.PAYMENTS)
        return PaymentHistory() if row is None else payments_from(row)


def _pointers_instead(
    cancelled: Cancelled,
    writes: Transaction,
    changes: Sequence[CaseChange],
    known: list[tuple[Pointer, ...]],
) -> list[tuple[Pointer, ...]]:
    """What the rows list, when that alone made the commit fail. Raises Conflict otherwise."""
    refused = [f for f in cancelled.failures if not f.write.yields]
    instead = list(known)
    for failure in refused:
        place = next((n for n, c in enumerate(writes.changes) if c.case is failure.write), None)
        found = failure.found
        if place is None or found is None or found.version != changes[place].case.version:
            raise conflict_of(refused) from cancelled
        instead[place] = pointers_in(found)
    return instead


def _with_newer_items(stored: Case, beaten: tuple[Failure, ...]) -> Case:
    """The case with the facts of the higher import that won against ours."""
    pk = keys.case(stored.creditor, stored.debtor.code)
    found = [item_from(f.found) for f in beaten if f.found is not None and f.found.pk == pk]
    if not found:
        return stored
    return replace(stored, items={**stored.items, **{item.key: item for item in found}})


def _pages(codes: Iterator[str], size: int) -> Iterator[tuple[str, ...]]:
    while page := tuple(islice(codes, size)):
        yield page
