"""The reason codes of decisions and of imports as sentences: why something was sent, held, dropped
or refused.

To add one: a line below, in both languages.
"""

from typing import NamedTuple


class Sentence(NamedTuple):
    fr: str
    en: str


REASONS: dict[str, Sentence] = {
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
    "approver-prepared-it": Sentence(
        "La personne qui confirme ne peut pas être celle qui a préparé.",
        "The person who confirms cannot be the one who prepared it.",
    ),
    "awaiting-approval": Sentence(
        "La mise en demeure attend d’être confirmée par une personne.",
        "The formal notice is waiting for a person to confirm it.",
    ),
    "balance-account-missing": Sentence(
        "Un compte collectif entier a disparu depuis la dernière balance.",
        "A whole general account has vanished since the last balance.",
    ),
    "balance-currency-missing": Sentence(
        "Une devise entière a disparu depuis la dernière balance.",
        "A whole currency has vanished since the last balance.",
    ),
    "balance-debtors-merged": Sentence(
        "Beaucoup de clients ont changé de code : confirmez que la codification a changé.",
        "Many customers have another code: confirm that the codes were changed.",
    ),
    "balance-of-another-creditor": Sentence(
        "Presque aucun client ni pièce en commun : vérifiez qu’il s’agit de ce créancier.",
        "Hardly any customer or item in common: check that it is of this creditor.",
    ),
    "balance-part-unknown": Sentence(
        "Le fichier, ou certaines lignes, ne correspond à aucune partie déclarée de la balance.",
        "The file, or some of its rows, matches no declared part of the balance.",
    ),
    "balance-range-missing": Sentence(
        "Toute une suite de clients a disparu : vérifiez que l’export n’est ni filtré ni tronqué.",
        "A whole range of customers has vanished: check that the export is whole.",
    ),
    "balance-empty": Sentence(
        "La balance ne contient aucune pièce alors que la précédente en avait.",
        "The balance holds no item although the last one did.",
    ),
    "balance-older-than-last": Sentence(
        "Cette balance est plus ancienne que la dernière appliquée.",
        "This balance is older than the last one applied.",
    ),
    "balance-shrunk": Sentence(
        "Plus de 40 % du montant ouvert a disparu depuis la dernière balance.",
        "More than 40% of the open amount has vanished since the last balance.",
    ),
    "balance-without-items": Sentence(
        "Cette balance donne un total par client, sans le détail des pièces : elle nourrit la "
        "balance âgée, et rien n’est relancé. Déposez l’export par pièce.",
        "This balance gives a total per customer and no items: it feeds the aged balance, and "
        "nothing is chased from it. Drop the export by item.",
    ),
    "merged-debtor": Sentence(
        "Deux codes clients n’en font plus qu’un : relisez ce dossier.",
        "Two customer codes became one: read this case again.",
    ),
    "payment-of-nobody-known": Sentence(
        "Ce règlement ne désigne aucun client connu.",
        "This payment names no known customer.",
    ),
    "payment-unmatched": Sentence(
        "Ce règlement dépasse les pièces ouvertes, ou n’en désigne aucune : rapprochez-le.",
        "This payment exceeds the open items, or names none: match it.",
    ),
    "payments-unmatched": Sentence(
        "Certains règlements ne se rapprochent d’aucune pièce ouverte.",
        "Some payments match no open item.",
    ),
    "refused-by-person": Sentence(
        "Une personne a refusé cette balance.", "A person refused this balance."
    ),
    "balance-superseded": Sentence(
        "Une balance plus récente est arrivée entre-temps : celle-ci est laissée de côté.",
        "A more recent balance has come in the meantime: this one is left out.",
    ),
    "call-not-made": Sentence(
        "Aucun compte rendu dans les trois jours ouvrés : l’appel compte comme non passé.",
        "Nothing was logged within three working days: the call counts as not made.",
    ),
    "call-open": Sentence(
        "Un appel est déjà à passer pour ce client : il reprend toutes ses pièces.",
        "A call to this customer is already open: it lists all their items.",
    ),
    "case-busy": Sentence(
        "Le dossier est en cours de modification : réessayez dans un instant.",
        "The case is being changed: try again in a moment.",
    ),
    "case-changed": Sentence(
        "Le dossier a changé depuis que le message a été préparé.",
        "The case has changed since the message was prepared.",
    ),
    "closed-day": Sentence(
        "Rien ne part un samedi, un dimanche ou un jour férié.",
        "Nothing leaves on a Saturday, a Sunday or a public holiday.",
    ),
    "collector-unknown": Sentence(
        "Ce chargé de recouvrement n’est pas déclaré chez le créancier.",
        "This collector is not declared by the creditor.",
    ),
    "complaint": Sentence(
        "Le destinataire a signalé le message comme indésirable.",
        "The recipient reported the message as unwanted.",
    ),
    "confirmation-by-uploader": Sentence(
        "La personne qui a déposé le fichier ne peut pas confirmer elle-même.",
        "The person who dropped the file cannot confirm it.",
    ),
    "confirmation-given-already": Sentence(
        "Cette personne a déjà confirmé : il en faut une autre.",
        "This person has confirmed already: another one is needed.",
    ),
    "contact-budget": Sentence(
        "Le client a déjà été contacté autant que permis ces sept derniers jours.",
        "The customer has been contacted as often as allowed in the last seven days.",
    ),
    "covered-by-credits": Sentence(
        "Des avoirs ou des règlements non rapprochés couvrent cette pièce.",
        "Credit notes or unmatched payments cover this item.",
    ),
    "creditor-busy": Sentence(
        "Le créancier est en cours de modification : réessayez dans un instant.",
        "The creditor is being changed: try again in a moment.",
    ),
    "creditor-code-mismatch": Sentence(
        "Le code du créancier dans le fichier n’est pas celui du dossier de dépôt.",
        "The creditor code in the file is not that of the drop folder.",
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
    "disputed": Sentence("Le client conteste cette pièce.", "The customer disputes this item."),
    "drop-key-refused": Sentence(
        "Le fichier doit être déposé directement dans le dossier du créancier.",
        "The file must be dropped directly in the creditor’s folder.",
    ),
    "drop-not-found": Sentence(
        "Le fichier déposé n’est plus là.", "The dropped file is no longer there."
    ),
    "entity-waits": Sentence(
        "Un autre compte de la même société retient la mise en demeure commune.",
        "Another account of the same company holds back the formal notice that they share.",
    ),
    "expired": Sentence(
        "Le message n’a pas pu partir le jour prévu : il est abandonné.",
        "The message could not leave on its day: it was dropped.",
    ),
    "failed-step": Sentence(
        "Une étape a échoué trois fois : une personne doit regarder.",
        "A step failed three times: a person must look.",
    ),
    "formal-notice-running": Sentence(
        "Une mise en demeure est en cours : les autres pièces attendent son issue.",
        "A formal notice is running: the other items wait for its outcome.",
    ),
    "handed-over": Sentence(
        "Le dossier a été transmis au contentieux : plus rien ne part.",
        "The case was handed over: nothing more leaves.",
    ),
    "hard-bounce": Sentence(
        "Le message est revenu : l’adresse n’existe pas ou plus.",
        "The message came back: the address does not exist, or no longer does.",
    ),
    "import-running": Sentence(
        "Un autre fichier de ce créancier est en cours de prise en compte.",
        "Another file of this creditor is being taken in.",
    ),
    "importing": Sentence(
        "Un fichier est en cours de prise en compte : les relances attendent.",
        "A file is being taken in: reminders wait.",
    ),
    "late-payment-rate-unknown": Sentence(
        "Le taux des pénalités de ce semestre n’est pas enregistré : ajoutez-le au fichier "
        "des taux.",
        "The penalty rate of this half-year is not recorded: add it to the rates file.",
    ),
    "letter-spacing": Sentence(
        "Moins de quinze jours depuis la dernière lettre recommandée.",
        "Less than fifteen days since the last registered letter.",
    ),
    "live-notice": Sentence(
        "Un message est déjà prévu ou en cours d’envoi pour ce dossier.",
        "A message is already planned or being sent for this case.",
    ),
    "message-under-minimum": Sentence(
        "Le total à demander est trop faible pour un message : il attend le prochain.",
        "The total to ask for is too small for a message: it waits for the next one.",
    ),
    "needs-three-reminders": Sentence(
        "Il faut trois relances restées vaines avant une mise en demeure.",
        "Three reminders must have been in vain before a formal notice.",
    ),
    "no-address": Sentence(
        "Aucune adresse postale utilisable n’est connue pour ce client.",
        "No usable postal address is known for this customer.",
    ),
    "no-contact": Sentence(
        "Aucun destinataire joignable n’est connu pour cette étape.",
        "No recipient who can be reached is known for this step.",
    ),
    "no-date": Sentence(
        "La pièce n’a pas la date dont l’étape a besoin.",
        "The item lacks the date that the step counts from.",
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
    "not-due-yet": Sentence(
        "La date de cette étape n’est pas encore venue.", "This step is not due yet."
    ),
    "not-made": Sentence("L’appel n’a pas été passé.", "The call was not made."),
    "not-planned": Sentence(
        "Cette relance n’est plus prévue.", "This notice is no longer planned."
    ),
    "nothing-left": Sentence(
        "Il ne reste aucune étape à faire pour cette pièce.", "No step is left to do for this item."
    ),
    "nothing-to-ask": Sentence(
        "Il n’y a rien à demander aujourd’hui.", "There is nothing to ask for today."
    ),
    "observe-mode": Sentence(
        "Mode observation : ceci aurait été envoyé, rien n’est parti.",
        "Observe mode: this would have been sent, nothing left.",
    ),
    "on-hold": Sentence("Le dossier est suspendu.", "The case is on hold."),
    "outside-window": Sentence(
        "Hors des heures d’envoi du créancier.", "Outside the creditor’s sending hours."
    ),
    "overtaken": Sentence(
        "Cette étape n’a plus lieu d’être : une étape plus avancée est venue.",
        "This step has lost its purpose: a later one has come.",
    ),
    "part-paid": Sentence(
        "Une partie a été réglée depuis que le message a été préparé.",
        "Part of it was paid since the message was prepared.",
    ),
    "paused": Sentence(
        "Les envois de ce créancier sont en pause.", "This creditor’s sending is paused."
    ),
    "payer-notice-live": Sentence(
        "Un autre message part aujourd’hui vers le même payeur.",
        "Another message to the same payer is leaving.",
    ),
    "flagged-blocked": Sentence(
        "La comptabilité signale cette pièce comme bloquée.",
        "The accounts flag this item as blocked.",
    ),
    "flagged-disputed": Sentence(
        "La comptabilité signale cette pièce en litige.",
        "The accounts flag this item as disputed.",
    ),
    "flagged-litigation": Sentence(
        "La comptabilité signale cette pièce au contentieux.",
        "The accounts flag this item as in litigation.",
    ),
    "payment-not-posted": Sentence(
        "Un règlement reçu n’apparaît toujours pas dans la balance : vérifiez son imputation.",
        "A payment received still does not show in the balance: check where it was posted.",
    ),
    "payment-received": Sentence(
        "Un règlement est reçu : nous attendons que la balance le montre.",
        "A payment has come in: we wait for the balance to show it.",
    ),
    "payment-announced": Sentence(
        "Le client dit avoir payé : nous attendons la balance suivante pour vérifier.",
        "The customer says it is paid: the next balance will tell.",
    ),
    "payment-details-changed-since-seen": Sentence(
        "Un autre fichier a remplacé ces coordonnées depuis : relisez-les avant de confirmer.",
        "Another file has replaced these details since: read them again before confirming.",
    ),
    "payment-details-missing": Sentence(
        "Les coordonnées de paiement du créancier ne sont pas confirmées.",
        "The creditor’s payment details are not confirmed.",
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
    "planned": Sentence("Le message est prévu.", "The message is planned."),
    "promise-covers-nothing": Sentence(
        "La promesse ne couvre aucune pièce due.", "The promise covers nothing that is owed."
    ),
    "promise-in-the-past": Sentence(
        "La date promise est déjà passée.", "The promised date has passed already."
    ),
    "promised": Sentence(
        "Le client a promis un règlement dont la date n’est pas passée.",
        "The customer promised a payment whose date has not passed.",
    ),
    "quiet-period": Sentence(
        "Période calme du créancier : rien de niveau 2 ou plus ne part.",
        "The creditor’s quiet period: nothing of level 2 or more leaves.",
    ),
    "recipient-changed": Sentence(
        "Le destinataire ou son adresse a changé depuis la préparation.",
        "The recipient or the address has changed since it was prepared.",
    ),
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
    "settled": Sentence(
        "La pièce est soldée dans la dernière balance.", "The item is settled in the last balance."
    ),
    "settled-cause-unknown": Sentence(
        "La pièce n’est plus dans la balance : soldée, cause inconnue.",
        "The item is no longer in the balance: settled, cause unknown.",
    ),
    "settled-confirmed": Sentence(
        "Une seconde balance confirme que la pièce est soldée.",
        "A second balance confirms that the item is settled.",
    ),
    "soft-bounce": Sentence(
        "Le message n’a pas été remis pour l’instant ; ce peut être une absence.",
        "The message was not delivered for now; it may be an absence.",
    ),
    "stale-balance": Sentence(
        "La dernière balance est trop ancienne pour cette étape : déposez-en une nouvelle.",
        "The last balance is too old for this step: drop a new one.",
    ),
    "step-due": Sentence("L’étape est arrivée à sa date.", "The step has come due."),
    "step-unknown": Sentence(
        "Cette étape n’existe plus dans le scénario de relance : remettez-l’y, ou regardez le "
        "dossier.",
        "This step is no longer in the policy: put it back, or look at the case.",
    ),
    "suspicious-import": Sentence(
        "La dernière balance attend votre confirmation : trop de pièces y manquent.",
        "The last balance awaits your confirmation: too many items are missing from it.",
    ),
    "missing-address": Sentence(
        "L’adresse postale manque : aucune lettre ne pourrait partir.",
        "The postal address is missing: no letter could leave.",
    ),
    "missing-data": Sentence(
        "Plusieurs informations manquent pour être payé à temps : le dossier les nomme.",
        "Several pieces of data are missing to be paid on time: the case names them.",
    ),
    "missing-due-date": Sentence(
        "La date d’échéance manque : complétez la pièce dans la comptabilité, elle n’est pas "
        "relancée sans elle.",
        "The due date is missing: complete the document in the accounts, it is not chased "
        "without one.",
    ),
    "missing-email": Sentence(
        "Aucune adresse e-mail valable : déposez un fichier de contacts.",
        "No e-mail address that works: drop a contacts file.",
    ),
    "missing-order-number": Sentence(
        "Le numéro de commande manque : ce client en demande un pour payer.",
        "The order number is missing: this customer needs one to pay.",
    ),
    "too-soon-after-last-reminder": Sentence(
        "La dernière relance de ce client est trop récente.",
        "This customer’s last reminder is too recent.",
    ),
    "under-minimum": Sentence(
        "Le montant est sous le minimum de cette étape : elle est sautée.",
        "The amount is under the minimum of this step, which is skipped.",
    ),
    "unknown-sender": Sentence(
        "L’expéditeur n’est connu dans aucun dossier : rattachez ce message à la main.",
        "The sender is known in no case: file this message by hand.",
    ),
    "unmatched-payment": Sentence(
        "Un règlement reçu n’est rapproché d’aucune facture depuis plus de cinq jours ouvrés.",
        "A payment has been matched to no invoice for more than five working days.",
    ),
    "unreached": Sentence("Trois appels sont restés sans réponse.", "Three calls went unanswered."),
    "unread-reply": Sentence(
        "Une réponse du client attend d’être lue : le dossier est suspendu.",
        "A reply from the customer is waiting to be read: the case is on hold.",
    ),
    "verdict-failed": Sentence(
        "Les contrôles d’authenticité de ce message ont échoué : ne vous y fiez pas sans "
        "vérifier. Il n’a aucun effet sur le dossier.",
        "The authenticity checks of this message failed: do not trust it unchecked. It has no"
        " effect on the case.",
    ),
    "wrong-number": Sentence(
        "Le numéro de téléphone n’est pas le bon.", "The telephone number is wrong."
    ),
}


def reason_sentence(code: str, language: str) -> str:
    """The sentence of a code, in French or else in English; an unknown code is shown as it is."""
    sentence = REASONS.get(code)
    if sentence is None:
        return code
    return sentence.fr if language == "fr" else sentence.en
