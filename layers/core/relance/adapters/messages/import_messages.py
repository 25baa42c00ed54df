"""Sentences for what is wrong with contacts files and lists of receipts. Those of a balance's
reading are in `balance_messages`, of a configuration in `config_messages`, of the import itself in
`reasons`.
"""

from collections.abc import Mapping

from relance.adapters.messages import balance_messages, document_messages
from relance.adapters.messages.config_messages import config_sentence
from relance.adapters.messages.errors import ERRORS
from relance.adapters.messages.reasons import REASONS, Sentence, reason_sentence

SENTENCES: dict[str, Sentence] = {
    "bad-email": Sentence("adresse e-mail invalide", "invalid e-mail address"),
    "bad-payment-day": Sentence(
        "jour de paiement illisible : écrivez par exemple « 10, 25 »",
        'unreadable payment day: write for instance "10, 25"',
    ),
    "bad-phone": Sentence("numéro de téléphone illisible", "unreadable phone number"),
    "bad-siren": Sentence(
        "SIREN invalide (neuf chiffres, clé comprise)",
        "invalid SIREN (nine digits with their check digit)",
    ),
    "contacts-header-not-found": Sentence(
        "Aucune ligne de titres avec le client et une adresse e-mail.",
        "No header row with the customer and an e-mail address.",
    ),
    "missing-debtor": Sentence("client absent", "missing customer"),
    "bad-currency": Sentence(
        "devise illisible : écrivez un code de trois lettres, comme EUR",
        "unreadable currency: write a code of three letters, such as EUR",
    ),
    "missing-amount": Sentence("montant absent", "missing amount"),
    "payment-names-nobody": Sentence(
        "règlement sans client ni numéro de pièce : ajoutez l’un des deux",
        "payment without a customer or a document number: add one of them",
    ),
    "payment-returned": Sentence(
        "règlement rejeté par la banque : à traiter par une personne, la prochaine balance le dira",
        "payment returned by the bank: for a person to look at, the next balance will show it",
    ),
    "payments-header-not-found": Sentence(
        "Aucune ligne de titres avec un montant reçu et un client ou une facture.",
        "No header row with an amount received and a customer or an invoice.",
    ),
    "payments-or-balance": Sentence(
        "Règlements reçus ou factures ? Déposez le fichier dans le dossier « paiements » "
        "ou « balances » du créancier.",
        'Payments received or invoices? Drop the file in the folder "payments" or "balances" '
        "of the creditor.",
    ),
    "policy-formal-notice-auto": Sentence(
        "Étape {step} : une mise en demeure ne part qu’après l’accord d’une personne ; écrivez "
        "approval: confirm.",
        "Step {step}: a formal notice leaves only once a person approved it; write approval: "
        "confirm.",
    ),
    "unknown-country": Sentence("pays inconnu", "unknown country"),
    "unknown-language": Sentence("langue inconnue", "unknown language"),
    "unknown-payment-method": Sentence(
        "mode de règlement inconnu (virement, chèque, prélèvement, LCR, carte ou espèces)",
        "unknown payment method (transfer, cheque, direct debit, bill of exchange, card or cash)",
    ),
    "unknown-flag": Sentence(
        "consigne de relance inconnue (normal, confirmer, manuel ou jamais)",
        "unknown way of chasing (normal, confirm all, manual only or never)",
    ),
    "bad-review-date": Sentence(
        "date de revue illisible (31/12/2026)",
        "review date not understood (2026-12-31)",
    ),
    "unknown-profile": Sentence(
        "profil inconnu (négligent, mauvais payeur, en difficulté, administratif, litigieux, "
        "automatique ou bon payeur)",
        "unknown profile (negligent, bad payer, short of cash, administrative, dispute, automatic "
        "or good)",
    ),
    "unknown-role": Sentence(
        "fonction inconnue (comptabilité fournisseurs, acheteur, direction ou juridique)",
        "unknown role (accounts payable, buyer, manager or legal)",
    ),
}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def import_sentence(code: str, language: str, detail: Mapping[str, str]) -> str:
    """The sentence of any code that a report may show; the code itself when nobody wrote one."""
    if code in REASONS:
        return reason_sentence(code, language).format_map(_Blank(detail))
    told = config_sentence(code, language, detail)
    if told is not None:
        return told
    pair = SENTENCES.get(code) or document_messages.SENTENCES.get(code)
    pair = pair or ERRORS.get(code)
    if pair is None:
        return balance_messages.sentence(code, "fr" if language == "fr" else "en", detail)
    return (pair.fr if language == "fr" else pair.en).format_map(_Blank(detail))
