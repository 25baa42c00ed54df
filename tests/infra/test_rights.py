"""A function may do what its settings name, and nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.infra.template import FUNCTIONS, functions, of_type

Statement = Mapping[str, Any]
MANAGED = of_type("AWS::IAM::ManagedPolicy")
GIVEN_BY = {
    "TABLE_NAME": "CasesAccess",
    "EVIDENCE_BUCKET": "EvidenceAccess",
    "CONFIGURATION_SET": "MailAccess",
}


def statements(folder: str) -> Iterator[Statement]:
    for policy in functions()[folder]["Policies"]:
        if isinstance(policy, str):
            yield from MANAGED[policy]["PolicyDocument"]["Statement"]
        else:
            yield from policy.get("Statement", [])


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_no_right_is_on_everything(folder: str) -> None:
    for statement in statements(folder):
        assert "*" not in listed(statement["Resource"])
        assert not [action for action in listed(statement["Action"]) if action.endswith("*")]


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_a_right_comes_with_the_setting_that_needs_it(folder: str) -> None:
    own = functions()[folder]["Environment"]["Variables"]
    expected = {policy for name, policy in GIVEN_BY.items() if name in own} | {"CasesAccess"}

    assert {p for p in functions()[folder]["Policies"] if isinstance(p, str)} == expected


def test_nobody_reads_across_creditors_or_undoes_evidence() -> None:
    actions = {
        action
        for folder in FUNCTIONS
        for statement in statements(folder)
        for action in listed(statement["Action"])
    }

    assert not actions & {
        "dynamodb:Scan",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:PutObjectRetention",
        "s3:BypassGovernanceRetention",
    }


def test_messages_leave_through_our_configuration_set_only() -> None:
    (statement,) = MANAGED["MailAccess"]["PolicyDocument"]["Statement"]
    kinds = [resource.rpartition(":")[2] for resource in statement["Resource"]]

    assert statement["Action"] == ["ses:SendEmail", "ses:SendRawEmail"]
    assert kinds == ["identity/*", "configuration-set/${ConfigurationSet}"]
