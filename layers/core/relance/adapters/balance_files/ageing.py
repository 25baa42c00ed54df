"""The file's ageing columns: added up, and compared with what the dates of the items say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.buckets import bucket_words
from relance.adapters.balance_files.entries import Body
from relance.adapters.balance_files.headers import Layout
from relance.domain.balance_reading import Difference, ReadItem

_ZERO = Decimal()
_NOT_DUE = frozenset(
    """non echu|non echus|non echue|a echoir|not due|not yet due|current|courant|maintenant|now
    |at date|actuel|future""".replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip
_OLDER = frozenset({"older", "oldest", "plus ancien", "plus anciens", "anterieur"})
_NUMBERS = re.compile(r"\d{1,3}")
_ABOVE = re.compile(
    r">|≥|\+|plus de|over \d|more than|greater|et plus|and over|and above|"
    r"-\s*(?:above|over|plus|more)|-$"
)
_BELOW = re.compile(r"<|≤|moins de|less|under")
_MONTHS = re.compile(r"\bmois\b|\bmonths?\b")
_ENOUGH = Decimal("0.01")

Span = tuple[int, int]
"""Days late, both ends included."""
FAR = 10**6


@dataclass(frozen=True, slots=True)
class Convention:
    """by_issue: ages count from the document's date; shift: days late in the first column on the
    very due date (0: it is late already, 1: it is not).
    """

    by_issue: bool
    shift: int


def bucket_sums(
    body: Body, layout: Layout, items: Sequence[ReadItem]
) -> dict[str, dict[str, Decimal]]:
    """Currency to label to amount, over the items."""
    sums: dict[str, dict[str, Decimal]] = {}
    for item, cells in _aged(body, items):
        own = sums.setdefault(item.currency, {layout.names[i].strip(): _ZERO for i in cells})
        for index, value in cells.items():
            own[layout.names[index].strip()] += value
    return sums


def bucket_differences(
    body: Body, layout: Layout, items: Sequence[ReadItem], as_of: date | None
) -> tuple[list[Difference], set[str]]:
    """What the columns say and the dates do not, and warnings.

    The file never says its own convention: the one that explains most items is taken.
    """
    if not layout.buckets:
        return [], set()
    aged = [(item, cells) for item, cells in _aged(body, items) if any(cells.values())]
    warnings = set()
    if any(item.due_date is None and item.open_amount > 0 for item, _ in aged):
        warnings.add("bucket-without-due-date")
    spans = spans_of([layout.names[index] for index in layout.buckets])
    if as_of is None or spans is None:
        return [], warnings
    known = dict(zip(layout.buckets, spans, strict=True))
    best = max(_conventions(), key=lambda one: _explained(aged, known, as_of, one))
    found = list(_compared(aged, known, layout, (as_of, best)))
    return found, warnings | ({"bucket-differs"} if found else set())


def _aged(body: Body, items: Sequence[ReadItem]) -> Iterator[tuple[ReadItem, dict[int, Decimal]]]:
    places = {line: at for at, line in enumerate(body.lines)}
    for item in items:
        at = places[item.line]
        cells = {index: column[at] for index, column in body.money.ageing.items()}
        sign = -1 if body.money.inverted else 1
        yield item, {index: sign * cell if isinstance(cell, Decimal) else _ZERO
                     for index, cell in cells.items()}  # fmt: skip


def _conventions() -> Iterator[Convention]:
    """The due date and "due today is not late" first: they win a tie."""
    for by_issue in (False, True):
        for shift in (1, 0):
            yield Convention(by_issue, shift)


def spans_of(names: Sequence[str]) -> list[Span] | None:
    """Days late of each column, None when a label counts no days: Tryton's "premier terme",
    and months, which have no fixed length.
    """
    spans: list[Span] = []
    for name in names:
        text = bucket_words(name)
        numbers = [int(number) for number in _NUMBERS.findall(text)]
        if _MONTHS.search(text):
            return None
        span = _span(text, numbers, spans[-1] if spans else None)
        if span is None:
            return None
        spans.append(span)
    return spans


def _span(text: str, numbers: list[int], before: Span | None) -> Span | None:
    after = before[1] + 1 if before and before[1] < FAR else 1
    if text in _NOT_DUE:
        return -FAR, 0
    if text in _OLDER:
        return after, FAR
    if len(numbers) == 2 and numbers[0] < numbers[1]:
        return numbers[0], numbers[1]
    if len(numbers) != 1:
        return None
    if _BELOW.search(text):
        return (after, numbers[0]) if before else (-FAR, numbers[0])
    if _ABOVE.search(text):
        # "90+" behind "61-90" starts on day 91; "91 and over" says it itself.
        return (max(numbers[0], after), FAR) if before else (numbers[0] + 1, FAR)
    return after, numbers[0]


def _late(item: ReadItem, as_of: date, convention: Convention) -> int | None:
    day = item.issue_date if convention.by_issue else item.due_date or item.issue_date
    return None if day is None else (as_of - day).days


def _belongs(days: int, spans: dict[int, Span], convention: Convention) -> int | None:
    """The column of an age. Day 0 is in the first column of late items, or not."""
    if days <= 0 and convention.shift == 0 and days == 0:
        first = [index for index, (start, _) in spans.items() if start in (0, 1)]
        return first[0] if first else None
    at = next((i for i, (start, end) in spans.items() if start <= days <= end), None)
    if days == 0 and convention.shift == 1:
        waiting = next((i for i, (start, _) in spans.items() if start == -FAR), None)
        return waiting if waiting is not None else at
    return at


def _explained(
    aged: Sequence[tuple[ReadItem, dict[int, Decimal]]],
    spans: dict[int, Span],
    as_of: date,
    convention: Convention,
) -> int:
    count = 0
    for item, cells in aged:
        days = _late(item, as_of, convention)
        at = None if days is None else _belongs(days, spans, convention)
        count += at is not None and bool(cells[at])
    return count


def _compared(
    aged: Sequence[tuple[ReadItem, dict[int, Decimal]]],
    spans: dict[int, Span],
    layout: Layout,
    taken: tuple[date, Convention],
) -> Iterator[Difference]:
    as_of, convention = taken
    printed: dict[tuple[str, int], Decimal] = {}
    dated: dict[tuple[str, int], Decimal] = {}
    for item, cells in aged:
        days = _late(item, as_of, convention)
        at = None if days is None else _belongs(days, spans, convention)
        if at is None:
            continue
        for index, value in cells.items():
            key = (item.currency, index)
            printed[key] = printed.get(key, _ZERO) + value
            own = sum(cells.values(), _ZERO) if index == at else _ZERO
            dated[key] = dated.get(key, _ZERO) + own
    for (currency, index), value in sorted(printed.items()):
        if abs(value - dated[currency, index]) >= _ENOUGH:
            label = layout.names[index].strip()
            yield Difference("bucket-differs", currency, value, dated[currency, index], label)
