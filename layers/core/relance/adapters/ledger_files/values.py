"""Cells of a FEC: exact amounts, sides, dates."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from relance.adapters.balance_files.amounts import read_amount
from relance.adapters.balance_files.dates import read_date
from relance.adapters.balance_files.values import Bad

ZERO = Decimal()
_PLAIN = re.compile(r"-?\d{1,15}(?:,\d{1,6})?").fullmatch
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+").fullmatch
_DEBIT = frozenset({"d", "debit", "+1", "1", "+"})
_CREDIT = frozenset({"c", "credit", "-1", "-"})
_NO_LETTER = frozenset({"", "-", "--", "0"})


@lru_cache(maxsize=50_000)
def amount_of(text: str) -> Decimal | Bad | None:
    """None when blank. The law wants a comma and no thousands; a point is read as a decimal mark
    where it cannot be anything else.
    """
    if _PLAIN(text):
        return Decimal(text.replace(",", "."))
    text = text.strip()
    # "1.234" is one unit or a thousand: nobody can say.
    if "," not in text and _THOUSANDS(text.strip("+-")):
        return Bad("bad-amount", text)
    return read_amount(text, "," if "," in text else ".")


def side_of(text: str) -> int | None:
    """1 for debit, -1 for credit, None for neither."""
    word = text.strip().lower().replace("é", "e")
    return 1 if word in _DEBIT else -1 if word in _CREDIT else None


@lru_cache(maxsize=50_000)
def day_of(text: str) -> date | Bad | None:
    """None when blank. A French legal file has the day first where it is not AAAAMMJJ."""
    text = text.strip()
    if text.isdecimal() and len(text) != 8 and text.strip("0"):
        return Bad("bad-date", text)
    return read_date(text, "day-first")


def letter_of(text: str) -> str:
    letter = text.strip()
    return "" if letter in _NO_LETTER else letter
