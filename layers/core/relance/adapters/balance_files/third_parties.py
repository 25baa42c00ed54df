"""Who insures an item, and to whom it was assigned, by the columns of the accounts that tell it.

A column tells it in its own way: a name, yes or no, an amount of cover or assigned, a policy, the
slip or the day of the assignment. Its values decide whether it is one of these at all.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from relance.adapters.balance_files.answers import Kind, look
from relance.adapters.balance_files.headers import Layout, cells_of
from relance.adapters.balance_files.meanings import listed_key
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Cell, Row, text_of
from relance.adapters.balance_files.words import plain
from relance.domain.open_item import UNNAMED_FACTOR, UNNAMED_INSURER

_POLICY = frozenset({"police", "policy"})
_REFERENCES = _POLICY | {"no", "date", "bordereau", "quittance"}
_CREDITORS_OWN = _POLICY | {"code"}
_OTHER_PEOPLE = frozenset({"assure", "assuree", "insured", "assigned"})
"""Names there are the customer's own, or of the person in charge."""
_AMOUNTS = frozenset({"assure", "assuree", "insured", "garanti", "garantie", "encours", "montant",
                      "amount", "solde", "balance", "limite", "limit", "plafond", "couverture",
                      "cover", "coverage", "quotite", "agrement", "credit", "cede", "cedee",
                      "cession", "affacturage", "affacture", "affacturee", "factoring", "code",
                      "mobilise", "mobilisee", "dailly"})  # fmt: skip
"""Elsewhere figures are freight insurance, rates, money matched."""
_NEED_PROOF = _POLICY | {"no", "assurance", "insurance", "assigned"}
_UNSURE = frozenset({"assigned"})
_FEW = 5
"""A creditor has a policy and a factor, two at times; a broker or a garage, one per customer."""
_TOLERATED = 0.2
_PAID_TO_FACTOR = frozenset({"factor", "factoring", "affacturage", "affacture", "dailly"})

Names = Sequence[str | None]


class _Said(NamedTuple):
    """weight: a name or a policy is often the creditor's, on every row; a no or a zero of this row
    weighs more, and a yes most: an item is looked at for nothing sooner than missed.
    """

    weight: int
    name: str = ""


_NOTHING, _NO, _YES = _Said(0), _Said(2), _Said(3)


def tells(header: str, cells: Sequence[Cell]) -> bool:
    """Whether the values are of a column that says who insures an item, or holds it.

    header: "" for a name that cannot be read for sure, of which only yes and no are believed.
    """
    words = _words(header) or _UNSURE
    kinds, others = _kinds(header, cells)
    filled = sum(kinds.values()) - kinds[Kind.SILENT]
    if not filled:
        return not words <= _NEED_PROOF
    if words & _REFERENCES:
        return not words & _POLICY or len(others[Kind.WORDS] | others[Kind.FIGURE]) <= _FEW
    if len(others[Kind.WORDS]) > _FEW:
        return False
    odd = kinds[Kind.WORDS] if words & _OTHER_PEOPLE else 0
    odd += 0 if words & _AMOUNTS else kinds[Kind.FIGURE]
    return odd <= _TOLERATED * filled


@cache
def _words(header: str) -> frozenset[str]:
    return frozenset(listed_key(header).split())


def _kinds(header: str, cells: Sequence[Cell]) -> tuple[Counter[Kind], dict[Kind, set[str]]]:
    """How many cells of each kind, and the different texts of each; page breaks left out."""
    kinds: Counter[Kind] = Counter()
    others: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for cell, count in Counter(cells).items():
        text = text_of(cell)
        if text != header.strip():
            kind = look(text).kind
            kinds[kind] += count
            others[kind].add(plain(text))
    return kinds, others


def read_third_parties(layout: Layout, rows: Sequence[Row]) -> tuple[Names, Names] | None:
    """Insurer and factor of each row: "" for nobody, None when no column tells; None when none
    does for any row.
    """
    insurers = _merged(_voices(layout, rows, Field.INSURER), UNNAMED_INSURER)
    factors = _factors(layout, rows)
    if insurers is None and factors is None:
        return None
    nobody_tells: Names = [None] * len(rows)
    return insurers or nobody_tells, factors or nobody_tells


def _voices(layout: Layout, rows: Sequence[Row], one: Field) -> list[Sequence[_Said]]:
    return [_read(layout.names[index], cells_of(index, rows)) for index in layout.indexes_of(one)]


def _read(header: str, cells: Sequence[Cell]) -> Sequence[_Said]:
    known = {cell: _said(text_of(cell), header) for cell in {*cells}}
    return [*map(known.__getitem__, cells)]


@cache
def _said(text: str, header: str) -> _Said:
    seen = look(text)
    words = _words(header)
    if seen.kind is Kind.SILENT:
        return _NOTHING
    if not seen.yes:
        return _NO
    name = text if seen.kind is Kind.WORDS and not words & _REFERENCES else ""
    return _Said(1, name) if name or words & _CREDITORS_OWN else _YES


def _merged(voices: Sequence[Sequence[_Said]], unnamed: str) -> Names | None:
    """What the columns say together; None without a column."""
    if not voices:
        return None
    found = [*zip(*voices, strict=True)]
    known = {said: _together(said, unnamed) for said in {*found}}
    return [*map(known.__getitem__, found)]


def _together(said: Sequence[_Said], unnamed: str) -> str:
    if max(one.weight for one in said) in (_NOTHING.weight, _NO.weight):
        return ""
    return next((one.name for one in said if one.name), unnamed)


def _factors(layout: Layout, rows: Sequence[Row]) -> Names | None:
    """A way of paying may name the factor: of the rows that name another one it says nothing."""
    voices = _voices(layout, rows, Field.FACTOR)
    paid = _paid_to_factor(layout, rows)
    if not voices and paid:
        return [UNNAMED_FACTOR if said.weight else None for said in paid]
    return _merged([*voices, paid] if paid else voices, UNNAMED_FACTOR)


def _paid_to_factor(layout: Layout, rows: Sequence[Row]) -> Sequence[_Said] | None:
    if Field.METHOD not in layout.columns:
        return None
    cells = cells_of(layout.columns[Field.METHOD], rows)
    known = {cell: _method_said(text_of(cell)) for cell in {*cells}}
    return [*map(known.__getitem__, cells)] if _YES in known.values() else None


def _method_said(text: str) -> _Said:
    words = {*plain(text).replace("-", " ").split()}
    return _YES if words & _PAID_TO_FACTOR and look(text).yes else _NOTHING
