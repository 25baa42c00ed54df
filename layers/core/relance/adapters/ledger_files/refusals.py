"""Rows that cannot be read: what they show of a customer or a document is protected."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.values import Bad
from relance.adapters.ledger_files.accounts import family_of
from relance.adapters.ledger_files.columns import Col
from relance.adapters.ledger_files.fields import Fields
from relance.adapters.ledger_files.numbers import document_number
from relance.adapters.ledger_files.rows import AccountKey, Cells, LedgerLine
from relance.adapters.ledger_files.shape import Shape
from relance.adapters.ledger_files.values import day_of, letter_of
from relance.domain.balance_reading import RejectedRow

_LONGEST = 100


@dataclass(slots=True)
class Refusals:
    """rows: with the account they show, None where they show none; letters: those that lack a
    refused row; accounts: customers that lack one of an unknown letter.
    """

    rows: list[tuple[RejectedRow, AccountKey | None]] = field(default_factory=list)
    letters: set[tuple[AccountKey, str]] = field(default_factory=set)
    accounts: set[AccountKey | None] = field(default_factory=set)

    def add(self, fields: Fields, line: int, cells: Cells, bad: Bad, name: str) -> None:
        key = fields.key(cells)
        if key is not None:
            self.letters.add((key, letter_of(fields.text(Col.LETTER, cells))))
        else:
            self.accounts.add(None)
        piece = fields.text(Col.PIECE, cells)
        number = document_number(piece, "", search_label=False) if key else None
        row = RejectedRow(line, bad.reason, name, bad.text[:_LONGEST] or None, number)
        self.rows.append((row, key))

    def add_moved(self, fields: Fields, shape: Shape, line: int, cells: Cells) -> bool:
        """A row of another width than the others: its account is trusted if a date stands where it
        should. False for a row that is certainly not a customer's, a remark among them.
        """
        if len(cells) == 1:
            return False
        padded = shape.padded(cells)
        aligned = isinstance(day_of(fields.raw[Col.BOOKED](padded)), date)
        account = fields.text(Col.ACCOUNT, padded)
        if aligned and account[:1].isdecimal() and family_of(account) is None:
            return False
        key = fields.key(padded) if aligned else None
        self.accounts.add(key)
        more = len(cells) > fields.columns.width + shape.extra
        reason = "too-many-cells-in-row" if more else "too-few-cells-in-row"
        self.rows.append((RejectedRow(line, reason), key))
        return True

    def may_lack(self, key: AccountKey, letter: str, balance: Decimal) -> bool:
        """Whether what seems open of a letter may be what a refused row paid."""
        if (key, letter) in self.letters:
            return True
        return balance != 0 and not self.accounts.isdisjoint((key, None))

    def add_group(self, lines: Iterable[LedgerLine]) -> None:
        """A letter without one of its rows: what is open of it cannot be known."""
        for line in lines:
            number = document_number(line.piece, "", search_label=False)
            row = RejectedRow(
                line.line, "letter-has-refused-row", "EcritureLet", line.letter, number
            )
            self.rows.append((row, line.key))
