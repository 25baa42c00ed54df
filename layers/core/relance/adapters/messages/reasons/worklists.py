"""Why a decision cannot be taken back, and what is wrong with a worklist that came back."""

from relance.adapters.messages.reasons.sentence import Sentence

WORKLISTS: dict[str, Sentence] = {
    "nothing-to-undo": Sentence(
        "Rien à annuler : aucune décision de ce dossier, ou la dernière l’est déjà. Voyez "
        "`relance case`.",
        "Nothing to undo: no decision on this case, or the last one is undone already. See "
        "`relance case`.",
    ),
    "undo-of-another": Sentence(
        "La dernière décision de ce dossier est de {author} : elle s’annule avec --by {author}. La "
        "vôtre se corrige par une nouvelle décision.",
        "The last decision on this case is by {author}: it is undone with --by {author}. Yours is "
        "corrected by a new decision.",
    ),
    "undo-too-late": Sentence(
        "Plus d’une heure est passée : la décision reste. Corrigez-la par une autre : `relance "
        "done` met fin à une promesse, un litige ou une suspension, `relance hold` suspend.",
        "More than an hour has passed: the decision stands. Correct it with another one: `relance "
        "done` ends a promise, a dispute or a hold, `relance hold` holds.",
    ),
    "undo-message-left": Sentence(
        "Un message est déjà parti, ou part ({notice}) : rien n’est annulé. Écrivez au client, "
        "puis corrigez par une autre décision (`relance done`, `relance hold`).",
        "A message has left already, or is leaving ({notice}): nothing is undone. Write to the "
        "customer, then correct it with another decision (`relance done`, `relance hold`).",
    ),
    "undo-case-changed": Sentence(
        "Le dossier a changé depuis ({since}) : rien n’est annulé. Regardez `relance case`, puis "
        "corrigez par une autre décision (`relance done`, `relance hold`).",
        "The case has changed since ({since}): nothing is undone. Look at `relance case`, then "
        "correct it with another decision (`relance done`, `relance hold`).",
    ),
    "decision-undone": Sentence(
        "La décision qui appelait ce message a été annulée.",
        "The decision that called for this message was taken back.",
    ),
    "row-applied": Sentence(
        "Cette ligne a déjà été appliquée : rien n’est fait deux fois.",
        "This row was applied before: nothing is done twice.",
    ),
    "row-call-over": Sentence(
        "Cet appel n’est plus à passer : un résultat est déjà noté, ou il a été retiré. Rien n’est "
        "changé ; au besoin, `relance call` ou le tableau du jour.",
        "This call is no longer to be made: an outcome is noted already, or it was withdrawn. "
        "Nothing is changed; if need be, `relance call` or the worklist of the day.",
    ),
    "row-reply-over": Sentence(
        "Cette réponse a déjà été lue. Rien n’est changé.",
        "This reply has been read already. Nothing is changed.",
    ),
    "row-approval-over": Sentence(
        "Ce message n’attend plus d’approbation. Rien n’est changé.",
        "This message no longer awaits an approval. Nothing is changed.",
    ),
    "row-arrangement-over": Sentence(
        "Cet accord n’attend plus d’approbation. Rien n’est changé.",
        "This arrangement no longer awaits an approval. Nothing is changed.",
    ),
    "row-outcome-missing": Sentence(
        "La ligne est remplie mais son résultat manque : choisissez-le dans la liste.",
        "The row is filled in but its outcome is missing: choose it from the list.",
    ),
    "row-outcome-unknown": Sentence(
        "Ce résultat, « {value} », n’est pas possible pour cette ligne : choisissez-le dans la "
        "liste.",
        "This outcome, “{value}”, is not possible for this row: choose one from the list.",
    ),
    "row-cell-closed": Sentence(
        "Cette case n’est pas à remplir pour cette ligne : videz-la, ou écrivez dans la note.",
        "This cell is not to be filled in for this row: clear it, or write it in the note.",
    ),
    "row-reference-damaged": Sentence(
        "La référence de la ligne a été changée : on ne sait plus de quoi il s’agit. Recopiez-la "
        "du classeur d’origine.",
        "The reference of the row was changed: nobody can tell what it is about. Copy it again "
        "from the original workbook.",
    ),
    "row-reference-of-another": Sentence(
        "Le code client et la référence de la ligne ne vont pas ensemble (une partie des colonnes "
        "a été triée ?). Reprenez le classeur d’origine.",
        "The customer code and the reference of the row do not belong together (were only some "
        "columns sorted?). Start again from the original workbook.",
    ),
    "row-needs-a-date": Sentence(
        "Une promesse a une date : remplissez la colonne Date.",
        "A promise has a date: fill in the column Date.",
    ),
    "row-needs-documents": Sentence(
        "Plusieurs pièces sont dues : dites lesquelles sont contestées, séparées par « ; ».",
        "Several documents are owed: say which are disputed, parted by “;”.",
    ),
    "row-needs-a-reason": Sentence(
        "Un refus a un motif : écrivez-le dans la note.",
        "A refusal has a reason: write it in the note.",
    ),
    "row-needs-the-command": Sentence(
        "Cette ligne ne peut pas être appliquée d’ici : utilisez `relance arrange-approve`.",
        "This row cannot be applied from here: use `relance arrange-approve`.",
    ),
    "row-check-alone": Sentence(
        "Un contrôle est répondu, mais rien n’est décidé du message au-dessus : choisissez "
        "Approuver ou Refuser sur sa ligne.",
        "A check is answered, but nothing is decided of the message above it: choose Approve or "
        "Refuse in its row.",
    ),
    "worklist-author-missing": Sentence(
        "La case « Rempli par » est vide : rien n’est appliqué. Choisissez votre nom, puis déposez "
        "de nouveau le classeur.",
        "The cell “Filled in by” is empty: nothing is applied. Choose your name, then drop the "
        "workbook again.",
    ),
    "worklist-author-unknown": Sentence(
        "La personne de la case « Rempli par » n’est pas déclarée dans creditor.yaml : rien n’est "
        "appliqué. Choisissez un nom de la liste.",
        "The person in the cell “Filled in by” is not declared in creditor.yaml: nothing is "
        "applied. Choose a name from the list.",
    ),
    "worklist-of-another-creditor": Sentence(
        "Ce classeur est celui d’un autre créancier : rien n’est appliqué. Déposez-le dans son "
        "dossier.",
        "This workbook is another creditor’s: nothing is applied. Drop it in that one’s folder.",
    ),
    "worklist-column-missing": Sentence(
        "Il manque au classeur la colonne « {column} » : reprenez celui d’origine.",
        "The workbook lacks the column “{column}”: start again from the original one.",
    ),
    "worklist-version-unknown": Sentence(
        "Ce classeur est d’une autre version ({version}) : demandez celui du jour.",
        "This workbook is of another version ({version}): ask for the one of the day.",
    ),
    "worklist-filled-twice": Sentence(
        "Plusieurs feuilles de ce classeur sont remplies : rien n’est appliqué. Gardez-en une "
        "seule, puis déposez de nouveau le classeur.",
        "Several sheets of this workbook are filled in: nothing is applied. Keep only one, then "
        "drop the workbook again.",
    ),
    "worklist-marker-missing": Sentence(
        "Ce classeur n’est pas une liste du jour.", "This workbook is no worklist of a day."
    ),
}
