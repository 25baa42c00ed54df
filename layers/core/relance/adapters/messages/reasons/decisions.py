"""Why something is done for a case today, or not."""

from relance.adapters.messages.reasons.sentence import Sentence

DECISIONS: dict[str, Sentence] = {
    "awaiting-approval": Sentence(
        "Un message sur cette pièce attend d’être confirmé par une personne.",
        "A message about this item is waiting for a person to confirm it.",
    ),
    "called-lately": Sentence(
        "Le client vient d’être appelé pour tout son compte : cet appel attend, et ne retarde "
        "rien.",
        "The customer was called lately about all of the account: this call waits, and delays "
        "nothing.",
    ),
    "call-not-made": Sentence(
        "Aucun compte rendu dans les trois jours ouvrés : l’appel compte comme non passé.",
        "Nothing was logged within three working days: the call counts as not made.",
    ),
    "call-open": Sentence(
        "Un appel est déjà à passer pour ce client : il reprend toutes ses pièces.",
        "A call to this customer is already open: it lists all their items.",
    ),
    "closed-day": Sentence(
        "Rien ne part un samedi, un dimanche ou un jour férié.",
        "Nothing leaves on a Saturday, a Sunday or a public holiday.",
    ),
    "contact-budget": Sentence(
        "Le client a déjà été contacté autant que permis ces sept derniers jours.",
        "The customer has been contacted as often as allowed in the last seven days.",
    ),
    "covered-by-credits": Sentence(
        "Des avoirs ou des règlements non rapprochés couvrent cette pièce.",
        "Credit notes or unmatched payments cover this item.",
    ),
    "disputed": Sentence("Le client conteste cette pièce.", "The customer disputes this item."),
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
    "formal-notice-too-small": Sentence(
        "Toutes les relances sont faites et le total reste sous le minimum de la mise en demeure : "
        "une personne décide (passer en perte, transmettre ou attendre).",
        "All the reminders are done and the total stays under the minimum of the formal notice: "
        "a person decides (write it off, hand it over or wait).",
    ),
    "handed-over": Sentence(
        "Le dossier a été transmis au contentieux : plus rien ne part.",
        "The case was handed over: nothing more leaves.",
    ),
    "importing": Sentence(
        "Un fichier est en cours de prise en compte : les relances attendent.",
        "A file is being taken in: reminders wait.",
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
    "not-due-yet": Sentence(
        "La date de cette étape n’est pas encore venue.", "This step is not due yet."
    ),
    "not-made": Sentence("L’appel n’a pas été passé.", "The call was not made."),
    "nothing-left": Sentence(
        "Il ne reste aucune étape à faire pour cette pièce.", "No step is left to do for this item."
    ),
    "observe-mode": Sentence(
        "Mode observation : ceci aurait été envoyé, rien n’est parti.",
        "Observe mode: this would have been sent, nothing left.",
    ),
    "on-hold": Sentence("Le dossier est suspendu.", "The case is on hold."),
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
    "payment-details-missing": Sentence(
        "Les coordonnées de paiement du créancier ne sont pas confirmées.",
        "The creditor’s payment details are not confirmed.",
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
    "settled": Sentence(
        "La pièce est soldée dans la dernière balance.", "The item is settled in the last balance."
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
    "taken-along": Sentence(
        "La mise en demeure du client emporte cette pièce, dont la sienne était proche : les "
        "étapes qui restaient n’ont plus lieu.",
        "The customer's formal notice takes this item along, whose own was near: the steps that "
        "were left before it are not done.",
    ),
    "too-soon-after-last-reminder": Sentence(
        "La dernière relance de ce client est trop récente.",
        "This customer’s last reminder is too recent.",
    ),
    "under-minimum": Sentence(
        "Le montant est sous le minimum de cette étape : elle est sautée.",
        "The amount is under the minimum of this step, which is skipped.",
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
    "wrong-number": Sentence(
        "Le numéro de téléphone n’est pas le bon.", "The telephone number is wrong."
    ),
}
