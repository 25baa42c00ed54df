"""SES v2 as it is on AWS, in front of MiniStack's.

MiniStack rebuilds a raw message from its texts (Reply-To, attachments and all other headers are
lost) and forgets its tags and configuration set. Its SES v1 relays a raw message as it is. So a
SendEmail becomes a SendRawEmail whose tags travel in the headers that SES itself reads; anything
else is passed on as it came.
"""

import base64
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import unescape

from relance.cli.local_cloud.mail.traffic import Traffic

SEND = "/v2/email/outbound-emails"
BUSY = "/_local/busy"
TAGS = "X-SES-MESSAGE-TAGS"
CONFIGURATION_SET = "X-SES-CONFIGURATION-SET"
TIMEOUT = 30
HOP_BY_HOP = {"host", "content-length", "connection", "transfer-encoding", "date", "server"}


class SesFront(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], *, aws: str, traffic: Traffic) -> None:
        super().__init__(address, _Exchange)
        self.aws = aws
        self.traffic = traffic


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SesFront

    def do_GET(self) -> None:
        if self.path == BUSY:
            self._answer_json(200, {"busy": self.server.traffic.count})
        else:
            self._pass_on()

    def do_POST(self) -> None:
        if self.path == SEND:
            self._send(json.loads(self._body()))
        else:
            self._pass_on()

    def do_PUT(self) -> None:
        self._pass_on()

    def do_DELETE(self) -> None:
        self._pass_on()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet: the outbox tells what was sent."""

    def _send(self, request: Mapping[str, Any]) -> None:
        status, answer = self._send_raw(request, raw_message(request))
        if status != 200:
            self._answer_error(_element("Code", answer), _element("Message", answer))
            return
        message_id = _element("MessageId", answer).partition("@")[0]
        self.server.traffic.accepted(message_id)
        self._answer_json(200, {"MessageId": message_id})

    def _send_raw(self, request: Mapping[str, Any], message: bytes) -> tuple[int, str]:
        destination = request.get("Destination", {})
        recipients = [
            address
            for kind in ("ToAddresses", "CcAddresses", "BccAddresses")
            for address in destination.get(kind, [])
        ]
        form = {
            "Action": "SendRawEmail",
            "Version": "2010-12-01",
            "Source": request.get("FromEmailAddress", ""),
            "RawMessage.Data": base64.b64encode(message).decode(),
        }
        form |= {f"Destinations.member.{n}": to for n, to in enumerate(recipients, start=1)}
        headers = {
            "Authorization": self.headers.get("Authorization", ""),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        status, _, content = self._call("POST", "/", headers, urlencode(form).encode())
        return status, content.decode()

    def _pass_on(self) -> None:
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
        status, answered, content = self._call(
            self.command, self.path, headers, self._body() or None
        )
        kept = {k: v for k, v in answered.items() if k.lower() not in HOP_BY_HOP}
        self._answer(status, kept, content)

    def _call(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        request = urllib.request.Request(  # noqa: S310
            self.server.aws + path, data=body, headers=dict(headers), method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer_json(self, status: int, content: Mapping[str, Any]) -> None:
        self._answer(status, {"Content-Type": "application/json"}, json.dumps(content).encode())

    def _answer_error(self, code: str, message: str) -> None:
        headers = {"Content-Type": "application/json", "x-amzn-errortype": code}
        self._answer(400, headers, json.dumps({"message": message}).encode())

    def _answer(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def raw_message(request: Mapping[str, Any]) -> bytes:
    """The message of a SendEmail request, its tags and configuration set as its first headers."""
    content = request["Content"]
    message = base64.b64decode(content["Raw"]["Data"]) if "Raw" in content else _composed(request)
    tags = ", ".join(f"{tag['Name']}={tag['Value']}" for tag in request.get("EmailTags") or [])
    first = {CONFIGURATION_SET: request.get("ConfigurationSetName"), TAGS: tags}
    lines = "".join(f"{name}: {value}\r\n" for name, value in first.items() if value)
    return lines.encode() + _seven_bit(message)


def _seven_bit(message: bytes) -> bytes:
    """SES takes eight-bit messages, MiniStack's relay loses them: encode as a mail server does."""
    if message.isascii():
        return message
    policy = SMTP.clone(cte_type="7bit")
    return message_from_bytes(message, policy=policy).as_bytes(policy=policy)


def _composed(request: Mapping[str, Any]) -> bytes:
    simple = request["Content"]["Simple"]
    message = EmailMessage()
    message["From"] = request["FromEmailAddress"]
    message["To"] = ", ".join(request["Destination"].get("ToAddresses", []))
    message["Subject"] = simple["Subject"]["Data"]
    if reply_to := request.get("ReplyToAddresses"):
        message["Reply-To"] = ", ".join(reply_to)
    body = simple["Body"]
    message.set_content(body.get("Text", {}).get("Data", ""))
    if "Html" in body:
        message.add_alternative(body["Html"]["Data"], subtype="html")
    return message.as_bytes()


def _element(name: str, xml: str) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", xml, re.DOTALL)
    return unescape(found[1]) if found else ""
