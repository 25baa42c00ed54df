"""Why a message leaves or not, and what became of it."""

from relance.adapters.messages.reasons.sentence import Sentence

SENDING: dict[str, Sentence] = {
    "address-incomplete": Sentence(
        "L’adresse postale doit avoir au moins la voie et la ville.",
        "The postal address needs at least a street and a town.",
    ),
    "address-line-too-long": Sentence(
        "Une ligne de l’adresse dépasse 38 caractères.",
        "A line of the address is over 38 characters.",
    ),
    "address-missing": Sentence(
        "Aucune adresse postale n’est connue.", "No postal address is known."
    ),
    "address-too-many-lines": Sentence(
        "L’adresse dépasse six lignes.", "The address has more than six lines."
    ),
    "address-without-postcode": Sentence(
        "La dernière ligne de l’adresse ne commence pas par un code postal.",
        "The last line of the address does not start with a postcode.",
    ),
    "ambiguous-sender": Sentence(
        "L’expéditeur est connu dans plusieurs dossiers : rattachez ce message à la main.",
        "The sender is known in several cases: file this message by hand.",
    ),
    "complaint": Sentence(
        "Le destinataire a signalé le message comme indésirable.",
        "The recipient reported the message as unwanted.",
    ),
    "hard-bounce": Sentence(
        "Le message est revenu : l’adresse n’existe pas ou plus.",
        "The message came back: the address does not exist, or no longer does.",
    ),
    "late-payment-rate-unknown": Sentence(
        "Le taux des pénalités de ce semestre n’est pas enregistré : ajoutez-le au fichier "
        "des taux.",
        "The penalty rate of this half-year is not recorded: add it to the rates file.",
    ),
    "not-planned": Sentence(
        "Cette relance n’est plus prévue.", "This notice is no longer planned."
    ),
    "nothing-to-ask": Sentence(
        "Il n’y a rien à demander aujourd’hui.", "There is nothing to ask for today."
    ),
    "letter-copy": Sentence(
        "Copie de la lettre recommandée partie pour ce client.",
        "Copy of the registered letter that left for this customer.",
    ),
    "outside-window": Sentence(
        "Hors des heures d’envoi du créancier.", "Outside the creditor’s sending hours."
    ),
    "planned": Sentence("Le message est prévu.", "The message is planned."),
    "rejected-by-ses": Sentence(
        "Le service d’envoi a refusé le message.", "The sending service refused the message."
    ),
    "resolved-not-sent": Sentence(
        "Une personne a constaté que le message n’était pas parti.",
        "A person found that the message had not left.",
    ),
    "sent-but-team-not-told": Sentence(
        "La lettre est prête, mais l’équipe n’a pas pu en être prévenue.",
        "The letter is ready, but the team could not be told.",
    ),
    "soft-bounce": Sentence(
        "Le message n’a pas été remis pour l’instant ; ce peut être une absence.",
        "The message was not delivered for now; it may be an absence.",
    ),
    "unknown-sender": Sentence(
        "L’expéditeur n’est connu dans aucun dossier : rattachez ce message à la main.",
        "The sender is known in no case: file this message by hand.",
    ),
    "verdict-failed": Sentence(
        "Les contrôles d’authenticité de ce message ont échoué : ne vous y fiez pas sans "
        "vérifier. Il n’a aucun effet sur le dossier.",
        "The authenticity checks of this message failed: do not trust it unchecked. It has no"
        " effect on the case.",
    ),
}
