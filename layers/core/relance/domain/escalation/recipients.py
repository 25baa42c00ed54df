"""Who gets a message: the audience of a step, among the contacts of the case and no others."""

import hashlib

from relance.domain.case import Case
from relance.domain.debtor import Contact
from relance.domain.notice import Recipient
from relance.domain.policy import Channel, Step


def contact_named(case: Case, name: str | None) -> str | None:
    """The key of the contact that a person names, by its name or its key; None: nobody of the
    case, whom nothing may be sent to.
    """
    wanted = (name or "").strip().casefold()
    payer = case.payer.contacts if case.payer else ()
    named = (c for c in (*case.debtor.contacts, *payer) if wanted in _names(c))
    return next((contact.key for contact in named), None) if wanted else None


def email_recipients(case: Case, step: Step, to: str | None = None) -> tuple[Recipient, ...]:
    """to: key of the contact it is meant for, when their address works; else the first of the
    audience, in the order of its roles, whose does: at the one who pays, else at the debtor itself.
    """
    payer = case.payer.contacts if case.payer else ()
    for contact in (*case.debtor.contacts, *payer):
        if contact.key == to and contact.email and contact.unreachable is None:
            return (Recipient(contact.key, contact.name, contact.email),)
    for contacts in (payer, case.debtor.contacts):
        for role in step.audience:
            for contact in contacts:
                if contact.role is role and contact.email and contact.unreachable is None:
                    return (Recipient(contact.key, contact.name, contact.email),)
    return ()


def _names(contact: Contact) -> tuple[str, str]:
    return contact.name.strip().casefold(), contact.key.casefold()


def letter_recipients(case: Case, step: Step) -> tuple[Recipient, ...]:
    """The first contact of the audience, for the attention line; the debtor itself without one."""
    for role in step.audience:
        for contact in case.debtor.contacts:
            if contact.role is role:
                return (Recipient(contact.key, contact.name, None),)
    return (Recipient("", case.debtor.name, None),)


def has_address(case: Case) -> bool:
    address = case.debtor.address
    return address is not None and address.problem(case.debtor.name) is None


def addresses_of(recipients: tuple[Recipient, ...]) -> frozenset[str]:
    return frozenset(recipient.email.lower() for recipient in recipients if recipient.email)


def language_for(case: Case, recipients: tuple[Recipient, ...]) -> str | None:
    """The language of who reads it: the payer's own when the message goes there. None: not said."""
    payer = case.payer
    if payer is not None and payer.language is not None:
        theirs = {contact.email.lower() for contact in payer.contacts if contact.email}
        if addresses_of(recipients) & theirs:
            return payer.language
    return case.debtor.language


def recipients_of(
    case: Case, step: Step, channel: Channel, to: str | None = None
) -> tuple[Recipient, ...]:
    if channel is Channel.EMAIL:
        return email_recipients(case, step, to)
    return letter_recipients(case, step) if has_address(case) else ()


def recipient_mark(case: Case, recipients: tuple[Recipient, ...], channel: Channel) -> str:
    """A digest that changes when the message would go to somebody or somewhere else."""
    parts = [case.debtor.name, *(f"{r.contact}:{r.email}" for r in recipients)]
    if channel is not Channel.EMAIL and case.debtor.address:
        parts += [*case.debtor.address.lines, case.debtor.address.country]
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]
