"""What the receipt rule would do, done here in the same shape."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import Envelope

from relance.cli.local_cloud.mail.inbox import Inbox, receipt_event
from relance.cli.local_cloud.mail.traffic import Traffic
from relance.cli.local_cloud.places import Places

RAW = (
    b"From: Paul <compta@client.example>\r\n"
    b"To: reply+abc@answers.acme.example\r\n"
    b"Date: Mon, 23 Nov 2026 14:05:30 +0100\r\n"
    b"Message-ID: <1@client.example>\r\n"
    b"Subject: =?utf-8?q?R=C3=A9ponse?=\r\n\r\nPay=E9\r\n"
)


def event(verdicts: Mapping[str, str] = {}) -> dict[str, Any]:
    return receipt_event(
        "m1",
        RAW,
        sender="compta@client.example",
        recipients=["reply+abc@answers.acme.example"],
        verdicts=verdicts,
        function="record",
    )


def test_the_event_has_the_fields_of_a_real_one() -> None:
    path = Path(__file__).parents[3] / "events" / "record_reply.json"
    (real,) = json.loads(path.read_text())["Records"]
    (ours,) = event()["Records"]

    assert set(ours) == set(real)
    assert set(ours["ses"]["mail"]) == set(real["ses"]["mail"])
    assert set(ours["ses"]["receipt"]) == set(real["ses"]["receipt"])
    assert set(ours["ses"]["mail"]["commonHeaders"]) == set(real["ses"]["mail"]["commonHeaders"])


def test_the_envelope_counts_and_not_the_headers() -> None:
    ses = event()["Records"][0]["ses"]

    assert ses["receipt"]["recipients"] == ["reply+abc@answers.acme.example"]
    assert ses["mail"]["commonHeaders"]["subject"] == "Réponse"
    assert ses["receipt"]["timestamp"] == "2026-11-23T13:05:30.000Z"


def test_verdicts_pass_unless_said_otherwise() -> None:
    receipt = event({"dmarcVerdict": "FAIL"})["Records"][0]["ses"]["receipt"]

    assert receipt["dmarcVerdict"] == {"status": "FAIL"}
    assert receipt["spfVerdict"] == {"status": "PASS"}


def test_two_demonstrations_name_their_messages_alike_and_two_messages_differently() -> None:
    def names(inbox: Inbox) -> list[str]:
        envelope = Envelope()
        envelope.mail_from, envelope.rcpt_tos = "a@b.example", ["c@d.example"]
        return [inbox._message_id(RAW, envelope) for _ in range(2)]

    first, second = (names(Inbox(Places(), Traffic())) for _ in range(2))

    assert first == second
    assert len(set(first)) == 2
    assert all(len(name) == 40 for name in first)
