"""One request to SES, never two, and what each failure means."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)
from botocore.stub import Stubber
from moto import mock_aws
from moto.sesv2.models import sesv2_backends

from relance.adapters.memory.outgoing import MemoryMailer
from relance.adapters.ses_mailer import RedirectingMailer, SesMailer, ses_client
from relance.application.ports import (
    SendNotAttempted,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
)
from relance.domain.errors import RelanceError
from relance.domain.notice_content import OutgoingMail

MAIL = OutgoingMail(
    raw=b"From: marie@acme.example\r\nTo: zoe@client.example\r\nSubject: R\r\n\r\nBonjour\r\n",
    sender="marie@acme.example",
    recipients=("zoe@client.example", "paul@client.example"),
    tags={"notice": "abc234", "creditor": "acme"},
)


@pytest.fixture
def mailer() -> SesMailer:
    return SesMailer(ses_client(), configuration_set="relance")


def answers(mailer: SesMailer, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(mailer._client, "_make_api_call", fail)


def sent_with(mailer: SesMailer, code: str, status: int) -> RelanceError:
    with Stubber(mailer._client) as stub:
        stub.add_client_error("send_email", code, "zoe@client.example!", http_status_code=status)
        with pytest.raises(RelanceError) as raised:
            mailer.send(MAIL)
    return raised.value


def test_what_is_sent_is_exactly_the_mail(mailer: SesMailer) -> None:
    expected: dict[str, Any] = {
        "FromEmailAddress": "marie@acme.example",
        "Destination": {"ToAddresses": ["zoe@client.example", "paul@client.example"]},
        "Content": {"Raw": {"Data": MAIL.raw}},
        "ConfigurationSetName": "relance",
        "EmailTags": [
            {"Name": "notice", "Value": "abc234"},
            {"Name": "creditor", "Value": "acme"},
        ],
    }
    with Stubber(mailer._client) as stub:
        stub.add_response("send_email", {"MessageId": "0102-abc"}, expected)
        assert mailer.send(MAIL) == "0102-abc"


def test_it_leaves_through_ses() -> None:
    with mock_aws():
        boto3.client("sesv2").create_email_identity(EmailIdentity="marie@acme.example")
        message_id = SesMailer(ses_client(), configuration_set="relance").send(MAIL)
        (kept,) = sesv2_backends["123456789012"]["eu-west-3"].core_backend.sent_messages

    assert kept.id == message_id
    assert "Bonjour" in kept.raw_data


@pytest.mark.parametrize(
    ("code", "status", "family"),
    [
        ("MessageRejected", 400, SendRefused),
        ("BadRequestException", 400, SendRefused),
        ("MailFromDomainNotVerifiedException", 400, SendRefused),
        ("AccountSuspendedException", 400, SendRefused),
        ("NotFoundException", 404, SendRefused),
        ("TooManyRequestsException", 429, SendThrottled),
        ("ThrottlingException", 400, SendThrottled),
        ("LimitExceededException", 400, SendThrottled),
        ("SendingPausedException", 400, SendThrottled),
        ("SomethingNew", 429, SendThrottled),
        ("AccessDeniedException", 403, SendNotAttempted),
        ("ExpiredTokenException", 403, SendNotAttempted),
        ("InternalServiceErrorException", 500, SendOutcomeUnknown),
        ("ServiceUnavailable", 503, SendOutcomeUnknown),
        ("Odd", 302, SendOutcomeUnknown),
    ],
)
def test_what_ses_answers(mailer: SesMailer, code: str, status: int, family: type) -> None:
    error = sent_with(mailer, code, status)

    assert type(error) is family
    assert error.detail == {"reason": code, "status": str(status)}
    assert "client.example" not in str(error)


def test_an_answer_without_an_id_may_mean_anything(
    mailer: SesMailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailer._client, "_make_api_call", lambda *_: {})

    with pytest.raises(SendOutcomeUnknown):
        mailer.send(MAIL)


@pytest.mark.parametrize(
    ("error", "family"),
    [
        (EndpointConnectionError(endpoint_url="https://ses"), SendNotAttempted),
        (ConnectTimeoutError(endpoint_url="https://ses"), SendNotAttempted),
        (NoCredentialsError(), SendNotAttempted),
        (ReadTimeoutError(endpoint_url="https://ses"), SendOutcomeUnknown),
        (ConnectionClosedError(endpoint_url="https://ses"), SendOutcomeUnknown),
    ],
)
def test_what_the_network_does(
    mailer: SesMailer, error: Exception, family: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(mailer, error, monkeypatch)

    with pytest.raises(RelanceError) as raised:
        mailer.send(MAIL)

    assert type(raised.value) is family


def test_a_mail_that_cannot_be_asked_for_is_refused(mailer: SesMailer) -> None:
    with pytest.raises(SendRefused):
        mailer.send(OutgoingMail(b"x", "a@b.example", ("c@d.example",), {"notice": None}))  # type: ignore[dict-item]


def test_a_client_that_retries_is_refused() -> None:
    with pytest.raises(ValueError, match="send again"):
        SesMailer(boto3.client("sesv2"), configuration_set="relance")


class HangingServer:
    """Accepts what it is sent, counts the requests, and never answers."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self.arrived = threading.Event()
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        open_ones = []
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            open_ones.append(connection)
            connection.settimeout(1)
            self.requests.append(connection.recv(65536))
            self.arrived.set()
        for connection in open_ones:
            connection.close()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(timeout=5)
        self._listener.close()


@pytest.fixture
def hanging(socket_enabled: None) -> Iterator[HangingServer]:
    server = HangingServer()
    yield server
    server.close()


def test_a_server_that_accepts_and_hangs_gets_exactly_one_request(hanging: HangingServer) -> None:
    url = f"http://127.0.0.1:{hanging.port}"
    client = ses_client(read_timeout=0.3, connect_timeout=0.3, endpoint_url=url)

    with pytest.raises(SendOutcomeUnknown):
        SesMailer(client, configuration_set="relance").send(MAIL)

    assert hanging.arrived.wait(1)
    # A second try of botocore's would come within its first back-off, a second at the most.
    hanging._stop.wait(1.2)
    client.close()
    assert len(hanging.requests) == 1
    assert hanging.requests[0].startswith(b"POST /v2/email/outbound-emails")


def test_a_server_that_is_not_there_was_not_asked(hanging: HangingServer) -> None:
    hanging.close()
    client = ses_client(connect_timeout=0.3, endpoint_url=f"http://127.0.0.1:{hanging.port}")

    with pytest.raises(SendNotAttempted):
        SesMailer(client, configuration_set="relance").send(MAIL)
    client.close()


def test_outside_production_the_same_bytes_go_to_one_address() -> None:
    inner = MemoryMailer()
    RedirectingMailer(inner, "test@acme.example").send(MAIL)

    (sent,) = inner.sent
    assert sent.recipients == ("test@acme.example",)
    assert (sent.raw, sent.sender, sent.tags) == (MAIL.raw, MAIL.sender, MAIL.tags)


def test_outside_production_nothing_leaves_without_a_test_address() -> None:
    inner = MemoryMailer()
    with pytest.raises(SendRefused, match="redirect-address-missing"):
        RedirectingMailer(inner, "").send(MAIL)
    assert not inner.requests
