"""Why what a person asks for cannot be done."""

from relance.adapters.messages.reasons.sentence import Sentence

PEOPLE: dict[str, Sentence] = {
    "approver-prepared-it": Sentence(
        "La personne qui confirme ne peut pas être celle qui a préparé.",
        "The person who confirms cannot be the one who prepared it.",
    ),
    "refused-by-person": Sentence(
        "Une personne a refusé cette balance.", "A person refused this balance."
    ),
    "case-busy": Sentence(
        "Le dossier est en cours de modification : réessayez dans un instant.",
        "The case is being changed: try again in a moment.",
    ),
    "case-changed": Sentence(
        "Le dossier a changé depuis que le message a été préparé.",
        "The case has changed since the message was prepared.",
    ),
    "collector-unknown": Sentence(
        "Ce chargé de recouvrement n’est pas déclaré chez le créancier.",
        "This collector is not declared by the creditor.",
    ),
    "confirmation-by-uploader": Sentence(
        "La personne qui a déposé le fichier ne peut pas confirmer elle-même.",
        "The person who dropped the file cannot confirm it.",
    ),
    "confirmation-given-already": Sentence(
        "Cette personne a déjà confirmé : il en faut une autre.",
        "This person has confirmed already: another one is needed.",
    ),
    "creditor-busy": Sentence(
        "Le créancier est en cours de modification : réessayez dans un instant.",
        "The creditor is being changed: try again in a moment.",
    ),
    "creditor-unknown": Sentence(
        "Ce créancier n’existe pas encore : déposez d’abord son fichier creditor.yaml.",
        "This creditor does not exist yet: drop its creditor.yaml first.",
    ),
    "debtor-missing": Sentence(
        "La ligne n’indique pas le client.", "The row does not say which customer."
    ),
    "dispute-names-nothing": Sentence(
        "La contestation ne désigne aucune pièce due.", "The dispute names nothing that is owed."
    ),
    "no-open-call": Sentence(
        "Aucun appel n’est à passer pour ce client.", "No call to this customer is open."
    ),
    "no-pending-payment-details": Sentence(
        "Aucune coordonnée de paiement n’attend de confirmation.",
        "No payment details are waiting to be confirmed.",
    ),
    "no-such-case": Sentence(
        "Aucun dossier ne porte ce code client.", "No case has that customer code."
    ),
    "no-such-notice": Sentence(
        "Aucune relance ne porte cet identifiant.", "No notice has that identifier."
    ),
    "no-such-open-item": Sentence(
        "Aucune pièce ouverte ne porte ce numéro dans ce dossier.",
        "No open item of this case has that number.",
    ),
    "no-such-unread-reply": Sentence(
        "Aucune réponse non lue ne porte cet identifiant.", "No unread reply has that identifier."
    ),
    "not-awaiting-approval": Sentence(
        "Cette relance n’attend pas de confirmation.", "This notice is not waiting to be confirmed."
    ),
    "not-doubtful": Sentence(
        "L’envoi de cette relance n’est pas douteux : il n’y a rien à trancher.",
        "The sending of this notice is not in doubt: there is nothing to settle.",
    ),
    "payment-details-changed-since-seen": Sentence(
        "Un autre fichier a remplacé ces coordonnées depuis : relisez-les avant de confirmer.",
        "Another file has replaced these details since: read them again before confirming.",
    ),
    "payment-details-pending": Sentence(
        "Les coordonnées de paiement changent : les anciennes restent en vigueur jusqu’à la "
        "confirmation de deux personnes autres que celle qui a déposé le fichier. Vérifiez de"
        " vive voix avant de confirmer.",
        "The payment details change: the old ones stay until two persons other than the "
        "uploader have confirmed. Check by voice before confirming.",
    ),
    "payment-names-nothing": Sentence(
        "Le règlement annoncé ne désigne aucune pièce due.",
        "The announced payment names nothing that is owed.",
    ),
    "promise-covers-nothing": Sentence(
        "La promesse ne couvre aucune pièce due.", "The promise covers nothing that is owed."
    ),
    "promise-in-the-past": Sentence(
        "La date promise est déjà passée.", "The promised date has passed already."
    ),
}
