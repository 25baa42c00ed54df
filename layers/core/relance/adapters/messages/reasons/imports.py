"""Why a balance or a drop waits, is refused, or changed something."""

from relance.adapters.messages.reasons.sentence import Sentence

IMPORTS: dict[str, Sentence] = {
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
    "balance-superseded": Sentence(
        "Une balance plus récente est arrivée entre-temps : celle-ci est laissée de côté.",
        "A more recent balance has come in the meantime: this one is left out.",
    ),
    "creditor-code-mismatch": Sentence(
        "Le code du créancier dans le fichier n’est pas celui du dossier de dépôt.",
        "The creditor code in the file is not that of the drop folder.",
    ),
    "drop-key-refused": Sentence(
        "Le fichier doit être déposé directement dans le dossier du créancier.",
        "The file must be dropped directly in the creditor’s folder.",
    ),
    "drop-not-found": Sentence(
        "Le fichier déposé n’est plus là.", "The dropped file is no longer there."
    ),
    "import-running": Sentence(
        "Un autre fichier de ce créancier est en cours de prise en compte.",
        "Another file of this creditor is being taken in.",
    ),
    "settled-cause-unknown": Sentence(
        "La pièce n’est plus dans la balance : soldée, cause inconnue.",
        "The item is no longer in the balance: settled, cause unknown.",
    ),
    "settled-confirmed": Sentence(
        "Une seconde balance confirme que la pièce est soldée.",
        "A second balance confirms that the item is settled.",
    ),
}
