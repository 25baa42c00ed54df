"""What a document is, by the words of its path and of its first page, in French and English."""

import re
import unicodedata

INVOICE, ORDER, DELIVERY, DEPOSIT, OTHER = "invoice", "order", "delivery", "deposit", "other"
_WORDS = {
    DEPOSIT: "preuve de depot|recepisse de depot|preuve depot|depot lrar|accuse de reception|lrar|"
    "avis de reception|proof of deposit|proof of posting|certificate of posting",
    DELIVERY: "bl bon de livraison|bordereau de livraison|livraison|livraisons|bl|pod|cmr|emarge|"
    "delivery note|proof of delivery|delivery|deliveries|packing slip|recepisse",
    ORDER: "bon de commande|commande|commandes|bc|devis signe|purchase order|order|orders|po",
    INVOICE: "facture|factures|facturation|avoir|invoice|invoices|fac|inv|credit note",
}
_PROOFS = frozenset({"proofs", "proof", "preuves", "preuve"})
_PATTERNS = {kind: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])") for kind, words in _WORDS.items()}
_TITLE_CHARS = 600
"""A page says what it is near its top."""


def kind_of(path: str, text: str) -> str:
    """The file's own name first, then its folders, then the top of its first page."""
    *folders, name = path.split("/")
    for part in (name, *reversed(folders), text[:_TITLE_CHARS]):
        found = _kind_in(plain(part))
        if found is not None:
            return found
    if any(plain(folder).strip() in _PROOFS for folder in folders):
        return DELIVERY
    return OTHER


def _kind_in(words: str) -> str | None:
    """The kind that is named first: "bon de livraison de la commande 12" is a delivery note."""
    hits = {kind: found.start() for kind, p in _PATTERNS.items() if (found := p.search(words))}
    return min(hits, key=lambda kind: hits[kind]) if hits else None


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", letters)
