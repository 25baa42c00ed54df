"""The words of the worklist, in French and in English. Any of them is understood in a file that
comes back, with or without capitals and accents.
"""

import unicodedata
from collections.abc import Iterable, Mapping

from relance.adapters.messages.reasons import Sentence
from relance.adapters.messages.team_messages import CHECKS
from relance.application.worklists.rows import NO, REFUSE, SEEN, YES, RowKind

KINDS: dict[RowKind, Sentence] = {
    RowKind.CALL: Sentence("Appel", "Call"),
    RowKind.REPLY: Sentence("Réponse", "Reply"),
    RowKind.APPROVAL: Sentence("Approbation", "Approval"),
    RowKind.CHECK: Sentence("↳ Contrôle", "↳ Check"),
    RowKind.ARRANGEMENT: Sentence("Accord", "Arrangement"),
}
OUTCOMES: dict[str, Sentence] = {
    "reached": Sentence("Joint", "Reached"),
    "promise": Sentence("Promesse", "Promise"),
    "dispute": Sentence("Litige", "Dispute"),
    "invoice-not-received": Sentence("Facture non reçue", "Invoice not received"),
    "waiting-for-approval": Sentence("En validation chez le client", "Waiting for approval"),
    "payment-sent": Sentence("Règlement envoyé", "Payment sent"),
    "to-mend": Sentence("À corriger chez nous", "To mend on our side"),
    "voicemail": Sentence("Messagerie", "Voicemail"),
    "unreachable": Sentence("Injoignable", "Unreachable"),
    "wrong-number": Sentence("Faux numéro", "Wrong number"),
    SEEN: Sentence("Lue, rien à noter", "Read, nothing to note"),
    "approve": Sentence("Approuver", "Approve"),
    REFUSE: Sentence("Refuser", "Refuse"),
    YES: Sentence("Oui", "Yes"),
    NO: Sentence("Non", "No"),
}
MEANS: dict[str, Sentence] = {
    "transfer": Sentence("Virement", "Transfer"),
    "cheque": Sentence("Chèque", "Cheque"),
    "direct_debit": Sentence("Prélèvement", "Direct debit"),
    "bill_of_exchange": Sentence("LCR", "Bill of exchange"),
    "card": Sentence("Carte", "Card"),
    "cash": Sentence("Espèces", "Cash"),
}
ARRANGEMENTS: dict[str, Sentence] = {
    "lcr_signed": Sentence("LCR acceptée à approuver", "Bill accepted, to approve"),
    "set_off": Sentence("Compensation à approuver", "Set-off to approve"),
    "return": Sentence("Retour de marchandise à approuver", "Return of goods to approve"),
    "discount": Sentence("Remise à approuver", "Discount to approve"),
    "guarantee": Sentence("Garantie à approuver", "Guarantee to approve"),
}
SAID: dict[str, Sentence] = {
    "sheet": Sentence("À faire", "To do"),
    "lists": Sentence("Listes", "Lists"),
    "title": Sentence("{name} : à faire le {day}", "{name}: to do on {day}"),
    "author": Sentence("Rempli par (obligatoire) :", "Filled in by (required):"),
    "help": Sentence(
        "Remplissez les cases jaunes, enregistrez, déposez le fichier dans le dossier « {code} » "
        "du bac de dépôt. Une ligne laissée vide ne change rien. Un rapport arrive par e-mail.",
        "Fill in the yellow cells, save, drop the file in the folder “{code}” of the drop bucket. "
        "A row left empty changes nothing. A report comes by e-mail.",
    ),
    "formal": Sentence("Mise en demeure à approuver", "Formal notice to approve"),
    "notice": Sentence("Message à approuver ({step})", "Message to approve ({step})"),
    "promised": Sentence("Promesse en cours : {day}", "Promise held: {day}"),
    "until": Sentence("Attendu dans les comptes le {day}", "Expected in the accounts on {day}"),
    "also": Sentence("Aussi : {sum}", "Also: {sum}"),
    "due": Sentence("éch. {day}", "due {day}"),
    "more": Sentence("… et {count} autres", "… and {count} more"),
    "wrong": Sentence("À choisir dans la liste.", "Choose from the list."),
    "wrong-day": Sentence("Une date, par exemple 31/03/2026.", "A date, for instance 31/03/2026."),
    "wrong-amount": Sentence("Un montant plus grand que zéro.", "An amount above zero."),
}
CHECKED: dict[str, Sentence] = {str(code): sentence for code, sentence in CHECKS.items()}


def say(key: str, language: str, **values: str) -> str:
    return SAID[key].of(language).format(**values)


def code_of(text: str, words: Mapping[str, Sentence], allowed: Iterable[str]) -> str | None:
    """The code that a person means, by its word in either language or by itself."""
    wanted = _folded(text)
    for code in allowed:
        sentence = words[code]
        if wanted in map(_folded, (code, sentence.fr, sentence.en)):
            return code
    return None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
