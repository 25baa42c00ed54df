"""Sentences for what is wrong in `creditor.yaml` and `policy.yaml`: where, and what to write."""

import re
from collections.abc import Mapping

from relance.adapters.messages.reasons.sentence import Sentence

_AT = "Ligne {line}, champ {field} : "
_AT_EN = "Line {line}, field {field}: "
_WRITE = Sentence(_AT + "écrivez {expected}.", _AT_EN + "write {expected}.")

SENTENCES: dict[str, Sentence] = {
    "config-alias": _WRITE,
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
    "config-wrong-value": _WRITE,
    "policy-approval-auto": Sentence(
        _AT + "une mise en demeure ne part qu’après l’accord d’une personne ; écrivez {expected}.",
        _AT_EN + "a formal notice leaves only once a person approved it; write {expected}.",
    ),
    "policy-creditor-wide": Sentence(
        _AT + "cela ne peut pas différer d’un client à l’autre ; écrivez {expected} une seule "
        "fois, en tête de la politique.",
        _AT_EN + "it cannot differ from one customer to another; write {expected} once, at the "
        "top of the policy.",
    ),
    "policy-level-back": Sentence(
        _AT + "les niveaux ne redescendent pas ; écrivez {expected} ou un niveau plus haut, ou "
        "placez l’étape plus tôt dans la liste.",
        _AT_EN + "levels never go back; write {expected} or a higher one, or move the step up in "
        "the list.",
    ),
    "policy-levels-overlap": Sentence(
        _AT + "ce niveau commencerait avant la fin du précédent ; écrivez {expected} ou plus, ou "
        "avancez l’étape qui la précède.",
        _AT_EN + "this level would begin before the one below it has ended; write {expected} or "
        "more, or give the step before it an earlier day.",
    ),
    "policy-no-gap": Sentence(
        _AT + "l’étape doit venir après celle qui la précède ; écrivez {expected} ou plus.",
        _AT_EN + "the step must come after the one before it; write {expected} or more.",
    ),
    "policy-no-template": Sentence(
        _AT + "ce modèle n’existe pas en français et en anglais pour ce canal ; écrivez "
        "{expected}.",
        _AT_EN + "this template does not exist in French and English for this channel; write "
        "{expected}.",
    ),
    "policy-profile-insolvent": Sentence(
        _AT + "l’insolvabilité est un état juridique, pas un profil payeur ; pour un client à "
        "court de trésorerie, écrivez {expected}.",
        _AT_EN + "insolvency is a legal state, not a payer profile; for a customer short of cash, "
        "write {expected}.",
    ),
    "policy-too-few-reminders": Sentence(
        _AT + "aucune mise en demeure sans trois relances qui comptent ; écrivez {expected} ou "
        "plus. Une personne peut en ordonner une plus tôt, la machine jamais.",
        _AT_EN + "no formal notice without three reminders that count; write {expected} or more. "
        "A person may order one sooner, the machine never does.",
    ),
    "policy-unknown-currency": Sentence(
        _AT + "devise inconnue ; écrivez {expected}.",
        _AT_EN + "unknown currency; write {expected}.",
    ),
    "policy-unknown-profile": Sentence(
        _AT + "profil payeur inconnu ; écrivez {expected}.",
        _AT_EN + "unknown payer profile; write {expected}.",
    ),
    "policy-unknown-region": Sentence(
        _AT + "région inconnue du calendrier des jours fériés ; écrivez par exemple {expected}",
        _AT_EN + "the calendar of public holidays knows no such region; write for instance "
        "{expected}",
    ),
    "policy-unknown-step": Sentence(
        _AT + "la politique n’a pas d’étape de ce nom ; écrivez {expected}.",
        _AT_EN + "the policy has no step of that name; write {expected}.",
    ),
    "policy-window-empty": Sentence(
        "La fenêtre d’envoi est vide : envoi de {opens} à {closes}. Donnez send_from et send_until "
        "dans policy.yaml, le second après le premier.",
        "The sending window is empty: from {opens} to {closes}. Give send_from and send_until in "
        "policy.yaml, the second after the first.",
    ),
}  # fmt: skip

_FRENCH = {
    "0 or more": "0 ou plus",
    "[month, day], e.g. [8, 1]": "[mois, jour], par exemple [8, 1]",
    "a BIC of 8 or 11 characters": "un BIC de 8 ou 11 caractères",
    "a currency code of three letters, e.g. EUR": "un code de trois lettres, par exemple EUR",
    "a date, e.g. 2026-11-30": "une date, par exemple 2026-11-30",
    "a domain, e.g. mail.example.com": "un domaine, par exemple mail.example.com",
    "a key that no other step has": "un nom qu’aucune autre étape ne porte",
    "a name of its own for each part": "un nom propre à chaque partie",
    "a number, e.g. 20 or 20.50": "un nombre, par exemple 20 ou 20.50",
    "a number, or one per currency: {EUR: 20, USD: 25}": "un nombre, ou un par devise : "
    "{EUR: 20, USD: 25}",
    "a text": "un texte",
    "a time after send_from": "une heure après send_from",
    "a time zone, e.g. Europe/Paris": "un fuseau horaire, par exemple Europe/Paris",
    "a time, e.g. 08:00": "une heure, par exemple 08:00",
    "a whole number": "un nombre entier",
    "a-z, 0-9 and -, 40 at most": "a-z, 0-9 et -, 40 au plus",
    "an IBAN: its check digits are wrong": "un IBAN : sa clé est fausse",
    "an e-mail address": "une adresse e-mail",
    "at least one collector": "au moins un chargé de recouvrement",
    "at least one day, e.g. [mon, tue, wed, thu, fri]": "au moins un jour, par exemple "
    "[mon, tue, wed, thu, fri]",
    "at least one line": "au moins une ligne",
    "at least one role": "au moins une fonction",
    "at least one step": "au moins une étape",
    "days granted, e.g. 8: a formal notice": "un délai en jours, par exemple 8 : c’est une mise "
    "en demeure",
    "due_date: no earlier step grants a deadline": "due_date : aucune étape avant elle n’accorde "
    "de délai",
    "each key once": "chaque champ une seule fois",
    "fewer elements": "moins d’éléments",
    "fewer nested levels": "moins de niveaux imbriqués",
    "key: value lines": "des lignes champ: valeur",
    "key: value lines, indented": "des lignes champ: valeur, en retrait",
    "key: value lines, indented with spaces": "des lignes champ: valeur, en retrait par des "
    "espaces",
    "a file saved as UTF-8": "un fichier enregistré en UTF-8",
    "more elements": "davantage d’éléments",
    "nine digits, with their check digit": "neuf chiffres, clé comprise",
    "nothing: for registered letters only": "rien : pour les lettres recommandées seulement",
    "task at level litigation, and only there": "task au niveau litigation, et là seulement",
    "the name on the account": "le titulaire du compte",
    "the value, written again": "la valeur, écrite à nouveau",
    "three capital letters, e.g. EUR": "trois capitales, par exemple EUR",
    "what the part is told by": "ce à quoi la partie se reconnaît",
    "a list: [a, b], or one `- …` line each": "une liste : [a, b], ou une ligne `- …` chacun",
}
_OR_MORE = re.compile(r"(\d+) or more")


def expected_in(language: str, expected: str) -> str:
    """What to write, in that language; names and figures are the same in all."""
    if language != "fr":
        return expected
    if expected.startswith("one of: "):
        return "l’un de : " + expected.removeprefix("one of: ")
    more = _OR_MORE.fullmatch(expected)
    return f"{more.group(1)} ou plus" if more else _FRENCH.get(expected, expected)


def config_sentence(code: str, language: str, detail: Mapping[str, str]) -> str | None:
    """None for a code of something else."""
    pair = SENTENCES.get(code)
    if pair is None:
        return None
    said = {**detail, "expected": expected_in(language, detail.get("expected", "?"))}
    return (pair.fr if language == "fr" else pair.en).format_map(_Blank(said))


def is_mistake(code: str | None) -> bool:
    """Whether it says what is wrong in a configuration file."""
    return code in SENTENCES


def mistake_in(language: str, text: str) -> str:
    """A line of `ConfigRefused.seen` in that language; any other text as it is."""
    line, _, rest = text.partition(": ")
    field, found, expected = rest.partition(": ")
    if not found or not line.isdigit():
        return text
    return f"{line}: {field}: {expected_in(language, expected)}"


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
