"""From a SendEmail request to the file in the outbox: nothing of a message is lost on the way."""

import asyncio
import base64
import json
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import Envelope

from relance.cli.local_cloud.mail.outbox import Outbox
from relance.cli.local_cloud.mail.ses_front import raw_message
from relance.cli.local_cloud.mail.traffic import Traffic

Event = Mapping[str, Any]


def message(text: str = "Bonjour") -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "Élodie <elodie@acme.example>"
    mail["To"] = "compta@client.example"
    mail["Reply-To"] = "reply+abc@answers.acme.example"
    mail["Subject"] = "Rappel d’échéance"
    mail["Date"] = "Mon, 23 Nov 2026 10:00:04 +0100"
    mail.set_content(text)
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    return mail.as_bytes()


def request(raw: bytes) -> dict[str, Any]:
    return {
        "FromEmailAddress": "elodie@acme.example",
        "Destination": {"ToAddresses": ["compta@client.example"]},
        "Content": {"Raw": {"Data": base64.b64encode(raw).decode()}},
        "ConfigurationSetName": "set-1",
        "EmailTags": [{"Name": "creditor", "Value": "acme"}, {"Name": "notice", "Value": "N1"}],
    }


def as_relayed(raw: bytes) -> bytes:
    """What MiniStack does to a raw message: it names it."""
    return b"Message-ID: <id-1@email.amazonses.com>\r\n" + raw_message(request(raw))


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    events: list[Event] = []
    return Outbox(
        folder=tmp_path,
        bounces=tmp_path / "bounces.txt",
        publish=events.append,
        traffic=Traffic(),
    )


def deliver(outbox: Outbox, content: bytes, to: str = "compta@client.example") -> list[Event]:
    published: list[Event] = []
    outbox.publish = published.append
    envelope = Envelope()
    envelope.content, envelope.mail_from, envelope.rcpt_tos = content, "elodie@acme.example", [to]
    answer = asyncio.run(outbox.handle_DATA(None, None, envelope))  # type: ignore[arg-type]
    assert answer == "250 kept"
    return published


def test_tags_and_configuration_set_travel_in_the_headers_that_ses_reads() -> None:
    head = raw_message(request(message())).split(b"\r\n")[:2]

    assert head == [
        b"X-SES-CONFIGURATION-SET: set-1",
        b"X-SES-MESSAGE-TAGS: creditor=acme, notice=N1",
    ]


def test_what_was_given_is_what_is_kept(outbox: Outbox) -> None:
    given = message()

    deliver(outbox, as_relayed(given))

    (kept,) = outbox.folder.glob("*.eml")
    assert kept.read_bytes() == b"Message-ID: <id-1@eu-west-3.amazonses.com>\r\n" + given


def test_eight_bit_messages_keep_their_letters() -> None:
    mail = EmailMessage(policy=policy.SMTP)
    mail.set_content("Échéance dépassée\n", cte="8bit")
    assert not mail.as_bytes().isascii()

    relayed = raw_message(request(mail.as_bytes()))

    assert relayed.isascii()
    assert message_from_bytes(relayed, policy=policy.SMTP).get_content().strip() == (
        "Échéance dépassée"
    )


def test_a_simple_message_is_composed() -> None:
    simple = {
        "Subject": {"Data": "Compte rendu"},
        "Body": {"Text": {"Data": "été"}, "Html": {"Data": "<p>été</p>"}},
    }
    composed = raw_message({**request(b""), "Content": {"Simple": simple}})
    parsed = message_from_bytes(composed, policy=policy.SMTP)

    assert parsed["Subject"] == "Compte rendu"
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]


def test_a_message_that_arrives_is_sent_then_delivered(outbox: Outbox) -> None:
    events = deliver(outbox, as_relayed(message()))

    assert [event["detail-type"] for event in events] == ["Email Sent", "Email Delivered"]
    assert {event["source"] for event in events} == {"aws.ses"}
    mail = events[1]["detail"]["mail"]
    assert mail["messageId"] == "id-1"
    assert mail["tags"]["notice"] == ["N1"]
    assert mail["tags"]["ses:configuration-set"] == ["set-1"]
    assert mail["commonHeaders"]["replyTo"] == ["reply+abc@answers.acme.example"]
    assert not [h for h in mail["headers"] if h["name"].startswith("X-SES")]


def test_an_event_bears_the_day_of_its_message(outbox: Outbox) -> None:
    """On a simulated day the delivery is of that day too."""
    delivered = deliver(outbox, as_relayed(message()))[1]

    assert delivered["time"] == "2026-11-23T09:00:04Z"
    assert delivered["detail"]["delivery"]["timestamp"] == "2026-11-23T09:00:04.000Z"


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("compta@client.example", ["Send", "Delivery"]),
        ("bounce@client.example", ["Send", "Bounce"]),
        ("bounce+1@client.example", ["Send", "Bounce"]),
        ("Gone@client.example", ["Send", "Bounce"]),
        ("complaint@client.example", ["Send", "Delivery", "Complaint"]),
    ],
)
def test_the_address_says_what_becomes_of_a_message(
    outbox: Outbox, address: str, kinds: list[str]
) -> None:
    outbox.bounces.write_text("gone@client.example\n")

    events = deliver(outbox, as_relayed(message()), to=address)

    assert [event["detail"]["eventType"] for event in events] == kinds


def test_our_events_have_the_fields_of_the_real_ones(outbox: Outbox) -> None:
    """Against `events/`, which have the shape that AWS documents."""
    for kind, address in (("delivery", "a@b.example"), ("bounce", "bounce@b.example")):
        ours = deliver(outbox, as_relayed(message()), to=address)[1]
        path = Path(__file__).parents[3] / "events" / f"record_delivery_{kind}.json"
        real = json.loads(json.loads(path.read_text())["Records"][0]["body"])

        assert set(ours) == set(real)
        assert set(ours["detail"]) == set(real["detail"])
        assert set(ours["detail"]["mail"]) == set(real["detail"]["mail"])
        assert set(ours["detail"][kind]) <= set(real["detail"][kind])


def test_the_index_has_a_line_for_each_message(outbox: Outbox) -> None:
    deliver(outbox, as_relayed(message()))
    deliver(outbox, as_relayed(message()), to="bounce@client.example")

    lines = [json.loads(line) for line in (outbox.folder / "index.jsonl").read_text().splitlines()]
    assert [(line["tags"]["notice"], line["outcome"]) for line in lines] == [
        ("N1", "delivered"),
        ("N1", "bounced"),
    ]
    assert [line["file"] for line in lines] == [
        "00001_compta@client.example.eml",
        "00002_bounce@client.example.eml",
    ]


def test_a_message_is_on_its_way_until_its_events_are_published(outbox: Outbox) -> None:
    outbox.traffic.accepted("id-1")
    assert outbox.traffic.count == 1

    deliver(outbox, as_relayed(message()))

    assert outbox.traffic.count == 0
