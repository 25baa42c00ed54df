"""Bytes to text, strictly: the bytes decide (general detectors were measured badly on French).

Order: byte order mark, strict UTF-8, then CP1252 or CP850 by the French letters each would give
(`reference/input-formats.md` §4.4).
"""

import codecs

from relance.adapters.balance_files.errors import BalanceRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTERS = "éèàçêôîûâùëïüÉÈÀÇÊÔ°œ€£«»’"
_COMMON = "éèàçêôîûâùëïÉÈÀÇ°"


def decode(content: bytes) -> str:
    """The text of a file; raises `BalanceRefused` for bytes that are no text."""
    text = _strict(content)
    if "\0" in text:
        raise BalanceRefused("nul-bytes")
    return text


def _strict(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise BalanceRefused("encoding-unreadable", {"encoding": encoding}) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(content)


def _legacy(content: bytes) -> str:
    sample = content.translate(None, bytes(range(128)))
    if _score(sample, "cp850") > _score(sample, "cp1252"):
        return content.decode("cp850")
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise BalanceRefused("encoding-unreadable", {"encoding": "cp1252"}) from error


def _score(sample: bytes, encoding: str) -> int:
    """Common French letters for, letters no French text holds against."""
    text = sample.decode(encoding, errors="replace")
    good = sum(text.count(letter) for letter in _COMMON)
    known = sum(text.count(letter) for letter in set(_LETTERS) - set(_COMMON))
    return 2 * good - (len(text) - good - known - text.count("\xa0") - text.count("\u2026"))
