"""Why a message waits for the mode, a cap or a person (design §5 rule 7)."""

from relance.adapters.messages.reasons.sentence import Sentence

MODES: dict[str, Sentence] = {
    "address-of-strangers": Sentence(
        "Plus de cinq clients sans lien entre eux ont cette adresse : rien ne part avant qu’une "
        "personne ne l’ait confirmée.",
        "More than five customers who have nothing to do with each other have this address: "
        "nothing leaves until a person has confirmed it.",
    ),
    "batch-not-released": Sentence(
        "Les envois du jour attendent qu’une personne les libère : `relance release-day`.",
        "The day’s messages wait for a person to release them: `relance release-day`.",
    ),
    "daily-cap": Sentence(
        "Le nombre de messages du jour est atteint : décidé de nouveau le prochain jour ouvré.",
        "The day’s number of messages is reached: decided again on the next working day.",
    ),
    "first-messages-cap": Sentence(
        "Le nombre de premiers messages du jour est atteint : décidé de nouveau le prochain jour "
        "ouvré.",
        "The day’s number of first messages is reached: decided again on the next working day.",
    ),
    "letters-budget": Sentence(
        "Le budget de courrier du mois est dépensé.", "The month’s budget for letters is spent."
    ),
    "letters-cap": Sentence(
        "Le nombre de lettres du jour est atteint : décidé de nouveau le prochain jour ouvré.",
        "The day’s number of letters is reached: decided again on the next working day.",
    ),
    "no-such-item-to-release": Sentence(
        "Aucune pièce de ce numéro n’attend d’être libérée dans ce dossier.",
        "No document of that number waits to be released in this case.",
    ),
    "not-dispatched": Sentence(
        "Ce message n’a pas encore été libéré pour aujourd’hui.",
        "This message has not been let out for today yet.",
    ),
    "not-on-allow-list": Sentence(
        "Ce client n’est pas de ceux à qui ce créancier écrit pour l’instant.",
        "This customer is not among those this creditor writes to for now.",
    ),
    "nothing-to-release": Sentence(
        "Rien n’attend d’être libéré dans ce dossier.", "Nothing in this case waits to be released."
    ),
    "redirect-address-missing": Sentence(
        "Aucune adresse d’essai n’est donnée : rien ne part.",
        "No test address is given: nothing leaves.",
    ),
    "release-level-too-high": Sentence(
        "Une pièce ancienne reprend au niveau 1 ou 2, jamais à la mise en demeure.",
        "An old item starts at level 1 or 2, never at the formal notice.",
    ),
    "released-above": Sentence(
        "Étape passée : une personne a libéré la pièce à un niveau plus élevé.",
        "Step skipped: a person released the item at a higher level.",
    ),
    "stopped-by-person": Sentence(
        "Une personne a retenu ce message pour aujourd’hui.",
        "A person withheld this message for today.",
    ),
    "to-release": Sentence(
        "Déjà ancienne à son premier import : une personne doit la libérer (`relance release`).",
        "Already old when first imported: a person must release it (`relance release`).",
    ),
}
