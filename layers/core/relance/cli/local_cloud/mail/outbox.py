"""The last hop of what SES sends: kept as `.eml` files, and its fate told to the event bus.

Beside the messages, `index.jsonl` has one line for each: file, envelope, subject, tags, outcome.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from relance.cli.local_cloud.mail.ses_events import Outcome, SentMail, events_of
from relance.cli.local_cloud.mail.ses_front import CONFIGURATION_SET, TAGS
from relance.cli.local_cloud.mail.traffic import Traffic
from relance.cli.local_cloud.stack import REGION

# MiniStack names messages as the first region of SES did; each region has its own domain now.
MINISTACK_DOMAIN = "email.amazonses.com"
DOMAIN = f"{REGION}.amazonses.com"


@dataclass
class Outbox:
    """An aiosmtpd handler. `publish` takes one event of the default bus."""

    folder: Path
    bounces: Path
    publish: Callable[[Mapping[str, Any]], None]
    traffic: Traffic
    _count: int = field(default=0, init=False)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = cast("bytes", envelope.content)
        mail = sent_mail(content, envelope.mail_from or "", envelope.rcpt_tos)
        outcome = self._outcome(mail.recipients)
        self._keep(without_ses_headers(content), mail, outcome)
        await asyncio.to_thread(self._tell, mail, outcome)
        return "250 kept"

    def _tell(self, mail: SentMail, outcome: Outcome) -> None:
        try:
            for event in events_of(mail, outcome):
                self.publish(event)
        finally:
            self.traffic.arrived(mail.message_id)

    def _outcome(self, recipients: Sequence[str]) -> Outcome:
        """By the address, as with SES's own mailbox simulator, or by the list of bounces."""
        listed = self.bounces.read_text().split() if self.bounces.exists() else []
        for address in map(str.lower, recipients):
            box = re.split(r"[@+]", address)[0]
            if box == "bounce" or address in listed:
                return Outcome.BOUNCED
            if box == "complaint":
                return Outcome.COMPLAINED
        return Outcome.DELIVERED

    def _keep(self, content: bytes, mail: SentMail, outcome: Outcome) -> None:
        self._count += 1
        to = re.sub(r"[^\w.@+-]", "_", mail.recipients[0])
        file = self.folder / f"{self._count:05d}_{to}.eml"
        file.write_bytes(content)
        line = {
            "file": file.name,
            "message_id": mail.message_id,
            "sender": mail.source,
            "recipients": mail.recipients,
            "subject": mail.common("subject"),
            "tags": mail.tags,
            "outcome": outcome,
        }
        with (self.folder / "index.jsonl").open("a", encoding="utf-8") as index:
            index.write(json.dumps(line, ensure_ascii=False) + "\n")


def sent_mail(content: bytes, sender: str, recipients: Sequence[str]) -> SentMail:
    named = message_from_bytes(content, policy=policy.compat32)
    message_id = str(named.get("Message-ID", "")).strip("<> \r\n").partition("@")[0]
    tags = dict(
        pair.strip().split("=", 1) for pair in str(named.get(TAGS, "")).split(",") if "=" in pair
    )
    if configuration_set := named.get(CONFIGURATION_SET):
        tags["ses:configuration-set"] = str(configuration_set)
    readable = message_from_bytes(without_ses_headers(content), policy=policy.SMTP)
    return SentMail(
        message_id=message_id,
        source=sender,
        recipients=list(recipients),
        headers=[(name, str(value)) for name, value in readable.items()],
        tags=tags,
    )


def without_ses_headers(content: bytes) -> bytes:
    """As SES sends it: what was said to SES is taken out, and it is named by the region."""
    head, blank, body = content.partition(b"\r\n\r\n")
    head = re.sub(rb"(?im)^X-SES-[\w-]+:.*\r?\n?(?:[ \t].*\r?\n?)*", b"", head + b"\r\n")
    old, new = MINISTACK_DOMAIN.encode(), DOMAIN.encode()
    head = re.sub(rb"(?im)^(Message-ID: <[^@>]+@)" + re.escape(old), rb"\g<1>" + new, head)
    return head.removesuffix(b"\r\n") + blank + body
