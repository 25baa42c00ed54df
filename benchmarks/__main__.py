"""`make bench`: a 10,000-item balance imported and planned on the embedded AWS.

Two passes over the same engine: through the deployed functions for the seconds, and in this process
for the counts, because a Lambda's own requests cannot be seen from outside.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from benchmarks.sample import Sample
from benchmarks.table_units import counted
from relance import bootstrap
from relance.adapters.clocks import SimulatedClock
from relance.adapters.memory.files import MemoryFiles
from relance.adapters.memory.outgoing import MemoryMailer, MemoryNoticeQueue, MemoryPlanQueue
from relance.adapters.rendering.staff import JinjaStaffRenderer
from relance.application.confirm_payment_details import confirm_payment_details
from relance.application.creditor_commands import change_mode
from relance.application.importing.drop import DropEvent
from relance.application.importing.receive import import_drop
from relance.application.plan_notices import plan_page
from relance.application.staff_mail import StaffMail
from relance.cli.deployed import Deployment
from relance.cli.local_cloud.lifecycle import up
from relance.domain.creditor import Mode

TODAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 6, tzinfo=UTC)
PLAN_AT = datetime(2026, 3, 2, 7, tzinfo=UTC)
TIMEOUT = 600


def main() -> None:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    up(say=print)
    deployment = Deployment.local()
    SimulatedClock(bootstrap.table(deployment.settings.table_name)).set(MORNING)
    through_functions(deployment, Sample("bench-functions", items, TODAY))
    in_process(deployment, Sample("bench-units", items, TODAY))


def through_functions(deployment: Deployment, sample: Sample) -> None:
    """Seconds of the deployed functions, from the drop to the record of the import."""
    introduce(deployment, sample)
    first = timed(lambda: drop(deployment, sample, "balance-1.csv", sample.balance()))
    again = timed(lambda: drop(deployment, sample, "balance-2.csv", sample.balance()))
    plan = timed(lambda: run_plan(deployment))
    print(f"\nthrough the deployed functions: {sample.items} items, {sample.debtors} debtors")
    print(f"  first import      {first:7.1f} s  {sample.items / first:8.0f} items/s")
    print(f"  unchanged import  {again:7.1f} s  {sample.items / again:8.0f} items/s")
    print(f"  daily plan        {plan:7.1f} s  {sample.items / plan:8.0f} items/s")
    print(f"  unchanged ÷ first {again / first:7.2f}")


def introduce(deployment: Deployment, sample: Sample) -> None:
    """The creditor with confirmed details, its debtors and their contacts."""
    drop(deployment, sample, "creditor.yaml", sample.creditor())
    office = deployment.office
    for person in ("ana", "paul"):
        confirm_payment_details(sample.code, person, office=office)
    change_mode(sample.code, Mode.AUTO, "bench", office=office)
    drop(deployment, sample, "contacts.csv", sample.contacts())


def drop(deployment: Deployment, sample: Sample, name: str, content: bytes) -> None:
    """Put a file in the drop bucket and wait until nothing of it is left to do."""
    key = f"{sample.code}/{name}"
    bucket = deployment.outputs["DropBucket"]
    deployment.client("s3").put_object(Bucket=bucket, Key=key, Body=content)
    imports = deployment.office.stores.of(sample.code).imports
    wait_until(lambda: any(record.drop_key == key for record in imports.recent(1)))
    wait_until(lambda: not deployment.office.creditors.get(sample.code).is_importing)


def run_plan(deployment: Deployment) -> None:
    """Invoke the hourly run and wait until its queue is empty."""
    deployment.client("lambda").invoke(
        FunctionName=deployment.outputs["PlanNoticesFunction"],
        Payload=json.dumps({"scheduled_at": PLAN_AT.isoformat()}),
    )
    wait_until(lambda: waiting(deployment, "PlanQueue") == 0)


def waiting(deployment: Deployment, queue: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    answer = deployment.client("sqs").get_queue_attributes(
        QueueUrl=deployment.outputs[queue], AttributeNames=names
    )
    return sum(int(answer["Attributes"][name]) for name in names)


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + TIMEOUT
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("the embedded AWS did not finish: see .local/logs")
        time.sleep(0.05)


def in_process(deployment: Deployment, sample: Sample) -> None:
    """Rows and units of the same use cases on the same table."""
    drops = MemoryFiles()
    doors = replace(deployment.import_doors, drops=drops)

    def put(name: str, content: bytes) -> None:
        key = f"{sample.code}/{name}"
        drops.put(key, content, content_type="text/csv")
        outcome = import_drop(DropEvent(key, None, MORNING), doors=doors)
        if outcome.status not in {"applied", "unchanged"}:
            raise RuntimeError(f"the import was {outcome.status}: {outcome.code}")

    put("creditor.yaml", sample.creditor())
    put("contacts.csv", sample.contacts())
    for person in ("ana", "paul"):
        confirm_payment_details(sample.code, person, office=doors.office)
    change_mode(sample.code, Mode.AUTO, "bench", office=doors.office)
    print(f"\ncounted in this process, on the same table: {sample.items} items")
    report(deployment, "first import", lambda: put("balance-1.csv", sample.balance()))
    report(deployment, "unchanged import", lambda: put("balance-2.csv", sample.balance()))
    report(deployment, "daily plan", lambda: plan(deployment, sample))


def plan(deployment: Deployment, sample: Sample) -> None:
    office = deployment.office
    desk = office.open(sample.code, today=TODAY)
    for page in desk.cases.due(TODAY, page_size=25):
        plan_page(
            sample.code,
            TODAY,
            page,
            office=office,
            queue=MemoryNoticeQueue(),
            random=bootstrap.random_source(),
            staff=StaffMail(JinjaStaffRenderer(bootstrap.templates_dir()), MemoryMailer()),
            pages=MemoryPlanQueue(),
        )


def report(deployment: Deployment, name: str, action: Callable[[], None]) -> None:
    with counted(bootstrap.table(deployment.settings.table_name)) as units:
        action()
    print(
        f"  {name:17} item rows written {units.rows['STATE#ITEM']:6d}"
        f"  case rows {units.rows['STATE#CASE']:5d}  entries {units.rows['HIST']:5d}"
        f"  read units {units.read_units:8.0f}  write units {units.write_units:8.0f}"
    )


def timed(action: Callable[[], None]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
