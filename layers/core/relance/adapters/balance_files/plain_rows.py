"""The rows of which nothing is to be decided one by one: most of a real balance.

A plain row is a sound invoice or credit note whose columns say all of it: its items are made from
the columns, without a Python call per row and field.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import repeat
from typing import Any

from relance.adapters.balance_files.entries import Body
from relance.adapters.balance_files.states import NOTHING_SAID
from relance.adapters.balance_files.words import kind_of
from relance.domain.balance_reading import ReadItem
from relance.domain.open_item import ItemKind

_SLOTS = [getattr(ReadItem, one.name).__set__ for one in fields(ReadItem)]
_FINAL = frozenset({ItemKind.INVOICE, ItemKind.CREDIT_NOTE, ItemKind.DOWN_PAYMENT})


class PlainRows:
    """done: the rows before it are in the reading. stated: the currency each row states, or ""."""

    def __init__(self, body: Body, currency: str, *, signed: bool, special: bool):
        self.body = body
        self.done = 0
        self.stated: Sequence[object] = body.column("currency")
        self._signed = signed
        # Retention money and opening balances are looked at row by row.
        self._none = special
        texts = body.column("kind")
        known = {text: kind_of(str(text)) if text else None for text in {*texts}}
        self._kinds = [*map(known.__getitem__, texts)]
        self._currencies = [one or currency for one in self.stated]
        self._columns: tuple[Sequence[Any], ...] | None = None

    def others(self, doubtful: set[int]) -> list[int]:
        """The rows that are not plain, in their order."""
        count = len(self.body.rows)
        if self._none:
            return [*range(count)]
        return sorted({*doubtful, *self._to_decide()})

    def _to_decide(self) -> Iterator[int]:
        """Rows whose kind depends on more than its word: its sign, its number, its label."""
        invoice = ItemKind.INVOICE
        columns = zip(self._kinds, self.body.money.amount, self.body.money.open, strict=True)
        for index, (kind, amount, open_) in enumerate(columns):
            if kind is invoice:
                if amount.__class__ is Decimal and amount.is_signed():
                    yield index
            elif kind not in _FINAL or (not self._signed and open_.__class__ is Decimal):
                yield index

    def items(self, start: int, end: int) -> Sequence[ReadItem]:
        if self._columns is None:
            self._columns = self._read_columns()
        return _made([column[start:end] for column in self._columns], end - start)

    def sums(self, start: int, end: int) -> Iterator[tuple[str, Decimal]]:
        """What is open, by currency; added up already when the rows have one currency."""
        opens: Sequence[Any] = self.body.money.open[start:end]
        currencies: Sequence[Any] = self._currencies[start:end]
        if len({*currencies}) == 1:
            return iter([(currencies[0], sum(opens, Decimal()))])
        return zip(currencies, opens, strict=True)

    def _read_columns(self) -> tuple[Sequence[Any], ...]:
        """In the order of the fields of `ReadItem`."""
        body = self.body
        texts = {
            name: _or_none(body.column(name))
            for name in ("code", "name", "number", "order", "credits")
        }
        return (
            body.lines, texts["code"], texts["name"], texts["number"], self._kinds,
            body.column("issue"), body.column("due"), body.money.amount, body.money.open,
            self._currencies, texts["order"], texts["credits"], *_states(body.column("facts")),
        )  # fmt: skip


def _states(facts: Sequence[Any]) -> Iterator[Sequence[object]]:
    """A column per field of `RowState`; none when nothing is said of any row."""
    return zip(*(one or NOTHING_SAID for one in facts), strict=True) if any(facts) else iter(())


def _or_none(texts: Sequence[object]) -> Sequence[object]:
    return texts if all(texts) else [text or None for text in texts]


def _made(columns: Sequence[Sequence[Any]], count: int) -> Sequence[ReadItem]:
    """As `ReadItem(*cells)` of each row, filled a field at a time: twice as fast as its frozen
    constructor, which is a third of a reading. Fields without a column are None.
    """
    items = [*map(ReadItem.__new__, repeat(ReadItem, count))]
    for at, fill in enumerate(_SLOTS):
        cells = columns[at] if at < len(columns) else repeat(None)
        deque(map(fill, items, cells), maxlen=0)
    return items
