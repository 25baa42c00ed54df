"""Who approves, stops, takes back; and the debtors that are not chased as others are."""

from relance.adapters.messages.reasons.sentence import Sentence

TEAM: dict[str, Sentence] = {
    "approval-escalated": Sentence(
        "Personne n’a confirmé ni refusé depuis cinq jours ouvrés : les approbateurs sont "
        "prévenus.",
        "Nobody has approved or refused it for five working days: the approvers are told.",
    ),
    "approval-needed": Sentence(
        "Ce client est marqué « tout confirmer » : le message attend l’accord d’une personne.",
        "This customer is marked “confirm all”: the message waits for a person’s approval.",
    ),
    "approval-reminder": Sentence(
        "Personne n’a confirmé ni refusé depuis deux jours ouvrés.",
        "Nobody has approved or refused it for two working days.",
    ),
    "approver-not-declared": Sentence(
        "Au-dessus de {above}, seul un approbateur déclaré peut confirmer : voyez `approvers` dans "
        "creditor.yaml.",
        "Above {above} only a declared approver may approve: see `approvers` in creditor.yaml.",
    ),
    "check-unknown": Sentence(
        "Point de contrôle inconnu : {check}. Il y a : {known}.",
        "Unknown check: {check}. There are: {known}.",
    ),
    "checks-not-confirmed": Sentence(
        "Confirmez d’abord chaque point : {checks}. Voyez `relance checklist`.",
        "Confirm each check first: {checks}. See `relance checklist`.",
    ),
    "flag-manual-only": Sentence(
        "Ce client est marqué « manuel » : une personne écrit elle-même, rien n’est envoyé.",
        "This customer is marked “manual only”: people write themselves, nothing is sent.",
    ),
    "flag-needs-a-reason": Sentence(
        "Dites pourquoi avec --reason : le motif est gardé comme preuve.",
        "Say why with --reason: it is kept as evidence.",
    ),
    "flag-never": Sentence(
        "Ce client est marqué « jamais » : rien ne part et personne n’est chargé de l’appeler.",
        "This customer is marked “never”: nothing leaves and nobody is asked to call.",
    ),
    "flag-review": Sentence(
        "Ce client est traité à part : vérifiez chaque mois que c’est encore voulu.",
        "This customer is treated apart: check every month that this is still wanted.",
    ),
    "flag-review-too-late": Sentence(
        "La revue est mensuelle : donnez une date à venir, le {latest} au plus tard.",
        "The review is monthly: give a date to come, {latest} at the latest.",
    ),
    "hand-over-late": Sentence(
        "Le dossier n’a pas été transmis dans les cinq jours ouvrés qui étaient donnés.",
        "The file was not handed over within the five working days given.",
    ),
    "joins-the-file": Sentence(
        "D’autres pièces sont échues : elles rejoignent le dossier transmis, sans les étapes qui "
        "leur restaient.",
        "Other items are overdue: they join the file handed over, without the steps that were left "
        "for them.",
    ),
    "level-2-near": Sentence(
        "Le deuxième niveau de relance approche : le commercial est prévenu.",
        "The second level of reminder is near: the salesperson is told.",
    ),
    "not-handed-over": Sentence(
        "Rien de ce dossier n’a été transmis : il n’y a rien à reprendre.",
        "Nothing of this case was handed over: there is nothing to take back.",
    ),
    "nothing-announced": Sentence(
        "Aucune relance de deuxième niveau n’a été annoncée pour ce client.",
        "No second-level reminder was announced for this customer.",
    ),
    "reply-unread": Sentence(
        "Personne ne l’a marquée lue depuis deux jours ouvrés, et tout le dossier attend.",
        "Nobody has marked it seen for two working days, and the whole case waits.",
    ),
    "reply-unread-long": Sentence(
        "Personne ne l’a marquée lue depuis cinq jours ouvrés : la personne en renfort et le "
        "service financier sont prévenus chaque jour.",
        "Nobody has marked it seen for five working days: the backup and finance are told every "
        "day.",
    ),
    "sales-stopped": Sentence(
        "Le commercial retient la relance de deuxième niveau jusqu’à la date dite.",
        "The salesperson holds the second-level reminder back until the date given.",
    ),
    "salesperson-to-tell": Sentence(
        "Le commercial doit d’abord être prévenu du deuxième niveau de relance.",
        "The salesperson is first to be told of the second-level reminder.",
    ),
    "salesperson-told": Sentence(
        "Le commercial est prévenu : il a trois jours ouvrés pour retenir la relance.",
        "The salesperson was told: they have three working days to hold the reminder back.",
    ),
    "stop-needs-a-reason": Sentence(
        "Dites pourquoi avec --reason : le motif est gardé comme preuve.",
        "Say why with --reason: it is kept as evidence.",
    ),
    "stop-too-long": Sentence(
        "Une relance se retient {days} jours ouvrés au plus, et au moins un.",
        "A reminder is held back for {days} working days at most, and one at least.",
    ),
    "stopped-already": Sentence(
        "Le commercial a déjà retenu la relance de ces pièces : une fois est permise.",
        "The salesperson held these items back already: once is allowed.",
    ),
    "no-order": Sentence(
        "Aucune mise en demeure n’a été demandée pour ce client.",
        "Nobody ordered a formal notice for this customer.",
    ),
    "order-covers-nothing": Sentence(
        "Aucune pièce échue, due et assez grande ne peut être mise en demeure.",
        "No document that is late, owed and large enough can be given formal notice.",
    ),
    "order-needs-a-reason": Sentence(
        "Dites pourquoi avec --reason : le motif est gardé comme preuve.",
        "Say why with --reason: it is kept as evidence.",
    ),
    "order-of-held-item": Sentence(
        "La pièce {number} ne peut pas être mise en demeure : rien n’en est demandé ({held}).",
        "Document {number} cannot be given formal notice: nothing of it is asked for ({held}).",
    ),
    "order-of-item-not-due": Sentence(
        "La pièce {number} n’est pas échue : une mise en demeure ne réclame que l’échu.",
        "Document {number} is not late: a formal notice claims only what is.",
    ),
    "order-of-small-item": Sentence(
        "La pièce {number} est sous le minimum d’une mise en demeure, ou l’a déjà reçue.",
        "Document {number} is under the minimum of a formal notice, or has had one.",
    ),
    "order-stands": Sentence(
        "Une mise en demeure a déjà été demandée par {by} : retirez-la d’abord avec --withdraw.",
        "A formal notice was ordered already by {by}: withdraw it first with --withdraw.",
    ),
    "order-while-formal-notice": Sentence(
        "Une mise en demeure est déjà proposée ou en cours pour ce client.",
        "A formal notice is already proposed or running for this customer.",
    ),
    "order-without-step": Sentence(
        "La politique de ce client n’a pas de mise en demeure.",
        "The policy of this customer has no formal notice.",
    ),
    "ordered-by-person": Sentence(
        "Une personne a demandé la mise en demeure plus tôt : les relances qui restaient sont "
        "passées.",
        "A person ordered the formal notice sooner: the reminders that were left are skipped.",
    ),
    "take-back-in-the-past": Sentence(
        "Le {date} n’est pas à venir : donnez une date future.",
        "That day, {date}, is not to come: give a later date.",
    ),
    "take-back-needs-a-reason": Sentence(
        "Dites pourquoi avec --reason : le motif est gardé comme preuve.",
        "Say why with --reason: it is kept as evidence.",
    ),
    "taken-back": Sentence(
        "Le dossier a été repris par une personne.", "A person took the case back."
    ),
}
