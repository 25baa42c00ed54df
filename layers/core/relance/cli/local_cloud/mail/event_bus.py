"""The default event bus, for events that only AWS itself may put on it.

EventBridge refuses PutEvents whose source begins with `aws.`, and so does MiniStack. So this does
what the bus would: it asks the bus which of its own rules match and hands over to their queues.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from relance.cli.local_cloud.stack import LocalStack

RULES_LAST = 5  # seconds


@dataclass
class EventBus:
    stack: LocalStack
    _rules: list[dict[str, Any]] = field(default_factory=list, init=False)
    _read_at: float = field(default=float("-inf"), init=False)

    def __post_init__(self) -> None:
        self._events = self.stack.client("events")
        self._queues = self.stack.client("sqs")

    def publish(self, event: Mapping[str, Any]) -> None:
        body = json.dumps(event)
        for rule in self._rules_now():
            if self._matches(rule["EventPattern"], body):
                for queue in rule["queues"]:
                    self._queues.send_message(QueueUrl=queue, MessageBody=body)

    def _matches(self, pattern: str, event: str) -> bool:
        answer = self._events.test_event_pattern(EventPattern=pattern, Event=event)
        return bool(answer["Result"])

    def _rules_now(self) -> list[dict[str, Any]]:
        if time.monotonic() - self._read_at > RULES_LAST:
            listed = self._events.list_rules()["Rules"]
            enabled = [r for r in listed if r["State"] == "ENABLED" and r.get("EventPattern")]
            self._rules = [{**rule, "queues": self._queues_of(rule["Name"])} for rule in enabled]
            self._read_at = time.monotonic()
        return self._rules

    def _queues_of(self, rule: str) -> list[str]:
        targets = self._events.list_targets_by_rule(Rule=rule)["Targets"]
        names = [target["Arn"].rpartition(":")[2] for target in targets if ":sqs:" in target["Arn"]]
        return [self._queues.get_queue_url(QueueName=name)["QueueUrl"] for name in names]
