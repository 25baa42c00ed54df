"""Give the rows of a group the customer that its line, or its first row, names."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from relance.adapters.balance_files.entries import Body
from relance.adapters.balance_files.groups import Owner, find_groups
from relance.adapters.balance_files.headers import Layout, is_empty
from relance.adapters.balance_files.labels import RowLabel, label_of
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row

_CENT = Decimal("0.01")
_ITEM_LABELS = (RowLabel.NONE, RowLabel.SILENT)


def with_inherited_debtors(body: Body, layout: Layout, titles: Sequence[Row]) -> Body:
    """Raises BalanceQuestion when lines seem to name the customers and nothing proves it."""
    if all(body.column("code")) or all(body.column("name")):
        return body
    codes = [str(code) for code in body.column("code")]
    names = [str(name) for name in body.column("name")]
    if all(map(bool, map(str.__add__, codes, names))):
        return body
    items = {index for index in range(len(body.rows)) if _is_item(body, index, names[index])}
    debtors = list(zip(codes, names, strict=True))
    totalled = _totalled_heads(body, layout, debtors)
    items -= totalled
    groups = find_groups(layout, body.rows, titles, items, debtors, totalled)
    if not groups.owners:
        return body
    heirs = {index: owner for index, owner in groups.owners.items() if index in items}
    for index, (code, name) in heirs.items():
        codes[index], names[index] = code, name
    return _with_third_parties(body, layout, debtors, heirs).with_debtors(codes, names, groups)


def _with_third_parties(
    body: Body, layout: Layout, debtors: Sequence[Owner], heirs: dict[int, Owner]
) -> Body:
    """Who insures a customer or holds its debt is blanked with its name where both repeat; a
    column that some of these rows fill is of the items, and blank there means nobody.
    """
    if not layout.has(Field.INSURER, Field.FACTOR):
        return body
    states: list[Any] = [*body.column("facts")]
    named = {debtors[index]: states[index] for index in reversed(range(len(debtors)))}
    rows = [body.rows[index] for index in heirs]
    for one in (Field.INSURER, Field.FACTOR):
        if all(is_empty(column, rows) for column in layout.indexes_of(one)):
            for index, owner in heirs.items():
                told = named.get(owner) and getattr(named[owner], one.value)
                if told:
                    states[index] = states[index]._replace(**{one.value: told})
    return replace(body, columns=(*body.columns[:-1], states))


def _is_item(body: Body, index: int, name: str) -> bool:
    """It shows an amount, and either a date or no word of a total."""
    open_, amount = body.money.open[index], body.money.amount[index]
    if not isinstance(open_, Decimal) and not isinstance(amount, Decimal):
        return False
    if _is_dated(body, index):
        return True
    label = label_of(body.rows[index])
    if label is RowLabel.OPENING:
        return bool(open_)
    return label in _ITEM_LABELS and bool(body.column("number")[index] or name)


def _totalled_heads(
    body: Body, layout: Layout, debtors: Sequence[tuple[str, str]]
) -> frozenset[int]:
    """Lines that name a customer and print the sum of the rows below them, down to the next one."""
    if layout.has_debtor or not layout.has(Field.ISSUE, Field.DUE):
        return frozenset()
    found: set[int] = set()
    head: int | None = None
    below: list[Decimal] = []
    for index in range(len(body.rows)):
        open_ = body.money.open[index]
        if _is_dated(body, index) and isinstance(open_, Decimal):
            below.append(open_)
        elif isinstance(open_, Decimal):
            found |= _proved(body, head, below)
            is_head = not any(debtors[index]) and label_of(body.rows[index]) is RowLabel.NONE
            head, below = (index if is_head else None), []
    return frozenset(found | _proved(body, head, below))


def _proved(body: Body, head: int | None, below: Sequence[Decimal]) -> set[int]:
    printed = None if head is None else body.money.open[head]
    if head is None or not below or not isinstance(printed, Decimal):
        return set()
    return {head} if abs(sum(below, Decimal()) - printed) < _CENT else set()


def _is_dated(body: Body, index: int) -> bool:
    days = (body.column("issue")[index], body.column("due")[index])
    return any(isinstance(day, date) for day in days)
