"""Upload → reminder → reply → evidence, on the real template deployed by SAM."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest

from relance.application.creditor_commands import change_mode, pause
from relance.application.people import Findings
from relance.application.seen_reply import mark_seen
from relance.cli.demo.customers import compose_reply, sender_of
from relance.cli.demo.exports import export_balance
from relance.cli.demo.ledger import Entry, Ledger
from relance.cli.demo.outbox import Received, received
from relance.cli.demo.scenario import CustomerReply
from relance.cli.demo.stage import Stage, wait_until
from relance.cli.local_cloud import LocalStack
from relance.domain.creditor import Mode
from relance.domain.escalation.arrangements import PromiseTerms
from relance.domain.holds import Promise, UnreadReply
from relance.domain.open_item import ItemKind
from tests.e2e.stages import configure, evidence_of, on, verify_chain

pytestmark = pytest.mark.e2e

CREDITOR = "atelier-test"
MONDAY, TUESDAY = date(2025, 10, 6), date(2025, 10, 7)
LATE, COMING, OLD = "D1", "D2", "D3"
CONTACTS = """Code client;Nom;Contact;Fonction;E-mail;Adresse;Code postal;Ville
D1;Bois Clair;Luc Petit;Comptabilité;compta@bois-clair.example;2 rue du Pin;35000;Rennes
D2;Fer Franc;Zoé Lange;Comptabilité;compta@fer-franc.example;3 rue du Fer;44000;Nantes
D3;Zinc Bleu;Max Faure;Comptabilité;compta@zinc-bleu.example;4 rue du Zinc;59000;Lille
""".encode()


def invoice(debtor: str, number: str, due: date, amount: str) -> Entry:
    return Entry(
        debtor=debtor,
        name=debtor,
        number=number,
        kind=ItemKind.INVOICE,
        issued=date(2025, 9, 1),
        due=due,
        amount=Decimal(amount),
        opened=Decimal(amount),
        currency="EUR",
        order=None,
        credits=None,
        listed_from=MONDAY,
    )


LEDGER = Ledger(
    (
        invoice(LATE, "F-1", date(2025, 10, 2), "450.00"),
        invoice(COMING, "F-2", date(2025, 10, 13), "300.00"),
        invoice(OLD, "F-3", date(2025, 9, 29), "120.50"),
    )
)


@pytest.fixture
def stage(cloud: LocalStack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    cloud.verify_sender("atelier-test.example")
    with on(cloud, monkeypatch) as stack:
        yield Stage(stack, CREDITOR, ZoneInfo("Europe/Paris"))


def test_from_the_dropped_balance_to_the_filed_reply(stage: Stage) -> None:
    upload(stage)
    mails = remind(stage)
    reply_id = answer(stage, mails[LATE])
    the_case_waits_until_the_reply_is_seen(stage, reply_id)
    everything_is_proved(stage)
    pause(CREDITOR, "Ana Roy", "the walk is over", office=stage.office)


def upload(stage: Stage) -> None:
    stage.at(MONDAY, 7)
    configure(stage, sender="atelier-test.example", replies="reponses.atelier-test.example")
    name, balance = export_balance(LEDGER, MONDAY, "Atelier Test")
    record = stage.drop(name, balance)
    assert (record.status, record.counts["new"]) == ("applied", 3)
    assert stage.drop("contacts.csv", CONTACTS).counts["contacts"] == 3
    change_mode(CREDITOR, Mode.AUTO, "Ana Roy", office=stage.office)
    report = stage.client("s3").get_object(
        Bucket=stage.outputs["ReportsBucket"], Key=record.report_key
    )
    assert json.load(report["Body"])["totals"] == {"EUR": "870.50"}


def remind(stage: Stage) -> dict[str, Received]:
    """Each debtor gets the message of its own step, once, whatever is swept again."""
    assert stage.plan(stage.at(MONDAY, 8)) == "planned 1 pages"
    stage.at(MONDAY, 10)
    assert stage.sweep() == 3
    assert stage.sweep() == 0
    notices = stage.desk().stores.notices
    mails = {}
    for mail in received(stage.stack.outbox, CREDITOR):
        if mail.notice is not None:
            notice = notices.get(mail.notice)
            assert notice.status == "delivered"
            assert notice.debtor not in mails
            mails[notice.debtor] = mail
    steps = {code: notices.get(mail.notice or "").step for code, mail in mails.items()}
    assert steps == {LATE: "email_1", COMING: "preventive", OLD: "email_1"}
    assert mails[LATE].recipients == ("compta@bois-clair.example",)
    return mails


def answer(stage: Stage, mail: Received) -> str:
    reply = CustomerReply(LATE, "email_1", "Bonjour, virement prévu le 15 octobre.")
    message = compose_reply(reply, mail.message(), stage.at(MONDAY, 14))
    raw = message.as_bytes()
    stage.stack.receive(
        raw,
        sender=sender_of(mail.message()),
        recipients=[message["To"].addresses[0].addr_spec],
    )
    replies = stage.desk().stores.replies
    wait_until(lambda: bool(replies.of_case(LATE)), "the reply")
    stage.settle_mail()
    (stored,) = replies.of_case(LATE)
    assert (stored.kind, stored.matched_by) == ("human", "token")
    assert stored.visible_text == "Bonjour, virement prévu le 15 octobre."
    kept = evidence_of(stage).get(stored.raw)
    assert kept.replace(b"\r\n", b"\n").strip() == raw.replace(b"\r\n", b"\n").strip()
    return stored.id


def the_case_waits_until_the_reply_is_seen(stage: Stage, reply_id: str) -> None:
    name, balance = export_balance(LEDGER, TUESDAY, "Atelier Test")
    stage.at(TUESDAY, 7)
    assert stage.drop(name, balance).status == "applied"
    assert any(isinstance(hold, UnreadReply) for hold in stage.desk().case(LATE).holds)
    stage.plan(stage.at(TUESDAY, 8))
    stage.at(TUESDAY, 10)
    assert stage.sweep() == 0
    findings = Findings(PromiseTerms(date(2025, 10, 15)))
    case = mark_seen(CREDITOR, LATE, reply_id, "Ana Roy", findings, office=stage.office)
    assert [type(hold) for hold in case.holds] == [Promise]


def everything_is_proved(stage: Stage) -> None:
    kinds = [entry.kind for entry in verify_chain(stage, LATE)]
    assert kinds == [
        "import",
        "contacts",
        "notice-planned",
        "notice-sending",
        "notice-sent",
        "notice-delivered",
        "reply-human",
        "reply-seen",
    ]
    for debtor in (COMING, OLD):
        verify_chain(stage, debtor)
    (notice,) = stage.desk().stores.notices.of_case(LATE)
    assert notice.content is not None
    content = evidence_of(stage).get(notice.content)
    assert sha256(content).hexdigest() == notice.content.sha256
    assert not stage.dead_letters()
