"""Whether the document's amount may be read as what is still owed."""

import re
from collections.abc import Sequence
from decimal import Decimal

from relance.adapters.balance_files.amounts import reduce
from relance.adapters.balance_files.headers import Layout, cells_of
from relance.adapters.balance_files.meanings import is_no_amount
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, Row, is_blank, text_of

_SAMPLE = 2_000
_MOSTLY = 0.8
_CENTS = re.compile(r"[.,]\d{2}(?!\d)")
_SAID = (Field.OPEN, Field.PAID, Field.DEBIT, Field.CREDIT, Field.IS_PAID, Field.SETTLED_ON)


def rival_amounts(layout: Layout, rows: Sequence[Row]) -> tuple[str, ...]:
    """Names of the columns that may hold what is still owed, in a file that does not say it.

    An unknown column of amounts beside the document's own: taking the latter may ask a customer
    for what it has paid.
    """
    if layout.has(*_SAID) or layout.buckets or Field.AMOUNT not in layout.columns:
        return ()
    known = {*layout.columns.values(), *(i for found in layout.others.values() for i in found)}
    sample = rows[:_SAMPLE]
    own = cells_of(layout.columns[Field.AMOUNT], sample)
    return tuple(
        name.strip()
        for index, name in enumerate(layout.names)
        if index not in known
        and name.strip()
        and not is_no_amount(name)
        and _holds_amounts(cells := cells_of(index, sample))
        and cells != own
    )


def _holds_amounts(cells: Sequence[Cell]) -> bool:
    """Amounts, some with cents: whole numbers alone may be days, years or codes."""
    filled = [cell for cell in cells if not is_blank(cell)]
    amounts = [cell for cell in filled if reduce(text_of(cell)) is not None]
    cents = any(_has_cents(cell) for cell in amounts)
    return bool(filled) and cents and len(amounts) > _MOSTLY * len(filled)


def _has_cents(cell: Cell) -> bool:
    if isinstance(cell, Decimal):
        return cell != cell.to_integral_value()
    return _CENTS.search(text_of(cell)) is not None
