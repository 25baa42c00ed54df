"""Wait until nothing moves: what a test or a demonstration does between two acts."""

import json
import time
import urllib.request
from typing import TYPE_CHECKING

from relance.cli.local_cloud.errors import LocalCloudError

if TYPE_CHECKING:
    from relance.cli.local_cloud.stack import LocalStack

QUEUES = ("ImportQueue", "PlanQueue", "SendQueue", "LetterQueue", "DeliveryQueue")
DEAD_LETTERS = (
    *("ImportDlq", "PlanDlq", "SendDlq", "LetterDlq", "DeliveryDlq"),
    *("ReplyDlq", "ScheduleDlq"),
)
COUNTS = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
CALM = 3  # looks in a row that see nothing
PAUSE = 0.05


def wait_until_quiet(stack: "LocalStack", *, seconds: float = 120) -> None:
    """Return when queues are empty and no message is between SES and the outbox.

    An asynchronous invocation (an answer that was received, a scheduled run) is in no queue: who
    causes one waits for its effect.
    """
    deadline = time.monotonic() + seconds
    calm = 0
    while calm < CALM:
        waiting = moving(stack)
        calm = 0 if waiting else calm + 1
        if time.monotonic() > deadline:
            raise LocalCloudError(f"still moving after {seconds:.0f} seconds: {waiting}")
        time.sleep(PAUSE)


def moving(stack: "LocalStack") -> dict[str, int]:
    """{place: messages there}, empty places left out."""
    with urllib.request.urlopen(f"{stack.ses_endpoint}/_local/busy", timeout=10) as response:  # noqa: S310
        counts = {"mail room": json.load(response)["busy"]} | depths(stack, QUEUES)
    return {place: count for place, count in counts.items() if count}


def dead_letters(stack: "LocalStack") -> dict[str, int]:
    """{queue: messages that failed for good}, empty queues left out."""
    return {name: count for name, count in depths(stack, DEAD_LETTERS).items() if count}


def depths(stack: "LocalStack", names: tuple[str, ...]) -> dict[str, int]:
    sqs = stack.client("sqs")
    found = {}
    for name in names:
        answer = sqs.get_queue_attributes(QueueUrl=stack.outputs[name], AttributeNames=COUNTS)
        found[name] = sum(int(answer["Attributes"][count]) for count in COUNTS)
    return found
