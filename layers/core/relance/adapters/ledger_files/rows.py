"""The rows of a ledger, and the customer lines kept of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from relance.adapters.ledger_files.columns import Columns

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows as (line in the file, cells); above: rows down to the header, none of them an entry."""

    columns: Columns
    rows: Iterable[tuple[int, Cells]]
    above: int


class AccountKey(NamedTuple):
    """Letters restart for each customer: a letter means nothing without these two."""

    account: str
    auxiliary: str


class LedgerLine(NamedTuple):
    """One line of a customer account. amount: debit less credit, owed to the creditor positive."""

    line: int
    key: AccountKey
    account_name: str
    auxiliary_name: str
    journal: str
    piece: str
    label: str
    letter: str
    issued_on: date
    amount: Decimal
    paid_by: str
    due_on: date | None
