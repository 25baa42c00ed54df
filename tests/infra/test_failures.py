"""What fails goes somewhere, someone is told, and told what to do."""

import json
import re
from itertools import chain

import pytest

from tests.infra.template import ROOT, events, functions, of_type, target

QUEUES = of_type("AWS::SQS::Queue")
DEAD_LETTERS = {name for name in QUEUES if name.endswith("Dlq")}
ALARMS = of_type("AWS::CloudWatch::Alarm")


@pytest.mark.parametrize("name", sorted(set(QUEUES) - DEAD_LETTERS))
def test_a_message_that_fails_five_times_is_put_aside(name: str) -> None:
    redrive = QUEUES[name]["RedrivePolicy"]

    assert target(redrive["deadLetterTargetArn"]) == name.replace("Queue", "Dlq")
    assert redrive["maxReceiveCount"] == 5


@pytest.mark.parametrize("name", sorted(DEAD_LETTERS))
def test_what_is_put_aside_is_kept_for_two_weeks_and_rings(name: str) -> None:
    alarm = ALARMS[f"{name}Alarm"]

    assert QUEUES[name]["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert target(alarm["Dimensions"][0]["Value"]) == name
    assert alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (
        1,
        "GreaterThanOrEqualToThreshold",
    )


WAITS = {"import_balance": 2}
"""Time-outs that a message waits before it comes back, six elsewhere: an import that stopped in
time must go on soon, and an hour and a half would be too late."""


def test_every_queue_source_reports_its_failures_one_by_one_within_bounds() -> None:
    for folder, source in events("SQS"):
        timeout = functions()[folder].get("Timeout", 60)

        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], folder
        assert source["ScalingConfig"] == {"MaximumConcurrency": "MaximumConcurrency"}, folder
        waits = QUEUES[target(source["Queue"])]["VisibilityTimeout"]
        assert waits >= WAITS.get(folder, 6) * timeout, folder


def test_every_schedule_carries_its_instant_retries_and_has_a_dead_letter_queue() -> None:
    schedules = list(events("ScheduleV2"))

    assert {folder for folder, _ in schedules} == {"plan_notices", "sweep"}
    for _, schedule in schedules:
        assert json.loads(schedule["Input"]) == {"scheduled_at": "<aws.scheduler.scheduled-time>"}
        assert target(schedule["DeadLetterConfig"]["Arn"]) in DEAD_LETTERS
        assert schedule["RetryPolicy"]["MaximumRetryAttempts"] > 0


def test_no_schedule_runs_on_a_simulated_clock() -> None:
    for _, schedule in events("ScheduleV2"):
        assert schedule["State"] == ["IsSimulated", "DISABLED", "ENABLED"]


def test_every_function_invoked_without_waiting_has_a_failure_destination() -> None:
    by_mail = [
        target(action["LambdaAction"]["FunctionArn"])
        for rule in of_type("AWS::SES::ReceiptRule").values()
        for action in rule["Rule"]["Actions"]
        if "LambdaAction" in action
    ]
    assert by_mail == ["RecordReplyFunction"]

    for folder in chain(["record_reply"], (folder for folder, _ in events("ScheduleV2"))):
        destination = functions()[folder]["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
        assert target(destination["Destination"]) in DEAD_LETTERS, folder


def test_every_rule_has_a_dead_letter_queue_that_it_may_write_to() -> None:
    for name, rule in of_type("AWS::Events::Rule").items():
        for destination in rule["Targets"]:
            queues = {target(destination["Arn"]), target(destination["DeadLetterConfig"]["Arn"])}
            assert queues <= writable_by(name), name


def writable_by(rule: str) -> set[str]:
    return {
        queue
        for policy in of_type("AWS::SQS::QueuePolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if target(statement["Condition"]["ArnEquals"]["aws:SourceArn"]) == rule
        for queue in policy["Queues"]
    }


def test_silence_rings_too() -> None:
    alarm = ALARMS["PlanHeartbeatAlarm"]

    assert alarm["Period"] * alarm["EvaluationPeriods"] == 24 * 3600
    assert alarm["TreatMissingData"] == "breaching"


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_reaches_the_topic_and_ends_with_what_to_read(name: str) -> None:
    alarm = ALARMS[name]
    anchor = re.search(r"docs/runbook\.md#([\w-]+)$", alarm["AlarmDescription"])

    assert alarm["AlarmActions"] == ["AlarmTopic"]
    assert anchor, alarm["AlarmDescription"]
    assert anchor[1] in anchors()


def anchors() -> set[str]:
    """Headings as the forges turn them into anchors."""
    text = (ROOT / "docs" / "runbook.md").read_text()
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-") for heading in headings}
