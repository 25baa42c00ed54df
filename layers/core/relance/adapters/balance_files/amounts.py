"""Amounts as people write them, to exact decimals.

`1 234,56`, `1.234,56`, `1,234.56`, `(1 234,56)`, `500,00-`, `1'234.50 CHF`, `12,00 CR`. "1,234"
alone is undecidable: the whole column votes for its decimal mark, then each cell is parsed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import repeat

from relance.adapters.balance_files.currencies import strip_currency
from relance.adapters.balance_files.table import Cell, all_of
from relance.adapters.balance_files.values import NOTHING, Bad, Ballot

Amount = Decimal | Bad | None

_PLAIN = re.compile(r"-?(\d{1,15}(?:[.,]\d*)?)$")
_SIGNED = re.compile(r"(?P<open>\()?\s*(?P<before>[-+])?(?P<body>[\d.,\s']+?)(?P<after>[-+])?\)?$")
_SIDE = re.compile(r"\s*(?<![A-Za-z])(?P<side>CR?|DR?)\.?$", re.IGNORECASE)
_SPACED = re.compile(r"\d{1,3}(?:[\s']\d{3})+(?=[.,]|$)")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{2,3}})*{re.escape(mark)}\d{{3}}$")
            for mark in ",."}  # fmt: skip
_OTHER = {",": ".", ".": ","}
_DASHES = str.maketrans({"−": "-", "–": "-", "’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_EXACT = {"": re.compile(r"-?[0-9]{1,15}"), ",": re.compile(r"-?[0-9]{1,15}(?:,[0-9]{1,6})?"),
          ".": re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")}  # fmt: skip
_EXACT_COLUMN = {mark: re.compile(rf"{one.pattern}(?:\n{one.pattern})*+")
                 for mark, one in _EXACT.items()}  # fmt: skip
_CENTS_COLUMN = {mark: re.compile(rf"(?:-?[0-9]{{1,15}}[{mark}][0-9]{{2}}(?:\n(?=.)|$))++")
                 for mark in ",."}  # fmt: skip
_MARKS = frozenset(",.")
_ZEROS = frozenset({"-", "–", "—", "−"})
"""What the accounting format of spreadsheets prints for zero."""
_NOISE = Decimal("0.000001")
_TOO_MUCH = Decimal(10**15)


def reduce(text: str) -> tuple[bool, str] | None:
    """(is negative, digits with their marks), or None when it is no amount."""
    plain = _PLAIN.match(text)
    if plain:
        return text[0] == "-", plain.group(1)
    core = strip_currency(text.translate(_DASHES)).strip()
    side = _SIDE.search(core)
    if side:
        core = core[: side.start()].rstrip()
    match = _SIGNED.match(core)
    if not match or (match["open"] is None) == core.endswith(")"):
        return None
    if match["before"] and match["after"]:
        return None
    body = _without_spaces(match["body"].strip())
    if body is None or not any(map(str.isdigit, body)):
        return None
    credit = side is not None and side["side"][0] in "cC"
    return bool(match["open"]) or "-" in (match["before"], match["after"]) or credit, body


def _without_spaces(body: str) -> str | None:
    if " " not in body and "'" not in body:
        return body if not any(map(str.isspace, body)) else None
    grouped = _SPACED.match(body)
    if not grouped:
        return None
    digits = re.sub(r"[\s']", "", grouped.group())
    tail = body[grouped.end() :]
    # A leading zero keeps the fact that the mark, if any, cannot be a group separator.
    return None if " " in tail or "'" in tail else f"0{digits.zfill(4)}{tail}"


def vote(ballot: Ballot, body: str) -> None:
    """What the notation of one amount proves about its decimal mark."""
    commas, dots = body.count(","), body.count(".")
    if not commas and not dots:
        return
    if commas and dots:
        ballot.cast("," if body.rfind(",") > body.rfind(".") else ".")
        return
    mark = "," if commas else "."
    if commas + dots > 1:
        ballot.cast(_OTHER[mark])
        return
    head, tail = body.split(mark)
    if len(tail) != 3 or len(head) > 3 or head[:1] in ("", "0"):
        ballot.cast(mark)
    else:
        ballot.tied.append(body)


def parse(text: str, mark: str) -> Amount:
    reduced = reduce(text)
    if reduced is None:
        if text.strip() in _ZEROS:
            return Decimal()
        return None if text.strip().lower() in NOTHING else Bad("bad-amount", text)
    negative, body = reduced
    head, _, tail = body.partition(mark) if mark else (body, "", "")
    group = _OTHER.get(mark, "")
    if group and group in head:
        if not _GROUPED[group].match(head):
            return Bad("bad-amount", text)
        head = head.replace(group, "")
    if not (head + tail).isdecimal() or len(head) > 15:
        return Bad("bad-amount", text)
    value = Decimal(f"{head or 0}.{tail or 0}")
    return clean(-value if negative else value)


def clean(value: Decimal) -> Decimal:
    """Cut the noise of binary floats (`1510.52000000008`); no currency goes past six decimals."""
    rounded = value.quantize(_NOISE)
    return value if rounded == value else rounded.normalize()


def amount_ballot(cells: Sequence[Cell]) -> Ballot:
    ballot = Ballot()
    mark = _mark_of_cents(cells)
    if mark:
        ballot.cast(mark, len(cells))
        return ballot
    texts = [cell for cell in cells if cell.__class__ is str]
    for text in _unsure(texts, ballot):
        if reduced := reduce(text):
            vote(ballot, reduced[1])
    ballot.tied.sort()
    return ballot


def _mark_of_cents(cells: Sequence[Cell]) -> str | None:
    """The mark before the cents, in a column where every cell has cents and nothing else."""
    if not cells or not all_of(cells, str):
        return None
    text = "\n".join(cells)  # type: ignore[arg-type]  # their class was looked at
    found = next((mark for mark, one in _CENTS_COLUMN.items() if one.fullmatch(text)), None)
    return found if text.count("\n") == len(cells) - 1 else None


def _unsure(texts: list[str], ballot: Ballot) -> set[str]:
    """The cells left to vote one by one, once those that end with two decimals have voted."""
    ends = Counter([text[-3:] for text in texts])
    for end, count in ends.items():
        if end[-3:-2] in _MARKS and end[-2:].isdecimal():
            ballot.cast(end[0], count)
    if all(end[-3:-2] in _MARKS for end in ends):
        return set()
    return {text for text in texts if text[-3:-2] not in _MARKS}


def read_amounts(
    cells: Sequence[Cell], mark: str, known: dict[Cell, Amount] | None = None
) -> list[Amount]:
    """One amount per cell; "" as mark means that no cell depends on it.

    known: what was read with the same mark in other columns, completed here.
    """
    if figures := _figures(cells, mark) or _decimals(cells):
        return figures
    read = {} if known is None else known
    plain = _EXACT[mark].fullmatch
    new = set(cells) - read.keys()
    exact = [cell for cell in new if isinstance(cell, str) and plain(cell)]
    # One replacement and one split for all of them: most cells are of this plain kind.
    written = "\n".join(exact).replace(",", ".").split("\n") if exact else ()
    read.update(zip(exact, map(Decimal, written), strict=True))
    for cell in new.difference(exact):
        read[cell] = read_amount(cell, mark)
    return [*map(read.__getitem__, cells)]


def _figures(cells: Sequence[Cell], mark: str) -> list[Amount] | None:
    """A whole column of plain figures, in one look; None when some cell is anything else."""
    if not cells or not all_of(cells, str):
        return None
    text = "\n".join(cells)  # type: ignore[arg-type]  # their class was looked at
    if not _EXACT_COLUMN[mark].fullmatch(text):
        return None
    figures = text.replace(",", ".").split("\n")
    return [*map(Decimal, figures)] if len(figures) == len(cells) else None


def _decimals(cells: Sequence[Cell]) -> list[Amount] | None:
    """A whole column of numbers of a workbook without noise; None when some cell is not one."""
    if not cells or not all_of(cells, Decimal):
        return None
    values: list[Decimal] = [*cells]  # type: ignore[list-item]  # their class was looked at
    if max(values) >= _TOO_MUCH or min(values) <= -_TOO_MUCH:
        return None
    clean_values = [*map(Decimal.quantize, values, repeat(_NOISE))]
    return [*values] if clean_values == values else None


def read_amount(cell: Cell, mark: str) -> Amount:
    if cell is None:
        return None
    if isinstance(cell, str):
        return parse(cell, mark)
    if isinstance(cell, Decimal):
        return clean(cell) if abs(cell) < _TOO_MUCH else Bad("bad-amount", str(cell))
    return Bad("bad-amount", cell.isoformat())
