"""Debtors of one declared payer: who is in a group, and what each case must know of it (rule 3)."""

from collections.abc import Iterable
from dataclasses import replace

from relance.domain.case import Case, ContactRecord, PayerFacts
from relance.domain.escalation.modes import contacts_of
from relance.domain.missing_data import seeks_email
from relance.domain.policy import Channel


def payer_code(case: Case) -> str | None:
    """Who pays: the one it declares, itself when others declare it, None when it is on its own.

    One level only: a payer that itself has a payer is not of the group of those it pays for, so
    that each case is of one group.
    """
    if case.debtor.payer is not None:
        return case.debtor.payer
    return case.debtor.code if case.pays_for else None


def with_payer(case: Case, payer: Case | None, others: Iterable[Case] = ()) -> Case:
    """The case knowing its payer: `payer` is its case, None when it has none; others: the rest of
    the group, when a decision is to be made.
    """
    code = payer_code(case)
    if code is None:
        return case if case.payer is None else replace(case, payer=None)
    members = [other for other in others if other.debtor.code != case.debtor.code]
    known = [*members, *([payer] if payer else [])]
    facts = PayerFacts(
        code=code,
        name=payer.debtor.name if payer else None,
        language=payer.debtor.language if payer else None,
        contacts=payer.debtor.contacts if payer else (),
        addresses=frozenset(a for one in known for a in _addresses(one)),
        reached=_reached(case, members),
        leaving=tuple(m.live for m in members if m.live and m.live.channel is Channel.EMAIL),
        is_sought=payer is not None and any(map(seeks_email, payer.tasks)),
    )
    return replace(case, payer=facts)


def _addresses(case: Case) -> set[str]:
    return {contact.email.lower() for contact in case.debtor.contacts if contact.email}


def _reached(case: Case, members: list[Case]) -> tuple[ContactRecord, ...]:
    """The e-mails of the others: one that several of them share is one, one that this case shares
    is among its own contacts already.
    """
    own = {contact.by for contact in contacts_of(case)}
    found = {
        contact.by: contact
        for member in members
        for contact in contacts_of(member)
        if contact.channel is Channel.EMAIL and contact.by not in own
    }
    return tuple(sorted(found.values(), key=lambda contact: (contact.on, contact.by)))
