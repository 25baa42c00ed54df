"""Which rows deserve a closer look, decided column by column: the others are sound items.

Most rows of a real balance are sound; looking at columns finds the few that are not without a
Python call per row.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.entries import Body
from relance.adapters.balance_files.table import Row, all_of
from relance.adapters.balance_files.values import Bad
from relance.adapters.balance_files.words import NotOwed, kind_of, state_of


def doubtful_rows(body: Body, width: int) -> set[int]:
    """Indexes of the rows that lack something, hold a bad cell, or may be settled or no item.

    A sound row has a number, a debtor, a date, two readable amounts that are not zero, and
    nothing that says it is settled: no total row looks like that.
    """
    found = set(_too_wide(body.rows, width))
    for column in {id(one): one for one in (body.money.open, body.money.amount)}.values():
        if not all_of(column, Decimal) or not all(column):
            found.update(i for i, v in enumerate(column) if v.__class__ is not Decimal or not v)
    if not all(body.column("number")):
        found.update(i for i, number in enumerate(body.column("number")) if not number)
    found.update(_without_debtor(body.column("code"), body.column("name")))
    found.update(_badly_dated(body))
    if not all_of(body.column("currency"), str):
        found.update(i for i, v in enumerate(body.column("currency")) if v.__class__ is Bad)
    for name in ("settled_on", "is_open", "is_paid"):
        if any(body.column(name)):
            found.update(i for i, state in enumerate(body.column(name)) if state)
    found.update(_by_words(body))
    return found


def _too_wide(rows: Sequence[Row], width: int) -> Iterator[int]:
    if max(map(len, rows), default=0) > width:
        yield from (i for i, row in enumerate(rows) if len(row) > width)


def _without_debtor(codes: Sequence[object], names: Sequence[object]) -> Iterator[int]:
    if not all(codes) and not all(names):
        debtors = zip(codes, names, strict=True)
        yield from (i for i, (code, name) in enumerate(debtors) if not code and not name)


def _badly_dated(body: Body) -> Iterator[int]:
    issues, dues = body.column("issue"), body.column("due")
    none = type(None)
    if (all_of(issues, date) and all_of(dues, date, none)) or (
        all_of(issues, none) and all_of(dues, date)
    ):
        return
    for i, (issue, due) in enumerate(zip(issues, dues, strict=True)):
        if issue.__class__ is date and (due.__class__ is date or due is None):
            continue
        if issue is not None or due.__class__ is not date:
            yield i


def _by_words(body: Body) -> Iterator[int]:
    statuses, kinds = body.column("status"), body.column("kind")
    ended = {text for text in set(statuses) if text and state_of(str(text))}
    not_owed = {text for text in set(kinds) if text and isinstance(kind_of(str(text)), NotOwed)}
    if ended:
        yield from (i for i, text in enumerate(statuses) if text in ended)
    if not_owed:
        yield from (i for i, text in enumerate(kinds) if text in not_owed)
