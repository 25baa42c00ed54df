"""Aged balances and open-item lists, from bytes to `BalanceReading`.

One reader per format gives a neutral `Table`; one normaliser understands it. Content decides the
format, never the file name.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from relance.adapters.balance_files.csv_reader import read_csv
from relance.adapters.balance_files.errors import BalanceQuestion, BalanceRefused, SeenTable
from relance.adapters.balance_files.hints import BalanceHints, hints_of
from relance.adapters.balance_files.normaliser import normalise
from relance.adapters.balance_files.safety import SafetyLimits, check_size
from relance.adapters.balance_files.table import Table
from relance.adapters.balance_files.xlsx_reader import is_workbook, read_workbook
from relance.domain.balance_reading import BalanceReading

__all__ = [
    "BalanceHints",
    "BalanceQuestion",
    "BalanceRefused",
    "SafetyLimits",
    "SeenTable",
    "hints_of",
    "read_balance",
]

_NO_TABLES = ((b"%PDF", "pdf"), (b"<!DOCTYPE", "html"), (b"<html", "html"), (b"<?xml", "xml"),
              (b"{\\rtf", "rtf"))  # fmt: skip
_NO_HINTS = BalanceHints()
_LIMITS = SafetyLimits()


def read_balance(
    content: bytes,
    *,
    name: str = "",
    hints: BalanceHints = _NO_HINTS,
    limits: SafetyLimits = _LIMITS,
) -> BalanceReading:
    """What a dropped file says, every row accounted for.

    name only serves error messages. Raises `BalanceRefused` (nothing to read here) and
    `BalanceQuestion` (two readings: the hint that settles it is asked for).
    """
    try:
        with _no_cycle_search():
            return _read(content, hints, limits)
    except (BalanceRefused, BalanceQuestion) as error:
        error.detail.setdefault("file", name)
        raise


def _read(content: bytes, hints: BalanceHints, limits: SafetyLimits) -> BalanceReading:
    # Imported here: the ledger's readers use the values of this package.
    from relance.adapters.ledger_files.sources import ledger_in, ledger_in_table

    ledger = None if is_workbook(content) else ledger_in(content, hints, limits)
    if ledger is not None:
        return ledger
    table = read_table(content, limits)
    return _told(ledger_in_table(table, hints) or normalise(table, hints), table)


def _told(reading: BalanceReading, table: Table) -> BalanceReading:
    """With what only the table knows: how the text was read, what a workbook hides."""
    warnings = tuple(sorted({*reading.warnings, *table.warnings}))
    return replace(reading, encoding=table.encoding, separator=table.separator, warnings=warnings)


@contextmanager
def _no_cycle_search() -> Iterator[None]:
    """A reading makes a million small objects and no cycle: looking for them costs a third."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_table(content: bytes, limits: SafetyLimits = _LIMITS) -> Table:
    """The file as rows of cells, nothing understood yet."""
    check_size(content, limits)
    if is_workbook(content):
        return read_workbook(content, limits)
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, kind in _NO_TABLES:
        if start.startswith(mark.lower()):
            raise BalanceRefused("not-a-spreadsheet", {"kind": kind})
    return read_csv(content, limits)
