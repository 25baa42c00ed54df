"""What a report shows of its values: long lists cut, bars measured, changes grouped. The words are
in `templates/<language>/report.yaml`, the whole lists in the JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from relance.adapters.rendering.formats import one_line
from relance.adapters.spreadsheet_cells import starts_formula

MAIL_LINES = 10
PAGE_LINES = 200
SHOWN_LENGTH = 120
"""Characters of a cell: a name of a million of them would be the whole page."""
_WORD_JOINER = "\u2060"
_ORDER = ("new", "part_paid", "settled", "covered", "reopened", "due_moved", "moved", "changed")


class Cut(NamedTuple):
    """The head of a list; more: how many were left out."""

    shown: Sequence[Any]
    more: int


class Bar(NamedTuple):
    """One bucket. width: 0 to 100, of the largest; tone: 0 (not due) to 4, or -1 for credits."""

    line: Any
    width: int
    tone: int


class Aged(NamedTuple):
    currency: str
    total: Decimal
    late: Decimal | None
    bars: tuple[Bar, ...]


class Group(NamedTuple):
    """The items that moved in one way; moved: by how much, per currency."""

    kind: str
    size: int
    moved: dict[str, Decimal]
    lines: Cut


@dataclass(frozen=True, slots=True)
class ReportView:
    rejected: Cut
    suspended: Cut
    changes: Cut
    mismatches: Cut
    movements: Cut
    late_debtors: Cut
    done: Cut
    groups: tuple[Group, ...]
    aged: tuple[Aged, ...]
    file_aged: tuple[Aged, ...]
    settled: dict[str, dict[str, Decimal]]
    """Cause to currency to amount."""
    warnings: tuple[str, ...]
    """But those that a difference tells with its figures."""
    detail: dict[str, str]
    """What the sentence of the code is filled with: column names, values of the file."""
    page_key: str | None


def report_view(values: Mapping[str, Any], limit: int) -> ReportView:
    """values: of `ImportReport.values`, an absent key or None being an empty list."""

    def head(name: str) -> Cut:
        return cut(values.get(name) or (), limit)

    key = values.get("report_key")
    told = {one.code for one in values.get("mismatches") or ()}
    return ReportView(
        rejected=head("rejected"),
        suspended=head("left_as_is"),
        changes=head("changes"),
        mismatches=head("mismatches"),
        movements=head("movements"),
        late_debtors=head("late_debtors"),
        done=cut([_inert_row(row) for row in values.get("done") or ()], limit),
        groups=_groups(values.get("changes") or (), limit),
        aged=tuple(map(_aged, values.get("aged") or ())),
        file_aged=tuple(map(_aged, values.get("file_aged") or ())),
        settled=_settled(values.get("settled") or ()),
        warnings=tuple(code for code in values.get("warnings") or () if code not in told),
        detail={name: inert(text) for name, text in (values.get("detail") or {}).items()},
        page_key=key.removesuffix(".json") + ".html" if key else None,
    )


def _inert_row(row: Any) -> Any:
    """A row of a worklist: what fills its sentence was typed in the file."""
    return replace(row, detail={name: inert(text) for name, text in row.detail.items()})


def cut(found: Sequence[Any], limit: int) -> Cut:
    return Cut(found[:limit], max(0, len(found) - limit))


def inert(text: object, limit: int = SHOWN_LENGTH) -> str:
    """Somebody else's text on one line, without invisible characters, of a bounded length. What a
    spreadsheet would run when the table is pasted into it begins with an invisible joiner.
    """
    whole = str(text)
    shown = one_line(whole[: 4 * limit])
    if len(shown) > limit or len(whole) > 4 * limit:
        shown = shown[: limit - 1] + "…"
    return _WORD_JOINER + shown if starts_formula(shown) else shown


def _groups(changes: Iterable[Any], limit: int) -> tuple[Group, ...]:
    kinds: dict[str, list[Any]] = {}
    for change in changes:
        kinds.setdefault(_kind(change), []).append(change)
    names = [name for name in _ORDER if name in kinds]
    names += sorted(kinds.keys() - set(_ORDER))
    return tuple(Group(n, len(kinds[n]), _moved(kinds[n]), cut(kinds[n], limit)) for n in names)


def _kind(change: Any) -> str:
    if change.settlement == "covered-until-maturity":
        return "covered"
    if change.change == "changed" and change.due_before and change.before == change.after:
        return "due_moved"
    return str(change.change)


def _moved(changes: Iterable[Any]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for one in changes:
        delta = one.after - (one.before or Decimal())
        sums[one.currency] = sums.get(one.currency, Decimal()) + delta
    return {currency: amount for currency, amount in sums.items() if amount}


def _aged(report: Any) -> Aged:
    largest = max((abs(line.amount) for line in report.lines), default=Decimal())
    bars = tuple(
        Bar(line, _width(line.amount, largest), -1 if line.amount < 0 else min(place, 4))
        for place, line in enumerate(report.lines)
    )
    return Aged(report.currency, report.total, report.late, bars)


def _width(amount: Decimal, largest: Decimal) -> int:
    """What is not nothing shows."""
    return max(1, round(100 * abs(amount) / largest)) if amount else 0


def _settled(sums: Iterable[Any]) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for one in sums:
        found.setdefault(one.cause, {})[one.currency] = one.amount
    return found
