"""Columns that the creditor named in `creditor.yaml`: they win over what the file seems to be."""

import re
from collections.abc import Mapping, Sequence

from relance.adapters.balance_files.errors import BalanceQuestion
from relance.adapters.balance_files.meanings import header_key
from relance.adapters.balance_files.synonyms import Field
from relance.domain.balance_settings import MAPPED_FIELDS

_LETTERS = re.compile(r"[A-Za-z]{1,3}")


def pinned_columns(mapping: Mapping[str, str | int], names: Sequence[str]) -> dict[Field, int]:
    """Field to index. Raises BalanceQuestion for a column that is not there exactly once."""
    found: dict[Field, int] = {}
    for name, wanted in mapping.items():
        if name not in MAPPED_FIELDS:
            raise BalanceQuestion("pinned-field-unknown", {"field": name}, tuple(MAPPED_FIELDS))
        index = _index(wanted, names)
        if index is None:
            detail = {"field": name, "column": str(wanted)}
            seen = tuple(text.strip() for text in names if text.strip())
            raise BalanceQuestion("pinned-column-not-found", detail, seen)
        found[Field(name)] = index
    return found


def _index(wanted: str | int, names: Sequence[str]) -> int | None:
    """By name first: a column may be named "A", or "3"."""
    if isinstance(wanted, str):
        exact = [i for i, name in enumerate(names) if name.strip() == wanted.strip()]
        close = exact or [i for i, name in enumerate(names)
                          if name.strip() and header_key(name) == header_key(wanted)]  # fmt: skip
        if close:
            return close[0] if len(close) == 1 else None
    position = _position(wanted)
    return position if position is not None and 0 <= position < len(names) else None


def _position(wanted: str | int) -> int | None:
    if isinstance(wanted, int) or wanted.strip().isdecimal():
        return int(wanted) - 1
    letters = wanted.strip().upper()
    if not _LETTERS.fullmatch(letters):
        return None
    index = 0
    for letter in letters:
        index = 26 * index + ord(letter) - ord("A") + 1
    return index - 1
