"""Sentences for what is wrong with contacts and configuration files. Those of a balance's reading
are in `balance_messages`, those of the import itself in `reasons`.
"""

from collections.abc import Mapping

from relance.adapters.messages import balance_messages
from relance.adapters.messages.reasons import REASONS, Sentence, reason_sentence

_WRITE = "Ligne {line}, champ {field} : écrivez {expected}."
_WRITE_EN = "Line {line}, field {field}: write {expected}."

SENTENCES: dict[str, Sentence] = {
    "bad-email": Sentence("adresse e-mail invalide", "invalid e-mail address"),
    "bad-payment-day": Sentence(
        "jour de paiement illisible : écrivez par exemple « 10, 25 »",
        'unreadable payment day: write for instance "10, 25"',
    ),
    "bad-phone": Sentence("numéro de téléphone illisible", "unreadable phone number"),
    "bad-siren": Sentence(
        "SIREN invalide (neuf chiffres, clé comprise)",
        "invalid SIREN (nine digits with their check digit)",
    ),
    "config-alias": Sentence(_WRITE, _WRITE_EN),
    "config-duplicate-key": Sentence(
        "Ligne {line} : le champ {field} est écrit deux fois.",
        "Line {line}: field {field} is written twice.",
    ),
    "config-malformed": Sentence(
        "Ligne {line} : le fichier ne se lit pas ({expected}).",
        "Line {line}: the file cannot be read ({expected}).",
    ),
    "config-missing-key": Sentence(
        "Ligne {line} : il manque le champ {field}.", "Line {line}: field {field} is missing."
    ),
    "config-not-utf8": Sentence(
        "Enregistrez le fichier {file} en UTF-8.", "Save the file {file} as UTF-8."
    ),
    "config-too-large": Sentence(
        "Le fichier {file} est trop grand ({expected}).",
        "The file {file} is too large ({expected}).",
    ),
    "config-unknown-key": Sentence(
        "Ligne {line} : le champ {field} n’existe pas ; écrivez {expected}.",
        "Line {line}: there is no field {field}; write {expected}.",
    ),
    "config-wrong-value": Sentence(_WRITE, _WRITE_EN),
    "contacts-header-not-found": Sentence(
        "Aucune ligne de titres avec le client et une adresse e-mail.",
        "No header row with the customer and an e-mail address.",
    ),
    "missing-debtor": Sentence("client absent", "missing customer"),
    "policy-drops-not-taken": Sentence(
        "Un scénario ne se change pas encore par un dépôt.",
        "A policy cannot be changed by a drop yet.",
    ),
    "unknown-country": Sentence("pays inconnu", "unknown country"),
    "unknown-language": Sentence("langue inconnue", "unknown language"),
    "unknown-role": Sentence(
        "fonction inconnue (comptabilité fournisseurs, acheteur, direction ou juridique)",
        "unknown role (accounts payable, buyer, manager or legal)",
    ),
}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def import_sentence(code: str, language: str, detail: Mapping[str, str]) -> str:
    """The sentence of any code that a report may show; the code itself when nobody wrote one."""
    if code in REASONS:
        return reason_sentence(code, language)
    pair = SENTENCES.get(code)
    if pair is None:
        return balance_messages.sentence(code, "fr" if language == "fr" else "en", detail)
    return (pair.fr if language == "fr" else pair.en).format_map(_Blank(detail))
