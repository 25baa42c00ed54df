"""The outbox of the local cloud: the messages that customers received, by notice."""

import json
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Received:
    """notice None: a message to our own people."""

    file: Path
    notice: str | None
    recipients: tuple[str, ...]
    outcome: str

    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.file.read_bytes(), policy=policy.default)
        assert isinstance(parsed, EmailMessage)  # noqa: S101
        return parsed


def received(outbox: Path, creditor: str) -> list[Received]:
    """Those of one creditor, in the order in which SES relayed them."""
    index = outbox / "index.jsonl"
    if not index.exists():
        return []
    lines = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    ours = (line for line in lines if line["tags"].get("creditor") == creditor)
    return [_received(outbox, line) for line in ours]


def _received(outbox: Path, line: dict[str, Any]) -> Received:
    return Received(
        file=outbox / line["file"],
        notice=line["tags"].get("notice"),
        recipients=tuple(line["recipients"]),
        outcome=line["outcome"],
    )
