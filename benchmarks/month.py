"""`python -m benchmarks.month`: what each act costs, and a month of a million debtors on paper.

The acts are those of the functions themselves, with their events, on tables and buckets in this
process; their units are worked out from the requests (`benchmarks.capacity`). The number of acts in
a month comes from the simulated year of `benchmarks.simulation`.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from os import environ
from typing import Any
from zoneinfo import ZoneInfo

from moto import mock_aws

from benchmarks.capacity import Capacity, worked_out
from benchmarks.sample import Sample
from functions.import_balance import app as import_balance
from functions.plan_notices import app as plan_notices
from functions.record_delivery import app as record_delivery
from functions.send_notice import app as send_notice
from relance import bootstrap
from relance.application.confirm_payment_details import confirm_payment_details
from relance.application.creditor_commands import change_mode
from relance.domain.creditor import Mode
from tests.functions.aws import REGION, TABLE, Context, Deployment, event, with_body

TODAY = date(2026, 11, 23)
DEBTORS = 10
"""A batch of the queue; under the cap of first messages of a day."""
PAID_ITEMS = 5
CONTEXT: Any = Context()


@dataclass(frozen=True)
class Act:
    """Of one thing done: its units, its requests to the table, its processor seconds here."""

    name: str
    reads: float
    writes: float
    requests: float
    seconds: float

    def shared(self, count: int) -> "Act":
        """The same work, done for so many at once."""
        parts = (self.reads, self.writes, self.requests, self.seconds)
        return Act(self.name, *(part / count for part in parts))


@dataclass(frozen=True)
class Prices:
    """US dollars in Paris (eu-west-3), on demand, list prices; a euro is taken for a dollar."""

    write_unit: float = 0.7423e-6
    read_unit: float = 0.1485e-6
    gigabyte_second: float = 13.3334e-6
    """Lambda on Arm."""
    invocation: float = 0.2e-6
    queue_request: float = 0.4e-6
    object_put: float = 5.3e-6
    email: float = 100e-6
    stored_gigabyte: float = 0.297
    """A month of the table."""


A_MILLION = 1_000_000
NEW, PAID, RUN, DECIDED = (
    "an item of a first balance",
    "an item paid in part",
    "a run",
    "a decision",
)
LET_OUT, SENT, TOLD = "a message let out", "a message sent", "an event of SES"
A_MONTH = {NEW: 1.05, PAID: 1.05, DECIDED: 7.2, LET_OUT: 1.76, SENT: 1.76, TOLD: 3.52}
"""Acts of one debtor: those of the simulated year (docs/benchmarks.md), over twelve."""
CREDITORS, WORKING_DAYS = 1_000, 21
STORED_BYTES = 16 * 1024
"""Of a debtor's rows in the table after some years, with its evidence entries."""


@contextmanager
def a_deployment() -> Iterator[Deployment]:
    environ.update(AWS_DEFAULT_REGION=REGION, AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x")  # noqa: S106 (moto's)
    environ.setdefault("POWERTOOLS_LOG_LEVEL", "ERROR")
    with mock_aws():
        bootstrap.forget()
        made = Deployment()
        environ.update(made.environment)
        yield made
    bootstrap.forget()


def measured(name: str, count: int, action: Callable[[], None]) -> Act:
    start = time.process_time()
    with worked_out(bootstrap.table(TABLE)) as units:
        action()
    spent = time.process_time() - start
    return act_of(name, units, spent, count)


def act_of(name: str, units: Capacity, seconds: float, count: int) -> Act:
    whole = Act(name, units.reads, units.writes + units.index, units.requests.total(), seconds)
    return whole.shared(count)


def a_life(made: Deployment, sample: Sample) -> Iterator[Act]:
    """One week: the balance, the run, the messages and what becomes of them, then a later look."""
    take_in(made, sample)
    yield measured(NEW, sample.items, lambda: drop(made, sample, 0))
    balance = sample.balance(paid_one_in=sample.items // PAID_ITEMS)
    yield measured(RUN, 1, lambda: start(made, TODAY - timedelta(days=2), 8))
    start(made, TODAY, 8)
    pages = list(made.take("PLAN"))
    due = sum(len(json.loads(page)["debtors"]) for page in pages)
    yield measured(DECIDED, due, lambda: plan(pages))
    bodies: list[str] = []

    def let_out() -> None:
        start(made, TODAY, 10)
        bodies.extend(made.take("SEND"))

    yield measured(LET_OUT, 1, let_out).shared(len(bodies))
    yield measured(SENT, len(bodies), lambda: send(bodies))
    events = [fate(body, name) for body in bodies for name in ("send", "delivery")]
    yield measured(TOLD, len(events), lambda: record(events))
    made.at(instant(TODAY + timedelta(days=1), 5))
    yield measured(PAID, PAID_ITEMS, lambda: put(made, sample, "balance-2.csv", balance))


def take_in(made: Deployment, sample: Sample) -> None:
    """The creditor with confirmed details, and who its debtors are."""
    made.at(instant(TODAY, 5))
    put(made, sample, "creditor.yaml", sample.creditor())
    office = bootstrap.office(made.settings)
    for person in ("ana", "paul"):
        confirm_payment_details(sample.code, person, office=office)
    change_mode(sample.code, Mode.AUTO, "bench", office=office)
    put(made, sample, "contacts.csv", sample.contacts())


def drop(made: Deployment, sample: Sample, days: int) -> None:
    put(made, sample, f"balance-{days}.csv", sample.balance())


def put(made: Deployment, sample: Sample, name: str, content: bytes) -> None:
    key = f"{sample.code}/{name}"
    body = json.loads(event("import_balance")["Records"][0]["body"])
    body["detail"]["object"] |= {"key": key, "version-id": made.drop(key, content)}
    answer = import_balance.handler(with_body("import_balance", json.dumps(body)), CONTEXT)
    if answer["batchItemFailures"]:
        raise RuntimeError(f"{name} was not taken in")


def start(made: Deployment, day: date, hour: int) -> None:
    made.at(instant(day, hour))
    plan_notices.handler({"scheduled_at": instant(day, hour).isoformat()}, CONTEXT)


def plan(pages: list[str]) -> None:
    plan_notices.handler(with_body("plan_notices_page", *pages), CONTEXT)


def send(bodies: list[str]) -> None:
    send_notice.handler(with_body("send_notice", *bodies), CONTEXT)


def fate(body: str, name: str) -> str:
    found = json.loads(event(f"record_delivery_{name}")["Records"][0]["body"])
    notice = json.loads(body)
    found["detail"]["mail"]["tags"] |= {
        "notice": [notice["notice_id"]],
        "creditor": [notice["creditor"]],
    }
    return json.dumps(found)


def record(events: list[str]) -> None:
    record_delivery.handler(with_body("record_delivery_send", *events), CONTEXT)


def instant(day: date, hour: int) -> datetime:
    return datetime.combine(day, clock_time(hour), ZoneInfo("Europe/Paris")).astimezone(UTC)


def a_month(acts: dict[str, Act], prices: Prices) -> dict[str, float]:
    """Euros of a month, by what they are paid for."""
    counts = {name: each * A_MILLION for name, each in A_MONTH.items()}
    counts[RUN] = CREDITORS * WORKING_DAYS
    done = [(acts[name], count) for name, count in counts.items()]
    writes = sum(act.writes * count for act, count in done)
    reads = sum(act.reads * count for act, count in done)
    seconds = sum(act.seconds * count for act, count in done)
    messages = counts[SENT]
    print(f"  {writes / 1e6:.0f} million write units, {reads / 1e6:.0f} million read units")
    return {
        "write units": writes * prices.write_unit,
        "read units": reads * prices.read_unit,
        "rows stored": A_MILLION * STORED_BYTES / 1e9 * prices.stored_gigabyte,
        "Lambda": seconds * prices.gigabyte_second + counts[DECIDED] / 25 * prices.invocation,
        "queues": 3 * (messages + counts[TOLD] / 10) * prices.queue_request,
        "objects": messages * prices.object_put,
        "e-mails": messages * prices.email,
    }


def main() -> None:
    with a_deployment() as made:
        acts = {act.name: act for act in a_life(made, Sample("acme", DEBTORS * 5, TODAY))}
    print(f"one act of each, among {DEBTORS} debtors of 5 items")
    for act in acts.values():
        print(
            f"  {act.name:28} read units {act.reads:5.1f}  write units {act.writes:5.1f}"
            f"  requests {act.requests:4.1f}  {act.seconds * 1000:6.1f} ms"
        )
    print("a month of a million debtors, on paper")
    euros = a_month(acts, Prices())
    for name, cost in euros.items():
        print(f"  {name:12} {cost:8.0f} EUR")
    print(f"  {'together':12} {sum(euros.values()):8.0f} EUR, letters apart")


if __name__ == "__main__":
    main()
