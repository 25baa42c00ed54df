"""The cases that a balance makes, with nothing stored: as its first import would."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from relance.application.importing.contacts import cards_of, case_of_card
from relance.application.importing.people_named import with_people
from relance.application.ports import ContactLine
from relance.application.simulation.ledger import Coming
from relance.domain.balance_reading import BalanceReading
from relance.domain.case import Case, facts_of
from relance.domain.case_contacts import apply_card
from relance.domain.case_import import apply_balance
from relance.domain.creditor import Creditor
from relance.domain.debtor import Contact, Debtor, Role
from relance.domain.missing_data import can_be_mailed, has_address
from relance.domain.open_item import OpenItem
from relance.domain.policy import Level
from relance.domain.postal_address import PostalAddress
from relance.domain.reconciliation.reconcile import BalanceOrigin, reconcile, without_orphans
from relance.domain.reconciliation.rules import BalanceRules
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from relance.domain.release import release_items
from relance.domain.working_days import WorkingCalendar

EMAILS_ASSUMED, ADDRESSES_ASSUMED = "emails-assumed", "addresses-assumed"
_ASSUMED_ADDRESS = PostalAddress(("1 RUE SUPPOSEE", "75001 PARIS"))


@dataclass(frozen=True, slots=True)
class Portfolio:
    """coming: items that are issued later; warnings: kebab-case codes of what was assumed."""

    cases: tuple[Case, ...]
    coming: Coming
    warnings: tuple[str, ...] = ()


def portfolio_of(
    reading: BalanceReading,
    contacts: Iterable[ContactLine],
    creditor: Creditor,
    calendar: WorkingCalendar,
    first: date,
    *,
    assume: bool | None = None,
) -> Portfolio:
    """A balance of the first day. An item with a later issue date is in no balance until then.

    assume: whether who has no e-mail, or no address, is taken to have one; None: when nobody has,
    so that a bare balance shows its schedule and not its missing contacts.
    """
    cases = _of_balance(reading, creditor, calendar, first)
    cases = _with_contacts(cases, contacts, creditor, first)
    debtors = [case.debtor for case in cases.values()]
    mailed = any(can_be_mailed(debtor, None) for debtor in debtors)
    emails = not mailed if assume is None else assume
    addresses = not any(map(has_address, debtors)) if assume is None else assume
    found = [_assumed(case, emails=emails, addresses=addresses) for case in cases.values()]
    coming = {case.debtor.code: _later(case, first) for case in found}
    return Portfolio(
        cases=tuple(_without(case, coming[case.debtor.code]) for case in found),
        coming={code: items for code, items in coming.items() if items},
        warnings=tuple(
            code
            for code, is_assumed in ((EMAILS_ASSUMED, emails), (ADDRESSES_ASSUMED, addresses))
            if is_assumed
        ),
    )


def _of_balance(
    reading: BalanceReading, creditor: Creditor, calendar: WorkingCalendar, first: date
) -> dict[str, Case]:
    settings = creditor.profile.balance
    rules = BalanceRules(settings.mode, settings.parts, "", calendar)
    origin = BalanceOrigin(1, first, "", datetime.combine(first, time(), UTC))
    found = reconcile(BalanceSnapshot(), without_orphans(reading), origin, rules)
    cases: dict[str, Case] = {}
    for code, change in found.changes.items():
        new = Case(creditor.code, Debtor(code, change.name), facts_of(creditor))
        named = with_people(change, creditor.profile)
        case = apply_balance(new, named, import_seq=1, agenda=first, dated=first).case
        cases[code] = _released(case, first)
    return cases


def _released(case: Case, first: date) -> Case:
    """What is old already: a person would be asked, and is taken to say level 1."""
    if not case.to_release:
        return case
    return release_items(case, case.to_release, Level.LEVEL_1, first)


def _with_contacts(
    cases: dict[str, Case], contacts: Iterable[ContactLine], creditor: Creditor, first: date
) -> dict[str, Case]:
    """Cards also bring payers that owe nothing themselves."""
    named = {code: case.debtor.name for code, case in cases.items()}
    known = dict(cases)
    for card in cards_of(contacts, named, creditor.profile, first):
        case = known.get(card.code) or case_of_card(creditor, card)
        known[card.code] = apply_card(case, card, agenda=first)
    return known


def _assumed(case: Case, *, emails: bool, addresses: bool) -> Case:
    debtor = case.debtor
    if emails and not can_be_mailed(debtor, None):
        # Debtors of one payer are written to at its address: they share it here as well.
        who = f"{debtor.payer or debtor.code}@assumed.invalid"
        contact = Contact("assumed", debtor.name, Role.MANAGER, who)
        debtor = replace(debtor, contacts=(*debtor.contacts, contact))
    if addresses and not has_address(debtor):
        debtor = replace(debtor, address=_ASSUMED_ADDRESS)
    return replace(case, debtor=debtor)


def _later(case: Case, first: date) -> tuple[OpenItem, ...]:
    return tuple(i for i in case.items.values() if i.issue_date and i.issue_date > first)


def _without(case: Case, later: tuple[OpenItem, ...]) -> Case:
    gone = {item.key for item in later}
    return replace(case, items={k: item for k, item in case.items.items() if k not in gone})
