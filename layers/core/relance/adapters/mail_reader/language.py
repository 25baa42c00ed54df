"""French or English, by counting the words that only one of them uses every line."""

import re
from collections import Counter

_STOP_WORDS = {
    "fr": "le la les un une des du de et est pas nous vous je votre notre pour avec dans sur que "
    "qui "
          "ce cette mais sera été bonjour cordialement merci facture au aux il ne plus par être "
          "fait "
          "avons sommes suis ai bien dès ci-joint salutations madame monsieur",
    "en": "the a an and is are not we you i your our for with in on that which this but will "
    "been hello "
          "regards thanks thank please invoice it of to be have has from hi dear am was can as "
          "by at "
          "sincerely best payment",
    "de": "der die das und ist nicht wir sie ich ihre unsere für mit auf dass ein eine einen zu "
    "von im "
          "grüßen bitte rechnung vielen dank wird haben",
    "es": "el los las una y es no nosotros usted su nuestra para con en que factura gracias "
    "saludos por",
    "it": "il gli una e non noi voi vostra nostra per con che fattura grazie saluti sono della",
    "nl": "het een en niet wij u uw onze voor met op dat factuur bedankt groeten zijn van ik",
}  # fmt: skip
_SETS = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_ACCENTS = re.compile(r"[éèêàçùœ]")


def guess_language(text: str) -> str | None:
    """ "fr", "en" or another code; None when no known word is there, or on a tie."""
    words = [word.lower() for word in _WORD.findall(text[:20_000])]
    scores = Counter({code: sum(w in known for w in words) for code, known in _SETS.items()})
    if _ACCENTS.search(text):
        scores["fr"] += 1
    (best, first), (_, second) = scores.most_common(2)
    return best if first > second else None
