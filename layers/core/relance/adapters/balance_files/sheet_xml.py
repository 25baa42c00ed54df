"""The XML of a sheet, for safety: how attributes are written, which texts cells share."""

import re
from collections.abc import Iterable, Iterator

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.safety import SafetyLimits

_MARKS = (b"='", b" =", b"= ", b"\t", b"\n", b"\r", b'=" ')
_UNUSUAL = re.compile(rb"\s(r|t|hidden)\s*=\s*['\"]\s*([^'\"<>]{0,40}?)\s*['\"]")
_SHARED = re.compile(rb' t="s"[^<>]{0,300}>\s{0,99}<(?:\w{1,20}:)?v[^<>]{0,99}>\s{0,99}(\d{1,9})')
_END_OF_TEXT = re.compile(rb"</(?:\w{1,20}:)?si\s{0,99}>|<(?:\w{1,20}:)?si\s{0,99}/>")


def usual(xml: bytes) -> bytes:
    """Attributes as every writer we know sets them: others would slip past the patterns."""
    return _UNUSUAL.sub(rb' \1="\2"', xml) if any(mark in xml for mark in _MARKS) else xml


def check_shared(
    cells: int, texts: Iterator[bytes], sheets: Iterable[Iterator[bytes]], limits: SafetyLimits
) -> None:
    """One long text that a million cells show becomes a million long texts in memory."""
    sizes = [len(text) for text in _END_OF_TEXT.split(b"".join(texts))]
    if cells * max(sizes) <= limits.text:
        return
    shown = sum(_shown(piece, sizes) for sheet in sheets for piece in sheet)
    if shown > limits.text:
        raise BalanceRefused("decompression-bomb", {"unpacked": str(shown)})


def _shown(xml: bytes, sizes: list[int]) -> int:
    places = map(int, _SHARED.findall(usual(xml)))
    return sum(sizes[place] for place in places if place < len(sizes))
