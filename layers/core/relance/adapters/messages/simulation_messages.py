"""The words of `relance simulate`."""

from relance.adapters.messages.reasons import Sentence

WORDS: dict[str, Sentence] = {
    "title": Sentence("Simulation du {first} au {last}", "Simulation from {first} to {last}"),
    "about": Sentence(
        "{debtors} clients, {items} pièces, {days} jours ouvrés. Rien ne part : ce sont les "
        "décisions que prendrait le traitement quotidien.",
        "{debtors} customers, {items} items, {days} open days. Nothing leaves: these are the "
        "decisions that the daily run would take.",
    ),
    "by_day": Sentence("Par jour et par canal", "By day and channel"),
    "details": Sentence("Messages, appels et tâches", "Messages, calls and tasks"),
    "held": Sentence("Ce qui attend, et pourquoi", "What waits, and why"),
    "day": Sentence("Jour", "Day"),
    "channel": Sentence("Canal", "Channel"),
    "level": Sentence("Niveau", "Level"),
    "debtor": Sentence("Client", "Customer"),
    "items": Sentence("Pièces", "Items"),
    "step": Sentence("Étape", "Step"),
    "steps": Sentence("Étapes", "Steps"),
    "count": Sentence("Nombre", "Count"),
    "asked": Sentence("Avancé", "Advanced"),
    "reason": Sentence("Motif", "Reason"),
    "customers": Sentence("Clients", "Customers"),
    "total": Sentence("Total", "Total"),
    "paid": Sentence("Encaissé : {sum}", "Paid: {sum}"),
    "open": Sentence("Reste ouvert à la fin : {sum}", "Still open at the end: {sum}"),
    "more": Sentence(
        "… et {more} autres : --all les montre tous, --json les donne.",
        "… and {more} more: --all shows them all, --json gives them.",
    ),
    "nothing": Sentence("Rien à faire sur ces jours.", "Nothing to do on these days."),
}
CHANNELS: dict[str, Sentence] = {
    "email": Sentence("e-mail", "e-mail"),
    "call": Sentence("appel", "call"),
    "letter": Sentence("lettre", "letter"),
    "registered_letter": Sentence("recommandé", "registered letter"),
    "task": Sentence("tâche", "task"),
}
LEVELS: dict[str, Sentence] = {
    "preventive": Sentence("préventif", "preventive"),
    "level_1": Sentence("niveau 1", "level 1"),
    "level_2": Sentence("niveau 2", "level 2"),
    "level_3": Sentence("niveau 3", "level 3"),
    "litigation": Sentence("contentieux", "litigation"),
}
WARNINGS: dict[str, Sentence] = {
    "emails-assumed": Sentence(
        "Aucune adresse e-mail dans ces fichiers : chaque client est supposé en avoir une "
        "(--contacts FICHIER, ou --no-assume-contacts).",
        "No e-mail address in these files: each customer is taken to have one (--contacts FILE, "
        "or --no-assume-contacts).",
    ),
    "addresses-assumed": Sentence(
        "Aucune adresse postale dans ces fichiers : chaque client est supposé en avoir une "
        "(--contacts FICHIER, ou --no-assume-contacts).",
        "No postal address in these files: each customer is taken to have one (--contacts FILE, "
        "or --no-assume-contacts).",
    ),
    "rows-rejected": Sentence(
        "Lignes de la balance refusées, qui manquent ici : {count}. relance read les montre.",
        "Rows of the balance rejected, and missing here: {count}. relance read shows them.",
    ),
    "contacts-rejected": Sentence(
        "Lignes du fichier de contacts refusées, qui manquent ici : {count}.",
        "Rows of the contacts file rejected, and missing here: {count}.",
    ),
}
ERRORS: dict[str, Sentence] = {
    "dates-out-of-order": Sentence(
        "La date de fin précède celle du début.", "The last day comes before the first."
    ),
    "no-row-read": Sentence(
        "Aucune pièce de la balance n’a pu être lue, lignes refusées : {rows}. relance read dit "
        "pourquoi.",
        "No item of the balance could be read, rows rejected: {rows}. relance read says why.",
    ),
    "simulation-too-long": Sentence(
        "Au plus {days} jours : rapprochez --to de --from.",
        "At most {days} days: bring --to closer to --from.",
    ),
    "file-not-found": Sentence(
        "Le fichier {file} est introuvable ou illisible.",
        "The file {file} cannot be found or opened.",
    ),
    "unknown-policy": Sentence(
        "Aucun scénario ne s’appelle « {policy} » et aucun fichier n’a ce nom.",
        'No policy is named "{policy}", and no file has this name.',
    ),
    "unknown-payment-model": Sentence(
        "« {model} » n’est pas un modèle de paiement : never, typical, typical:GRAINE, ou un "
        "fichier numéro,date[,montant].",
        '"{model}" is no payment model: never, typical, typical:SEED, or a file of '
        "number,date[,amount].",
    ),
    "bad-payment-row": Sentence(
        "Ligne {line} des paiements : écrivez numéro,date[,montant], par exemple "
        "FA-1,2026-03-31,1200.50.",
        "Line {line} of the payments: write number,date[,amount], as in FA-1,2026-03-31,1200.50.",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    return _said(WORDS[key], language).format(**values)


def label(table: dict[str, Sentence], key: str, language: str) -> str:
    """The code itself when nobody has written its words."""
    found = table.get(key)
    return _said(found, language) if found else key


def _said(sentence: Sentence, language: str) -> str:
    return sentence.fr if language == "fr" else sentence.en
