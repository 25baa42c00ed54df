"""What to write where YAML cannot be read: its parser says so to developers, in English."""

import yaml

SPACES = "spaces instead of the tab"
PLAIN_TEXT = "the text without its control characters: save the file as plain text (UTF-8)"
COLON = (
    "field: value, with a colon and a space, at the indent of the lines beside it, and between "
    "quotes a text that holds a colon"
)
INDENT = "the line with the indent of the lines beside it"
BRACKET = "the bracket that closes this one: [a, b] or {a: 1}"
NO_BRACKET = "the bracket that opens it, or remove this one"
QUOTE = "the quote that closes this one"
QUOTED = "the whole text between double quotes"
BACKSLASH = "the text without its backslash, or between single quotes"
ONE_DOCUMENT = "one policy or one creditor per file: no line ---"
PLAIN_VALUE = "the value itself, without !, & or *"
LINES = "key: value lines, indented with spaces"

_SAID = (
    ("found character '\\t'", SPACES),
    ("mapping values are not allowed", COLON),
    ("could not find expected ':'", COLON),
    ("found unknown escape", BACKSLASH),
    ("but found another document", ONE_DOCUMENT),
    ("found undefined tag handle", PLAIN_VALUE),
    ("but found '<anchor>'", PLAIN_VALUE),
    ("but found '<scalar>'", QUOTED),
    ("that cannot start any token", QUOTED),
    ("but found ']'", NO_BRACKET),
    ("but found '}'", NO_BRACKET),
    ("but found '<block", INDENT),
    ("but found '?'", INDENT),
    ("but found '-'", INDENT),
)
"""By a part of what the parser says; the first that fits."""
_BEGAN = (
    ("while parsing a flow", BRACKET),
    ("while scanning a quoted scalar", QUOTE),
)
"""What was opened and never closed is shown where it was opened."""


def mistake_of(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line, 1-based, and what to write there."""
    if isinstance(error, yaml.reader.ReaderError):
        position = error.position if isinstance(error.position, int) else 0
        return text.count("\n", 0, position) + 1, PLAIN_TEXT
    problem = str(getattr(error, "problem", None) or "")
    expected = next((write for said, write in _SAID if said in problem), None)
    opened = getattr(error, "context_mark", None)
    context = str(getattr(error, "context", None) or "")
    closing = next((write for said, write in _BEGAN if context.startswith(said)), None)
    if closing is not None and opened is not None and expected is None:
        return opened.line + 1, closing
    if expected is COLON and opened is not None:
        return opened.line + 1, expected
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1, expected or LINES
