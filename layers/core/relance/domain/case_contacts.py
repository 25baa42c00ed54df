"""How a case changes when a contacts file speaks of its debtor: pure."""

from dataclasses import dataclass, replace
from datetime import date

from relance.domain.case import Case
from relance.domain.debtor import IMPORT, Contact, Debtor, DebtorFlag, FlagKind, PayerProfile
from relance.domain.missing_data import can_be_mailed, has_address, left_of
from relance.domain.open_item import PaymentMethod
from relance.domain.postal_address import PostalAddress
from relance.domain.task import Task, TaskKind


@dataclass(frozen=True, slots=True)
class DebtorCard:
    """All that a contacts file says of one debtor. None, or no contact: it says nothing of that.

    payer: its own code says that it pays itself.
    """

    code: str
    name: str | None
    contacts: tuple[Contact, ...]
    language: str | None
    siren: str | None
    address: PostalAddress | None
    collector: str | None
    payment_days: tuple[int, ...] = ()
    payer: str | None = None
    profile: PayerProfile | None = None
    payment_method: PaymentMethod | None = None
    flag: DebtorFlag | None = None
    """Of kind normal: the file lifts the one it set."""


def apply_card(case: Case, card: DebtorCard, *, agenda: date, payer: Debtor | None = None) -> Case:
    """The same case when the card says nothing new. Contacts are replaced as a whole. payer: who
    pays for it from then on, when somebody looks for an address to write to.
    """
    debtor = _debtor(case.debtor, card)
    if debtor == case.debtor:
        return case
    tasks = _tasks_left(case, debtor, payer)
    later = agenda if case.agenda is None else min(agenda, case.agenda)
    return replace(case, debtor=debtor, tasks=tasks, agenda=later if case.open_items else None)


def relieved(case: Case, payer: Debtor) -> Case:
    """The same case, or without the tasks that the card of its payer answers."""
    tasks = _tasks_left(case, case.debtor, payer)
    return case if tasks == case.tasks else replace(case, tasks=tasks)


def _tasks_left(case: Case, debtor: Debtor, payer: Debtor | None) -> tuple[Task, ...]:
    left = [left_of(task, debtor, case.items, payer) for task in case.tasks]
    return tuple(t for t in left if t is not None and not _is_solved(t, debtor, payer))


def _debtor(debtor: Debtor, card: DebtorCard) -> Debtor:
    known = {c.email.lower(): c.unreachable for c in debtor.contacts if c.email}
    wrong = {c.wrong_phone for c in debtor.contacts if c.wrong_phone}
    contacts = tuple(
        replace(
            contact,
            unreachable=known.get((contact.email or "").lower()),
            wrong_phone=contact.phone if contact.phone in wrong else None,
        )
        for contact in card.contacts
    )
    return replace(
        debtor,
        name=card.name or debtor.name,
        language=card.language or debtor.language,
        siren=card.siren or debtor.siren,
        address=card.address or debtor.address,
        collector=card.collector or debtor.collector,
        contacts=contacts or debtor.contacts,
        payment_days=card.payment_days or debtor.payment_days,
        payer=None if card.payer == debtor.code else card.payer or debtor.payer,
        profile=card.profile or debtor.profile,
        proposed_profile=debtor.proposed_profile,
        payment_method=card.payment_method or debtor.payment_method,
        salesperson=debtor.salesperson,
        flag=_flag(debtor.flag, card.flag),
    )


def _flag(known: DebtorFlag | None, said: DebtorFlag | None) -> DebtorFlag | None:
    """A file never loosens what a person decided: it is dropped again every week. The same flag
    again keeps the date of its next review.
    """
    if said is None:
        return known
    rank = known.kind.rank if known else 0
    if known is not None and known.by != IMPORT and said.kind.rank <= rank:
        return known
    if known is not None and known.kind is said.kind and known.reason == said.reason:
        return known
    return None if said.kind is FlagKind.NORMAL else said


def _is_solved(task: Task, debtor: Debtor, payer: Debtor | None) -> bool:
    """What the file brings, nobody has to look for any more."""
    if task.kind is TaskKind.FIND_CONTACT:
        return can_be_mailed(debtor, payer)
    if task.kind is TaskKind.FIND_PHONE:
        return any(contact.dial for contact in debtor.contacts)
    return task.kind is TaskKind.FIND_ADDRESS and has_address(debtor)
