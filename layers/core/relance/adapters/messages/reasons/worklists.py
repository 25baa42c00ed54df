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
        "Un message est déjà parti, ou part ({notice}) : rien n’est annulé. Écrivez au client, puis "
        "corrigez par une autre décision (`relance done`, `relance hold`).",
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
}
