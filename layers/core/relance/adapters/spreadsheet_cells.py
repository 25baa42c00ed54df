"""Cells that people open in a spreadsheet: a text must never be run as a formula.

Names and references come from outside. Amounts and dates are values of ours and stay as they are.
"""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four: the wide forms of the first four, which spreadsheets of the East run too."""


def starts_formula(text: str) -> bool:
    return text.startswith(_STARTS)


def cell_text(value: object) -> str:
    """An apostrophe before what would be run: spreadsheets show the rest as text."""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and starts_formula(text) else text
