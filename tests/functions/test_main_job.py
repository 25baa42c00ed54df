"""Every Lambda with its real-shaped event, on the real adapters, from drop to filed reply."""

import email
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import policy
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.utils import unix_time_millis
from moto.ses.models import ses_backends
from moto.sqs.models import sqs_backends

from functions.import_balance import app as import_balance
from functions.plan_notices import app as plan_notices
from functions.record_delivery import app as record_delivery
from functions.record_reply import app as record_reply
from functions.render_letter import app as render_letter
from functions.send_notice import app as send_notice
from functions.sweep import app as sweep
from relance import bootstrap
from relance.adapters.clocks import SimulatedClock
from relance.adapters.ses_mailer import SesMailer
from relance.domain.case import Case
from relance.domain.creditor import BalanceState, Lease, Mode
from relance.domain.evidence import chain_problem
from relance.domain.holds import UnreadReply
from relance.domain.notice_content import OutgoingMail
from tests.builders import a_creditor
from tests.functions.aws import REGION, TABLE, Context, Deployment, event, with_body

MONDAY = date(2026, 11, 23)
"""The day of the events."""

CONTEXT: Any = Context()

CONTACTS = """Code;Nom;Contact;Rôle;E-mail;Téléphone;Langue;Adresse 1;Code postal;Ville
C0001;Menuiserie Dupont;Anne Durand;Comptabilité fournisseurs;anne@client.example;;fr;\
1 rue A;31000;TOULOUSE
C0002;Garage Petit;Luc Petit;Comptabilité fournisseurs;luc@petit.example;;fr;2 rue B;69001;LYON
"""

BALANCE = """Balance âgée au 23/11/2026
Code client;Nom;N° facture;Date facture;Date d'échéance;Montant TTC;Solde;Devise
C0001;Menuiserie Dupont;FA-1;19/10/2026;18/11/2026;1 234,56;1 234,56;EUR
C0002;Garage Petit;FA-2;19/10/2026;15/12/2026;100,00;100,00;EUR
C0002;Garage Petit;FA-3;;15/12/2026;abc;abc;EUR
"""


def noon(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def dropped(deployment: Deployment, key: str, content: bytes) -> dict[str, Any]:
    """The event of an object really put in the drop bucket."""
    version = deployment.drop(key, content)
    body = json.loads(event("import_balance")["Records"][0]["body"])
    body["detail"]["object"] |= {"key": key, "version-id": version}
    return with_body("import_balance", json.dumps(body))


def run(handler: Any, what: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = handler(what, CONTEXT)
    assert not answer.get("batchItemFailures"), answer
    return answer


def case_of(deployment: Deployment, debtor: str = "C0001") -> Case:
    return bootstrap.office(deployment.settings).open("acme").case(debtor)


def imported(deployment: Deployment) -> None:
    deployment.at(noon(MONDAY, 6))
    fresh = replace(a_creditor(), balance=BalanceState())
    deployment.add_creditor(fresh)
    run(import_balance.handler, dropped(deployment, "acme/contacts.csv", CONTACTS.encode()))
    run(
        import_balance.handler,
        dropped(deployment, "acme/balance âgée+1.csv", BALANCE.encode("cp1252")),
    )


def test_a_drop_that_must_wait_comes_back_when_the_lease_ends(deployment: Deployment) -> None:
    imported(deployment)
    creditors = bootstrap.office(deployment.settings).creditors
    lease = Lease("another", noon(MONDAY, 6) + timedelta(minutes=2))
    creditors.save(replace(creditors.get("acme"), lease=lease))
    url = deployment.environment["IMPORT_QUEUE_URL"]
    what = dropped(deployment, "acme/balance-2.csv", BALANCE.replace("234,56", "0,56").encode())
    deployment.sqs.send_message(QueueUrl=url, MessageBody=what["Records"][0]["body"])
    received = deployment.sqs.receive_message(QueueUrl=url, VisibilityTimeout=1800)
    handle = received["Messages"][0]["ReceiptHandle"]

    with pytest.raises(BatchProcessingError):
        import_balance.handler(
            {"Records": [what["Records"][0] | {"receiptHandle": handle}]}, CONTEXT
        )

    hidden = sqs_backends[DEFAULT_ACCOUNT_ID][REGION].queues["relance-import"]._messages[0]
    assert 100_000 < hidden.visible_at - unix_time_millis() <= 120_000


def test_reports_are_kept_apart_from_the_drops(deployment: Deployment) -> None:
    imported(deployment)
    run(import_balance.handler, dropped(deployment, "acme/notes.csv", b"nothing;of a\nbalance;x\n"))

    dropped_by_people = {"acme/contacts.csv", "acme/balance âgée+1.csv", "acme/notes.csv"}
    assert set(deployment.objects("DROP")) == dropped_by_people
    kept = {key.split("/")[0] for key in deployment.objects("REPORTS")}
    assert kept == {"reports", "quarantine", "snapshots"}


def planned(deployment: Deployment) -> list[str]:
    """Bodies of the send queue after the run of 08:00, Paris."""
    imported(deployment)
    deployment.at(noon(MONDAY, 7))
    schedule = event("plan_notices_schedule") | {"scheduled_at": "2026-11-23T07:00:00Z"}
    run(plan_notices.handler, schedule)
    pages = list(deployment.take("PLAN"))
    assert pages
    run(plan_notices.handler, with_body("plan_notices_page", *pages))
    return list(deployment.take("SEND"))


def sent_mails() -> list[Any]:
    return list(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)


def test_a_dropped_balance_is_imported_reported_and_its_bad_row_quarantined(
    deployment: Deployment,
) -> None:
    imported(deployment)
    (item,) = case_of(deployment).items.values()
    assert str(item.open_amount) == "1234.56"
    (kept,) = case_of(deployment, "C0002").items.values()
    assert kept.number == "FA-2"
    reports = deployment.objects("REPORTS", "reports/acme/")
    assert any("ligne 5" in plain_text(c) for k, c in reports.items() if k.endswith(".eml"))


def plain_text(mail: bytes) -> str:
    body = email.message_from_bytes(mail, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_same_file_dropped_twice_writes_no_case(deployment: Deployment) -> None:
    imported(deployment)
    before = case_of(deployment).version
    again = dropped(deployment, "acme/again.csv", BALANCE.encode("cp1252"))
    run(import_balance.handler, again)
    assert case_of(deployment).version == before


def test_an_unreplaced_scheduler_placeholder_is_an_error(deployment: Deployment) -> None:
    assert deployment
    with pytest.raises(Exception, match="scheduled-at-missing"):
        plan_notices.handler({"scheduled_at": "<aws.scheduler.scheduled-time>"}, CONTEXT)


def test_a_planned_reminder_is_sent_once_and_its_bytes_are_kept(deployment: Deployment) -> None:
    (body,) = planned(deployment)
    twice = with_body("send_notice", body, body)
    run(send_notice.handler, twice)
    mails = [m for m in sent_mails() if "anne@client.example" in str(m.destinations)]
    assert len(mails) == 1
    raw = email.message_from_string(mails[0].raw_data)
    assert raw["Reply-To"].startswith("reply+")
    assert "Auto-Submitted" not in raw
    kept = deployment.objects("EVIDENCE", "acme/notices/")
    assert len(kept) == 1
    entries = bootstrap.office(deployment.settings).open("acme").cases.history("C0001")
    assert chain_problem(entries) is None
    assert "notice-sent" in [entry.kind for entry in entries]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("record_delivery_send", "sent"),
        ("record_delivery_delivery", "delivered"),
        ("record_delivery_bounce", "bounced"),
        ("record_delivery_complaint", "complained"),
    ],
)
def test_delivery_events_move_the_notice(deployment: Deployment, name: str, status: str) -> None:
    (body,) = planned(deployment)
    run(send_notice.handler, with_body("send_notice", body))
    notice_id = json.loads(body)["notice_id"]
    delivery = json.loads(event(name)["Records"][0]["body"])
    delivery["detail"]["mail"]["tags"] |= {"notice": [notice_id], "creditor": ["acme"]}
    run(record_delivery.handler, with_body(name, json.dumps(delivery)))
    found = bootstrap.office(deployment.settings).open("acme").stores.notices.get(notice_id)
    assert found.status == status


def test_an_event_that_is_not_about_a_notice_is_acknowledged(deployment: Deployment) -> None:
    assert deployment
    delivery = json.loads(event("record_delivery_delivery")["Records"][0]["body"])
    delivery["detail"]["mail"]["tags"] = {}
    run(record_delivery.handler, with_body("record_delivery_delivery", json.dumps(delivery)))


def test_a_reply_is_filed_as_evidence_forwarded_and_holds_the_case(
    deployment: Deployment,
) -> None:
    (body,) = planned(deployment)
    run(send_notice.handler, with_body("send_notice", body))
    reply_to = email.message_from_string(sent_mails()[-1].raw_data)["Reply-To"]
    receipt = event("record_reply")
    ses = receipt["Records"][0]["ses"]
    ses["receipt"]["recipients"] = [reply_to]
    raw = (
        f"From: Anne <anne@client.example>\r\nTo: <{reply_to}>\r\nSubject: Re: facture\r\n"
        "Date: Mon, 23 Nov 2026 14:00:00 +0100\r\nMessage-ID: <a@client.example>\r\n\r\n"
        "Bonjour, nous payons vendredi.\r\n"
    ).encode()
    bucket = deployment.environment["MAIL_BUCKET"]
    key = f"inbound/{ses['mail']['messageId']}"
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=raw)
    for _ in range(2):
        run(record_reply.handler, receipt)
    assert any(isinstance(hold, UnreadReply) for hold in case_of(deployment).holds)
    assert list(deployment.objects("EVIDENCE", "acme/replies/").values()) == [raw]
    forwards = [m for m in sent_mails() if "claire@acme.example" in str(m.destinations)]
    assert len(forwards) == 1


def test_the_sweep_queues_what_was_planned_before_the_window(deployment: Deployment) -> None:
    imported(deployment)
    office = bootstrap.office(deployment.settings)
    creditor = office.creditors.get("acme")
    profile = replace(creditor.profile, send_from=datetime(2026, 1, 1, 10, tzinfo=UTC).time())
    office.creditors.save(replace(creditor, profile=profile))
    deployment.at(noon(MONDAY, 7))
    run(plan_notices.handler, {"scheduled_at": "2026-11-23T07:00:00Z"})
    run(plan_notices.handler, with_body("plan_notices_page", *deployment.take("PLAN")))
    assert list(deployment.take("SEND")) == []
    deployment.at(noon(MONDAY, 9))
    answer = run(sweep.handler, event("sweep"))
    assert answer["queued"] == 1
    assert len(list(deployment.take("SEND"))) == 1


def test_the_hourly_schedule_lets_out_what_the_morning_planned(deployment: Deployment) -> None:
    imported(deployment)
    creditors = bootstrap.office(deployment.settings).creditors
    creditor = creditors.get("acme")
    profile = replace(creditor.profile, send_from=datetime(2026, 1, 1, 10, tzinfo=UTC).time())
    creditors.save(replace(creditor, profile=profile))
    deployment.at(noon(MONDAY, 7))
    run(plan_notices.handler, {"scheduled_at": "2026-11-23T07:00:00Z"})
    run(plan_notices.handler, with_body("plan_notices_page", *deployment.take("PLAN")))
    deployment.at(noon(MONDAY, 9))
    answer = run(plan_notices.handler, {"scheduled_at": "2026-11-23T09:00:00Z"})
    assert answer["creditors"] == {"acme": "not-its-hour"}
    assert answer["dispatched"] == {"acme": 1}
    (body,) = deployment.take("SEND")
    run(send_notice.handler, with_body("send_notice", body))
    assert [m for m in sent_mails() if "anne@client.example" in str(m.destinations)]
    counted = creditors.get("acme").dispatched
    assert counted is not None
    assert (counted.messages, counted.first_messages) == (1, 1)


@pytest.mark.parametrize(
    ("stage", "redirect_to", "expected"),
    [
        ("dev", "test@acme.example", "test@acme.example"),
        ("dev", "", None),
        ("dev", "recipients", "anne@client.example"),
        ("prod", "test@acme.example", "anne@client.example"),
    ],
)
def test_only_prod_writes_to_customers(
    deployment: Deployment,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    redirect_to: str,
    expected: str | None,
) -> None:
    (body,) = planned(deployment)
    left: list[tuple[str, ...]] = []

    def send(_: SesMailer, mail: OutgoingMail) -> str:
        left.append(mail.recipients)
        return "message-1"

    monkeypatch.setattr(SesMailer, "send", send)
    monkeypatch.setenv("STAGE", stage)
    monkeypatch.setenv("REDIRECT_TO", redirect_to)
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: SimulatedClock(bootstrap.table(TABLE)))
    run(send_notice.handler, with_body("send_notice", body))
    assert left == ([] if expected is None else [(expected,)])


@pytest.mark.pdf
def test_a_registered_letter_is_rendered_printed_and_told(deployment: Deployment) -> None:
    imported(deployment)
    office = bootstrap.office(deployment.settings)
    desk = office.open("acme")
    notice_id = letter_for(deployment)
    run(
        render_letter.handler,
        with_body("render_letter", json.dumps({"creditor": "acme", "notice_id": notice_id})),
    )
    assert desk.stores.notices.get(notice_id).status == "sent"
    printed = deployment.objects("REPORTS", "print/acme/")
    (pdf,) = [content for key, content in printed.items() if key.endswith(".pdf")]
    assert pdf.startswith(b"%PDF")
    kept = deployment.objects("EVIDENCE", "acme/notices/").values()
    assert pdf in kept
    told = [m for m in sent_mails() if "finance@acme.example" in str(m.destinations)]
    assert told


@pytest.mark.pdf
def test_the_email_copy_of_a_letter_leaves_with_its_very_bytes(deployment: Deployment) -> None:
    imported(deployment)
    desk = bootstrap.office(deployment.settings).open("acme")
    letter_id = letter_for(deployment)
    message = json.dumps({"creditor": "acme", "notice_id": letter_id})
    run(render_letter.handler, with_body("render_letter", message))
    (body,) = deployment.take("SEND")
    run(send_notice.handler, with_body("send_notice", body, body))
    copy = desk.stores.notices.get(json.loads(body)["notice_id"])
    assert (copy.status, copy.copy_of) == ("sent", letter_id)
    mail = email.message_from_string(sent_mails()[-1].raw_data, policy=policy.default)
    (attached,) = mail.iter_attachments()
    letter = desk.stores.notices.get(letter_id).content
    assert letter is not None
    assert attached.get_content() == deployment.objects("EVIDENCE", "acme/notices/")[letter.key]


def letter_for(deployment: Deployment) -> str:
    """Bring the invoice of C0001 to its level-2 letter by planning on later days."""
    office = bootstrap.office(deployment.settings)
    bodies: list[str] = []
    day = MONDAY
    while day < date(2026, 12, 31):
        deployment.at(noon(day, 7))
        creditor = office.creditors.get("acme")
        fresh = replace(creditor.balance, as_of=day)
        office.creditors.save(replace(creditor, balance=fresh, mode=Mode.AUTO))
        instant = noon(day, 7).isoformat()
        run(plan_notices.handler, {"scheduled_at": instant})
        pages = list(deployment.take("PLAN"))
        if pages:
            run(plan_notices.handler, with_body("plan_notices_page", *pages))
        mails = list(deployment.take("SEND"))
        if mails:
            run(send_notice.handler, with_body("send_notice", *mails))
        bodies = list(deployment.take("LETTER"))
        if bodies:
            break
        day = date.fromordinal(day.toordinal() + 1)
    (body,) = bodies
    notice_id: str = json.loads(body)["notice_id"]
    return notice_id
