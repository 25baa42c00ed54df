"""The words of check-lists and of files handed over, as the commands print them."""

from relance.adapters.messages.reasons import Sentence
from relance.domain.checklist import CheckCode
from relance.domain.claim_file import Piece

CHECKS: dict[CheckCode, Sentence] = {
    CheckCode.INSOLVENCY: Sentence(
        "Pas de procédure collective (recherche faite ce jour)",
        "No insolvency proceedings (looked up today)",
    ),
    CheckCode.REGISTERED_OFFICE: Sentence(
        "L’adresse est celle du siège", "The address is that of the registered office"
    ),
    CheckCode.ORDER: Sentence("Commande ou contrat au dossier", "Order or contract on file"),
    CheckCode.DELIVERY: Sentence("Preuve de livraison au dossier", "Proof of delivery on file"),
    CheckCode.REPLY: Sentence("Aucune réponse à lire", "No reply to read"),
    CheckCode.DISPUTE: Sentence("Aucune contestation en cours", "No open dispute"),
    CheckCode.CREDIT: Sentence("Rien à rapprocher", "No credit or payment left to match"),
    CheckCode.INSURER: Sentence("Assureur-crédit informé", "Credit insurer told"),
    CheckCode.FACTOR: Sentence("Factor informé", "Factor told"),
}
STATES = {
    "known": Sentence("vu au dossier", "the file shows it"),
    "to-confirm": Sentence("à confirmer", "to confirm"),
}
PIECES: dict[Piece, Sentence] = {
    Piece.ORDER: Sentence("Manque : contrat ou commande", "Missing: contract or order"),
    Piece.DELIVERY: Sentence("Manque : preuve de livraison", "Missing: proof of delivery"),
    Piece.INVOICE: Sentence("Manque : facture", "Missing: invoice"),
    Piece.FORMAL_NOTICE: Sentence("Manque : mise en demeure", "Missing: formal notice"),
    Piece.DEPOSIT: Sentence(
        "Manque : preuve de dépôt de la mise en demeure",
        "Missing: proof of deposit of the formal notice",
    ),
    Piece.NO_DISPUTE: Sentence("Contestation en cours", "Open dispute"),
    Piece.DUE_DATE: Sentence("Manque : date d’échéance", "Missing: due date"),
    Piece.AMOUNT: Sentence(
        "Montant à arrêter : avoir, règlement ou promesse en cours",
        "Amount to settle: credit, payment or promise under way",
    ),
}
NOTES = {
    "only-approvers": Sentence(
        "Montant au-dessus du seuil : seul un approbateur déclaré peut confirmer.",
        "Above the threshold: only a declared approver may approve.",
    ),
    "complete": Sentence(
        "Rien ne manque : la créance paraît certaine, liquide et exigible.",
        "Nothing is missing: the claim looks certain, liquid and due.",
    ),
}
