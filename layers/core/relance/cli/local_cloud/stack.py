"""What a running local cloud is, for those who use it."""

import contextlib
import json
import re
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from relance.cli.local_cloud.errors import LocalCloudError
from relance.cli.local_cloud.places import Places
from relance.cli.local_cloud.ports import LOOPBACK

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT = "123456789012"
REGION = "eu-west-3"
STACK_NAME = "relance-local"


@dataclass(frozen=True)
class Ports:
    aws: int
    ses: int
    outgoing: int
    inbound: int


@dataclass(frozen=True)
class LocalStack:
    """Addresses of the embedded AWS and outputs of the deployed stack."""

    ports: Ports
    outputs: Mapping[str, str]
    places: Places

    @property
    def endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.ports.aws}"

    @property
    def ses_endpoint(self) -> str:
        """SES answers through our front, which keeps what MiniStack would lose of a message."""
        return f"http://{LOOPBACK}:{self.ports.ses}"

    @property
    def outbox(self) -> "Path":
        return self.places.outbox

    @property
    def environment(self) -> dict[str, str]:
        """What makes any AWS SDK or tool talk to this cloud and to no other."""
        nowhere = str(self.places.local / "no-aws-configuration")
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ENDPOINT_URL_SESV2": self.ses_endpoint,
            "AWS_ACCESS_KEY_ID": ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_CONFIG_FILE": nowhere,
            "AWS_SHARED_CREDENTIALS_FILE": nowhere,
        }

    def client(self, service: str) -> Any:
        """A boto3 client of this cloud."""
        return boto3.client(
            service,
            endpoint_url=self.ses_endpoint if service == "sesv2" else self.endpoint,
            region_name=REGION,
            aws_access_key_id=ACCOUNT,
            aws_secret_access_key="local",  # noqa: S106
            config=Config(connect_timeout=5, read_timeout=120, retries={"max_attempts": 2}),
        )

    def verify_sender(self, identity: str) -> None:
        """What an administrator does once on AWS, by DNS: allow a domain or address to send."""
        client = self.client("sesv2")
        with contextlib.suppress(client.exceptions.AlreadyExistsException):
            client.create_email_identity(EmailIdentity=identity)

    def receive(self, message: bytes, *, sender: str, recipients: Sequence[str]) -> None:
        """Hand a message to the inbound mail server, as the customer's mail server would."""
        lines = re.sub(rb"\r?\n", b"\r\n", message)
        with smtplib.SMTP(LOOPBACK, self.ports.inbound, timeout=30) as server:
            server.sendmail(sender, list(recipients), lines)

    def bounce(self, *addresses: str) -> None:
        """From now on messages to these addresses bounce."""
        with self.places.bounces.open("a") as file:
            file.writelines(f"{address.lower()}\n" for address in addresses)

    def save(self) -> None:
        content = {"ports": asdict(self.ports), "outputs": dict(self.outputs)}
        draft = self.places.state.with_suffix(".new")
        draft.write_text(json.dumps(content, indent=2))
        draft.replace(self.places.state)

    @classmethod
    def load(cls, places: Places) -> "LocalStack":
        try:
            content = json.loads(places.state.read_text())
        except FileNotFoundError as error:
            raise LocalCloudError("no local cloud is running here; start it: relance up") from error
        return cls(ports=Ports(**content["ports"]), outputs=content["outputs"], places=places)
