"""A drop whose message was lost: the event sent by hand, as docs/runbook.md spells it."""

import json
from dataclasses import replace
from pathlib import Path

from functions.import_balance import app as import_balance
from relance import bootstrap
from tests.functions.aws import Deployment, with_body
from tests.functions.test_main_job import BALANCE, case_of, imported, run

RUNBOOK = Path(__file__).resolve().parents[2] / "docs" / "runbook.md"


def by_hand(key: str, version: str) -> str:
    (line,) = [one for one in RUNBOOK.read_text("utf-8").splitlines() if '"version-id"' in one]
    body = line.strip().strip("'")
    for said, meant in (
        ("<LastModified, UTC, as 2026-11-23T07:12:44Z>", "2026-11-23T08:00:00Z"),
        ("<key>", key),
        ("<version>", version),
    ):
        assert said in body
        body = body.replace(said, meant)
    return json.dumps(json.loads(body))


def waiting_for(deployment: Deployment, key: str, version: str) -> frozenset[str]:
    """The drop waits and no queue has it."""
    creditors = bootstrap.office(deployment.settings).creditors
    waits = frozenset({f"{key}#{version}"})
    creditors.save(replace(creditors.get("acme"), waiting_drops=waits))
    return waits


def waiting(deployment: Deployment) -> frozenset[str]:
    return bootstrap.office(deployment.settings).creditors.get("acme").waiting_drops


def test_it_is_taken_in_and_waits_no_more(deployment: Deployment) -> None:
    imported(deployment)
    key = "acme/lost.csv"
    paid = BALANCE.replace("1 234,56;1 234,56", "1 234,56;1 000,00")
    version = deployment.drop(key, paid.encode("cp1252"))
    assert waiting(deployment) != waiting_for(deployment, key, version)
    run(import_balance.handler, with_body("import_balance", by_hand(key, version)))
    assert waiting(deployment) == frozenset()
    (item,) = case_of(deployment).open_items
    assert str(item.open_amount) == "1000.00"


def test_a_version_that_is_gone_waits_no_more_either(deployment: Deployment) -> None:
    imported(deployment)
    key = "acme/lost.csv"
    version = deployment.drop(key, BALANCE.encode("cp1252"))
    deployment.s3.delete_object(
        Bucket=deployment.environment["DROP_BUCKET"], Key=key, VersionId=version
    )
    waiting_for(deployment, key, version)
    run(import_balance.handler, with_body("import_balance", by_hand(key, version)))
    assert waiting(deployment) == frozenset()


def test_dropping_the_file_again_does_not_end_the_wait_of_the_first(
    deployment: Deployment,
) -> None:
    imported(deployment)
    key = "acme/lost.csv"
    first = deployment.drop(key, BALANCE.encode("cp1252"))
    waits = waiting_for(deployment, key, first)
    again = deployment.drop(key, BALANCE.encode("cp1252"))
    run(import_balance.handler, with_body("import_balance", by_hand(key, again)))
    assert waiting(deployment) == waits
