"""The commands of who decides what leaves, typed as they would be, on the real adapters."""

import email
import email.policy
import io
import json
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from functions.import_balance import app as import_balance
from functions.plan_notices import app as plan_notices
from relance import bootstrap
from relance.application.forecast import DayAhead
from relance.application.go_live import preview_go_live
from relance.cli.app import app
from relance.cli.deployed import Deployment as Deployed
from relance.cli.go_live_view import show_go_live
from relance.domain.creditor import Mode
from tests.cli.test_people_commands import RUNNER, typed
from tests.functions.aws import Deployment, with_body
from tests.functions.test_main_job import (
    CONTEXT,
    MONDAY,
    dropped,
    imported,
    noon,
    run,
    sent_mails,
)

OLD = """Balance âgée au 23/11/2026
Code client;Nom;N° facture;Date facture;Date d'échéance;Montant TTC;Solde;Devise
C0001;Menuiserie Dupont;FA-1;19/10/2026;18/11/2026;1 234,56;1 234,56;EUR
C0002;Garage Petit;FA-8;01/08/2026;31/08/2026;700,00;700,00;EUR
C0002;Garage Petit;FA-9;01/09/2026;30/09/2026;300,00;300,00;EUR
"""


@pytest.fixture
def deployment(cloud: Deployment) -> Deployment:
    """Two debtors, one of them with old documents; messages leave from 10:00."""
    imported(cloud)
    run(import_balance.handler, dropped(cloud, "acme/b.csv", OLD.encode("cp1252")))
    creditors = bootstrap.office(cloud.settings).creditors
    creditor = creditors.get("acme")
    creditors.save(replace(creditor, profile=replace(creditor.profile, send_from=time(10))))
    return cloud


def plan(made: Deployment, day: date = MONDAY) -> None:
    made.at(noon(day, 7))
    plan_notices.handler({"scheduled_at": noon(day, 7).isoformat()}, CONTEXT)
    plan_notices.handler(with_body("plan_notices_page", *made.take("PLAN")), CONTEXT)


def kinds() -> list[tuple[str, str]]:
    entries = Deployed.find(None).office.creditors.history("acme")
    return [(entry.kind, entry.actor) for entry in entries]


def planned_id(debtor: str = "C0001") -> str:
    live = Deployed.find(None).office.open("acme").case(debtor).live
    assert live is not None
    return live.id


def test_old_documents_are_listed_then_released_by_debtor_list_or_all(
    deployment: Deployment, tmp_path: Path
) -> None:
    shown = typed("release", "acme", "--by", "paul")
    assert "FA-8" in shown
    assert "2 documents of 1 debtors, 1000.00 EUR" in shown
    said = typed("release", "acme", "C0002", "--item", "FA-8", "--by", "paul")
    assert "Released: 1 documents of 1 debtors, from level_1" in said
    listed = tmp_path / "list.txt"
    listed.write_text("﻿C0002\n\n", encoding="utf-8")
    said = typed("release", "acme", "--file", str(listed), "--level", "level_2", "--by", "paul")
    assert "from level_2" in said
    assert "Nothing waits" in typed("release", "acme", "--by", "paul")
    assert "Released: 0" in typed("release", "acme", "--all", "--by", "paul")
    refused = typed("release", "acme", "C0002", "--by", "paul", status=2)
    assert "Nothing in this case waits" in refused
    too_high = typed("release", "acme", "--all", "--level", "level_3", "--by", "p", status=2)
    assert "'level_1', 'level_2'" in too_high
    assert "litigation" not in typed("release", "--help")


def test_going_live_shows_first_and_changes_only_with_yes(deployment: Deployment) -> None:
    typed("mode", "acme", "observe", "--by", "paul")
    shown = typed("go-live", "acme", "--mode", "auto", "--by", "paul", "--lang", "en")
    for text in ("2 cases, 3 documents", "Mode now: observe; asked for: auto", "FA-8", "--yes"):
        assert text in shown, shown
    assert Deployed.find(None).office.creditors.get("acme").mode is Mode.OBSERVE
    assert "now in mode auto" in typed("go-live", "acme", "--mode", "auto", "--yes", "--by", "ana")
    assert kinds()[-1] == ("mode-changed", "ana")


def test_going_live_tells_the_two_weeks_by_day_and_channel(deployment: Deployment) -> None:
    deployment.at(noon(MONDAY, 6))
    said = json.loads(go_live_json())
    assert (said["from"], said["to"]) == (MONDAY.isoformat(), "2026-12-06")
    assert len(said["days"]) == 10, "open days"
    assert said["days"][0]["date"] == MONDAY.isoformat()
    assert said["days"][0]["emails"] == 2, "the one due, and the old ones released at level 1"
    assert said["totals"]["emails"] == sum(day["emails"] for day in said["days"])
    assert said["first_messages"]["count"] == 2
    assert said["first_messages"]["largest"][0]["asked"] == {"EUR": "1234.56"}
    assert said["to_release"]["level"] == "level_1"
    assert said["to_release"]["asked"] == {"EUR": "1000.00"}
    assert [one["number"] for one in said["to_release"]["items"]] == ["FA-8", "FA-9"]
    assert said["changed"] is False
    waiting = json.loads(go_live_json("--no-release"))
    assert (waiting["days"][0]["emails"], waiting["to_release"]["level"]) == (1, None)
    second = json.loads(go_live_json("--level", "level_2"))
    assert second["days"][0]["registered_letters"] + second["days"][0]["letters"] == 1
    assert Decimal(second["totals"]["cost"]) > 0
    refused = typed("go-live", "acme", "--level", "level_3", "--by", "p", status=2)
    assert "'level_1', 'level_2'" in refused
    assert "litigation" not in typed("go-live", "--help")


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(("language", "day"), [("fr", "lun 23/11"), ("en", "Mon 23 Nov")])
def test_the_calendar_fits_a_terminal(
    deployment: Deployment, language: str, day: str, width: int
) -> None:
    """Also once every column is full: a number cut short is a wrong number."""
    deployment.at(noon(MONDAY, 6))
    found = preview_go_live("acme", Mode.AUTO, office=Deployed.find(None).office)
    full = DayAhead(MONDAY, 50, 50, 50, 45, 40, {"daily-cap": 1234}, Decimal("12345.60"))
    busy = replace(found, ahead=replace(found.ahead, days=(full, full)))
    console = Console(width=width, file=io.StringIO(), record=True)
    profile = Deployed.find(None).office.creditors.get("acme").profile
    show_go_live(console, busy, profile, language)
    lines = console.export_text().splitlines()
    (row, _) = [line for line in lines if day in line and "1234" in line and "345" in line]
    assert len(row.rstrip()) <= 80
    assert "…" not in row


def go_live_json(*more: str) -> str:
    done = RUNNER.invoke(app, ["go-live", "acme", "--mode", "auto", "--by", "p", "--json", *more])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_mode_says_what_it_needs(deployment: Deployment) -> None:
    assert "Give the test address" in typed("mode", "acme", "redirect", "--by", "p", status=2)
    assert "not an e-mail" in typed(
        "mode", "acme", "redirect", "--to", "nowhere", "--by", "p", status=2
    )
    typed("mode", "acme", "redirect", "--to", "test@acme.example", "--by", "paul")
    assert "list is empty" in typed("mode", "acme", "allow_list", "--by", "p", status=2)
    typed("mode", "acme", "allow_list", "--debtor", "C0001", "--by", "paul")
    found = Deployed.find(None).office.creditors.get("acme")
    assert (found.redirect_to, found.allow_list) == ("test@acme.example", frozenset({"C0001"}))


def test_a_person_lets_the_day_s_batch_out(deployment: Deployment) -> None:
    assert 'not "confirm"' in typed("release-day", "acme", "--by", "paul", status=2)
    typed("mode", "acme", "confirm", "--by", "paul")
    plan(deployment)
    deployment.at(noon(MONDAY))
    assert "Leaving now: 1 messages" in typed("release-day", "acme", "--by", "paul")
    assert kinds()[-1] == ("day-released", "paul")
    assert len(list(deployment.take("SEND"))) == 1


def test_one_message_of_the_day_is_stopped(deployment: Deployment) -> None:
    plan(deployment)
    notice = planned_id()
    said = typed("stop", "acme", notice, "--by", "claire", "--reason", "vu ce matin")
    assert "does not leave today" in said
    assert "no longer be withheld" in typed("stop", "acme", notice, "--by", "c", status=2)
    entries = Deployed.find(None).office.open("acme").cases.history("C0001")
    assert (entries[-1].kind, entries[-1].actor) == ("notice-stopped", "claire")


def test_a_sample_of_each_message_goes_to_our_own_people_only(deployment: Deployment) -> None:
    plan(deployment)
    assert "customers" in typed(
        "sample", "acme", "--to", "anne@client.example", "--by", "claire", status=2
    )
    assert "1 samples" in typed("sample", "acme", "--to", "claire@acme.example", "--by", "claire")
    mail = sent_mails()[-1]
    assert "claire@acme.example" in str(mail.destinations)
    raw = email.message_from_string(mail.raw_data, policy=email.policy.default)
    assert str(raw["Subject"]).startswith("[Essai – anne@client.example] ")
    assert str(raw["To"]) == "claire@acme.example"
    live = Deployed.find(None).office.open("acme").case("C0001").live
    assert live is not None
    assert live.status == "planned"
    assert kinds()[-1] == ("samples-sent", "claire")


def test_an_address_nobody_has_cannot_be_allowed(deployment: Deployment) -> None:
    refused = typed("allow-address", "acme", "x@y.example", "--by", "paul", status=2)
    assert "No contact" in refused
    said = typed("allow-address", "acme", "ANNE@client.example", "--by", "paul")
    assert "Leaving now: 0" in said
    assert kinds()[-1] == ("address-allowed", "paul")
