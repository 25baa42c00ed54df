"""The deployment's AWS in moto: the table of the template, its buckets, queues and sender."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3

from relance import bootstrap, settings
from relance.adapters.clocks import SimulatedClock
from relance.domain.creditor import Creditor
from tests.table_from_template import create_table

EVENTS = Path(__file__).resolve().parents[2] / "events"
TABLE = "relance-test"
REGION = "eu-west-3"

SETTINGS = {
    "import_balance": settings.ImportBalanceSettings,
    "plan_notices": settings.PlanNoticesSettings,
    "send_notice": settings.SendNoticeSettings,
    "render_letter": settings.RenderLetterSettings,
    "sweep": settings.SweepSettings,
    "record_delivery": settings.RecordDeliverySettings,
    "record_reply": settings.RecordReplySettings,
}


@dataclass(frozen=True)
class Context:
    """What Lambda gives besides the event."""

    function_name: str = "relance-test"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = f"arn:aws:lambda:{REGION}:123456789012:function:relance-test"
    aws_request_id: str = "52fdfc07-2182-454f-963f-5f0f9a621d72"


class Deployment:
    """Made inside `mock_aws`. `environment` is what the functions find."""

    def __init__(self) -> None:
        create_table(TABLE)
        self.s3 = boto3.client("s3")
        self.sqs = boto3.client("sqs")
        self.environment = {
            "STAGE": "dev",
            "CLOCK": "simulated",
            "TABLE_NAME": TABLE,
            "CONFIGURATION_SET": "relance",
            "REDIRECT_TO": "recipients",
            **{f"{n}_BUCKET": self._bucket(n) for n in ("DROP", "REPORTS", "MAIL", "EVIDENCE")},
            **{f"{n}_QUEUE_URL": self._queue(n) for n in ("IMPORT", "PLAN", "SEND", "LETTER")},
        }
        ses = boto3.client("sesv2")
        ses.create_email_identity(EmailIdentity="acme.example")
        ses.create_configuration_set(ConfigurationSetName="relance")

    def _bucket(self, name: str) -> str:
        bucket = f"relance-{name.lower()}"
        self.s3.create_bucket(
            Bucket=bucket,
            CreateBucketConfiguration={"LocationConstraint": REGION},
            ObjectLockEnabledForBucket=name == "EVIDENCE",
        )
        self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        return bucket

    def _queue(self, name: str) -> str:
        return str(self.sqs.create_queue(QueueName=f"relance-{name.lower()}")["QueueUrl"])

    @property
    def settings(self) -> settings.Settings:
        found = {f.name: self.environment[f.name.upper()] for f in fields(settings.Settings)}
        return settings.Settings(**found)

    def at(self, instant: datetime) -> None:
        SimulatedClock(bootstrap.table(TABLE)).set(instant)

    def add_creditor(self, creditor: Creditor) -> None:
        bootstrap.office(self.settings).creditors.save(creditor)

    def drop(self, key: str, content: bytes) -> str:
        answer = self.s3.put_object(Bucket=self.environment["DROP_BUCKET"], Key=key, Body=content)
        return str(answer["VersionId"])

    def take(self, queue: str) -> Iterator[str]:
        """The bodies waiting in a queue, taken out of it."""
        url = self.environment[f"{queue}_QUEUE_URL"]
        while True:
            found = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
            messages = found.get("Messages", [])
            if not messages:
                return
            for message in messages:
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                yield message["Body"]

    def objects(self, bucket: str, prefix: str = "") -> dict[str, bytes]:
        name = self.environment[f"{bucket}_BUCKET"]
        found = self.s3.list_objects_v2(Bucket=name, Prefix=prefix).get("Contents", [])
        return {
            item["Key"]: self.s3.get_object(Bucket=name, Key=item["Key"])["Body"].read()
            for item in found
        }


def event(name: str) -> dict[str, Any]:
    """A real-shaped event of `events/`."""
    found: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def with_body(name: str, *bodies: str) -> dict[str, Any]:
    """The queue event of that name, one record per body."""
    found = event(name)
    record = found["Records"][0]
    found["Records"] = [
        {**record, "messageId": f"message-{number}", "body": body}
        for number, body in enumerate(bodies)
    ]
    return found
