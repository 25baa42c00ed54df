"""Bytes to text when the declared charset is missing, unknown or wrong."""

import codecs
import re

# What senders name one way and mean another: the superset decodes both.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
              "shift_jis": "cp932", "iso-2022-jp": "iso2022_jp_ext", "unicode-1-1-utf-7": "utf-7",
              "tis-620": "cp874", "cp-850": "cp850", "utf8mb4": "utf-8"}  # fmt: skip
# Python codecs that are no mail charset: they transform, or are slow on hostile input.
_NO_CHARSET = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "rot13"}
_C1 = re.compile(rb"[\x80-\x9f]")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, charset: str | None) -> str:
    """The text, never an exception. iso-8859-1 with bytes 80-9F is cp1252 (reply-conventions)."""
    name = _canonical(charset)
    if name == "iso8859-1" and _C1.search(data):
        name = "cp1252"
    if name == "ascii" and _HIGH.search(data):
        name = None
    for candidate in (name, "utf-8", "cp1252"):
        text = _try(data, candidate)
        if text is not None:
            return text.removeprefix("\ufeff")
    return data.decode("latin-1")


def _canonical(charset: str | None) -> str | None:
    """Python's name of a declared text charset, None when there is no such thing."""
    wanted = (charset or "").strip(" \t\r\n\"'").lower()
    try:
        name = codecs.lookup(_SUPERSETS.get(wanted, wanted)).name
    except (LookupError, ValueError):
        return None
    return None if name.replace("_", "-") in _NO_CHARSET else name


def _try(data: bytes, charset: str | None) -> str | None:
    if charset is None:
        return None
    try:
        text = data.decode(charset)
        text.encode("utf-8")  # a lone surrogate (utf-7) could never be written out
    except (LookupError, ValueError):
        return None
    return text
