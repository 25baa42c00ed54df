"""Why a row goes to quarantine: a code, the field, and the value to mend."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.entries import Entry
from relance.adapters.balance_files.headers import Layout
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import is_blank
from relance.adapters.balance_files.values import Bad
from relance.adapters.balance_files.words import State, is_no, is_yes, state_of
from relance.domain.open_item import ItemKind

_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    reason: str
    field: str | None = None
    value: str | None = None


def problem_of(
    entry: Entry, layout: Layout, kind: ItemKind | None, *, explicit: bool
) -> Problem | None:
    """The first thing wrong with a row, None for a sound one.

    explicit: the file states what is open, so that a state of "paid" may contradict it.
    """
    if len(entry.row) > len(layout.names):
        extra = _surplus(entry, layout)
        if extra:
            return extra
    bad = _bad_cell(entry)
    if bad:
        return bad
    if not entry.code and not entry.name:
        return Problem("missing-debtor", "debtor_code")
    if entry.open is None:
        return Problem("missing-amount", "open_amount")
    if not entry.number:
        return _without_number(entry, layout, kind)
    if explicit and entry.open and state(entry) is State.SETTLED:
        return Problem("paid-but-amount-open", "status", str(entry.open))
    return None


def state(entry: Entry) -> State | None:
    """Settled by its state, its settlement date or its flag; None while it is open."""
    if entry.status:
        found = state_of(entry.status)
        if found:
            return found
    if isinstance(entry.settled_on, date):
        return State.SETTLED
    if (entry.is_open and is_no(entry.is_open)) or (entry.is_paid and is_yes(entry.is_paid)):
        return State.SETTLED
    return None


def _surplus(entry: Entry, layout: Layout) -> Problem | None:
    """A separator inside an unquoted cell shifts every column after it."""
    extra = [cell for cell in entry.row[len(layout.names) :] if not is_blank(cell)]
    return Problem("too-many-cells-in-row", None, str(extra[0])[:_LONGEST_VALUE]) if extra else None


def _bad_cell(entry: Entry) -> Problem | None:
    for name, cell in (
        ("open_amount", entry.open),
        ("amount", entry.amount),
        ("issue_date", entry.issue),
        ("due_date", entry.due),
        ("settled_on", entry.settled_on),
        ("currency", entry.currency),
    ):
        if cell.__class__ is Bad:
            assert isinstance(cell, Bad)  # noqa: S101 - the fast test above, for mypy
            return Problem(cell.reason, name, cell.text[:_LONGEST_VALUE])
    return None


def _without_number(entry: Entry, layout: Layout, kind: ItemKind | None) -> Problem | None:
    """Money received may have no number, nor an opening balance; a claim needs one when the file
    has a column for it.
    """
    if kind is ItemKind.OPENING_BALANCE:
        return None
    if not isinstance(entry.issue, date) and not isinstance(entry.due, date):
        return Problem("names-no-item", "number")
    claim = isinstance(entry.open, Decimal) and entry.open > 0 and kind is not ItemKind.PAYMENT
    if claim and layout.has(Field.NUMBER):
        return Problem("missing-number", "number")
    return None
