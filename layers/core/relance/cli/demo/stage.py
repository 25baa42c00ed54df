"""The stack on which the story is played: its clock, its functions, and waiting for them."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as hour_of_day
from functools import cached_property, partial
from hashlib import sha256
from typing import Any
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from relance import bootstrap
from relance.adapters.clocks import SimulatedClock
from relance.application.office import Desk, Office
from relance.application.ports import ImportRecord
from relance.cli.deployed import Deployment
from relance.cli.local_cloud.quiet import COUNTS, DEAD_LETTERS
from relance.cli.local_cloud.stack import LocalStack

PATIENCE = 120
"""Seconds before something that does not end is said to hang."""
PAUSE = 0.03


class StoryStuck(Exception):
    """The stack does not come to rest: the message says what it was waited for."""


@dataclass
class Stage:
    """One creditor on a running local cloud. Every instant is said by `at`."""

    stack: LocalStack
    creditor: str
    zone: ZoneInfo

    @cached_property
    def deployment(self) -> Deployment:
        return Deployment.local()

    @property
    def office(self) -> Office:
        return self.deployment.office

    @property
    def outputs(self) -> dict[str, str]:
        return self.deployment.outputs

    def client(self, service: str) -> Any:
        return self.deployment.client(service)

    def desk(self) -> Desk:
        return self.office.open(self.creditor)

    # ------------------------------------------------------------ time

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """From now on it is that time there, for everybody."""
        local = datetime.combine(day, hour_of_day(hour, minute), self.zone)
        SimulatedClock(bootstrap.table(self.outputs["CasesTable"])).set(local.astimezone(UTC))
        return local

    # ------------------------------------------------------------ what starts things

    def drop(self, name: str, content: bytes) -> ImportRecord:
        """Put a file into the drop bucket; the record of its import, once it is over."""
        key = f"{self.creditor}/{name}"
        self.client("s3").put_object(Bucket=self.outputs["DropBucket"], Key=key, Body=content)
        imports = self.office.stores.of(self.creditor).imports
        digest = sha256(content).hexdigest()
        wait_until(lambda: imports.find(digest) is not None, f"the import of {name}")
        self.drain("ImportQueue")
        self.settle_mail()
        record = imports.find(digest)
        if record is None:
            raise StoryStuck(f"the record of {name} has gone")
        return record

    def plan(self, instant: datetime) -> str:
        """The hourly schedule, at this instant; what it said of the creditor."""
        answer = self._invoke("PlanNoticesFunction", {"scheduled_at": instant.isoformat()})
        self.drain("PlanQueue")
        return str(answer["creditors"].get(self.creditor, "unknown"))

    def tell_calls(self, instant: datetime) -> None:
        """The same schedule an hour after the run: the collectors get their calls."""
        self._invoke("PlanNoticesFunction", {"scheduled_at": instant.isoformat()})
        self.settle_mail()

    def sweep(self) -> int:
        """How many notices it queued; they have left, or not, when this returns."""
        queued = int(self._invoke("SweepFunction", {})["queued"])
        if queued:
            # In this order: a letter that left queues its e-mail copy.
            self.drain("LetterQueue", "SendQueue")
            self.settle_mail()
        return queued

    def _invoke(self, function: str, event: dict[str, str]) -> dict[str, Any]:
        answer = self.client("lambda").invoke(
            FunctionName=self.outputs[function], Payload=json.dumps(event).encode()
        )
        content: dict[str, Any] = json.load(answer["Payload"])
        if "FunctionError" in answer:
            raise StoryStuck(f"{function} failed: {content.get('errorMessage')}")
        return content

    # ------------------------------------------------------------ waiting

    def drain(self, *queues: str) -> None:
        """Until nothing is in these queues nor in the hands of their functions."""
        for queue in queues:
            wait_until(partial(self._is_empty, queue), f"{queue} to be empty")

    def settle_mail(self) -> None:
        """Until what SES took is in the outbox, and what became of it is recorded."""
        wait_until(lambda: self._mail_room_busy() == 0, "the mail room to be quiet")
        self.drain("DeliveryQueue")

    def _is_empty(self, queue: str) -> bool:
        return self.depth(queue) == 0

    def depth(self, queue: str) -> int:
        """Messages visible and in flight."""
        answer = self.client("sqs").get_queue_attributes(
            QueueUrl=self.outputs[queue], AttributeNames=COUNTS
        )
        return sum(int(answer["Attributes"][count]) for count in COUNTS)

    def dead_letters(self) -> dict[str, int]:
        found = {name: self.depth(name) for name in DEAD_LETTERS}
        return {name: count for name, count in found.items() if count}

    def _mail_room_busy(self) -> int:
        address = f"{self.stack.ses_endpoint}/_local/busy"
        with urlopen(address, timeout=10) as answer:  # noqa: S310
            return int(json.load(answer)["busy"])


def wait_until(ready: Callable[[], bool], what: str) -> None:
    """Raises StoryStuck."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise StoryStuck(f"waited {PATIENCE} seconds for {what}")
        time.sleep(PAUSE)
