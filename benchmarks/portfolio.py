"""Generated cases for the benchmarks of the escalation: the same ones for the same seed."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from relance.domain.case import Case, facts_of
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
from relance.domain.postal_address import PostalAddress

SEED = 20261121


def creditor(today: date, code: str = "bench") -> Creditor:
    name = "Banc d'essai SAS"
    identity = LegalIdentity(name, PostalAddress(("1 RUE DE LA MESURE", "75011 PARIS")))
    collectors = (Collector("claire", "Claire Martin", "claire@bench.example"),)
    return Creditor(
        profile=CreditorProfile(code, identity, "finance@bench.example", collectors),
        payment=PaymentDetails(
            name, "FR7630006000011234567890189", None, "bench.example", "reply.bench.example"
        ),
        mode=Mode.AUTO,
        balance=BalanceState(import_seq=1, as_of=today, uploaded_on=today),
    )


def peers_portfolio(today: date, *, items: int = 10_000, debtors: int = 1_500) -> list[Case]:
    """Open items due between today - 120 and today + 30, spread at random over the debtors, as
    they were generated for the run of a peer; nothing was done on any of them.
    """
    random = Random(SEED)
    by_debtor: dict[int, list[OpenItem]] = {number: [] for number in range(debtors)}
    for number in range(items):
        due = today + timedelta(days=random.randint(-120, 30))
        amount = Decimal(random.randint(5_00, 5_000_00)) / 100
        item = _invoice(f"FA-{number:06d}", due, due - timedelta(days=30), amount)
        by_debtor[random.randrange(debtors)].append(item)
    owner = creditor(today)
    return [_case(owner, number, found, today) for number, found in by_debtor.items() if found]


def a_trade(
    first: date, last: date, *, debtors: int
) -> tuple[list[Case], Mapping[str, tuple[OpenItem, ...]]]:
    """Debtors billed at their own pace, from every fortnight to every quarter, before the days
    given and during them: what is open on the first day, and what is billed later.
    """
    random, owner = Random(SEED), creditor(first)
    cases: list[Case] = []
    coming: dict[str, tuple[OpenItem, ...]] = {}
    for number in range(debtors):
        every, terms = random.choice((14, 30, 30, 30, 61, 61, 91)), random.choice((30, 30, 45, 60))
        size = random.choice((80, 300, 900, 2500))
        day = first - timedelta(days=random.randint(0, 60))
        found: list[OpenItem] = []
        while day <= last:
            amount = Decimal(random.randint(50, 150) * size) / 100
            due = day + timedelta(days=terms)
            found.append(_invoice(f"F{number}-{len(found)}", due, day, amount))
            day += timedelta(days=every)
        known = [item for item in found if item.issue_date and item.issue_date <= first]
        case = _case(owner, number, known, first)
        cases.append(case)
        coming[case.debtor.code] = tuple(item for item in found if item not in known)
    return cases, coming


def _invoice(number: str, due: date, issued: date, amount: Decimal) -> OpenItem:
    key = ItemKey(f"{number}|invoice|1")
    return OpenItem(key, number, ItemKind.INVOICE, issued, due, amount, amount, "EUR")


def _case(owner: Creditor, number: int, items: list[OpenItem], today: date) -> Case:
    code = f"C{number:05d}"
    contacts = tuple(
        Contact(role.value, f"{role} {code}", role, f"{role}@{code.lower()}.example", "+33 1 00")
        for role in (Role.ACCOUNTS_PAYABLE, Role.MANAGER, Role.LEGAL)
    )
    debtor = Debtor(
        code=code,
        name=f"Client {code}",
        address=PostalAddress(("12 RUE DES LILAS", "31000 TOULOUSE")),
        contacts=contacts,
    )
    held = {item.key: item for item in items}
    return Case(owner.code, debtor, facts_of(owner), held, agenda=today)
