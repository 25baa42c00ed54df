"""Customers named once for several rows: by a line above them, or by the first of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.amounts import reduce
from relance.adapters.balance_files.buckets import is_bucket
from relance.adapters.balance_files.dates import read_date
from relance.adapters.balance_files.errors import BalanceQuestion
from relance.adapters.balance_files.headers import Layout, is_header_again
from relance.adapters.balance_files.labels import RowLabel, is_subtotal, label_of
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row, is_blank, is_blank_row, text_of
from relance.adapters.balance_files.words import plain

Owner = tuple[str, str]
"""Code and name of a customer, "" for what the file does not say."""

_LEAD = re.compile(
    r"(?:(?:code|n°|no|nom)\s+)?(?:client|tiers|customer|debiteur|d[eé]biteur|debtor|account|"
    r"compte(?:\s+(?:client|tiers|auxiliaire|individuel))?|auxiliaire|partenaire|partner)"
    r"\s*(?:n°|no\.?|code)?\s*(?::|=|\s-\s|$)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CODED = re.compile(r"(?P<code>[A-Za-z0-9_./*-]*\d[A-Za-z0-9_./*-]*|[A-Z0-9_]{4,})"
                    r"(?:\s+[-–:|]?\s*|\s*[-–:|]\s+)(?P<name>\D.*)$", re.DOTALL)  # fmt: skip
_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<code>[^()\s]*\d[^()\s]*)\)$", re.DOTALL)
_CODE = re.compile(r"[A-Z0-9_./*-]*\d[A-Z0-9_./*-]*|[A-Z0-9_*]{3,}")
_NO_CUSTOMER = re.compile(r"^(?:tous?|toutes|all|\*)\b|\b(?:\d\w* (?:a|to|au) \w*\d|de \d)")
_PAGE = re.compile(r"^(?:page|feuille|folio)\b")
_DIGITS = re.compile(r"\d+")
_MONEY = (Field.AMOUNT, Field.OPEN, Field.PAID, Field.DEBIT, Field.CREDIT, Field.ISSUE, Field.DUE)
_MOST_CELLS = 4
_ITEMS = (RowLabel.NONE, RowLabel.SILENT)
_FEW_REPEATS = 3


@dataclass(frozen=True, slots=True)
class Groups:
    """heads: indexes of the rows that only name a customer; owners: index to the customer that
    the rows of a group, subtotals included, belong to.
    """

    heads: frozenset[int] = frozenset()
    owners: dict[int, Owner] = field(default_factory=dict)


def find_groups(
    layout: Layout,
    rows: Sequence[Row],
    titles: Sequence[Row],
    items: set[int],
    debtors: Sequence[Owner],
    totalled: frozenset[int] = frozenset(),
) -> Groups:
    """items: indexes of the rows that show an amount and no total; debtors: what each row says;
    totalled: the lines that print the total of the rows below them.

    Raises BalanceQuestion when lines seem to name the customers and nothing proves it.
    """
    orphans = {index for index in items if not any(debtors[index])}
    if not orphans:
        return Groups()
    if not layout.has_debtor or 2 * len(orphans) >= len(items):
        found = _by_heads(layout, rows, titles, items, (debtors, totalled))
        if any(index in orphans for index in found.owners):
            return found
    return _by_first_row(rows, items, orphans, debtors)


def may_be_grouped(layout: Layout, rows: Sequence[Row], titles: Sequence[Row]) -> bool:
    """For a list without a column of customers: whether some line above its rows may name one."""
    if _title_owner(titles) is not None:
        return True
    seen = False
    for row in rows:
        if _head(row, layout, frozenset()) is not None or _is_named_total(row, layout):
            seen = True
        elif seen and _has_values(row, layout) and label_of(row) in _ITEMS:
            return True
    return False


def _by_heads(
    layout: Layout,
    rows: Sequence[Row],
    titles: Sequence[Row],
    items: set[int],
    marks: tuple[Sequence[Owner], frozenset[int]],
) -> Groups:
    debtors, totalled = marks
    known = title_keys(titles)
    found = {
        index: pieces
        for index, row in enumerate(rows)
        if index not in items and (pieces := _head(row, layout, known)) is not None
    }
    found |= {index: _words_of(rows[index]) for index in totalled}
    coded = _are_coded(found.values())
    heads = {index: _owner(pieces, coded=coded) for index, pieces in found.items()}
    first = None if layout.has_debtor else _title_owner(titles)
    ends = {
        index
        for index, row in enumerate(rows)
        if index not in items and index not in heads and _ends_group(row, layout, known)
    }
    walk = _Walk(rows, first, heads, ends)
    for index in range(len(rows)):
        walk.step(index, orphan=index in items and not any(debtors[index]))
    proved = (
        first is not None
        or bool(totalled)
        or any(names_owner(rows[i], walk.owners[i]) for i in walk.ended)
    )
    if walk.used and not (
        proved or coded or _are_led(found, walk.used) or _in_column(layout, rows, walk.used)
    ):
        seen = tuple(" ".join(found[index].cells) for index in sorted(walk.used)[:5])
        raise BalanceQuestion("group-headers-unsure", {}, seen)
    return Groups(frozenset(walk.used), walk.owners if walk.used or proved else {})


@dataclass(slots=True)
class _Walk:
    """Down the rows, with the customer that the last line named until a subtotal ends its group.

    used: the lines that some row takes its customer from; ended: the subtotals.
    """

    rows: Sequence[Row]
    current: Owner | None
    heads: dict[int, Owner]
    ends: set[int]
    owners: dict[int, Owner] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    ended: list[int] = field(default_factory=list)
    last: int | None = None
    before: Owner | None = None
    """Whose group ended last: some tools print its total, then its balance."""

    def step(self, index: int, *, orphan: bool) -> None:
        if index in self.heads:
            self.current, self.last, self.before = self.heads[index], index, None
        elif orphan:
            self.before = None
            if self.current is not None:
                self.owners[index] = self.current
                if self.last is not None:
                    self.used.add(self.last)
        elif index in self.ends:
            owner = self.current or self.before
            if owner is not None and self._ends(index, owner):
                self.owners[index] = owner
                self.ended.append(index)
            self.current, self.before = None, owner

    def _ends(self, index: int, owner: Owner) -> bool:
        """A grand total is nobody's; behind a first total, the second one says whose it is."""
        part = is_subtotal(self.rows[index])
        if part is False:
            return False
        return self.current is not None or bool(part) or names_owner(self.rows[index], owner)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The words of a line that names a customer. led: behind "Client :" and the like."""

    cells: tuple[str, ...]
    led: bool


def _head(row: Row, layout: Layout, known: frozenset[str]) -> _Pieces | None:
    cells = [text_of(cell) for cell in row if not is_blank(cell)]
    if not 0 < len(cells) <= _MOST_CELLS or is_header_again(row, layout):
        return None
    led = _after_lead(cells)
    if led is not None:
        return _Pieces(led, led=True) if led and _may_name(led, known=frozenset()) else None
    if _has_values(row, layout) or label_of(row) not in (*_ITEMS, RowLabel.PERHAPS):
        return None
    return _Pieces(tuple(cells), led=False) if _may_name(tuple(cells), known) else None


def _is_named_total(row: Row, layout: Layout) -> bool:
    """One name, figures and no date: a customer with the total of the rows below, perhaps."""
    days = [layout.columns[one] for one in (Field.ISSUE, Field.DUE) if one in layout.columns]
    dated = any(index < len(row) and not is_blank(row[index]) for index in days)
    return bool(days) and not dated and len(_words_of(row).cells) == 1


def _words_of(row: Row) -> _Pieces:
    """The words of a line that prints figures too."""
    cells = (text_of(cell) for cell in row if not is_blank(cell) and not _is_value(cell))
    return _Pieces(tuple(cells), led=False)


def _after_lead(cells: Sequence[str]) -> tuple[str, ...] | None:
    """What follows "Client :", in its cell or in the next ones; None without such a lead."""
    kept: list[str] = []
    led = False
    for cell in cells:
        match = _LEAD.match(cell)
        if match is None and not led:
            return None
        led = True
        text = cell if match is None else match["rest"].strip()
        if text:
            kept.append(text)
    return tuple(kept)


def _may_name(cells: tuple[str, ...], known: frozenset[str]) -> bool:
    words = plain(" ".join(cells))
    if _NO_CUSTOMER.search(words) or _PAGE.match(words) or _key(cells) in known:
        return False
    if any(is_bucket(cell) or ":" in cell for cell in cells):
        return False
    return any(map(str.isalnum, words)) and len(words) < 120


def _has_values(row: Row, layout: Layout) -> bool:
    """Something in a column of amounts or dates: no line that only names a customer."""
    indexes = {layout.columns[one] for one in _MONEY if one in layout.columns}
    return any(
        index < len(row) and _is_value(row[index]) for index in indexes | set(layout.buckets)
    )


def _is_value(cell: object) -> bool:
    """An amount or a date, in any notation."""
    if not isinstance(cell, str):
        return isinstance(cell, (Decimal, date))
    text = cell.strip()
    if not any(map(str.isdigit, text)):
        return False
    no_letter = not any(map(str.isalpha, text))
    return no_letter or reduce(text) is not None or isinstance(read_date(text, "day-first"), date)


def _are_coded(found: Iterable[_Pieces]) -> bool:
    """Whether lines of one cell hold a code, then a name: most of them must look so."""
    single = [pieces.cells[0] for pieces in found if len(pieces.cells) == 1]
    coded = sum(1 for text in single if _CODED.match(text) or _IN_BRACKETS.match(text))
    return bool(single) and coded >= 0.8 * len(single)


def _are_led(found: dict[int, _Pieces], used: set[int]) -> bool:
    return all(found[index].led for index in used)


def _in_column(layout: Layout, rows: Sequence[Row], used: set[int]) -> bool:
    """The names stand in the column of customers."""
    columns = [layout.columns[one] for one in (Field.CODE, Field.NAME) if one in layout.columns]
    return bool(columns) and all(
        any(index < len(rows[at]) and not is_blank(rows[at][index]) for index in columns)
        for at in used
    )


def _owner(pieces: _Pieces, *, coded: bool) -> Owner:
    cells = pieces.cells
    if len(cells) == 1:
        match = _CODED.match(cells[0]) or _IN_BRACKETS.match(cells[0])
        if match and (coded or pieces.led):
            return match["code"].strip(), match["name"].strip()
        return (cells[0], "") if _is_code(cells[0]) else ("", cells[0])
    if _is_code(cells[0]):
        return cells[0], cells[1]
    return (cells[1], cells[0]) if _is_code(cells[1]) else ("", cells[0])


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None and any(map(str.isdigit, text))


def _title_owner(titles: Sequence[Row]) -> Owner | None:
    """The customer that the title names, for a statement of one customer or the first page."""
    for row in reversed(titles):
        cells = [text_of(cell) for cell in row if not is_blank(cell)]
        led = _after_lead(cells) if 0 < len(cells) <= _MOST_CELLS else None
        if led and _may_name(led, frozenset()):
            return _owner(_Pieces(led, led=True), coded=True)
    return None


def title_keys(titles: Sequence[Row]) -> frozenset[str]:
    return frozenset(_key([text_of(c) for c in row if not is_blank(c)]) for row in titles)


def _key(cells: Sequence[str]) -> str:
    """A page break repeats the title with another page number."""
    return _DIGITS.sub("#", plain(" ".join(cells)))


def is_title_again(row: Row, keys: frozenset[str]) -> bool:
    cells = [text_of(cell) for cell in row if not is_blank(cell)]
    return bool(cells) and (_key(cells) in keys or bool(_PAGE.match(plain(cells[0]))))


def _ends_group(row: Row, layout: Layout, known: frozenset[str]) -> bool:
    if is_blank_row(row) or is_header_again(row, layout) or is_title_again(row, known):
        return False
    return label_of(row) in (RowLabel.TOTAL, RowLabel.PERHAPS)


def names_owner(row: Row, owner: Owner) -> bool:
    """Whether the words of a row hold the whole code or the whole name."""
    text = f" {plain(' '.join(text_of(cell) for cell in row if not is_blank(cell)))} "
    return any(plain(part) and f" {plain(part)} " in text for part in owner)


def _by_first_row(
    rows: Sequence[Row], items: set[int], orphans: set[int], debtors: Sequence[Owner]
) -> Groups:
    """Blank cells repeat the customer above when every customer is written once, on its first row.

    One customer forgotten in an ordinary list must stay missing: it takes many blanks, and no
    customer written twice, to prove that blanks mean "the same".
    """
    written = [debtors[index] for index in sorted(items - orphans)]
    if len(set(written)) < len(written) or len(orphans) < _FEW_REPEATS:
        return Groups()
    if 3 * len(orphans) < len(items) or not written:
        return Groups()
    owners: dict[int, Owner] = {}
    current: Owner | None = None
    for index, row in enumerate(rows):
        if index in items:
            current = debtors[index] if index not in orphans else current
            if current is not None and index in orphans:
                owners[index] = current
        elif label_of(row) in (RowLabel.TOTAL, RowLabel.PERHAPS) and current is not None:
            owners[index] = current
            current = None
    return Groups(frozenset(), owners)
