"""Bytes to text, strictly: the bytes decide (general detectors were measured badly on French).

Order: byte order mark, UTF-16 by its NUL bytes, strict UTF-8, then the eight-bit encodings by the
French letters each would give and by what stands next to figures (`reference/input-formats.md`
§4.4).
"""

import codecs
import re

from relance.adapters.balance_files.errors import BalanceRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTERS = "éèàçêôîûâùëïüÉÈÀÇÊÔ°œ€£«»’"
_COMMON = "éèàçêôîûâùëïÉÈÀÇ°"
_ASCII = bytes(range(128))
_PROBED = 20_000
_NO_LETTER = rb"(?![A-Za-z\x80-\xff])"
_BESIDE_FIGURES = {
    # A euro sign after an amount, a no-break space between thousands: no letter stands there.
    "cp1252": re.compile(rb"(?:\d[ \xa0]?\x80" + _NO_LETTER + rb"|\d\xa0(?=[\d\x80]))"),
    "cp850": re.compile(rb"(?:\d[ \xff]?\xd5" + _NO_LETTER + rb"|\d\xff(?=[\d\xd5]))"),
}
_FIGURE_BYTES = {"cp1252": re.compile(rb"[\x80\xa0]"), "cp850": re.compile(rb"[\xd5\xff]")}
_FIGURE_WEIGHT = 4
_CP858_EURO = re.compile(rb"\d[ \xff]?\xd5" + _NO_LETTER)
_CONTROLS = re.compile(rb"[\x80-\x9f]")
_LATIN_9_BYTES = re.compile(rb"[\xa4\xa6\xa8\xb8\xbc\xbd\xbe]")
_LATIN_9 = re.compile(
    # ISO-8859-15 puts € Œ œ Š š ž Ÿ where CP1252 has ¤ ¼ ½ ¦ ¨ ¸ ¾, never beside a letter.
    rb"\xa4|[A-Za-z\xc0-\xff][\xbc\xbd\xa6\xa8\xb8\xbe]|[\xbc\xbd\xa6\xa8\xb8\xbe][A-Za-z\xc0-\xff]"
)


def decode(content: bytes) -> str:
    """The text of a file; raises `BalanceRefused` for bytes that are no text."""
    return decode_named(content)[0]


def decode_named(content: bytes) -> tuple[str, str]:
    """(text, name of its encoding)."""
    encoding = encoding_of(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BalanceRefused("encoding-unreadable", {"encoding": encoding}) from error
    if "\0" in text:
        raise BalanceRefused("nul-bytes")
    return text, encoding


def encoding_of(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    wide = _utf_16(content[:_PROBED])
    if wide:
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(content)
    return "utf-8"


def _utf_16(head: bytes) -> str | None:
    """Western text leaves every other byte NUL: the second of each pair, or the first."""
    pairs = len(head) // 2
    if not pairs or b"\0" not in head:
        return None
    first, second = head[0::2].count(0), head[1::2].count(0)
    if second > 0.6 * pairs and first <= 0.01 * pairs:
        return "utf-16-le"
    if first > 0.6 * pairs and second <= 0.01 * pairs:
        return "utf-16-be"
    return None


def _legacy(content: bytes) -> str:
    candidates = ["cp1252", "cp850"]
    if b"\n" not in content and b"\r" in content:
        candidates.append("mac_roman")  # lone CR: "CSV (Macintosh)"
    sample = content.translate(None, _ASCII)
    best = max(candidates, key=lambda encoding: _score(content, sample, encoding))
    if best == "cp850" and b"\xd5" in sample and _CP858_EURO.search(content):
        return "cp858"
    if best == "cp1252" and not _CONTROLS.search(sample) and _LATIN_9_BYTES.search(sample):
        return "iso-8859-15" if _LATIN_9.search(content) else best
    return best


def _score(content: bytes, sample: bytes, encoding: str) -> int:
    """Common French letters for, letters no French text holds against."""
    text = sample.decode(encoding, errors="replace")
    good = sum(text.count(letter) for letter in _COMMON)
    known = sum(text.count(letter) for letter in set(_LETTERS) - set(_COMMON))
    beside = 0
    if encoding in _BESIDE_FIGURES and _FIGURE_BYTES[encoding].search(sample):
        beside = len(_BESIDE_FIGURES[encoding].findall(content))
    strange = len(text) - good - known - text.count("\xa0") - text.count("\u2026")
    return 2 * good + _FIGURE_WEIGHT * beside - strange
