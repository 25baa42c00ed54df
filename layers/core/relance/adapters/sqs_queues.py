"""Work handed over through SQS: identifiers only, never personal data."""

import json
import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

from relance.domain.policy import Channel

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsPlanQueue:
    def __init__(self, client: "SQSClient", url: str):
        self._client = client
        self._url = url

    def put(self, creditor: str, today: date, debtors: tuple[str, ...]) -> None:
        body = {"creditor": creditor, "today": today.isoformat(), "debtors": list(debtors)}
        self._client.send_message(QueueUrl=self._url, MessageBody=json.dumps(body))

    def put_morning(self, creditor: str, today: date) -> None:
        """A message that names no debtors: the run is over."""
        body = {"creditor": creditor, "today": today.isoformat(), "morning": True}
        self._client.send_message(QueueUrl=self._url, MessageBody=json.dumps(body))


class SqsDropQueue:
    """The drops that wait to be imported: a message taken is hidden for the longest an import may
    take, so one that may go on sooner says when.
    """

    def __init__(self, client: "SQSClient", url: str):
        self._client = client
        self._url = url

    def bring_back(self, receipt_handle: str, *, after: timedelta) -> None:
        """The message is received again once `after` has passed; its receptions go on counting."""
        self._client.change_message_visibility(
            QueueUrl=self._url,
            ReceiptHandle=receipt_handle,
            VisibilityTimeout=math.ceil(after.total_seconds()),
        )


class SqsNoticeQueue:
    """E-mails and letters wait apart: a letter is slow to render and has its own function.

    letter_url None: who queues e-mails only has no right to the other queue.
    """

    def __init__(self, client: "SQSClient", *, mail_url: str, letter_url: str | None = None):
        self._client = client
        self._mail_url = mail_url
        self._letter_url = letter_url

    def put(self, creditor: str, notice_id: str, channel: Channel) -> None:
        if not channel.is_message:
            raise ValueError(f"nothing is sent by {channel}")
        url = self._letter_url if channel.is_letter else self._mail_url
        if url is None:
            raise ValueError("letters are not queued from here")
        body = json.dumps({"creditor": creditor, "notice_id": notice_id})
        self._client.send_message(QueueUrl=url, MessageBody=body)
