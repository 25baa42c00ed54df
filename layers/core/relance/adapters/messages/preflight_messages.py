"""The words of `relance preflight`: what each check looks at, and what to do when it finds some.

To add one: a rule in `domain/preflight_rules.py` and a line below, in both languages.
"""

from typing import NamedTuple

from relance.adapters.messages.reasons import Sentence


class CheckWords(NamedTuple):
    """what: true whatever it finds; advice: for when it finds something."""

    what: Sentence
    advice: Sentence


_NOTHING = Sentence("", "")

CHECKS: dict[str, CheckWords] = {
    "mode": CheckWords(Sentence("Mode du créancier", "Mode of the creditor"), _NOTHING),
    "balance-date": CheckWords(Sentence("Date de la balance", "Date of the balance"), _NOTHING),
    "messages-per-day": CheckWords(
        Sentence("Messages par jour, au plus", "Messages a day, at most"), _NOTHING
    ),
    "letters-per-day": CheckWords(
        Sentence("Courriers par jour, au plus", "Letters a day, at most"), _NOTHING
    ),
    "letters-per-month": CheckWords(
        Sentence(
            "Budget des courriers d’un mois (monnaie du créancier)",
            "Budget of a month’s letters (currency of the creditor)",
        ),
        _NOTHING,
    ),
    "no-balance": CheckWords(
        Sentence("Une balance est appliquée", "A balance is applied"),
        Sentence("Aucune ne l’est : déposez-en une.", "None is: drop one."),
    ),
    "balance-stale": CheckWords(
        Sentence("Elle est assez fraîche pour relancer", "It is fresh enough for reminders"),
        Sentence(
            "Elle a plus de deux jours ouvrés : déposez celle du jour.",
            "It is over two working days old: drop today’s.",
        ),
    ),
    "balance-suspicious": CheckWords(
        Sentence("Aucune balance suspecte n’attend", "No suspicious balance is waiting"),
        Sentence("Voyez relance confirm-import.", "See relance confirm-import."),
    ),
    "import-waiting": CheckWords(
        Sentence("Aucun fichier n’est en cours de prise en compte", "No file is being taken in"),
        Sentence("Attendez le compte rendu de l’import.", "Wait for the report of the import."),
    ),
    "payment-details-missing": CheckWords(
        Sentence("Coordonnées de paiement confirmées", "Payment details confirmed"),
        Sentence("Aucune ne l’est : voyez relance confirm.", "None are: see relance confirm."),
    ),
    "payment-details-waiting": CheckWords(
        Sentence("Aucune coordonnée n’attend de confirmation", "No payment details are waiting"),
        Sentence(
            "Deux personnes doivent les confirmer : voyez relance confirm.",
            "Two persons must confirm them: see relance confirm.",
        ),
    ),
    "creditor-paused": CheckWords(
        Sentence("Les envois ne sont pas en pause", "Sending is not paused"),
        Sentence(
            "Ils le sont : relance pause --resume les reprend.",
            "It is: relance pause --resume ends the pause.",
        ),
    ),
    "debtors-without-email": CheckWords(
        Sentence("Clients sans adresse e-mail utilisable", "Debtors without a working e-mail"),
        Sentence("Déposez un fichier de contacts.", "Drop a contacts file."),
    ),
    "debtors-without-address": CheckWords(
        Sentence("Clients sans adresse postale utilisable", "Debtors without a postal address"),
        Sentence("Aucune lettre ne peut partir.", "No letter can leave."),
    ),
    "debtors-without-language": CheckWords(
        Sentence("Clients sans langue", "Debtors without a language"),
        Sentence("On leur écrira dans la vôtre.", "They will be written to in yours."),
    ),
    "public-debtors": CheckWords(
        Sentence("Clients qui semblent publics", "Debtors that look public"),
        Sentence(
            "Leurs délais, leurs taux et leurs tribunaux diffèrent.",
            "Their terms, rates and courts differ.",
        ),
    ),
    "foreign-debtors": CheckWords(
        Sentence("Clients à l’étranger", "Debtors abroad"),
        Sentence(
            "Vérifiez leur langue, leur adresse et leurs jours fériés.",
            "Check their language, address and holidays.",
        ),
    ),
    "collective-accounts": CheckWords(
        Sentence("Comptes collectifs (clients divers…)", "Collective accounts (sundry…)"),
        Sentence("Personne ne doit être relancé par eux.", "Nobody may be chased through them."),
    ),
    "doubtful-items": CheckWords(
        Sentence("Pièces de clients douteux (416)", "Items of doubtful customers (416)"),
        Sentence("À ne pas relancer sans l’avoir décidé.", "Not to be chased undecided."),
    ),
    "items-without-due-date": CheckWords(
        Sentence("Pièces sans échéance", "Items without a due date"),
        Sentence("Aucune étape ne peut en partir.", "No step can start from them."),
    ),
    "flagged-items": CheckWords(
        Sentence(
            "Pièces en litige, contestées ou bloquées, dit la comptabilité",
            "Items in litigation, disputed or blocked, the accounts say",
        ),
        Sentence("Vérifiez ce qui les retient.", "Check what holds them."),
    ),
    "insured-items": CheckWords(
        Sentence("Pièces assurées", "Insured items"),
        Sentence("Des délais de déclaration courent.", "Deadlines for declaring them run."),
    ),
    "assigned-items": CheckWords(
        Sentence("Pièces cédées à un factor", "Items assigned to a factor"),
        Sentence(
            "Elles se paient à son compte, pas au vôtre.",
            "They are paid to its account, not yours.",
        ),
    ),
    "items-to-release": CheckWords(
        Sentence("Pièces échues depuis plus de 21 jours", "Items over 21 days late"),
        Sentence("À revoir avant de les relancer.", "Go through them before they are chased."),
    ),
    "profiles-proposed": CheckWords(
        Sentence("Profils payeurs proposés", "Payer profiles proposed"),
        Sentence("À confirmer par relance profile.", "To be confirmed with relance profile."),
    ),
    "mailboxes-shared": CheckWords(
        Sentence(
            "Adresses e-mail communes à deux à cinq clients sans lien connu",
            "E-mail addresses of two to five debtors with no known link",
        ),
        Sentence("Vérifiez à qui elles sont.", "Check whose they are."),
    ),
    "mailboxes-of-many": CheckWords(
        Sentence(
            "Aucune adresse e-mail commune à plus de cinq clients sans lien",
            "No e-mail address of more than five unrelated debtors",
        ),
        Sentence("Chacun lirait ce que doivent les autres.", "Each would read what others owe."),
    ),
}

LABELS: dict[str, Sentence] = {
    "title": Sentence("Avant de mettre en marche", "Before switching on"),
    "check": Sentence("À vérifier", "Check"),
    "count": Sentence("Nombre", "Count"),
    "owed": Sentence("Montant dû", "Owed"),
    "found": Sentence("Que faire, et où", "What to do, and where"),
    "unknown": Sentence("inconnu", "unknown"),
    "no-column": Sentence(
        "Aucune colonne des fichiers ne le dit.", "No column of the files tells."
    ),
    "largest": Sentence(
        "Les plus grosses pièces, à vérifier à la main", "The largest items, to check by hand"
    ),
    "debtor": Sentence("Client", "Debtor"),
    "document": Sentence("Pièce", "Document"),
    "due": Sentence("Échéance", "Due"),
    "open": Sentence("Ouvert", "Open"),
    "blocked": Sentence(
        "Ne mettez rien en marche : réglez d’abord les lignes marquées ✗.",
        "Switch nothing on: mend the lines marked ✗ first.",
    ),
    "ready": Sentence(
        "Rien ne bloque. Parcourez les listes, puis relance mode.",
        "Nothing blocks. Go through the lists, then relance mode.",
    ),
    "debtors_owing": Sentence("Clients qui doivent", "Debtors who owe"),
}


def what_is_checked(code: str, language: str) -> str:
    return _said(CHECKS[code].what, language)


def advice(code: str, language: str) -> str:
    return _said(CHECKS[code].advice, language)


def label(code: str, language: str) -> str:
    return _said(LABELS[code], language)


def _said(sentence: Sentence, language: str) -> str:
    return sentence.fr if language == "fr" else sentence.en
