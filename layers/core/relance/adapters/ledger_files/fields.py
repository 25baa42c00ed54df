"""The fields of one row, by their legal names."""

from collections.abc import Callable
from decimal import Decimal

from relance.adapters.balance_files.values import Bad
from relance.adapters.ledger_files.accounts import family_of
from relance.adapters.ledger_files.columns import Col, Columns
from relance.adapters.ledger_files.rows import AccountKey, Cells
from relance.adapters.ledger_files.values import ZERO, amount_of, side_of

Money = Decimal | Bad


class Fields:
    """Raw texts of a row that has the width of its header (`Shape` sees to that)."""

    def __init__(self, columns: Columns):
        self.columns = columns
        self.raw = {col: _getter(columns.at.get(col)) for col in Col}
        self._two_columns = {Col.DEBIT, Col.CREDIT} <= columns.at.keys()

    def text(self, col: Col, cells: Cells) -> str:
        return self.raw[col](cells).strip()

    def money(self, cells: Cells) -> tuple[Money, Money]:
        """(debit, credit), whether the ledger has two columns or an amount and its side."""
        if not self._two_columns:
            return self._sided(cells)
        debit = amount_of(self.raw[Col.DEBIT](cells))
        credit = amount_of(self.raw[Col.CREDIT](cells))
        if debit is None and credit is None:
            return Bad("missing-amount", ""), ZERO
        return ZERO if debit is None else debit, ZERO if credit is None else credit

    def _sided(self, cells: Cells) -> tuple[Money, Money]:
        amount = amount_of(self.raw[Col.AMOUNT](cells))
        side = side_of(self.raw[Col.SIDE](cells))
        if amount is None:
            return Bad("missing-amount", ""), ZERO
        if side is None:
            return Bad("bad-side", self.text(Col.SIDE, cells)), ZERO
        return (amount, ZERO) if side > 0 else (ZERO, amount)

    def name(self, col: Col) -> str:
        """As the header has it."""
        return self.columns.names[self.columns.at[col]] if col in self.columns.at else ""

    def money_name(self, bad: Bad, col: Col) -> str:
        """The column to mend: debit or credit, or the amount or its side."""
        if self._two_columns:
            return self.name(col)
        return self.name(Col.SIDE if bad.reason == "bad-side" else Col.AMOUNT)

    def key(self, cells: Cells) -> AccountKey | None:
        """None for a row that is not a customer's."""
        account = self.text(Col.ACCOUNT, cells)
        if family_of(account) is None:
            return None
        return AccountKey(account, self.text(Col.AUXILIARY, cells))


def _getter(index: int | None) -> Callable[[Cells], str]:
    return (lambda _: "") if index is None else (lambda cells: cells[index])
