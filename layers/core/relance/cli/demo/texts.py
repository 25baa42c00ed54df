"""The words of the terminal summary, in French and in English."""

from typing import NamedTuple


class Words(NamedTuple):
    fr: str
    en: str


WORDS: dict[str, Words] = {
    "title": Words(
        "75 jours chez {company}, du {first} au {last}", "75 days at {company}, {first} to {last}"
    ),
    "deploying": Words("Déploiement sur l’AWS local", "Deploying on the local AWS"),
    "days": Words("jours", "days"),
    "sent": Words("Ce qui est parti", "What was sent"),
    "who": Words("À qui, et pourquoi", "To whom, and why"),
    "held": Words("Ce qui a été retenu, et pourquoi", "What was held, and why"),
    "dropped": Words("Préparé puis abandonné", "Prepared, then dropped"),
    "tasks": Words("Tâches ouvertes", "Open tasks"),
    "open": Words("À ouvrir", "To open"),
    "focus": Words("Un dossier de bout en bout : {name}", "One case from end to end: {name}"),
    "checks": Words("Vérifié", "Checked"),
    "where": Words("Où sont les choses", "Where things are"),
    "step": Words("Étape", "Step"),
    "channel": Words("Canal", "Channel"),
    "messages": Words("Messages", "Messages"),
    "debtors": Words("Clients", "Customers"),
    "asked": Words("Demandé", "Asked"),
    "customer": Words("Client", "Customer"),
    "history": Words(
        "Messages, et jours après l’échéance", "Messages, and days after the due date"
    ),
    "reason": Words("Raison", "Reason"),
    "case_days": Words("Dossiers × jours", "Cases × days"),
    "period": Words("Du … au", "From … to"),
    "day": Words("Jour", "Day"),
    "what": Words("Quoi", "What"),
    "due": Words("Pour le", "Due"),
    "overview": Words(
        "{files} fichiers importés, {refused} lignes en quarantaine · {sent} messages envoyés, "
        "{bounced} revenu, {copies} copies de lettres par e-mail · {calls} appels passés · "
        "{replies} réponses de clients · "
        "{approved} mises en demeure approuvées",
        "{files} files imported, {refused} rows quarantined · {sent} messages sent, {bounced} "
        "bounced, {copies} e-mail copies of letters · {calls} calls made · {replies} replies from "
        "customers · {approved} formal notices approved",
    ),
    "replies": Words("Réponses de clients", "Customers’ replies"),
    "chain": Words(
        "Chaîne de preuves : {entries} entrées, vérifiée de bout en bout.",
        "Evidence chain: {entries} entries, verified from end to end.",
    ),
    "chain_broken": Words(
        "Chaîne de preuves : {entries} entrées, {problem}.",
        "Evidence chain: {entries} entries, {problem}.",
    ),
    "and_more": Words("… et {count} autres", "… and {count} more"),
    "try": Words("Essayez", "Try"),
    "emails": Words("e-mails", "e-mails"),
    "letters": Words("lettres", "letters"),
    "email": Words("e-mail", "e-mail"),
    "email_copy": Words("copie par e-mail", "e-mail copy"),
    "registered_letter": Words("lettre recommandée", "registered letter"),
    "letter": Words("lettre", "letter"),
    "call": Words("appel", "call"),
    "task": Words("tâche", "task"),
    "took": Words(
        "Déploiement {deploy:.0f} s, histoire {story:.0f} s.",
        "Deployment {deploy:.0f} s, story {story:.0f} s.",
    ),
    "failed": Words("Une vérification a échoué.", "A check failed."),
}

KINDS: dict[str, Words] = {
    "import": Words("Balance importée", "Balance imported"),
    "contacts": Words("Contacts importés", "Contacts imported"),
    "notice-sent": Words("Envoyé", "Sent"),
    "notice-delivered": Words("Remis au serveur du client", "Handed to the customer’s server"),
    "notice-bounced": Words("Revenu : adresse inconnue", "Bounced: unknown address"),
    "notice-approved": Words("Mise en demeure approuvée", "Formal notice approved"),
    "notice-expired": Words("Abandonné", "Dropped"),
    "notice-withheld": Words("Retenu au moment de partir", "Withheld when about to leave"),
    "notice-refused": Words("Refusé", "Refused"),
    "call-opened": Words("Appel à passer", "Call to make"),
    "call-logged": Words("Appel passé", "Call made"),
    "call-not-made": Words("Appel non passé", "Call not made"),
    "call-withdrawn": Words("Appel devenu inutile", "Call no longer needed"),
    "notice-contradicted": Words("Contredit par le serveur", "Contradicted by the mail server"),
    "hold-ended": Words("Suspension levée", "Hold ended"),
    "answer-planned": Words("Réponse au client", "Answer to the customer"),
    "owner-told": Words("Responsable prévenu", "Owner told"),
    "owner-reminded": Words("Responsable relancé", "Owner reminded"),
    "reply-human": Words("Réponse reçue", "Reply received"),
    "reply-out_of_office": Words("Absence reçue", "Absence received"),
    "reply-seen": Words("Réponse lue", "Reply read"),
    "task-opened-hand_over": Words("À transmettre au contentieux", "To hand over to litigation"),
    "task-opened-match_payment": Words("Règlement à rapprocher", "Payment to match"),
    "task-opened-find_contact": Words("Contact à trouver", "Contact to find"),
    "task-opened-find_address": Words("Adresse à trouver", "Address to find"),
    "task-opened-complete_data": Words("Données à compléter", "Data to complete"),
}

STEPS: dict[str, Words] = {
    "delivery_check": Words("Contrôle de livraison", "Delivery check"),
    "preventive": Words("Préventive", "Preventive"),
    "preventive_call": Words("Appel préventif", "Preventive call"),
    "email_1": Words("Niveau 1", "Level 1"),
    "call_1": Words("Appel niveau 1", "Level 1 call"),
    "email_2": Words("Niveau 1, 2e", "Level 1, 2nd"),
    "letter_2": Words("Niveau 2", "Level 2"),
    "call_2": Words("Appel niveau 2", "Level 2 call"),
    "email_3": Words("Niveau 2, 2e", "Level 2, 2nd"),
    "call_3": Words("Dernier appel", "Last call"),
    "formal_notice": Words("Mise en demeure", "Formal notice"),
    "hand_over": Words("Contentieux", "Hand-over"),
    "promise_recap": Words("Promesse confirmée", "Promise confirmed"),
    "dispute_noted": Words("Litige noté", "Dispute noted"),
    "dispute_resolved": Words("Litige : réponse", "Dispute: answer"),
    "plan_agreement": Words("Échéancier à signer", "Plan to sign"),
    "plan_agreed": Words("Échéancier en place", "Plan in place"),
    "plan_default": Words("Versement manquant", "Missing instalment"),
    "arrangement_recap": Words("Accord confirmé", "Arrangement confirmed"),
}

TASKS: dict[str, Words] = {
    "call": Words("Appel à passer", "Call to make"),
    "hand_over": Words("À transmettre au contentieux", "To hand over to litigation"),
    "match_payment": Words("Règlement à rapprocher", "Payment to match"),
    "find_contact": Words("Contact à trouver", "Contact to find"),
    "find_address": Words("Adresse à trouver", "Address to find"),
    "complete_data": Words("Données à compléter", "Data to complete"),
    "failed_step": Words("Étape en échec", "Failed step"),
    "review": Words("À revoir", "To review"),
    "end_plan": Words("Échéancier non tenu", "Broken plan"),
    "mend": Words("À corriger chez nous", "To mend on our side"),
}

FACTS: dict[str, Words] = {
    "reached": Words("joint", "reached"),
    "voicemail": Words("messagerie", "voicemail"),
    "unreachable": Words("injoignable", "unreachable"),
    "wrong-number": Words("mauvais numéro", "wrong number"),
    "promise": Words("promesse pour le {value}", "promise for {value}"),
    "disputed": Words("conteste {value}", "disputes {value}"),
    "announced_payment": Words("dit avoir payé {value}", "says {value} is paid"),
}

CHECKS: dict[str, Words] = {
    "nothing-asked-once-settled": Words(
        "rien n’est demandé d’une pièce soldée", "nothing is asked of a settled document"
    ),
    "nothing-asked-while-disputed": Words(
        "rien n’est demandé d’une pièce contestée", "nothing is asked of a disputed document"
    ),
    "nothing-asked-while-promised": Words(
        "rien n’est demandé d’une pièce promise ou dite payée",
        "nothing is asked of a document promised, or said to be paid",
    ),
    "nothing-sent-while-a-reply-is-unread": Words(
        "rien ne part tant qu’une réponse n’est pas lue",
        "nothing leaves while a reply is unread",
    ),
    "reminders-seven-days-apart": Words(
        "sept jours au moins entre deux relances", "reminders at least seven days apart"
    ),
    "one-message-a-day": Words(
        "un message par client et par jour au plus", "one message a customer and day at most"
    ),
    "copies-with-their-letter": Words(
        "copie d’une lettre le jour même, pour la même somme",
        "copy of a letter on its very day, for the same sum",
    ),
    "levels-in-order": Words("niveaux dans l’ordre, pièce par pièce", "levels in order, per item"),
    "first-formal-notice-45-to-60-days-late": Words(
        "première mise en demeure de 45 à 60 jours après l’échéance",
        "first formal notice 45 to 60 days after the due date",
    ),
    "formal-notices-approved-by-a-person": Words(
        "chaque mise en demeure approuvée par une personne",
        "every formal notice approved by a person",
    ),
    "nothing-on-closed-days": Words(
        "rien le samedi, le dimanche ni un jour férié", "nothing on a closed day"
    ),
    "evidence-chains-verified": Words(
        "chaîne de preuves de chaque dossier vérifiée", "evidence chain of every case verified"
    ),
    "no-message-lost": Words("aucun message perdu", "no message lost"),
}
