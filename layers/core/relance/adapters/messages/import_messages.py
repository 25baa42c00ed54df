"""Sentences for the codes of an import: drops, contacts, configuration. Those of a balance's own
reading are in `balance_messages`.
"""

from collections.abc import Mapping

from relance.adapters.messages import balance_messages
from relance.adapters.messages.reasons import Sentence

_WRITE = "Ligne {line}, champ {field} : écrivez {expected}."
_WRITE_EN = "Line {line}, field {field}: write {expected}."

SENTENCES: dict[str, Sentence] = {
    "balance-empty": Sentence(
        "Le fichier ne contient aucune pièce alors que des pièces étaient ouvertes : il est gardé, "
        "rien n’est appliqué, et les relances attendent. Déposez le bon fichier ou confirmez-le.",
        "The file holds no item while items were open: it is kept, nothing is applied and "
        "reminders wait. Drop the right file or confirm this one.",
    ),
    "balance-older-than-last": Sentence(
        "Cette balance est plus ancienne que la dernière appliquée : elle est gardée, rien n’est "
        "appliqué, et les relances attendent. Déposez la dernière balance.",
        "This balance is older than the last one applied: it is kept, nothing is applied and "
        "reminders wait. Drop the latest balance.",
    ),
    "balance-shrunk": Sentence(
        "Plus de 40 % du montant ouvert a disparu depuis la dernière balance : elle est gardée, "
        "rien n’est appliqué, et les relances attendent. Vérifiez l’export, ou confirmez-la.",
        "More than 40% of the open amount vanished since the last balance: it is kept, nothing is "
        "applied and reminders wait. Check the export, or confirm it.",
    ),
    "balance-superseded": Sentence(
        "Une balance déposée après celle-ci est déjà appliquée : celle-ci n’a rien changé.",
        "A balance dropped after this one is applied already: this one changed nothing.",
    ),
    "bad-email": Sentence("adresse e-mail invalide", "invalid e-mail address"),
    "bad-phone": Sentence("numéro de téléphone illisible", "unreadable phone number"),
    "bad-siren": Sentence(
        "SIREN invalide (neuf chiffres, clé comprise)",
        "invalid SIREN (nine digits with their check digit)",
    ),
    "collector-unknown": Sentence(
        "Un chargé de recouvrement n’est pas dans creditor.yaml : le premier a été gardé.",
        "A collector is not in creditor.yaml: the first one was kept.",
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
    "creditor-code-mismatch": Sentence(
        "Le code du fichier n’est pas celui du dossier de dépôt : écrivez « code: {expected} ».",
        "The code of the file is not the one of its folder: write “code: {expected}”.",
    ),
    "creditor-unknown": Sentence(
        "Aucun créancier {creditor} : déposez d’abord son creditor.yaml.",
        "There is no creditor {creditor}: drop its creditor.yaml first.",
    ),
    "debtor-missing": Sentence("client absent", "missing customer"),
    "drop-not-found": Sentence(
        "Le fichier déposé n’est plus dans le compartiment.",
        "The dropped file is no longer in the bucket.",
    ),
    "missing-debtor": Sentence("client absent", "missing customer"),
    "payment-details-pending": Sentence(
        "Les coordonnées de paiement attendent deux confirmations ; les anciennes restent.",
        "The payment details wait for two confirmations; the former ones stay.",
    ),
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
    """The sentence of a code; the code itself when nobody wrote one."""
    pair = SENTENCES.get(code)
    if pair is None:
        return balance_messages.sentence(code, "fr" if language == "fr" else "en", detail)
    return (pair.fr if language == "fr" else pair.en).format_map(_Blank(detail))
