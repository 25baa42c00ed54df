"""What the creditor's mode lets out, and what its messages space (design §5 rule 7)."""

from datetime import date

from relance.domain.case import Case, ContactRecord, CreditorFacts
from relance.domain.creditor import Mode


def mode_holds(facts: CreditorFacts, today: date, *, is_answer: bool = False) -> str | None:
    """Why nothing may leave for this debtor today, by the mode alone. An answer to the customer is
    no part of a day's batch: who had it written has decided.
    """
    if facts.mode is Mode.OBSERVE:
        return "observe-mode"
    if not facts.is_allowed:
        return "not-on-allow-list"
    if facts.mode is Mode.CONFIRM and facts.released_for != today and not is_answer:
        return "batch-not-released"
    return None


def only_observed(facts: CreditorFacts) -> bool:
    """Decided and reported, nothing else: no task is opened, nothing is planned."""
    return facts.mode is Mode.OBSERVE or not facts.is_allowed


def is_unwritten(case: Case) -> bool:
    """Whether no message of ours was ever noted on what it owes or owed."""
    written = any(contact.channel.is_message for contact in case.contacts)
    return not written and not any(
        not done.is_call for progress in case.progress.values() for done in progress.performed
    )


def contacts_of(case: Case) -> tuple[ContactRecord, ...]:
    """What spaces the next message: rehearsals space rehearsals, and nothing else."""
    if case.facts.mode is not Mode.REDIRECT:
        return case.contacts
    return (*case.contacts, *case.rehearsals)
