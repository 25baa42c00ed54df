"""Give the rows of a group the customer that its line, or its first row, names."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.entries import Body
from relance.adapters.balance_files.groups import find_groups
from relance.adapters.balance_files.headers import Layout
from relance.adapters.balance_files.labels import RowLabel, label_of
from relance.adapters.balance_files.table import Row

_ITEM_LABELS = (RowLabel.NONE, RowLabel.SILENT)


def with_inherited_debtors(body: Body, layout: Layout, titles: Sequence[Row]) -> Body:
    """Raises BalanceQuestion when lines seem to name the customers and nothing proves it."""
    codes = [str(code) for code in body.column("code")]
    names = [str(name) for name in body.column("name")]
    if all(map(bool, map(str.__add__, codes, names))):
        return body
    items = {index for index in range(len(body.rows)) if _is_item(body, index, names[index])}
    debtors = list(zip(codes, names, strict=True))
    groups = find_groups(layout, body.rows, titles, items, debtors)
    if not groups.owners:
        return body
    for index, (code, name) in groups.owners.items():
        if index in items:
            codes[index], names[index] = code, name
    return body.with_debtors(codes, names, groups)


def _is_item(body: Body, index: int, name: str) -> bool:
    """It shows an amount, and either a date or no word of a total."""
    open_, amount = body.money.open[index], body.money.amount[index]
    if not isinstance(open_, Decimal) and not isinstance(amount, Decimal):
        return False
    if isinstance(body.column("issue")[index], date) or isinstance(body.column("due")[index], date):
        return True
    label = label_of(body.rows[index])
    if label is RowLabel.OPENING:
        return bool(open_)
    return label in _ITEM_LABELS and bool(body.column("number")[index] or name)
