"""What the queues carry."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import boto3
import pytest
from moto import mock_aws
from mypy_boto3_sqs import SQSClient

from relance.adapters.sqs_queues import SqsDropQueue, SqsNoticeQueue, SqsPlanQueue
from relance.domain.policy import Channel


@pytest.fixture
def sqs() -> Iterator[SQSClient]:
    with mock_aws():
        yield boto3.client("sqs")


def made(sqs: SQSClient, name: str) -> str:
    return sqs.create_queue(QueueName=name)["QueueUrl"]


def received(sqs: SQSClient, url: str) -> list[object]:
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(message["Body"]) for message in messages]


def test_a_drop_is_brought_back_when_it_may_be_imported(sqs: SQSClient) -> None:
    url = made(sqs, "drops")
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    taken = sqs.receive_message(QueueUrl=url, VisibilityTimeout=1800)["Messages"][0]
    assert received(sqs, url) == []

    SqsDropQueue(sqs, url).bring_back(taken["ReceiptHandle"], after=timedelta())

    assert received(sqs, url) == [{}]


def test_who_queues_emails_only_queues_no_letter(sqs: SQSClient) -> None:
    queue = SqsNoticeQueue(sqs, mail_url=made(sqs, "mail"))
    queue.put("acme", "n1", Channel.EMAIL)
    with pytest.raises(ValueError, match="letters"):
        queue.put("acme", "n2", Channel.REGISTERED_LETTER)


def test_a_page_of_cases_to_plan(sqs: SQSClient) -> None:
    url = made(sqs, "plan")
    SqsPlanQueue(sqs, url).put("acme", date(2026, 3, 2), ("C#1", "Ωméga"))

    assert received(sqs, url) == [
        {"creditor": "acme", "today": "2026-03-02", "debtors": ["C#1", "Ωméga"]}
    ]


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        (Channel.EMAIL, "mail"),
        (Channel.LETTER, "letter"),
        (Channel.REGISTERED_LETTER, "letter"),
    ],
)
def test_a_notice_goes_to_the_queue_of_its_channel(
    sqs: SQSClient, channel: Channel, name: str
) -> None:
    urls = {"mail": made(sqs, "mail"), "letter": made(sqs, "letter")}
    queue = SqsNoticeQueue(sqs, mail_url=urls["mail"], letter_url=urls["letter"])
    queue.put("acme", "abc", channel)

    got = {one: received(sqs, url) for one, url in urls.items()}
    assert got.pop(name) == [{"creditor": "acme", "notice_id": "abc"}]
    assert list(got.values()) == [[]]


@pytest.mark.parametrize("channel", [Channel.CALL, Channel.TASK])
def test_a_call_is_not_queued(sqs: SQSClient, channel: Channel) -> None:
    queue = SqsNoticeQueue(sqs, mail_url="m", letter_url="l")
    with pytest.raises(ValueError, match="nothing is sent"):
        queue.put("acme", "abc", channel)
