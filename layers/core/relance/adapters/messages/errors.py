"""Sentences for the errors that people's commands meet, in French and in English."""

from relance.adapters.messages.reasons import REASONS, Sentence
from relance.domain.errors import RelanceError

ERRORS: dict[str, Sentence] = {
    "no-stack": Sentence(
        "Aucune pile ne répond. Lancez `relance up`, ou nommez-en une avec --stack.",
        "No stack answers. Run `relance up`, or name one with --stack.",
    ),
    "no-such-case": Sentence(
        "Ce créancier n’a pas de dossier pour ce client. Vérifiez le code client.",
        "This creditor has no case for that debtor. Check the debtor's code.",
    ),
    "unknown-creditor": Sentence(
        "Ce créancier est inconnu. Déposez d’abord son fichier creditor.yaml.",
        "This creditor is unknown. Drop its creditor.yaml first.",
    ),
    "unknown-notice": Sentence(
        "Aucune relance ne porte cet identifiant. Voyez `relance todo`.",
        "No notice has this id. See `relance todo`.",
    ),
    "unknown-reply": Sentence(
        "Aucune réponse ne porte cet identifiant. Voyez `relance todo`.",
        "No reply has this id. See `relance todo`.",
    ),
    "no-such-unread-reply": Sentence(
        "Cette réponse n’est pas en attente de lecture. Voyez `relance todo`.",
        "This reply is not waiting to be read. See `relance todo`.",
    ),
    "amount-over-several-debtors": Sentence(
        "Les pièces nommées sont de plusieurs clients ({debtors}) : indiquez un montant par "
        "client, avec une commande pour chacun.",
        "The documents named belong to several debtors ({debtors}): give one amount per debtor, "
        "with one command for each.",
    ),
    "no-open-call": Sentence(
        "Aucun appel n’est à passer pour ce client.",
        "No call to this debtor is open.",
    ),
    "not-awaiting-approval": Sentence(
        "Cette relance n’attend pas d’approbation : elle est « {status} ».",
        'This notice awaits no approval: it is "{status}".',
    ),
    "approver-prepared-it": Sentence(
        "Celui qui a préparé un message ne peut pas l’approuver : quatre yeux.",
        "Whoever prepared a message may not approve it: four eyes.",
    ),
    "not-doubtful": Sentence(
        "L’envoi de cette relance n’est pas douteux : elle est « {status} ».",
        'The send of this notice is not in doubt: it is "{status}".',
    ),
    "promise-in-the-past": Sentence(
        "La date promise, {date}, est déjà passée. Donnez une date à venir.",
        "The promised date, {date}, has passed. Give one to come.",
    ),
    "promise-covers-nothing": Sentence(
        "Cette promesse ne couvre rien : aucune pièce n’est à demander.",
        "This promise covers nothing: there is no item to ask for.",
    ),
    "dispute-names-nothing": Sentence(
        "Ce litige ne nomme aucune pièce ouverte. Donnez les numéros avec --dispute.",
        "This dispute names no open item. Give the numbers with --dispute.",
    ),
    "payment-names-nothing": Sentence(
        "Aucune pièce ouverte n’est concernée par ce règlement annoncé.",
        "No open item is concerned by this announced payment.",
    ),
    "receipt-names-nothing": Sentence(
        "Nommez les pièces réglées, ou indiquez le montant reçu avec --amount.",
        "Name the documents that it pays, or give what came in with --amount.",
    ),
    "receipt-in-several-currencies": Sentence(
        "Ces pièces sont en plusieurs devises ({currencies}) : notez un règlement par devise.",
        "These documents are in several currencies ({currencies}): note one payment for each.",
    ),
    "receipt-noted-already": Sentence(
        "Le règlement de ces pièces est déjà noté en entier. Un autre versement ? Indiquez son "
        "montant avec --amount.",
        "These documents are already noted as paid in full. Another payment? Give its amount with "
        "--amount.",
    ),
    "no-such-open-item": Sentence(
        "Aucune facture ouverte ne porte le numéro {number}.",
        "No open invoice has the number {number}.",
    ),
    "no-such-task": Sentence(
        "Ce dossier n’a ni tâche ni suspension de ce nom. Voyez `relance case`.",
        "This case has no task and no hold of that name. See `relance case`.",
    ),
    "call-needs-its-outcome": Sentence(
        "Un appel se termine par son compte rendu : `relance call`.",
        "A call ends with its outcome: `relance call`.",
    ),
    "refusal-needs-a-reason": Sentence(
        "Dites pourquoi avec --reason : le refus est gardé comme preuve.",
        "Say why with --reason: the refusal is kept as evidence.",
    ),
    "payment-in-the-future": Sentence(
        "Le {date} n’est pas passé : notez une promesse plutôt qu’un règlement.",
        "{date} has not come yet: note a promise rather than a payment.",
    ),
    "no-suspicious-import": Sentence(
        "Aucune balance suspecte ne porte ce nom. Voyez `relance confirm-import` sans fichier.",
        "No suspicious balance has this name. See `relance confirm-import` without a file.",
    ),
    "refusal-names-no-drop": Sentence(
        "Nommez le dépôt à refuser : `relance confirm-import` sans fichier en donne la liste.",
        "Name the drop to refuse: `relance confirm-import` without a file lists them.",
    ),
    "import-continues": Sentence(
        "Ce fichier est long et n’est pas encore entièrement appliqué : relancez la même commande, "
        "elle reprend où elle s’est arrêtée. D’ici là rien ne part.",
        "This file is long and not applied to the end yet: run the same command again, it goes on "
        "where it stopped. Nothing leaves until then.",
    ),
    "simulated-clock-not-set": Sentence(
        "L’horloge simulée n’est pas réglée. Lancez `relance demo`.",
        "The simulated clock is not set. Run `relance demo`.",
    ),
    "allow-list-empty": Sentence(
        "Nommez au moins un client avec --debtor : la liste est vide.",
        "Name at least one debtor with --debtor: the list is empty.",
    ),
    "no-batch-to-release": Sentence(
        "Rien à libérer : ce créancier est en mode « {mode} », et non « confirm ».",
        'Nothing to release: this creditor is in mode "{mode}", not "confirm".',
    ),
    "no-such-address": Sentence(
        "Aucun contact de ce créancier n’a cette adresse.",
        "No contact of this creditor has that address.",
    ),
    "not-to-be-stopped": Sentence(
        "Ce message n’est plus à retenir : il est « {status} ». Une mise en demeure qui attend "
        "son approbation se refuse avec `relance approve --refuse`.",
        'This message can no longer be withheld: it is "{status}". A formal notice that awaits '
        "its approval is refused with `relance approve --refuse`.",
    ),
    "redirect-address-missing": Sentence(
        "Donnez l’adresse d’essai avec --to.",
        "Give the test address with --to.",
    ),
    "sample-to-a-stranger": Sentence(
        "Un essai montre les comptes de clients : il ne va qu’à l’équipe du créancier ou à son "
        "adresse d’essai.",
        "A sample shows customers’ accounts: it goes to the creditor’s team or its test address "
        "only.",
    ),
    "case-changed": Sentence(
        "Quelqu’un d’autre a modifié ce dossier au même moment. Recommencez.",
        "Somebody else changed this case at the same time. Try again.",
    ),
}


def error_sentence(error: RelanceError, language: str = "en") -> str:
    """The sentence of its code, else the code itself: a code is never lost."""
    found = ERRORS.get(error.code) or REASONS.get(error.code)
    if found is None:
        return str(error)
    text = found.fr if language == "fr" else found.en
    return text.format(**error.detail) if "{" in text else text
