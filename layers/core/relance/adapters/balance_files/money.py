"""From the columns of amounts to two figures a row: the document's amount, and what is open."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from relance.adapters.balance_files.amounts import Amount, amount_ballot, read_amounts
from relance.adapters.balance_files.errors import BalanceQuestion
from relance.adapters.balance_files.headers import Layout, cells_of
from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, Row, text_of
from relance.adapters.balance_files.values import Bad, Ballot, elect

_COLUMNS = (Field.AMOUNT, Field.OPEN, Field.PAID, Field.DEBIT, Field.CREDIT,
            Field.COMPANY_AMOUNT, Field.COMPANY_OPEN)  # fmt: skip
_ZERO = Decimal()


@dataclass(frozen=True, slots=True)
class Money:
    """Parallel to the rows.

    explicit: the file states what is open; signed: the file distinguishes what is owed from what
    is credited by signs or sides; by_side: it does so by debit and credit.
    """

    amount: list[Amount]
    open: list[Amount]
    explicit: bool
    signed: bool
    by_side: bool
    inverted: bool = False
    ageing: dict[int, list[Amount]] = field(default_factory=dict)
    """The ageing columns, by their index."""
    company: dict[str, list[Amount]] = field(default_factory=dict)
    """Amounts in the company's currency, by the field they stand beside."""


def read_money(layout: Layout, rows: Sequence[Row], hints: BalanceHints) -> Money:
    """Raises BalanceQuestion for a decimal mark or a sign that nothing settles."""
    values = _read_columns(layout, rows, hints)
    read = _by_field(layout, values)
    company = _company(layout, rows, read)
    _statement(read)
    amount, net = read.get(Field.AMOUNT), _net(read)
    stated = read.get(Field.OPEN)
    if net is not None and stated is not None and _is_running(stated, net):
        # A balance carried is printed beside empty debit and credit.
        net = [total if moved is None else moved
               for total, moved in zip(stated, net, strict=True)]  # fmt: skip
        stated = net
    document = amount if amount is not None else net
    stated = net if stated is None else stated
    if stated is not None and layout.buckets:
        stated = [_recomputed(*pair) for pair in zip(stated, read["buckets"], strict=True)]
    elif layout.buckets:
        stated = read["buckets"]
    remaining = stated
    if remaining is None and document is not None and Field.PAID in read:
        remaining = _less_paid(document, read[Field.PAID])
    open_ = remaining if remaining is not None else document or []
    found = _finish(layout, rows, document or open_, open_, remaining is not None, hints)
    ageing = {index: values[index] for index in layout.buckets}
    return replace(found, ageing=ageing, company=company)


def _read_columns(
    layout: Layout, rows: Sequence[Row], hints: BalanceHints
) -> dict[int, list[Amount]]:
    named = {layout.columns[one] for one in _COLUMNS if one in layout.columns}
    cells = {index: cells_of(index, rows) for index in {*named, *layout.buckets}}
    ballots = {index: amount_ballot(column) for index, column in cells.items()}
    marks = {index: _mark(layout, index, ballots, hints) for index in cells}
    known: dict[str, dict[Cell, Amount]] = {mark: {} for mark in marks.values()}
    return {
        index: read_amounts(column, marks[index], known[marks[index]])
        for index, column in cells.items()
    }


def _by_field(layout: Layout, values: dict[int, list[Amount]]) -> dict[str, list[Amount]]:
    named = {one: layout.columns[one] for one in _COLUMNS if one in layout.columns}
    read: dict[str, list[Amount]] = {one: values[index] for one, index in named.items()}
    if layout.buckets:
        ageing = zip(*(values[index] for index in layout.buckets), strict=True)
        read["buckets"] = [_sum(row) for row in ageing]
    return read


def _statement(read: dict[str, list[Amount]]) -> None:
    """A statement of account: invoiced and paid are its debit and credit, behind them a running
    balance. In a list of invoices each row explains itself, and stays what it is.
    """
    stated, amount, paid = read.get(Field.OPEN), read.get(Field.AMOUNT), read.get(Field.PAID)
    if stated is None or amount is None or paid is None or Field.DEBIT in read:
        return
    net = [_difference(*pair) for pair in zip(amount, paid, strict=True)]
    explained = sum(1 for pair in zip(stated, net, strict=True) if pair[0] == pair[1])
    if 2 * explained < len(net) and _is_running(stated, net):
        read[Field.DEBIT], read[Field.CREDIT] = read.pop(Field.AMOUNT), read.pop(Field.PAID)


def _company(
    layout: Layout, rows: Sequence[Row], read: dict[str, list[Amount]]
) -> dict[str, list[Amount]]:
    """Amounts in the company's currency stand for those of a row that states no currency and
    leaves the document's blank.
    """
    found: dict[str, list[Amount]] = {}
    for one, other in ((Field.AMOUNT, Field.COMPANY_AMOUNT), (Field.OPEN, Field.COMPANY_OPEN)):
        if other not in read or Field.CURRENCY not in layout.columns:
            continue
        found[one] = read[other]
        currencies = cells_of(layout.columns[Field.CURRENCY], rows)
        read[one] = [
            company if not document and not text_of(currency) else document
            for document, company, currency in zip(read[one], read[other], currencies, strict=True)
        ]
    return found


def _mark(layout: Layout, index: int, ballots: dict[int, Ballot], hints: BalanceHints) -> str:
    others = [ballot for other, ballot in ballots.items() if other != index]
    name = layout.names[index].strip()
    return elect(ballots[index], others, hints.decimal_mark, "decimal-mark", name)


def _sum(cells: Sequence[Amount]) -> Amount:
    bad = next((cell for cell in cells if isinstance(cell, Bad)), None)
    if bad is not None:
        return bad
    values = [cell for cell in cells if isinstance(cell, Decimal)]
    return sum(values, _ZERO) if values else None


def _net(read: dict[str, list[Amount]]) -> list[Amount] | None:
    debit, credit = read.get(Field.DEBIT), read.get(Field.CREDIT)
    if debit is None or credit is None:
        return debit if credit is None else [_negated(cell) for cell in credit]
    return [_difference(left, right) for left, right in zip(debit, credit, strict=True)]


def _difference(left: Amount, right: Amount) -> Amount:
    if isinstance(left, Bad):
        return left
    if isinstance(right, Bad):
        return right
    if left is None and right is None:
        return None
    return (left or _ZERO) - (right or _ZERO)


def _negated(cell: Amount) -> Amount:
    return -cell if isinstance(cell, Decimal) else cell


def _is_running(stated: list[Amount], net: list[Amount]) -> bool:
    """A balance column beside debit and credit is a running one when each row is explained so:

    the balance before plus this row, or this row alone (the first of its customer, a total).
    """
    before, explained, rows = _ZERO, 0, 0
    for total, moved in zip(stated, net, strict=True):
        if isinstance(total, Decimal) and isinstance(moved, Decimal):
            explained += total in (before + moved, moved)
            rows += 1
        if isinstance(total, Decimal):
            before = total
    return rows > 0 and explained >= 0.9 * rows


def _recomputed(stated: Amount, buckets: Amount) -> Amount:
    """Some exports print a total of 0.00 for a formula nobody computed: trust the buckets then."""
    if not stated and isinstance(buckets, Decimal) and buckets:
        return buckets
    return stated


def _less_paid(document: list[Amount], paid: list[Amount]) -> list[Amount]:
    """Some files write what was paid below zero: then adding is subtracting."""
    products = [a * p for a, p in zip(document, paid, strict=True)
                if isinstance(a, Decimal) and isinstance(p, Decimal)]  # fmt: skip
    below = any(product < 0 for product in products) and not any(p > 0 for p in products)
    applied = [_negated(cell) for cell in paid] if below else paid
    return [None if a is None else _difference(a, p)
            for a, p in zip(document, applied, strict=True)]  # fmt: skip


def _finish(
    layout: Layout,
    rows: Sequence[Row],
    amount: list[Amount],
    open_: list[Amount],
    explicit: bool,
    hints: BalanceHints,
) -> Money:
    by_side = layout.has(Field.DEBIT, Field.CREDIT)
    if Field.SIDE in layout.columns and not by_side:
        sides = [text_of(cell).upper()[:1] for cell in cells_of(layout.columns[Field.SIDE], rows)]
        if any(side in "CH-" for side in sides if side):
            amount, open_ = _sided(amount, sides), _sided(open_, sides)
        return Money(amount, open_, explicit, signed=True, by_side=True)
    values = [cell for cell in open_ if cell.__class__ is Decimal and cell]
    negative = sum(map(Decimal.is_signed, values))
    if len(values) > 2 and negative == len(values) and Field.KIND not in layout.columns:
        if hints.owed_sign is None:
            raise BalanceQuestion("sign-unclear", {}, tuple(str(cell) for cell in values[:5]))
        if hints.owed_sign == "negative":
            flipped = [_negated(cell) for cell in amount], [_negated(cell) for cell in open_]
            return Money(*flipped, explicit, signed=True, by_side=by_side, inverted=True)
    return Money(amount, open_, explicit, signed=bool(negative) or by_side, by_side=by_side)


def _sided(cells: list[Amount], sides: list[str]) -> list[Amount]:
    """Sens C, SAP's H (Haben): the amount lowers the account."""
    return [-abs(cell) if isinstance(cell, Decimal) and side and side in "CH-" else cell
            for cell, side in zip(cells, sides, strict=True)]  # fmt: skip
