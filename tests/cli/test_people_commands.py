"""The commands of people, typed as they would be, on the real adapters."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from functions.plan_notices import app as plan_notices
from functions.record_reply import app as record_reply
from functions.send_notice import app as send_notice
from relance import bootstrap
from relance.cli.app import app
from relance.cli.deployed import Deployment as Deployed
from relance.domain.case import Case
from relance.domain.creditor import PendingDetails
from relance.domain.holds import Dispute
from tests.builders import a_creditor
from tests.functions.aws import Deployment, event, with_body
from tests.functions.test_main_job import CONTEXT, MONDAY, imported, noon

RUNNER = CliRunner()


@pytest.fixture
def deployment(cloud: Deployment) -> Deployment:
    """C0001 was sent its first reminder on Monday morning."""
    imported(cloud)
    run_day(cloud, MONDAY)
    return cloud


def run_day(made: Deployment, day: date) -> None:
    """The balance exported again, the run of 08:00 and what it sends at 10:00."""
    office = bootstrap.office(made.settings)
    creditor = office.creditors.get("acme")
    office.creditors.save(replace(creditor, balance=replace(creditor.balance, as_of=day)))
    made.at(noon(day, 7))
    plan_notices.handler({"scheduled_at": noon(day, 7).isoformat()}, CONTEXT)
    pages = list(made.take("PLAN"))
    if pages:
        plan_notices.handler(with_body("plan_notices_page", *pages), CONTEXT)
    mails = list(made.take("SEND"))
    made.at(noon(day))
    if mails:
        send_notice.handler(with_body("send_notice", *mails), CONTEXT)


def typed(*words: str, status: int = 0) -> str:
    result = RUNNER.invoke(app, [*words])
    assert result.exit_code == status, result.output
    return " ".join(result.output.split())


def case() -> Case:
    return Deployed.find(None).office.open("acme").case("C0001")


def history() -> list[tuple[str, str]]:
    entries = Deployed.find(None).office.open("acme").cases.history("C0001")
    return [(entry.kind, entry.actor) for entry in entries]


def reply(made: Deployment) -> str:
    """A customer answers; the id of the reply."""
    receipt: dict[str, Any] = event("record_reply")
    ses = receipt["Records"][0]["ses"]
    ses["receipt"]["recipients"] = ["compta@reply.acme.example"]
    raw = b"From: anne@client.example\r\nTo: x@y.example\r\nSubject: Re\r\n\r\nBonjour.\r\n"
    key = f"inbound/{ses['mail']['messageId']}"
    made.s3.put_object(Bucket=made.environment["MAIL_BUCKET"], Key=key, Body=raw)
    record_reply.handler(receipt, CONTEXT)
    return str(ses["mail"]["messageId"])


def test_a_case_shows_what_is_owed_its_history_and_that_its_chain_holds(
    deployment: Deployment,
) -> None:
    shown = typed("case", "acme", "C0001")
    for text in ("Menuiserie Dupont", "FA-1", "1234.56", "notice-sent", "self-consistent"):
        assert text in shown


def test_a_case_nobody_knows_is_said_in_words(deployment: Deployment) -> None:
    assert "no case for that debtor" in typed("case", "acme", "NOPE", status=2)


def test_a_reply_waits_in_the_worklist_until_it_is_marked_seen(deployment: Deployment) -> None:
    reply_id = reply(deployment)
    worklist = typed("todo", "acme")
    assert "reply to read" in worklist
    assert reply_id[:30] in worklist
    assert "…" not in worklist
    said = typed(
        "seen", "acme", "C0001", reply_id, "--by", "claire", "--promise", "2026-12-04",
        "--amount", "500", "--note", "virement",
    )  # fmt: skip
    assert "Promise" in said
    assert history()[-2:] == [("reply-seen", "claire"), ("answer-planned", "system")]
    assert "Nothing waits" in typed("todo", "acme")
    assert "not waiting" in typed("seen", "acme", "C0001", reply_id, "--by", "claire", status=2)


def test_who_solves_a_dispute_found_in_a_reply_is_written_to_at_once(
    deployment: Deployment,
) -> None:
    said = typed(
        "seen", "acme", "C0001", reply(deployment), "--by", "claire", "--dispute", "FA-1",
        "--owner", "Léo", "--owner-email", "leo@acme.example", "--target", "2026-12-11",
    )  # fmt: skip
    assert "Its owner was written to" in said
    assert ("owner-told", "system") in history()
    (hold,) = case().holds
    assert isinstance(hold, Dispute)
    assert (hold.owner, hold.owner_email, hold.target_on) == (
        "Léo",
        "leo@acme.example",
        date(2026, 12, 11),
    )


@pytest.mark.parametrize("amount", ["abc", "nan", "-3", "0"])
def test_an_amount_that_is_none_is_refused(deployment: Deployment, amount: str) -> None:
    reply_id = reply(deployment)
    refused = typed(
        "seen", "acme", "C0001", reply_id, "--by", "c", "--promise", "2026-12-04",
        "--amount", amount, status=2,
    )  # fmt: skip
    assert "is not an amount" in refused


def test_the_outcome_of_a_call_is_logged_and_a_hold_ended(deployment: Deployment) -> None:
    for day in range(24, 28):
        run_day(deployment, date(2026, 11, day))
    assert "task: call" in typed("todo", "acme")
    typed("call", "acme", "C0001", "reached", "--by", "claire", "--dispute", "FA-1")
    assert history()[-2:] == [("call-logged", "claire"), ("answer-planned", "system")]
    (hold,) = case().holds
    typed("done", "acme", "C0001", hold.key, "--by", "paul", "--note", "avoir émis")
    assert not case().holds or case().holds[0] != hold
    assert "not one of" in typed("call", "acme", "C0001", "maybe", "--by", "c", status=2)
    assert "No call" in typed("call", "acme", "C0001", "reached", "--by", "c", status=2)


def test_mode_and_pause_say_what_they_change_and_are_proved(deployment: Deployment) -> None:
    assert "mode observe" in typed("mode", "acme", "observe", "--by", "paul")
    assert "is paused" in typed("pause", "acme", "--by", "paul", "--reason", "audit")
    assert "running again" in typed("pause", "acme", "--resume", "--by", "paul")
    entries = Deployed.find(None).office.creditors.history("acme")
    assert [e.kind for e in entries] == ["mode-changed", "paused", "resumed"]


def test_only_what_waits_can_be_approved_or_resolved(deployment: Deployment) -> None:
    (notice,) = Deployed.find(None).office.stores.of("acme").notices.of_case("C0001")
    assert "awaits no approval" in typed("approve", "acme", notice.id, "--by", "p", status=2)
    assert "not in doubt" in typed("resolve", "acme", notice.id, "--by", "p", "--sent", status=2)
    assert "No notice has this id" in typed("approve", "acme", "x", "--by", "p", status=2)


def test_payment_details_are_shown_then_confirmed_by_two_persons(
    deployment: Deployment,
) -> None:
    assert "No payment details" in typed("confirm", "acme", "--by", "ana")
    office = Deployed.find(None).office
    creditor = office.creditors.get("acme")
    payment = a_creditor().payment
    assert payment is not None
    new = replace(payment, payee="Acme Group")
    office.creditors.save(replace(creditor, pending=PendingDetails(new, "drop")))
    shown = typed("confirm", "acme", "--by", "ana")
    fingerprint = shown.rsplit(" ", 1)[1]
    one_more = typed("confirm", "acme", "--by", "ana", "--fingerprint", fingerprint)
    assert "one more person" in one_more
    assert "They apply" in typed("confirm", "acme", "--by", "paul", "--fingerprint", fingerprint)
    assert office.creditors.get("acme").payment == new


def test_no_suspicious_balance_waits(deployment: Deployment) -> None:
    assert "No balance of acme waits" in typed("confirm-import", "acme", "--by", "ana")
    assert "No suspicious balance" in typed(
        "confirm-import", "acme", "acme/x.csv", "--by", "ana", status=2
    )


def test_every_command_explains_itself() -> None:
    commands = [command.name for command in app.registered_commands]
    assert len(commands) == len(set(commands))
    for name in commands:
        assert name
        assert RUNNER.invoke(app, [name, "--help"]).exit_code == 0
