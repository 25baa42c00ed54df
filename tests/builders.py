"""Builders: the shortest way for a test to say what matters to it."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from relance.adapters.config_files.policy_yaml import FilePolicies
from relance.domain.case import Case, CreditorFacts, facts_of
from relance.domain.creditor import (
    BalanceState,
    Collector,
    Creditor,
    CreditorProfile,
    LegalIdentity,
    Mode,
    PaymentDetails,
)
from relance.domain.debtor import Contact, Debtor, Role
from relance.domain.open_item import ItemKey, ItemKind, OpenItem
from relance.domain.policy import Policy
from relance.domain.postal_address import PostalAddress
from relance.domain.working_days import WorkingCalendar

POLICIES = Path(__file__).resolve().parents[1] / "layers" / "core" / "relance" / "policies"

HOLIDAYS_2026 = frozenset(
    date(2026, month, day)
    for month, day in (
        (1, 1),
        (4, 6),
        (5, 1),
        (5, 8),
        (5, 14),
        (5, 25),
        (7, 14),
        (8, 15),
        (11, 1),
        (11, 11),
        (12, 25),
    )
)

CALENDAR = WorkingCalendar(HOLIDAYS_2026)


SHIPPED = FilePolicies(POLICIES)


def standard_policy() -> Policy:
    return SHIPPED.get("standard")


def shipped_policies() -> tuple[Policy, ...]:
    return tuple(SHIPPED.get(name) for name in sorted(SHIPPED.names()))


def a_profile(code: str = "acme") -> CreditorProfile:
    return CreditorProfile(
        code=code,
        identity=LegalIdentity(
            name="Acme Outillage SAS",
            address=PostalAddress(("4 rue des Forges", "69003 LYON")),
            siren="732829320",
            legal_form="SAS",
            capital="40 000 €",
            rcs_city="Lyon",
            phone="+33 4 00 00 00 00",
        ),
        finance_email="finance@acme.example",
        collectors=(
            Collector("claire", "Claire Martin", "claire@acme.example", "+33 4 00 00 00 01"),
        ),
        send_from=time(8),
    )


def payment_details() -> PaymentDetails:
    return PaymentDetails(
        payee="Acme Outillage SAS",
        iban="FR7630006000011234567890189",
        bic="AGRIFRPP",
        sender_domain="acme.example",
        reply_domain="reply.acme.example",
    )


def a_creditor(
    code: str = "acme", *, mode: Mode = Mode.AUTO, as_of: date = date(2026, 3, 2)
) -> Creditor:
    return Creditor(
        profile=a_profile(code),
        payment=payment_details(),
        mode=mode,
        balance=BalanceState(import_seq=1, as_of=as_of, uploaded_on=as_of),
    )


def facts(as_of: date, creditor: Creditor | None = None) -> CreditorFacts:
    found = facts_of(creditor or a_creditor())
    return replace(found, balance=replace(found.balance, as_of=as_of))


def an_invoice(
    number: str = "FA-1",
    *,
    due: date | None = date(2026, 3, 2),
    amount: str = "1000.00",
    open_amount: str | None = None,
    issued: date | None = None,
    currency: str = "EUR",
) -> OpenItem:
    total = Decimal(amount)
    return OpenItem(
        key=ItemKey(f"{number}|invoice|1"),
        number=number,
        kind=ItemKind.INVOICE,
        issue_date=issued,
        due_date=due,
        amount=total,
        open_amount=total if open_amount is None else Decimal(open_amount),
        currency=currency,
        order_number="PO-7",
    )


def a_credit(
    number: str = "AV-1",
    *,
    amount: str = "-100.00",
    kind: ItemKind = ItemKind.CREDIT_NOTE,
    issued: date = date(2026, 3, 2),
    credits_number: str | None = None,
) -> OpenItem:
    return OpenItem(
        key=ItemKey(f"{number}|{kind}|1"),
        number=number,
        kind=kind,
        issue_date=issued,
        due_date=None,
        amount=Decimal(amount),
        open_amount=Decimal(amount),
        currency="EUR",
        credits_number=credits_number,
    )


def a_contact(
    key: str = "ap", role: Role = Role.ACCOUNTS_PAYABLE, email: str | None = None
) -> Contact:
    return Contact(key, f"{key.title()} Durand", role, email or f"{key}@client.example", "+331")


def a_debtor(code: str = "C001", *contacts: Contact) -> Debtor:
    people = contacts or (
        a_contact("ap"),
        a_contact("boss", Role.MANAGER),
        a_contact("legal", Role.LEGAL),
    )
    return Debtor(
        code=code,
        name="Menuiserie Dupont SARL",
        siren="552100554",
        address=PostalAddress(("12 RUE DES LILAS", "31000 TOULOUSE")),
        contacts=people,
    )


def a_case(*items: OpenItem, debtor: Debtor | None = None, as_of: date = date(2026, 3, 2)) -> Case:
    found = items or (an_invoice(),)
    return Case(
        creditor="acme",
        debtor=debtor or a_debtor(),
        facts=facts(as_of),
        items={item.key: item for item in found},
    )


def seen_on(case: Case, day: date) -> Case:
    """The same case with a balance refreshed that day."""
    return replace(case, facts=replace(case.facts, balance=replace(case.facts.balance, as_of=day)))
