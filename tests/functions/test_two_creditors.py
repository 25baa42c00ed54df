"""Two creditors' files cannot mix (design §6): on DynamoDB's own rows and S3's own objects."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import boto3
import pytest

from functions.import_balance import app as import_balance
from relance import bootstrap
from relance.domain.case import Case
from relance.domain.creditor import BalanceState
from relance.domain.evidence import chain_problem
from tests.adapters.documents.samples import a_pdf
from tests.builders import a_creditor
from tests.functions.aws import REGION, TABLE, Deployment
from tests.functions.test_main_job import CONTACTS, MONDAY, dropped, noon, run

TWO = ("acme", "bolt")
SHARED = {"CREDITORS", "CLOCK", "REPLYDOMAIN#reply.acme.example"}
"""Partitions that belong to no creditor: who there is, what time it is, who answers where."""

HEADER = "Code client;Nom;N° facture;Date facture;Date d'échéance;Montant TTC;Solde;Devise\n"
FIRST = HEADER + (
    "C0001;Menuiserie Dupont;FA-1;19/10/2026;18/11/2026;{0},00;{0},00;EUR\n"
    "C0001;Menuiserie Dupont;FA-2;19/10/2026;18/11/2026;{0},00;{0},00;EUR\n"
    "C0002;Garage Petit;FA-3;19/10/2026;15/12/2026;{0}0,00;{0}0,00;EUR\n"
    "C0003;Bad;FA-4;19/10/2026;hier;1,00;1,00;EUR\n"
)
PAYMENTS = "Date valeur;Code client;N° facture;Montant\n20/11/2026;C0001;FA-1;{0},00\n"

State = dict[str, Any]


def state_of(made: Deployment, creditor: str) -> State:
    """Every row and every object of one creditor, byte by byte."""
    pages = boto3.client("dynamodb", region_name=REGION).get_paginator("scan")
    rows = [row for page in pages.paginate(TableName=TABLE) for row in page["Items"]]
    mine = {
        (row["pk"]["S"], row["sk"]["S"]): row
        for row in rows
        if row["pk"]["S"] not in SHARED and row["pk"]["S"].split("#")[1] == creditor
    }
    known = [row for row in rows if row["pk"]["S"].split("#")[1:2] not in [[c] for c in TWO]]
    assert {row["pk"]["S"] for row in known} <= SHARED
    found: State = {"rows": mine}
    for bucket in ("REPORTS", "EVIDENCE", "DROP"):
        objects = made.objects(bucket)
        assert all(set(TWO) & set(key.split("/")[:2]) for key in objects)
        found[bucket] = {k: v for k, v in objects.items() if creditor in k.split("/")[:2]}
    return found


def case_of(made: Deployment, creditor: str, debtor: str = "C0001") -> Case:
    return bootstrap.office(made.settings).open(creditor).case(debtor)


def amounts(case: Case) -> dict[str, Decimal]:
    return {item.number: item.open_amount for item in case.open_items}


@pytest.fixture
def two(deployment: Deployment) -> Deployment:
    deployment.at(noon(MONDAY, 6))
    for code in TWO:
        deployment.add_creditor(replace(a_creditor(code), balance=BalanceState()))
    return deployment


STEPS: list[tuple[str, str, bytes]] = [
    ("acme", "contacts.csv", CONTACTS.encode()),
    ("bolt", "contacts.csv", CONTACTS.replace("anne@client", "anne@other").encode()),
    ("acme", "balance.csv", FIRST.format(100).encode()),
    ("bolt", "balance.csv", FIRST.format(200).encode()),
    ("acme", "payments.csv", PAYMENTS.format(100).encode()),
    ("bolt", "payments.csv", PAYMENTS.format(50).encode()),
    ("acme", "invoices/FA-1.pdf", a_pdf("Facture FA-1")),
    ("bolt", "balance.csv", FIRST.format(200).replace(";FA-1;", ";FA-9;").encode()),
    ("acme", "balance.csv", HEADER.encode() + FIRST.format(100).encode().splitlines()[3]),
    ("bolt", "invoices/FA-2.pdf", a_pdf("Facture FA-2")),
    ("acme", "nonsense.bin", b"\x00\x01"),
    ("bolt", "balance.csv", FIRST.format(200).encode()),
]


def test_an_import_touches_no_row_and_no_object_of_another_creditor(two: Deployment) -> None:
    """The same customers, numbers, addresses and file names at both, one drop after the other."""
    for turn, (creditor, name, content) in enumerate(STEPS):
        other = next(code for code in TWO if code != creditor)
        mine, theirs = state_of(two, creditor), state_of(two, other)
        two.at(noon(MONDAY, 6) + timedelta(minutes=turn))
        run(import_balance.handler, dropped(two, f"{creditor}/{name}", content))
        assert state_of(two, other) == theirs, f"{creditor}/{name}"
        assert state_of(two, creditor) != mine, f"{creditor}/{name} left no trace"


def test_so_each_has_its_own_amounts_receipts_and_chain(two: Deployment) -> None:
    for turn, (creditor, name, content) in enumerate(STEPS):
        two.at(noon(MONDAY, 6) + timedelta(minutes=turn))
        run(import_balance.handler, dropped(two, f"{creditor}/{name}", content))
    mine, theirs = case_of(two, "acme"), case_of(two, "bolt")
    assert amounts(mine) == {}, "settled by its own second balance, the other's show them"
    assert amounts(theirs) == {"FA-1": Decimal("200.00"), "FA-2": Decimal("200.00")}
    assert [sum(h.amounts.values()) for h in mine.holds] == [100]  # type: ignore[union-attr]
    assert [sum(h.amounts.values()) for h in theirs.holds] == [50]  # type: ignore[union-attr]
    emails = [case.debtor.contacts[0].email for case in (mine, theirs)]
    assert emails == ["anne@client.example", "anne@other.example"]
    for creditor in TWO:
        entries = bootstrap.office(two.settings).open(creditor).cases.history("C0001")
        assert chain_problem(entries) is None
        documents = {e.facts["items"] for e in entries if e.kind.startswith("document-")}
        assert documents == {"FA-1|invoice|1" if creditor == "acme" else "FA-2|invoice|1"}


def test_a_suspicious_balance_of_one_holds_nothing_of_the_other(two: Deployment) -> None:
    for creditor in TWO:
        first = FIRST.format(100).encode()
        run(import_balance.handler, dropped(two, f"{creditor}/balance.csv", first))
    two.at(noon(MONDAY, 7))
    shrunk = HEADER + "C0001;Menuiserie Dupont;FA-1;19/10/2026;18/11/2026;100,00;100,00;EUR\n"
    run(import_balance.handler, dropped(two, "bolt/balance.csv", shrunk.encode()))
    office = bootstrap.office(two.settings)
    assert office.creditors.get("bolt").balance.suspicious
    assert not office.creditors.get("acme").balance.suspicious
    assert [record.status for record in office.stores.of("acme").imports.recent(9)] == ["applied"]
