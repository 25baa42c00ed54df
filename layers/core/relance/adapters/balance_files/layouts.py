"""From the names of a header to the meaning of its columns, pins first."""

from collections.abc import Sequence
from dataclasses import replace

from relance.adapters.balance_files.buckets import is_bucket
from relance.adapters.balance_files.errors import BalanceQuestion
from relance.adapters.balance_files.header_rows import Header, find_header, header_at
from relance.adapters.balance_files.headers import Layout, cells_of, differ, is_empty
from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.balance_files.meanings import (
    RUINED,
    UNLISTED,
    column_meaning,
    is_company_amount,
    is_document_amount,
    ruined_meaning,
)
from relance.adapters.balance_files.pins import pinned_columns
from relance.adapters.balance_files.refine import holds, refine
from relance.adapters.balance_files.synonyms import Field
from relance.adapters.balance_files.table import Row, Sheet
from relance.adapters.balance_files.third_parties import tells

_NO_HINTS = BalanceHints()
_MONEY = frozenset({Field.AMOUNT, Field.OPEN, Field.DEBIT, Field.CREDIT, Field.TOTAL,
                    Field.DUE_OR_OPEN})  # fmt: skip
_THIRD_PARTIES = frozenset({Field.INSURER, Field.FACTOR})
_NO_TIE = _MONEY | {Field.DUE, Field.PAID}

Candidates = dict[Field, list[tuple[int, int]]]


def find_layout(sheet: Sheet, hints: BalanceHints = _NO_HINTS) -> Layout | None:
    """None when no row looks like a header. Raises BalanceQuestion for a pin that fits nothing."""
    header = _header(sheet, hints)
    return _layout(sheet, header, hints) if header else None


def _header(sheet: Sheet, hints: BalanceHints) -> Header | None:
    if hints.header_row is not None:
        found = header_at(sheet, hints.header_row)
        if found is None:
            raise BalanceQuestion("header-row-not-found", {"row": str(hints.header_row)})
        return found
    return find_header(sheet)


def _layout(sheet: Sheet, header: Header, hints: BalanceHints) -> Layout:
    names, body = header.names, sheet.rows[header.last + 1 :]
    pins = pinned_columns(hints.mapping, names)
    candidates = _candidates(names, body, frozenset(pins.values()))
    for one in pins:
        candidates.pop(one, None)
    _foreign_amounts(candidates, names)
    _drop_vague_amounts(candidates)
    columns = {one: _ranked(found, body)[0][1] for one, found in candidates.items()} | pins
    others = {
        one: tuple(index for _, index in sorted(found) if index != columns[one])
        for one, found in candidates.items()
    }
    buckets = tuple(
        index for index, name in enumerate(names)
        if is_bucket(name) and index not in pins.values()
    )  # fmt: skip
    tied = tuple(one for one, pairs in candidates.items() if _is_tied(one, pairs, body))
    layout = Layout(
        header.last, columns, names, buckets, others, tied, header.lines, frozenset(pins)
    )
    refined = refine(columns, others, names, buckets, body)
    return replace(layout, columns=_pinned(refined, pins))


def _candidates(names: Sequence[str], body: Sequence[Row], taken: frozenset[int]) -> Candidates:
    found: Candidates = {}
    for index, name in enumerate(names):
        if not name.strip() or index in taken or is_bucket(name):
            continue
        meaning = column_meaning(name)
        if meaning and _believed(meaning[0], name, index, body):
            found.setdefault(meaning[0], []).append((meaning[1], index))
    for index, name in enumerate(names):
        if index in taken or is_bucket(name) or column_meaning(name):
            continue
        guess = ruined_meaning(name)
        if guess and not _believed(guess, "", index, body):
            continue
        # Letters that an encoding ruined: believed when the values agree, and nothing else claims.
        if guess and guess not in found and holds(guess, index, body):
            found[guess] = [(RUINED, index)]
    return found


def _believed(one: Field, name: str, index: int, body: Sequence[Row]) -> bool:
    """Insured and assigned are words of other trades too: the values tell. name: "" if unsure."""
    return one not in _THIRD_PARTIES or tells(name, cells_of(index, body))


def _pinned(refined: dict[Field, int], pins: dict[Field, int]) -> dict[Field, int]:
    """A column that the creditor named means that, and nothing else besides."""
    taken = set(pins.values())
    free = {one: index for one, index in refined.items() if index not in taken}
    return free | pins


def _foreign_amounts(candidates: Candidates, names: Sequence[str]) -> None:
    """Beside an amount in the document's currency, the one in the company's is the second choice.

    The currency column goes with the document: rows add up per currency that way.
    """
    if Field.CURRENCY not in candidates:
        return
    for one, company in ((Field.AMOUNT, Field.COMPANY_AMOUNT), (Field.OPEN, Field.COMPANY_OPEN)):
        pairs = candidates.get(one, [])
        document = [pair for pair in pairs if is_document_amount(names[pair[1]])]
        own = [pair for pair in pairs if is_company_amount(names[pair[1]])
               or (document and pair not in document)]  # fmt: skip
        if own and len(own) < len(pairs):
            candidates[one] = [pair for pair in pairs if pair not in own]
            candidates[company] = own[:1]


def _drop_vague_amounts(candidates: Candidates) -> None:
    """An amount by one word of its name only is taken when it is alone of its kind."""
    found = candidates.get(Field.AMOUNT, [])
    vague = [pair for pair in found if pair[0] == UNLISTED]
    if vague and (len(vague) < len(found) or len(vague) > 1 or Field.TOTAL in candidates):
        candidates[Field.AMOUNT] = [pair for pair in found if pair not in vague]
        if not candidates[Field.AMOUNT]:
            del candidates[Field.AMOUNT]


def _ranked(found: list[tuple[int, int]], body: Sequence[Row]) -> list[tuple[int, int]]:
    """The best-named columns first, those that hold something before the empty ones."""
    if len(found) == 1:
        return found
    return [pair for pair in sorted(found) if not is_empty(pair[1], body)] or sorted(found)


def _is_tied(one: Field, found: list[tuple[int, int]], body: Sequence[Row]) -> bool:
    (rank, index), *rest = _ranked(found, body)
    rivals = [other for other_rank, other in rest if other_rank == rank]
    return one in _NO_TIE and any(differ(index, other, body) for other in rivals)
