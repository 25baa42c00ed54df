"""Sentences about documents: why one is refused or waits, which mentions an invoice lacks."""

from relance.adapters.messages.reasons import Sentence

MENTIONS: dict[str, Sentence] = {
    "number": Sentence("le numéro de la facture", "the invoice number"),
    "issue-date": Sentence("la date d’émission", "the issue date"),
    "seller-name": Sentence("le nom du vendeur", "the seller’s name"),
    "seller-address": Sentence("l’adresse du vendeur", "the seller’s address"),
    "seller-siren": Sentence("le SIREN du vendeur", "the seller’s SIREN"),
    "seller-vat-number": Sentence("le numéro de TVA du vendeur", "the seller’s VAT number"),
    "buyer-name": Sentence("le nom du client", "the buyer’s name"),
    "buyer-address": Sentence("l’adresse du client", "the buyer’s address"),
    "buyer-siren": Sentence("le SIREN du client", "the buyer’s SIREN"),
    "order-number": Sentence("le numéro de commande", "the order number"),
    "supply-date": Sentence("la date de livraison ou de prestation", "the date of supply"),
    "line-quantity": Sentence("les quantités", "the quantities"),
    "line-description": Sentence("la désignation des produits", "the description of what was sold"),
    "line-unit-price": Sentence("les prix unitaires hors taxes", "the unit prices without VAT"),
    "vat-rate": Sentence("le taux de TVA", "the VAT rate"),
    "vat-amount": Sentence("le montant de la TVA", "the amount of VAT"),
    "total-without-vat": Sentence("le total hors taxes", "the total without VAT"),
    "total-with-vat": Sentence("le total toutes taxes comprises", "the total with VAT"),
    "due-date": Sentence("la date d’échéance", "the due date"),
    "discount-terms": Sentence("les conditions d’escompte", "the terms of early-payment discount"),
    "late-penalty-rate": Sentence(
        "le taux des pénalités de retard", "the rate of late-payment penalties"
    ),
    "recovery-indemnity": Sentence(
        "l’indemnité forfaitaire de 40 €", "the fixed recovery indemnity of €40"
    ),
    "operation-category": Sentence(
        "la catégorie de l’opération (biens, services ou les deux)",
        "the category of the operation (goods, services or both)",
    ),
}

SENTENCES: dict[str, Sentence] = {
    "document-ambiguous": Sentence(
        "Ce document peut concerner plusieurs factures ou plusieurs clients : mettez le numéro de "
        "la facture dans le nom du fichier.",
        "This document may be about several invoices or customers: put the invoice number in the "
        "file name.",
    ),
    "document-names-disagree": Sentence(
        "Le nom du fichier et la facture qu’il contient ne donnent pas le même numéro : renommez "
        "le fichier.",
        "The file name and the invoice inside do not give the same number: rename the file.",
    ),
    "document-too-large": Sentence(
        "Le document est trop lourd (25 Mo au plus).", "The document is too large (25 MB at most)."
    ),
    "document-unmatched": Sentence(
        "Aucune pièce ouverte ne porte le numéro de ce document : il est gardé, et sera rapproché "
        "quand une balance apportera ce numéro. Sinon, mettez le numéro de la facture dans le nom "
        "du fichier.",
        "No open item has the number of this document: it is kept, and will be matched when a "
        "balance brings that number. Otherwise put the invoice number in the file name.",
    ),
    "factur-x-damaged": Sentence(
        "Les données de la facture électronique sont illisibles ou interdites.",
        "The data inside the electronic invoice is unreadable or forbidden.",
    ),
    "pdf-active": Sentence(
        "Ce PDF contient des actions ou du JavaScript : imprimez-le en PDF simple.",
        "This PDF holds actions or JavaScript: print it to a plain PDF.",
    ),
    "pdf-attachment-too-large": Sentence(
        "Un fichier joint à ce PDF est trop lourd.", "A file attached to this PDF is too large."
    ),
    "pdf-damaged": Sentence("Ce PDF est abîmé ou incomplet.", "This PDF is damaged or incomplete."),
    "pdf-encrypted": Sentence(
        "Ce PDF est protégé : enregistrez-le sans mot de passe.",
        "This PDF is protected: save it without a password.",
    ),
    "pdf-pages": Sentence(
        "Ce PDF n’a aucune page, ou plus de {limit}.", "This PDF has no page, or over {limit}."
    ),
} | {
    f"mention-{code}": Sentence(
        f"Mention obligatoire absente de la facture : {mention.fr}.",
        f"Mandatory mention missing from the invoice: {mention.en}.",
    )
    for code, mention in MENTIONS.items()
}
