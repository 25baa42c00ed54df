"""Columns of state: how an item is paid, whether it is disputed, who follows or insures it."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from relance.adapters.balance_files.amounts import reduce
from relance.adapters.balance_files.dates import date_ballot, read_dates
from relance.adapters.balance_files.headers import Layout, cells_of
from relance.adapters.balance_files.meanings import listed_key
from relance.adapters.balance_files.state_names import CHASED, NOT_CHASED
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row, text_of
from relance.adapters.balance_files.third_parties import Names, read_third_parties
from relance.adapters.balance_files.values import NOTHING
from relance.adapters.balance_files.words import is_no, is_yes, plain
from relance.domain.balance_reading import ReadParties
from relance.domain.open_item import ItemFlag, PaymentMethod

_METHODS = (
    (PaymentMethod.BILL_OF_EXCHANGE, "lcr bor boe bao traite traites effet effets lettre-de-change "
                                     "billet-a-ordre bill-of-exchange bills-of-exchange draft"),
    (PaymentMethod.DIRECT_DEBIT, "prlv prv prel prl prelevement prelevements direct-debit dd sdd "
                                 "debit-direct autogiro lastschrift"),
    (PaymentMethod.CHEQUE, "chq ch cheq cheque cheques check checks"),
    (PaymentMethod.CARD, "cb carte cartes card credit-card carte-bancaire"),
    (PaymentMethod.CASH, "esp espece especes cash liquide"),
    (PaymentMethod.TRANSFER, "vir virt vrt virement virements transfer transfers wire sct ach bacs "
                             "bank bank-transfer credit-transfer"),
)  # fmt: skip
_METHOD_WORDS = {word.replace("-", " "): method for method, words in _METHODS
                 for word in words.split()}  # fmt: skip
_FLAGS = (
    (ItemFlag.LITIGATION, re.compile(r"\b(?:contentieux|litigation|legal|judiciaire|huissier|"
                                     r"avocat|lawyer|court|tribunal)\b")),
    (ItemFlag.DISPUTED, re.compile(r"\b(?:litige|litiges|litigieu\w*|disput\w+|contest\w+|"
                                   r"reclamation|claim)\b")),
    (ItemFlag.BLOCKED, re.compile(r"\b(?:bloqu\w*|blocage|block|blocked|hold|stop relances?|"
                                  r"ne (?:pas|plus) relancer|do not (?:chase|remind|dun))\b")),
)  # fmt: skip
_DENIED = re.compile(r"^(?:non|no|not|pas|sans|aucun\w*|hors|none|ok|ras|neant|normale?)\b")
_NEVER = re.compile(r"(?:non|no|not|n|0|faux|false|pas|ne|never|jamais|bloqu\w*|suspend\w*|exclue?|"
                    r"interdit\w*|stop)\b")  # fmt: skip
_NOT_CHASED, _CHASED = (frozenset(map(listed_key, names.split(";")))
                        for names in (NOT_CHASED, CHASED))  # fmt: skip
_LEVEL = re.compile(r"(?<!\d)(\d)(?!\d)")
_FIELDS = (Field.ACCOUNT, Field.METHOD, Field.FLAG, Field.REMINDER, Field.REMINDED, Field.SALES,
           Field.COLLECTOR, Field.PAYER, Field.STATUS, Field.INSURER, Field.FACTOR)  # fmt: skip


class RowState(NamedTuple):
    """In the order of the fields of `ReadItem`."""

    account: str | None = None
    payment_method: PaymentMethod | None = None
    flag: ItemFlag | None = None
    reminder_level: int | None = None
    reminded_on: date | None = None
    parties: ReadParties | None = None
    insurer: str | None = None
    factor: str | None = None


NOTHING_SAID = RowState()


@cache
def method_of(text: str) -> PaymentMethod | None:
    """OTHER for words that name a way of paying nobody listed; None for an empty cell."""
    words = plain(text).replace("-", " ").replace("/", " ").split()
    if not words or text.strip().lower() in NOTHING:
        return None
    spans = (" ".join(words[i : i + size]) for size in (3, 2, 1) for i in range(len(words)))
    found = (_METHOD_WORDS[span] for span in spans if span in _METHOD_WORDS)
    return next(found, PaymentMethod.OTHER)


@cache
def flag_in(text: str) -> ItemFlag | None:
    """The flag that words name, whatever column they stand in: a header, a state, a reason."""
    words = plain(text)
    if _DENIED.match(words):
        return None
    return next((flag for flag, pattern in _FLAGS if pattern.search(words)), None)


@cache
def flag_of(text: str, header: str) -> ItemFlag | None:
    """A cell of a column of flags: yes and no, an amount, or words."""
    words, key = plain(text), listed_key(header)
    if not words or text.strip().lower() in NOTHING:
        return None
    if key in _CHASED:
        return ItemFlag.BLOCKED if _NEVER.match(words) else None
    if is_no(text) or _DENIED.match(words):
        return None
    if not is_yes(text) and (number := reduce(text.strip())) and not number[1].strip("0,."):
        return None
    of_header = ItemFlag.BLOCKED if key in _NOT_CHASED else flag_in(header)
    return flag_in(text) or of_header or ItemFlag.DISPUTED


@cache
def level_of(text: str) -> int | None:
    match = _LEVEL.search(text)
    return int(match.group(1)) if match else None


@cache
def _account_of(text: str) -> str | None:
    """ "4111 - Clients" is account 4111; words alone are none."""
    first = text.split()[0] if text.split() else ""
    return first if any(map(str.isdigit, first)) else None


def read_states(layout: Layout, rows: Sequence[Row], order: str) -> Sequence[RowState | None]:
    """order: of the dates of the file, for a column of reminders that proves none."""
    if not layout.has(*_FIELDS):
        return [None] * len(rows)
    columns = (
        [_account_of(text or "") for text in _texts(layout, rows, Field.ACCOUNT)],
        [method_of(text or "") for text in _texts(layout, rows, Field.METHOD)],
        _flags(layout, rows),
        [level_of(text or "") for text in _texts(layout, rows, Field.REMINDER)],
        _reminders(layout, rows, order),
        _parties(layout, rows),
    )
    states = [RowState(*cells) if any(cells) else None for cells in zip(*columns, strict=True)]
    told = read_third_parties(layout, rows)
    return states if told is None else _with_third_parties(states, *told)


def _with_third_parties(
    states: Sequence[RowState | None], insurers: Names, factors: Names
) -> Sequence[RowState | None]:
    """Nobody is something said; a row of which no column tells anything keeps its state."""
    return [
        state
        if insurer is None and factor is None
        else RowState(*(state or NOTHING_SAID)[:-2], insurer, factor)
        for state, insurer, factor in zip(states, insurers, factors, strict=True)
    ]


def _texts(layout: Layout, rows: Sequence[Row], one: Field) -> Sequence[str | None]:
    if one not in layout.columns:
        return [None] * len(rows)
    return [text_of(cell) or None for cell in cells_of(layout.columns[one], rows)]


def _flags(layout: Layout, rows: Sequence[Row]) -> Sequence[ItemFlag | None]:
    """The gravest of the columns of flags and of the column of states."""
    indexes = [*layout.indexes_of(Field.FLAG)]
    read: list[Sequence[ItemFlag | None]] = [
        [flag_of(text_of(cell), layout.names[index]) for cell in cells_of(index, rows)]
        for index in indexes
    ]
    if Field.STATUS in layout.columns:
        read.append([flag_in(text or "") for text in _texts(layout, rows, Field.STATUS)])
    if not read:
        return [None] * len(rows)
    gravest = [flag for flag, _ in _FLAGS]
    return [next((one for one in gravest if one in flags), None)
            for flags in zip(*read, strict=True)]  # fmt: skip


def _reminders(layout: Layout, rows: Sequence[Row], order: str) -> Sequence[date | None]:
    """A reminder says nothing of what is owed: its date is left out sooner than asked about."""
    if Field.REMINDED not in layout.columns:
        return [None] * len(rows)
    cells = cells_of(layout.columns[Field.REMINDED], rows)
    ballot = date_ballot(cells)
    own = order if ballot.is_mixed else ballot.winner() or order
    if ballot.tied and not own:
        return [None] * len(rows)
    return [day if isinstance(day, date) else None for day in read_dates(cells, own)]


def _parties(layout: Layout, rows: Sequence[Row]) -> Sequence[ReadParties | None]:
    fields = (Field.SALES, Field.COLLECTOR, Field.PAYER)
    if not layout.has(*fields):
        return [None] * len(rows)
    known: dict[tuple[str | None, ...], ReadParties | None] = {}
    found = zip(*(_texts(layout, rows, one) for one in fields), strict=True)
    return [known.setdefault(names, ReadParties(*names) if any(names) else None) for names in found]
