"""Whom to call and at which number: per audience, who was reached last first."""

from dataclasses import replace

from relance.domain.case import Case
from relance.domain.debtor import Contact
from relance.domain.policy import Policy, Step
from relance.domain.task import Task


def call_step(task: Task, policy: Policy) -> Step | None:
    """The furthest of its steps: its audience is who to call, its level how. An appointment that
    does no step has none.
    """
    named = {name for _, name in task.performs}
    return next((step for step in reversed(policy.steps) if step.key in named), None)


def call_contacts(case: Case, step: Step | None) -> tuple[Contact, ...]:
    """The audience with a number that may be dialled, the best first: the last one reached, then
    by role. step None: anybody.
    """
    people = case.debtor.contacts
    if step is not None:
        people = tuple(c for role in step.audience for c in people if c.role is role)
    reached = [made.phone for made in reversed(case.calls) if made.reached and made.phone]
    answers = {phone: place for place, phone in reversed(list(enumerate(reached)))}
    dialled = [contact for contact in people if contact.dial]
    return tuple(sorted(dialled, key=lambda c: answers.get(c.dial or "", len(reached))))


def call_contact(case: Case, step: Step | None) -> Contact | None:
    """The first with a number, else the first of the audience: there is somebody to look for."""
    found = call_contacts(case, step)
    if found:
        return found[0]
    roles = step.audience if step is not None else ()
    audience = [c for role in roles for c in case.debtor.contacts if c.role is role]
    return audience[0] if audience else None


def mark_wrong_number(case: Case, phone: str) -> Case:
    """Nobody dials it again, whoever it was given for."""
    contacts = tuple(
        replace(contact, wrong_phone=phone) if contact.phone == phone else contact
        for contact in case.debtor.contacts
    )
    return replace(case, debtor=replace(case.debtor, contacts=contacts))
