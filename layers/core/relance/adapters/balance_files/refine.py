"""What names alone cannot say: columns whose meaning depends on their values and neighbours."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from relance.adapters.balance_files.amounts import reduce
from relance.adapters.balance_files.dates import read_date
from relance.adapters.balance_files.meanings import header_key
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, Row, is_blank, text_of
from relance.adapters.balance_files.values import NOTHING

Columns = dict[Field, int]

_SAMPLE = 2_000
_MOSTLY = 0.8
_COLLECTIVE = re.compile(r"(?:41\d{0,2}0*|4[01]1)(?:\s|-|$)|.*\b(?:receivable|receivables|debtors|"
                         r"clients|creances|customers)\b", re.IGNORECASE)  # fmt: skip
_BARE_CODES = frozenset({"code", "ref", "reference", "id", "identifiant", "no"})
_TOTAL = re.compile(r"\W*(?:grand |sous.|sub.)?tota(?:l|ux)\b", re.IGNORECASE)
_WEAK_NUMBERS = frozenset({"no", "numero", "id", "entry", "reference", "ref"})


def refine(
    columns: Columns,
    others: dict[Field, tuple[int, ...]],
    names: Sequence[str],
    buckets: Sequence[int],
    body: Sequence[Row],
) -> Columns:
    """The same columns, with the ambiguous fields replaced by what they hold."""
    found = dict(columns)
    sample = body[:_SAMPLE]
    _due_or_open(found, sample)
    _paid_flag(found, sample)
    _total(found, buckets)
    _local_currency(found, others, names)
    _payer(found, others, names)
    _debtor(found, sample)
    _account(found, sample)
    _bare_code(found, names)
    _number_or_code(found, names)
    _unnamed_number(found, names, sample)
    return found


_DATES = frozenset({Field.ISSUE, Field.DUE, Field.SETTLED_ON, Field.REMINDED})
_AMOUNTS = frozenset({Field.AMOUNT, Field.OPEN, Field.PAID, Field.DEBIT, Field.CREDIT, Field.TOTAL})


def holds(one: Field, index: int, rows: Sequence[Row]) -> bool:
    """Whether a column holds what such a field would: dates, amounts, or anything else."""
    sample = rows[:_SAMPLE]
    if one in _DATES:
        return _share(index, sample, _is_date) > _MOSTLY
    return one not in _AMOUNTS or _share(index, sample, _is_amount) > _MOSTLY


def _values(index: int, rows: Sequence[Row]) -> list[Cell]:
    return [row[index] for row in rows if index < len(row) and not is_blank(row[index])]


def _share(index: int, rows: Sequence[Row], test: Callable[[Cell], bool]) -> float:
    values = _values(index, rows)
    return sum(map(test, values)) / len(values) if values else 0.0


def _is_amount(cell: Cell) -> bool:
    text = text_of(cell)
    return reduce(text) is not None or text.lower() in NOTHING


def _is_date(cell: Cell) -> bool:
    return any(isinstance(read_date(cell, order), date) for order in ("day-first", "month-first"))


def _is_code(cell: Cell) -> bool:
    text = text_of(cell)
    return " " not in text and any(map(str.isdigit, text))


def _is_total(cell: Cell) -> bool:
    return isinstance(cell, str) and _TOTAL.match(cell) is not None


def _due_or_open(found: Columns, rows: Sequence[Row]) -> None:
    if Field.DUE_OR_OPEN not in found:
        return
    index = found.pop(Field.DUE_OR_OPEN)
    found.setdefault(Field.DUE if _share(index, rows, _is_date) > 0.5 else Field.OPEN, index)


def _paid_flag(found: Columns, rows: Sequence[Row]) -> None:
    """ "Paid" holds amounts, dates, or yes and no."""
    index = found.get(Field.PAID)
    if index is None or not _values(index, rows) or _share(index, rows, _is_amount) >= 0.5:
        return
    del found[Field.PAID]
    found.setdefault(
        Field.SETTLED_ON if _share(index, rows, _is_date) > 0.5 else Field.IS_PAID, index
    )


def _total(found: Columns, buckets: Sequence[int]) -> None:
    """Beside ageing columns a total is what is still owed; elsewhere it is the document's."""
    if Field.TOTAL in found:
        index = found.pop(Field.TOTAL)
        found.setdefault(Field.OPEN if buckets else Field.AMOUNT, index)


def _local_currency(
    found: Columns, others: dict[Field, tuple[int, ...]], names: Sequence[str]
) -> None:
    """An amount in local currency goes with the column of the local currency."""
    money = found.get(Field.OPEN, found.get(Field.AMOUNT))
    if money is None or "local" not in names[money].lower():
        return
    for index in others.get(Field.CURRENCY, ()):
        if "local" in names[index].lower():
            found[Field.CURRENCY] = index


def _payer(found: Columns, others: dict[Field, tuple[int, ...]], names: Sequence[str]) -> None:
    """Beside a customer, the payer of an SAP list is somebody else."""
    for index in others.get(Field.CODE, ()):
        if header_key(names[index]).startswith("payer"):
            found.setdefault(Field.PAYER, index)


def _bare_code(found: Columns, names: Sequence[str]) -> None:
    """A column named "Code" is the customer's when it stands beside its name."""
    name = found.get(Field.NAME)
    if name is None or Field.CODE in found:
        return
    for index in (name - 1, name + 1):
        beside = 0 <= index < len(names) and index not in found.values()
        if beside and header_key(names[index]) in _BARE_CODES:
            found[Field.CODE] = index
            return


def _debtor(found: Columns, rows: Sequence[Row]) -> None:
    weak = found.pop(Field.WEAK_NAME, None)
    party = found.pop(Field.PARTY, None)
    if party is not None:
        parties = [row for row in rows if party < len(row) and not _is_total(row[party])]
        coded = _share(party, parties, _is_code) > 0.9
        is_code = coded and (weak is not None or Field.CODE not in found)
        if Field.NAME not in found and not is_code:
            found[Field.NAME] = party
        elif coded:
            found.setdefault(Field.CODE, party)
    if weak is not None:
        found.setdefault(Field.NAME, weak)


def _account(found: Columns, rows: Sequence[Row]) -> None:
    """An account names a debtor unless it is collective (411000 for everybody)."""
    index = found.get(Field.ACCOUNT)
    if index is None or Field.CODE in found:
        return
    if _share(index, rows, lambda cell: bool(_COLLECTIVE.match(text_of(cell)))) > 0.5:
        return
    name = found.get(Field.NAME)
    if name is not None:
        accounts, people = set(_values(index, rows)), set(_values(name, rows))
        if 2 * len(accounts) < len(people):
            return
    del found[Field.ACCOUNT]
    found[Field.CODE] = index


def _number_or_code(found: Columns, names: Sequence[str]) -> None:
    """A bare "No." is the customer's in a list that has a name and no date."""
    index = found.get(Field.NUMBER)
    if index is None or Field.CODE in found or Field.ISSUE in found or Field.DUE in found:
        return
    if Field.NAME in found and header_key(names[index]) in _WEAK_NUMBERS:
        found[Field.CODE] = found.pop(Field.NUMBER)


def _unnamed_number(found: Columns, names: Sequence[str], rows: Sequence[Row]) -> None:
    """Some exports leave the column of the documents without a name."""
    day = found.get(Field.DUE, found.get(Field.ISSUE))
    if Field.NUMBER in found or day is None:
        return
    dated = [row for row in rows if day < len(row) and not is_blank(row[day])]
    for index, name in enumerate(names):
        if name.strip() or index in found.values():
            continue
        values = _values(index, dated)
        many = len(values) >= _MOSTLY * len(dated) and len(set(values)) > _MOSTLY * len(values)
        if values and many and all(any(map(str.isdigit, text_of(cell))) for cell in values):
            found[Field.NUMBER] = index
            return
