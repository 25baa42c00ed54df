"""The number of the document that a line books, where the ledger has one."""

import re

from relance.adapters.ledger_files.columns import fold

_PLACEHOLDERS = frozenset({
    "an", "ano", "ran", "rn", "anouveau", "anouveaux", "a nouveau", "a nouveaux", "a-nouveau",
    "report", "report a nouveau", "ouv", "ouverture", "opening", "od", "vt", "ve", "fa", "nc",
    "na", "n/a", "div", "divers", "sans", "neant", "aucun", "aucune", "xx", "xxx", "null", "none",
})  # fmt: skip
_OPENING = re.compile(r"r?an(?:o|ouv|ouveaux?)?[ /-]?(?:19|20)\d{2}(?:\d{4})?").fullmatch
_SAID = re.compile(
    r"\b(?:factures?|fact|fac|invoice|inv|avoir|av|fa)\b[ .:]*(?:n[°ºo]?[ .:]*)?"
    r"([A-Z]{0,5}[-/]?\d[\w/-]*)",
    re.IGNORECASE,
)
_SHAPED = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,4}[-_/]?\d{4,}(?:[-/]\d+)*)(?![A-Za-z0-9])")


def is_placeholder(text: str) -> bool:
    """ "-", "x", "0000000", "RAN": the field had to be filled."""
    word = " ".join(fold(text).split())
    bare = re.sub(r"[\W_]", "", word)
    if word in _PLACEHOLDERS or _OPENING(word):
        return True
    return not bare.strip("0") or (len(bare) == 1 and bare.isalpha())


def document_number(piece: str, label: str, *, search_label: bool) -> str | None:
    """PieceRef, else the number that the label names ("VENTE ,FA2000004")."""
    if not is_placeholder(piece):
        return piece.strip()
    if not search_label:
        return None
    found = _SAID.search(label) or _SHAPED.search(label)
    return found[1] if found and not is_placeholder(found[1]) else None
