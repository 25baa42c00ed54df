"""The embedded AWS does what AWS would, where MiniStack alone does not."""

import json
import time
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

import pytest
from botocore.exceptions import ClientError

from relance.cli.demo.stage import Stage, wait_until
from relance.cli.local_cloud import LocalStack
from relance.cli.local_cloud.quiet import dead_letters, wait_until_quiet
from tests.e2e.stages import configure, on

pytestmark = pytest.mark.e2e


def message(subject: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Élodie <elodie@acme.example>"
    mail["To"] = "compta@client.example"
    mail["Reply-To"] = "reply+abc@answers.acme.example"
    mail["Subject"] = subject
    mail.set_content("Votre facture est échue.", cte="quoted-printable")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    return mail.as_bytes()


def send(cloud: LocalStack, raw: bytes, *, sender: str, to: str) -> str:
    answer = cloud.client("sesv2").send_email(
        FromEmailAddress=sender,
        Destination={"ToAddresses": [to]},
        Content={"Raw": {"Data": raw}},
        ConfigurationSetName=cloud.outputs["ConfigurationSet"],
        EmailTags=[{"Name": "trial", "Value": "yes"}],
    )
    return str(answer["MessageId"])


def eventually(holds: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.1)
    return holds()


def test_a_message_leaves_as_it_was_given_and_its_fate_is_recorded(cloud: LocalStack) -> None:
    raw = message("Rappel d’échéance")

    message_id = send(cloud, raw, sender="elodie@acme.example", to="compta@client.example")
    wait_until_quiet(cloud)

    lines = (cloud.outbox / "index.jsonl").read_text().splitlines()
    (line,) = [entry for entry in map(json.loads, lines) if entry["message_id"] == message_id]
    named = f"Message-ID: <{message_id}@eu-west-3.amazonses.com>\r\n".encode()
    assert (cloud.outbox / line["file"]).read_bytes() == named + raw
    assert line["tags"]["trial"] == "yes"
    assert dead_letters(cloud) == {}


def test_a_sender_that_nobody_verified_is_refused(cloud: LocalStack) -> None:
    with pytest.raises(ClientError, match="not verified"):
        send(cloud, message("x"), sender="someone@elsewhere.example", to="compta@client.example")


def test_what_a_customer_sends_is_stored_as_it_came(
    cloud: LocalStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A creditor has that domain: else the answer ends in the dead letters, minutes later."""
    raw = message("Re: Rappel")
    with on(cloud, monkeypatch) as stack:
        stage = Stage(stack, "acme", ZoneInfo("Europe/Paris"))
        stage.at(date(2025, 10, 6), 7)
        configure(stage, sender="acme.example", replies="acme.example")

        cloud.receive(raw, sender="compta@client.example", recipients=["someone@acme.example"])

        wait_until(lambda: bool(stage.desk().stores.replies.triage()), "the answer")
        stage.settle_mail()
    s3, bucket = cloud.client("s3"), cloud.outputs["MailBucket"]
    stored = s3.list_objects_v2(Bucket=bucket, Prefix="inbound/")["Contents"]
    contents = [s3.get_object(Bucket=bucket, Key=item["Key"])["Body"].read() for item in stored]
    assert raw in contents


def test_evidence_cannot_be_deleted(cloud: LocalStack) -> None:
    s3, bucket = cloud.client("s3"), cloud.outputs["EvidenceBucket"]
    version = s3.put_object(Bucket=bucket, Key="trial", Body=b"proof")["VersionId"]

    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key="trial", VersionId=version)


def test_no_schedule_runs_on_a_simulated_clock(cloud: LocalStack) -> None:
    schedules = cloud.client("scheduler").list_schedules()["Schedules"]

    assert [schedule["State"] for schedule in schedules] == ["DISABLED", "DISABLED"]


def test_a_dropped_object_is_taken_from_the_import_queue(cloud: LocalStack) -> None:
    """Nobody's file: refused in a report, and not an error."""
    s3 = cloud.client("s3")

    s3.put_object(Bucket=cloud.outputs["DropBucket"], Key="nobody/balance.csv", Body=b"a;b\n")

    reports = cloud.outputs["ReportsBucket"]
    assert eventually(lambda: s3.list_objects_v2(Bucket=reports)["KeyCount"] > 0)
    wait_until_quiet(cloud)
    assert dead_letters(cloud) == {}
