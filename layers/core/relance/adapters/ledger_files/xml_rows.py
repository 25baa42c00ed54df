"""The XML form of a FEC (journal, écriture, ligne) as rows, read in small pieces."""

import re
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.balance_files.safety import SafetyLimits, check_ledger_size
from relance.adapters.ledger_files.columns import Col, column_of, find_columns
from relance.adapters.ledger_files.reading import read_source
from relance.adapters.ledger_files.rows import Source
from relance.adapters.ledger_files.values import side_of
from relance.domain.balance_reading import BalanceReading

_ROOT = re.compile(rb"<(?:\w+:)?comptabilite[\s>]", re.IGNORECASE)
_PEEKED_BYTES = 4_000
_PIECE = 65_536
_LEVELS = ("journal", "ecriture", "ligne")
_COLUMNS = tuple(col for col in Col if col not in (Col.AMOUNT, Col.SIDE))
_MONEY = (Col.DEBIT, Col.CREDIT, Col.AMOUNT)


def ledger_in_xml(
    content: bytes, hints: BalanceHints, limits: SafetyLimits
) -> BalanceReading | None:
    """None for what is no ledger in XML."""
    if not _ROOT.search(content[:_PEEKED_BYTES].replace(b"\0", b"")):
        return None
    check_ledger_size(content, limits)
    columns = find_columns([col.value for col in _COLUMNS])
    return read_source(Source(columns, _rows(content), 0), hints)


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    lines = _Lines()
    for start in range(0, len(content), _PIECE):
        lines.feed(content[start : start + _PIECE], last=start + _PIECE >= len(content))
        yield from lines.ready
        lines.ready.clear()


class _Lines:
    """What a level says holds for the levels under it."""

    def __init__(self) -> None:
        self.ready: list[tuple[int, list[str]]] = []
        self._said: dict[str, dict[Col, str]] = {level: {} for level in _LEVELS}
        self._level = _LEVELS[0]
        self._text: list[str] = []
        self._line = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        # No FEC has one, and entities are declared nowhere else.
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def feed(self, piece: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            line = str(self._parser.CurrentLineNumber)
            raise BalanceRefused("ledger-xml-malformed", {"line": line}) from error

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._text.clear()
        name = name.rpartition(":")[2].lower()
        if name in _LEVELS:
            self._level = name
            self._line = self._parser.CurrentLineNumber
            for level in _LEVELS[_LEVELS.index(name) :]:
                self._said[level].clear()

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        col = column_of(name)
        if name.lower() == _LEVELS[-1]:
            self.ready.append((self._line, self._cells()))
            self._level = _LEVELS[1]
        elif col is not None:
            text = "".join(self._text).strip()
            # Amounts are XML floats, with a point; a ledger in text has a comma.
            self._said[self._level][col] = text.replace(".", ",") if col in _MONEY else text
        self._text.clear()

    def _cells(self) -> list[str]:
        said = self._said["journal"] | self._said["ecriture"] | self._said["ligne"]
        if Col.AMOUNT in said:
            side = side_of(said.get(Col.SIDE, ""))
            # Without its side an amount is unreadable, and is shown with what stood there.
            money = said[Col.AMOUNT] if side else f"{said[Col.AMOUNT]} ?{said.get(Col.SIDE, '')}"
            said[Col.CREDIT if side == -1 else Col.DEBIT] = money
        return [said.get(col, "") for col in _COLUMNS]


def _refuse_doctype(*_: object) -> NoReturn:
    raise BalanceRefused("ledger-xml-entities")
