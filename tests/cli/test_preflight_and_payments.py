"""`relance preflight`, `stats` and `profile`, typed as they would be, on the real adapters."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from functions.import_balance import app as import_balance
from relance.application.ports import CaseChange
from relance.cli.app import app
from relance.cli.deployed import Deployment as Deployed
from relance.domain.debtor import PayerProfile
from tests.cli.test_people_commands import RUNNER, case, typed
from tests.domain.paid import several
from tests.functions.aws import Deployment
from tests.functions.test_main_job import MONDAY, dropped, imported, noon, run


@pytest.fixture
def deployment(cloud: Deployment) -> Deployment:
    """C0001 owes FA-1 and has paid six items forty days late."""
    imported(cloud)
    cloud.at(noon(MONDAY))
    history = several(6, days_late=40, reminders=3)
    store = Deployed.find(None).office.stores.of("acme").cases
    store.commit(CaseChange(case(), None, payments=history))
    balance_of(MONDAY)
    return cloud


def balance_of(day: date) -> None:
    office = Deployed.find(None).office
    creditor = office.creditors.get("acme")
    office.creditors.save(replace(creditor, balance=replace(creditor.balance, as_of=day)))


def as_json(*words: str, status: int = 0) -> Any:
    result = RUNNER.invoke(app, [*words, "--json"])
    assert result.exit_code == status, result.output
    return json.loads(result.output)


def test_a_preflight_that_nothing_blocks(deployment: Deployment) -> None:
    shown = typed("preflight", "acme", "--lang", "en")
    for text in ("Nothing blocks", "2026-11", "FA-1", "Debtors who owe: 2 – €1,334.56", "unknown"):
        assert text in shown


def test_a_stale_balance_blocks_with_status_1(deployment: Deployment) -> None:
    balance_of(date(2026, 10, 1))
    shown = typed("preflight", "acme", "--lang", "en", status=1)
    for text in ("Switch nothing on", "✗ │ It is fresh enough", "drop today’s"):
        assert text in shown
    found = as_json("preflight", "acme", status=1)
    assert found["blocked"]
    assert [c["code"] for c in found["checks"] if c["blocks"]] == ["balance-stale"]


def test_it_speaks_the_language_of_the_creditor_unless_told(deployment: Deployment) -> None:
    assert "Avant de mettre en marche" in typed("preflight", "acme")
    assert "Before switching on" in typed("preflight", "acme", "--lang", "en")


def test_its_json_has_amounts_as_text_and_unknown_as_null(deployment: Deployment) -> None:
    found = as_json("preflight", "acme", "--lang", "en")
    checks = {check["code"]: check for check in found["checks"]}
    assert checks["insured-items"]["count"] is None
    assert checks["public-debtors"]["count"] == 0
    large, _ = found["largest"]
    assert (large["number"], large["open_amount"]) == ("FA-1", "1234.56")
    assert found["open"] == {"EUR": "1334.56"}


def test_a_balance_with_the_columns_tells_what_is_insured_and_assigned(
    deployment: Deployment,
) -> None:
    """Dropped after one that has none of them: the same items, and now they tell."""
    text = """Balance âgée au 23/11/2026
Code client;Nom;N° facture;Date facture;Date d'échéance;Montant TTC;Solde;Assureur;Encours garanti;\
Cédé (O/N)
C0001;Menuiserie Dupont;FA-1;19/10/2026;18/11/2026;1 234,56;1 234,56;Coface;10 000,00;N
C0002;Garage Petit;FA-2;19/10/2026;15/12/2026;100,00;100,00;Coface;0,00;O
"""
    drop = dropped(deployment, "acme/columns.csv", text.encode("cp1252"))
    run(import_balance.handler, drop)
    found = as_json("preflight", "acme", "--lang", "en")
    checks = {check["code"]: check for check in found["checks"]}
    for code, debtor, owed in (
        ("insured-items", "C0001", "1234.56"),
        ("assigned-items", "C0002", "100.00"),
    ):
        assert (checks[code]["count"], checks[code]["found"]) == (1, [debtor])
        assert checks[code]["amounts"] == {"EUR": owed}
    assert {item.insurer for item in case().items.values()} == {"Coface"}


def test_a_creditor_nobody_knows_is_said_in_words(deployment: Deployment) -> None:
    for command in ("preflight", "stats"):
        typed(command, "nobody", status=2)


def test_how_all_and_one_pay(deployment: Deployment) -> None:
    for words in (("stats", "acme"), ("stats", "acme", "C0001")):
        shown = typed(*words, "--lang", "en")
        assert "Days late by amount" in shown
        assert "40.0" in shown
    assert "40,0" in typed("stats", "acme", "--lang", "fr")
    (euros,) = as_json("stats", "acme")
    assert euros["paid"]["weighted_days_late"] == "40.0"
    assert euros["open"] == "1334.56"


def test_a_profile_is_shown_with_its_reasons_then_confirmed(deployment: Deployment) -> None:
    shown = typed("profile", "acme", "C0001", "--lang", "fr")
    for text in ("Profil confirmé : aucun", "mauvais payeur", "40,0 jours", "--confirm bad_payer"):
        assert text in shown
    said = typed("profile", "acme", "C0001", "--confirm", "bad_payer", "--by", "ana")
    assert "mauvais payeur" in said
    assert case().debtor.profile is PayerProfile.BAD_PAYER
    assert "Payer profile: bad_payer" in typed("case", "acme", "C0001")
    assert "Rien n’est appliqué" not in typed("profile", "acme", "C0001")


def test_a_case_shows_what_is_proposed_and_that_it_waits(deployment: Deployment) -> None:
    now = case()
    debtor = replace(now.debtor, proposed_profile=PayerProfile.NEGLIGENT)
    store = Deployed.find(None).office.stores.of("acme").cases
    store.commit(CaseChange(replace(now, debtor=debtor), None))
    shown = typed("case", "acme", "C0001")
    assert "Payer profile proposed: negligent, see `relance profile`" in shown
    assert "Payer profile:" not in shown
