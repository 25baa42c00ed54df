"""Recipient, status and permanence: the report's own words before any guess."""

import pytest

from relance.adapters.mail_reader import bounce, read_mail
from relance.domain.reply import BounceReport
from tests.adapters.mail_reader.mails import dsn, mail


def report(message: bytes) -> BounceReport:
    found = read_mail(message).bounce
    assert found is not None
    return found


def test_a_status_report_gives_all_three() -> None:
    expected = BounceReport(recipient="anne@client.test", status="5.1.1", permanent=True)
    assert report(dsn()) == expected


@pytest.mark.parametrize(
    ("field", "diagnostic", "expected"),
    [
        ("5.0.0", "smtp; 550 5.7.1 blocked", "5.7.1"),
        ("4.4.7", "smtp; 554 4.4.7 expired <421 4.4.2 timed out>", "4.4.2"),
        ("5.1.1 (bad address)", "smtp; 550 rejected by 192.5.1.7", "5.1.1"),
        ("", "smtp; 550 unknown user", "5.1.1"),
        ("5.2.2", "smtp; 550 5.0.0 refused", "5.2.2"),
    ],
)
def test_the_servers_answer_is_more_precise_than_the_field(
    field: str, diagnostic: str, expected: str
) -> None:
    assert report(dsn(field, diagnostic=diagnostic)).status == expected


DAEMON = {"From": "MAILER-DAEMON@mx.test", "Return_Path": "<>", "Subject": "failure notice"}


@pytest.mark.parametrize(
    ("body", "status", "permanent"),
    [
        ("<anne@client.test>:\n550 5.1.1 no such user", "5.1.1", True),
        ("<anne@client.test>: user unknown", "5.1.1", True),
        ("<anne@client.test>: mailbox is full", "5.2.2", False),
        ("<anne@client.test>: quota exceeded (452)", "5.2.2", False),
        ("<anne@client.test>: 552 message size exceeds limit", "5.3.4", False),
        ("<anne@client.test>: host not found", "5.1.2", True),
        ("<anne@client.test>: connection timed out", "4.4.7", False),
        ("<anne@client.test>: 554 listed as spam", "5.7.1", False),
        ("Boîte de <anne@client.test> pleine", "5.2.2", False),
    ],
)
def test_words_without_a_status_part(body: str, status: str, permanent: bool) -> None:
    expected = BounceReport(recipient="anne@client.test", status=status, permanent=permanent)
    assert report(mail(f"Sorry, I could not deliver it.\n\n{body}\n", **DAEMON)) == expected


def test_the_returned_message_is_not_read() -> None:
    body = (
        "This message was created automatically. Failed:\n\n  anne@client.test\n    no such user\n"
        "\n------ This is a copy of the message, including all the headers. ------\n\n"
        "To: other@else.test\nSubject: your 4.2.2 mailbox full\n"
    )
    assert report(mail(body, **DAEMON)) == BounceReport("anne@client.test", "5.1.1", True)


def test_a_failing_detector_is_only_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    import flufl.bounce

    def broken(_: object) -> None:
        raise IndexError

    monkeypatch.setattr(flufl.bounce, "all_failures", broken)
    body = "Could not deliver to <anne@client.test>: user unknown"
    assert report(mail(body, **DAEMON)).recipient == "anne@client.test"


def test_flufl_never_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    import flufl.bounce

    def sure(_: object) -> tuple[set[bytes], set[bytes]]:
        return set(), {b"anne@client.test"}

    monkeypatch.setattr(flufl.bounce, "all_failures", sure)
    assert read_mail(mail("I, anne@client.test, dispute it.")).bounce is None


@pytest.mark.parametrize(
    ("status", "text", "hard"),
    [("5.1.3", "", True), ("5.4.1", "", True), ("5.0.0", "", True), ("5.0.0", "over quota", False),
     ("5.2.0", "", False), ("5.5.0", "", False), ("4.1.1", "", False), (None, "", False)],
)  # fmt: skip
def test_dead_addresses(status: str | None, text: str, hard: bool) -> None:
    assert bounce.is_hard(status, text) is hard
