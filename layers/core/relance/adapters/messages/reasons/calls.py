"""Why a call waits, ends, or cannot be logged as it was said."""

from relance.adapters.messages.reasons.sentence import Sentence

CALLS: dict[str, Sentence] = {
    "daily-call-cap": Sentence(
        "Le nombre d’appels du jour est atteint : celui-ci attend le prochain jour ouvré.",
        "The calls of the day are as many as set: this one waits for the next working day.",
    ),
    "call-agreed": Sentence(
        "Un rappel est convenu avec le client.", "A call is agreed with the customer."
    ),
    "appointment-missed": Sentence(
        "Le rappel convenu n’a pas été passé dans les trois jours ouvrés.",
        "The call agreed on was not made within three working days.",
    ),
    "task-overdue": Sentence(
        "Ce que nous devons au client n’est pas fait à la date prévue : ses pièces restent "
        "suspendues.",
        "What we owe the customer is not done on its date: their items stay on hold.",
    ),
    "call-needs-a-date": Sentence(
        "Donnez la date promise : --promise AAAA-MM-JJ.",
        "Give the date promised: --promise YYYY-MM-DD.",
    ),
    "call-needs-documents": Sentence(
        "Donnez les pièces contestées : --dispute NUMÉRO.",
        "Give the disputed documents: --dispute NUMBER.",
    ),
    "call-needs-a-note": Sentence(
        "Dites ce qu’il faut corriger chez nous : --note.",
        "Say what we must mend: --note.",
    ),
    "cause-without-customer": Sentence(
        "Personne n’a répondu : la cause du retard n’est pas connue.",
        "Nobody answered: why it is late is not known.",
    ),
    "target-in-the-past": Sentence(
        "La date prévue, {date}, est déjà passée.", "The target date, {date}, has passed."
    ),
    "call-again-on-closed-day": Sentence(
        "Le {date} n’est pas un jour ouvré : convenez d’un autre jour.",
        "The day agreed, {date}, is not a working day: agree on another one.",
    ),
    "call-again-after-last-try": Sentence(
        "C’était le dernier essai : un message écrit le dira au client, la suite des relances "
        "n’attend pas.",
        "This was the last try: a written message will tell the customer, and the reminders do "
        "not wait.",
    ),
    "call-again-out-of-limits": Sentence(
        "Un rappel se note pour après aujourd’hui et jusqu’au {last} : un appel ne retarde jamais "
        "la suite. Au-delà, notez une promesse ou une suspension.",
        "Another call is noted for after today and until {last}: a call never delays what follows. "
        "Beyond, note a promise or a hold.",
    ),
}
