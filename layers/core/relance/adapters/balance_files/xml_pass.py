"""One pass over the XML of a part, tag by tag: what a library will see, and nothing it will not.

Patterns over bytes can be led astray (comments, quotes, tags that close another); a document that
is well formed means the same to every reader.
"""

from collections.abc import Callable, Iterator
from xml.parsers import expat

from relance.adapters.balance_files.errors import BalanceRefused

_LONGEST_TAG = 8_000_000
Attributes = dict[str, str]


def walk(
    stream: Iterator[bytes],
    *,
    start: Callable[[str, Attributes], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call these for each tag and text, names with their prefix as written; a text may come in
    several pieces. Raises BalanceRefused.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_entities
    fed = 0
    try:
        for piece in stream:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise BalanceRefused("workbook-damaged")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BalanceRefused("workbook-damaged") from error


def _refuse_entities(*_: object) -> None:
    raise BalanceRefused("xml-entities")
