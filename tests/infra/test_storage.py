"""What holds data is private, encrypted, versioned, and outlives its stack."""

import pytest

from tests.infra.template import RESOURCES, of_type, target

BUCKETS = of_type("AWS::S3::Bucket")
KEEP = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
NAMES = {
    "BucketName",
    "TableName",
    "QueueName",
    "FunctionName",
    "RoleName",
    "TopicName",
    "AlarmName",
    "LogGroupName",
    "ManagedPolicyName",
    "LayerName",
}


@pytest.mark.parametrize("name", sorted(BUCKETS))
def test_a_bucket_is_encrypted_private_and_versioned(name: str) -> None:
    bucket = BUCKETS[name]

    assert bucket["BucketEncryption"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}


@pytest.mark.parametrize("name", sorted(BUCKETS))
def test_a_bucket_refuses_whoever_comes_without_tls(name: str) -> None:
    policy = RESOURCES[f"{name}Policy"]["Properties"]
    refusals = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]

    assert policy["Bucket"] == name
    assert [r["Condition"] for r in refusals] == [{"Bool": {"aws:SecureTransport": "false"}}]
    assert {target(resource) for resource in refusals[0]["Resource"]} == {name}


@pytest.mark.parametrize("name", [*sorted(BUCKETS), "CasesTable"])
def test_data_outlives_the_stack(name: str) -> None:
    assert {key: RESOURCES[name][key] for key in KEEP} == KEEP


def test_evidence_is_locked_and_incoming_mail_is_not() -> None:
    rule = BUCKETS["EvidenceBucket"]["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]

    assert rule == {"Mode": "GOVERNANCE", "Days": "EvidenceRetentionDays"}
    assert [name for name in BUCKETS if BUCKETS[name].get("ObjectLockEnabled")] == [
        "EvidenceBucket"
    ]


def test_ses_may_store_mail_of_this_account_only() -> None:
    statements = RESOURCES["MailBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    (allowed,) = [s for s in statements if s["Effect"] == "Allow"]

    assert allowed["Principal"] == {"Service": "ses.amazonaws.com"}
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": "AWS::AccountId"}
    assert allowed["Resource"].endswith("/inbound/*")


def test_the_table_can_be_restored_and_its_index_only_finds() -> None:
    table = RESOURCES["CasesTable"]["Properties"]
    (index,) = table["GlobalSecondaryIndexes"]

    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert table["SSESpecification"]["SSEEnabled"]
    assert index["IndexName"] == "agenda"
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}


def test_nothing_has_a_name_of_its_own() -> None:
    """So that two stacks live in one account, and a replacement can be made before the old goes."""
    named = {
        (name, key)
        for name, resource in RESOURCES.items()
        for key in resource.get("Properties", {})
        if key in NAMES
    }

    # A permission names the function that it is about, and no resource of its own.
    assert named == {("RecordReplyPermission", "FunctionName")}
