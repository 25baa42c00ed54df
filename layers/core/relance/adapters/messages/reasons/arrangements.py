"""Why something agreed, disputed or held is followed, answered, or refused."""

from relance.adapters.messages.reasons.sentence import Sentence

ARRANGEMENTS: dict[str, Sentence] = {
    "answer-due": Sentence(
        "Ce qui a été convenu ou décidé est écrit au client le jour même.",
        "What was agreed or decided is written to the customer the same day.",
    ),
    "answer-not-rehearsed": Sentence(
        "Mode essai : rien n’est écrit au client sur ce qui est convenu.",
        "Rehearsal: nothing is written to the customer about what is agreed.",
    ),
    "answer-without-contact": Sentence(
        "Le client n’a aucune adresse e-mail : ce qui a été convenu ne lui est pas écrit.",
        "The customer has no e-mail address: what was agreed is not written to them.",
    ),
    "approver-recorded-it": Sentence(
        "La personne qui approuve ne peut pas être celle qui a noté l’accord.",
        "The person who approves cannot be the one who recorded the arrangement.",
    ),
    "arranged": Sentence(
        "Un autre accord est en cours sur cette pièce.",
        "Another arrangement is running on this item.",
    ),
    "arrangement-covers-nothing": Sentence(
        "L’accord ne porte sur aucune somme à demander.",
        "The arrangement covers nothing that may be asked for.",
    ),
    "date-in-the-past": Sentence(
        "Cette date est passée : donnez-en une à venir.",
        "This date has passed: give one to come.",
    ),
    "hold-needs-a-reason": Sentence(
        "Dites pourquoi avec --reason : la suspension est gardée comme preuve.",
        "Say why with --reason: the hold is kept as evidence.",
    ),
    "hold-over": Sentence(
        "La suspension de cette pièce est arrivée à sa date.",
        "The hold of this item has come to its end.",
    ),
    "held-by-person": Sentence("Une personne a suspendu les relances.", "A person holds it."),
    "in-a-plan": Sentence(
        "Cette pièce est dans un échéancier.", "This item is in an instalment plan."
    ),
    "instalment-unpaid": Sentence(
        "Un versement de l’échéancier manque trois jours ouvrés après sa date.",
        "An instalment of the plan is missing three working days after its date.",
    ),
    "item-on-hold": Sentence(
        "Une personne a suspendu les relances de cette pièce.",
        "A person holds the reminders of this item.",
    ),
    "no-longer-agreed": Sentence(
        "Ce qui devait être confirmé au client n’est plus vrai.",
        "What was to be confirmed to the customer does not hold any more.",
    ),
    "no-such-arrangement": Sentence(
        "Aucun accord de ce nom n’attend d’approbation. Voyez `relance case`.",
        "No arrangement of that name awaits an approval. See `relance case`.",
    ),
    "no-such-dispute": Sentence(
        "Aucun litige ouvert ne porte ce nom. Voyez `relance case`.",
        "No open dispute has that name. See `relance case`.",
    ),
    "no-such-hold": Sentence(
        "Aucune suspension ne porte ce nom. Voyez `relance case`.",
        "No hold has that name. See `relance case`.",
    ),
    "no-such-plan": Sentence(
        "Aucun échéancier de ce nom n’en est à ce stade. Voyez `relance case`.",
        "No instalment plan of that name is at that stage. See `relance case`.",
    ),
    "no-such-proof": Sentence(
        "Le dossier n’a pas de document de ce nom. Voyez `relance case`.",
        "The case has no document of that name. See `relance case`.",
    ),
    "not-an-email": Sentence("Ce n’est pas une adresse e-mail.", "This is not an e-mail address."),
    "owner-new": Sentence(
        "Ce point vient d’être ouvert et vous est confié.",
        "This was just opened and is yours to solve.",
    ),
    "owner-not-told": Sentence("Ce point vous est confié.", "This is yours to solve."),
    "plan-begins-too-soon": Sentence(
        "Les versements suivants commencent après la date laissée pour signer.",
        "The instalments begin after the last day to sign.",
    ),
    "plan-covers-nothing": Sentence(
        "L’échéancier ne porte sur aucune somme à demander.",
        "The instalment plan covers nothing that may be asked for.",
    ),
    "plan-exists": Sentence(
        "Un échéancier est déjà en cours pour ce client : terminez-le d’abord.",
        "An instalment plan of this customer is running: end it first.",
    ),
    "plan-in-default-unreminded": Sentence(
        "Une échéance de l’échéancier n’est pas payée, et nous n’écrivons pas à ce client : une "
        "personne décide si l’échéancier prend fin.",
        "An instalment is not paid, and we do not write to this customer: a person decides "
        "whether the plan ends.",
    ),
    "plan-in-default": Sentence(
        "Un versement manque encore huit jours après son rappel : l’échéancier prend-il fin ?"
        " C’est à une personne de le dire.",
        "An instalment still misses eight days after its reminder: does the plan end? A person"
        " must say.",
    ),
    "plan-kept-again": Sentence(
        "Le versement qui manquait est arrivé.", "The missing instalment has arrived."
    ),
    "plan-needs-its-end": Sentence(
        "Un échéancier en place se termine par `relance plan-end`.",
        "An instalment plan in place ends by `relance plan-end`.",
    ),
    "plan-of-two-currencies": Sentence(
        "Un échéancier ne porte que sur une devise : nommez les pièces.",
        "An instalment plan is of one currency: name the documents.",
    ),
    "plan-spreads-nothing": Sentence(
        "Le versement immédiat et le nombre d’échéances n’étalent pas la somme due.",
        "The immediate payment and the number of instalments do not spread what is owed.",
    ),
    "plan-too-long": Sentence(
        "Un échéancier dure 24 mois au plus.", "An instalment plan lasts 24 months at the most."
    ),
    "plan-without-part-payment": Sentence(
        "Un échéancier commence toujours par un versement immédiat.",
        "An instalment plan always begins with an immediate payment.",
    ),
    "promise-too-late": Sentence(
        "Plus de 30 jours après l’échéance : si vous l’acceptez, dites pourquoi avec"
        " `relance promise … --reason`.",
        "More than 30 days past the due date: if you accept it, say why with"
        " `relance promise … --reason`.",
    ),
    "promise-too-often": Sentence(
        "Cette pièce a déjà été promise deux fois : si vous acceptez encore, dites pourquoi avec"
        " `relance promise … --reason`.",
        "This item was promised twice already: if you accept again, say why with"
        " `relance promise … --reason`.",
    ),
    "proposal-lapsed": Sentence(
        "Personne n’a accepté la proposition dans les délais : elle tombe.",
        "Nobody agreed to the proposal in time: it lapses.",
    ),
    "rejection-needs-proofs": Sentence(
        "Un litige non fondé se rejette avec ses preuves : nommez-les avec --proof.",
        "A dispute is rejected with its proofs: name them with --proof.",
    ),
    "superseded": Sentence(
        "Un autre message a pris la place de celui-ci.", "Another message took its place."
    ),
    "target-near": Sentence(
        "La date prévue pour résoudre ce point approche.",
        "The date set to solve this is near.",
    ),
    "target-passed": Sentence(
        "La date prévue pour résoudre ce point est passée.",
        "The date set to solve this has passed.",
    ),
}
