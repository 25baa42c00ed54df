"""What to write in a configuration file, in French; in English it is as the reader says it."""

import re

from relance.adapters.config_files import yaml_mistakes

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
    "each key once": "chaque champ une seule fois",
    "fewer elements": "moins d’éléments",
    "fewer nested levels": "moins de niveaux imbriqués",
    "key: value lines": "des lignes champ: valeur",
    "key: value lines, indented": "des lignes champ: valeur, en retrait",
    yaml_mistakes.LINES: "des lignes champ: valeur, en retrait par des espaces",
    yaml_mistakes.SPACES: "des espaces au lieu de la tabulation",
    yaml_mistakes.PLAIN_TEXT: "le texte sans ses caractères de contrôle : enregistrez le fichier "
    "en texte simple (UTF-8)",
    yaml_mistakes.COLON: "champ: valeur, avec deux-points et une espace, en retrait comme les "
    "lignes voisines, et entre guillemets un texte qui contient deux-points",
    yaml_mistakes.INDENT: "la ligne en retrait comme les lignes voisines",
    yaml_mistakes.BRACKET: "le crochet ou l’accolade qui ferme : [a, b] ou {a: 1}",
    yaml_mistakes.NO_BRACKET: "le crochet ou l’accolade qui ouvre, ou retirez celui-ci",
    yaml_mistakes.QUOTE: "le guillemet qui ferme",
    yaml_mistakes.QUOTED: "tout le texte entre guillemets doubles",
    yaml_mistakes.BACKSLASH: "le texte sans sa barre oblique inverse, ou entre guillemets simples",
    yaml_mistakes.ONE_DOCUMENT: "une seule politique ou un seul créancier par fichier, sans ligne "
    "---",
    yaml_mistakes.PLAIN_VALUE: "la valeur elle-même, sans !, & ni *",
    "a value of the kind that the documentation gives": "une valeur du genre que donne la "
    "documentation",
    "another name: this one is the formal notice's": "un autre nom : celui-ci est réservé à la "
    "mise en demeure",
    "shorter periods, that leave 90 days of the year open": "des périodes plus courtes, qui "
    "laissent 90 jours ouverts dans l’année",
    "true or false": "true (oui) ou false (non)",
    "a file saved as UTF-8": "un fichier enregistré en UTF-8",
    "more elements": "davantage d’éléments",
    "nine digits, with their check digit": "neuf chiffres, clé comprise",
    "nothing: for registered letters only": "rien : pour les lettres recommandées seulement",
    "the name on the account": "le titulaire du compte",
    "the value, written again": "la valeur, écrite à nouveau",
    "three capital letters, e.g. EUR": "trois capitales, par exemple EUR",
    "what the part is told by": "ce à quoi la partie se reconnaît",
    "a list: [a, b], or one `- …` line each": "une liste : [a, b], ou une ligne `- …` chacun",
}
_OR_MORE = re.compile(r"(\d+) or more")
_BETWEEN = re.compile(r"(-?\d+) to (\d+)")
_STARTS = {
    "one of: ": "l’un de : ",
    "the lines of a policy, from one that is shipped: ": "les lignes d’une politique, à partir de "
    "l’une de celles fournies : ",
}


def expected_in(language: str, expected: str) -> str:
    """What to write, in that language; names and figures are the same in all."""
    if language != "fr":
        return expected
    for english, french in _STARTS.items():
        if expected.startswith(english):
            return french + expected.removeprefix(english)
    more, between = _OR_MORE.fullmatch(expected), _BETWEEN.fullmatch(expected)
    if more:
        return f"{more.group(1)} ou plus"
    if between:
        return f"un nombre de {between.group(1)} à {between.group(2)}"
    return _FRENCH.get(expected, expected)
