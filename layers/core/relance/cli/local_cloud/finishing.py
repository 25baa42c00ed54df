"""What MiniStack's CloudFormation leaves undone of the template, done through its API.

Each of these is a difference from AWS, where the template alone is enough; when a new version of
MiniStack makes one needless, remove it.
"""

from relance.cli.local_cloud.stack import STACK_NAME, LocalStack


def finish(stack: LocalStack) -> None:
    make_concurrency_a_number(stack)
    lock_evidence(stack)


def make_concurrency_a_number(stack: LocalStack) -> None:
    """A `!Ref` to a Number parameter arrives as text, with which MiniStack polls no queue."""
    client = stack.client("lambda")
    for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
        if "ScalingConfig" in mapping:
            wanted = int(mapping["ScalingConfig"]["MaximumConcurrency"])
            client.update_event_source_mapping(
                UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": wanted}
            )


def lock_evidence(stack: LocalStack) -> None:
    """Object Lock of a bucket's declaration is ignored."""
    described = stack.client("cloudformation").describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    parameters = {p["ParameterKey"]: p["ParameterValue"] for p in described["Parameters"]}
    days = int(parameters["EvidenceRetentionDays"])
    stack.client("s3").put_object_lock_configuration(
        Bucket=stack.outputs["EvidenceBucket"],
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": days}},
        },
    )
