"""Incoming mail: what the receipt rule does with it, which MiniStack stores but does not run.

The S3 action keeps the raw message, then the Lambda action invokes the function with what the
server knew: envelope and verdicts. The shape is in the Amazon SES Developer Guide, "Contents of
notifications for Amazon SES email receiving".
"""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from relance.cli.local_cloud.errors import LocalCloudError
from relance.cli.local_cloud.mail.ses_events import SentMail, common_headers, instant
from relance.cli.local_cloud.mail.traffic import Traffic
from relance.cli.local_cloud.places import Places
from relance.cli.local_cloud.stack import ACCOUNT, REGION, LocalStack

PREFIX = "inbound/"
VERDICTS = ("spamVerdict", "virusVerdict", "spfVerdict", "dkimVerdict", "dmarcVerdict")


@dataclass
class Inbox:
    """An aiosmtpd handler."""

    places: Places
    traffic: Traffic
    _seen: Counter[str] = field(default_factory=Counter, init=False)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = cast("bytes", envelope.content)
        message_id = self._message_id(content, envelope)
        with self.traffic.handling():
            try:
                await asyncio.to_thread(self._receive, message_id, content, envelope)
            except LocalCloudError:
                return "451 nothing is deployed yet, try again later"
        return f"250 {message_id}"

    def _message_id(self, content: bytes, envelope: Envelope) -> str:
        """Forty letters as on AWS; of the content, so that two demonstrations are alike."""
        ends = json.dumps([envelope.mail_from, envelope.rcpt_tos]).encode()
        digest = hashlib.sha256(ends + content).hexdigest()
        self._seen[digest] += 1
        return hashlib.sha256(f"{digest}{self._seen[digest]}".encode()).hexdigest()[:40]

    def _receive(self, message_id: str, content: bytes, envelope: Envelope) -> None:
        stack = LocalStack.load(self.places)
        stack.client("s3").put_object(
            Bucket=stack.outputs["MailBucket"], Key=PREFIX + message_id, Body=content
        )
        sender = envelope.mail_from or ""
        event = receipt_event(
            message_id,
            content,
            sender=sender,
            recipients=envelope.rcpt_tos,
            verdicts=self._verdicts(sender),
            function=stack.outputs["RecordReplyFunction"],
        )
        stack.client("lambda").invoke(
            FunctionName=stack.outputs["RecordReplyFunction"],
            InvocationType="Event",
            Payload=json.dumps(event).encode(),
        )

    def _verdicts(self, sender: str) -> dict[str, str]:
        if not self.places.verdicts.exists():
            return {}
        listed: dict[str, dict[str, str]] = json.loads(self.places.verdicts.read_text())
        return listed.get(sender.lower(), {})


def receipt_event(
    message_id: str,
    content: bytes,
    *,
    sender: str,
    recipients: Sequence[str],
    verdicts: Mapping[str, str],
    function: str,
) -> dict[str, Any]:
    message = message_from_bytes(content, policy=policy.SMTP)
    headers = [(name, str(value)) for name, value in message.items()]
    received = SentMail(message_id, sender, list(recipients), headers, tags={})
    at = instant(received.at)  # its own date: on a simulated day it arrives that day
    mail = {
        "timestamp": at,
        "source": sender,
        "messageId": message_id,
        "destination": list(recipients),
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in headers],
        "commonHeaders": {"returnPath": sender, **common_headers(received)},
    }
    receipt = {
        "timestamp": at,
        "processingTimeMillis": 300,
        "recipients": list(recipients),
        **{name: {"status": verdicts.get(name, "PASS")} for name in VERDICTS},
        "action": {
            "type": "Lambda",
            "functionArn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}",
            "invocationType": "Event",
        },
    }
    record = {
        "eventSource": "aws:ses",
        "eventVersion": "1.0",
        "ses": {"mail": mail, "receipt": receipt},
    }
    return {"Records": [record]}
