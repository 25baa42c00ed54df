"""`python -m benchmarks.imports [ITEMS]`: what a first, an unchanged, a 1 %-changed import cost.

Run in this process on the embedded AWS, so that every request to the table is counted. Seconds
depend on the machine and on the engine; rows and units do not.
"""

import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from benchmarks.__main__ import MORNING, TODAY, timed
from benchmarks.sample import Sample
from benchmarks.table_units import TableUnits, counted
from relance import bootstrap
from relance.adapters.clocks import SimulatedClock
from relance.adapters.memory.files import MemoryFiles
from relance.application.importing.doors import ImportDoors
from relance.application.importing.drop import DropEvent
from relance.application.importing.receive import import_drop
from relance.cli.deployed import Deployment
from relance.cli.local_cloud.lifecycle import up

PER_CASE, PER_IMPORT, SLACK = 2, 3, 1.1
"""Rows that a changed case, and an import, may write beside the items (issue's target)."""


@dataclass(frozen=True)
class Measured:
    name: str
    changed: int
    seconds: float
    units: TableUnits

    @property
    def items(self) -> int:
        return self.units.rows["STATE#ITEM"]

    @property
    def cases(self) -> int:
        return self.units.rows["STATE#CASE"]

    @property
    def others(self) -> int:
        return sum(self.units.rows.values()) - self.items - self.cases - self.units.rows["HIST"]

    @property
    def keeps_its_target(self) -> bool:
        """Item writes follow the changed items; the rest follows the changed cases."""
        beside = self.cases + self.units.rows["HIST"]
        return self.items <= SLACK * self.changed and beside <= PER_CASE * self.cases


def main(items: int) -> int:
    up(say=print)
    deployment = Deployment.local()
    SimulatedClock(bootstrap.table(deployment.settings.table_name)).set(MORNING)
    sample = Sample(f"bench-{items}-{datetime.now(UTC):%H%M%S}", items, TODAY)
    drops = MemoryFiles()
    doors = replace(deployment.import_doors, drops=drops)
    put(doors, drops, sample, "creditor.yaml", sample.creditor(), TODAY)
    print(f"\n{items} items of {sample.debtors} debtors, in this process, on the embedded table")
    runs = [
        measure(deployment, doors, drops, sample, *run)
        for run in (
            ("first", sample.balance(), items, 0),
            ("unchanged", sample.balance(), 0, 1),
            ("1 % changed", sample.balance(paid_one_in=100), items // 100, 2),
        )
    ]
    for run in runs:
        print(told(run))
    return 0 if all(run.keeps_its_target for run in runs) else 1


def measure(
    deployment: Deployment,
    doors: ImportDoors,
    drops: MemoryFiles,
    sample: Sample,
    name: str,
    content: bytes,
    changed: int,
    days: int,
) -> Measured:
    day = TODAY + timedelta(days=days)
    with counted(bootstrap.table(deployment.settings.table_name)) as units:
        seconds = timed(lambda: put(doors, drops, sample, f"balance-{days}.csv", content, day))
    return Measured(name, changed, seconds, units)


def put(
    doors: ImportDoors, drops: MemoryFiles, sample: Sample, name: str, content: bytes, day: date
) -> None:
    key = f"{sample.code}/{name}"
    drops.put(key, content, content_type="text/csv")
    received = MORNING + (day - TODAY)
    outcome = import_drop(DropEvent(key, None, received), doors=doors)
    if outcome.status not in {"applied", "unchanged"}:
        raise RuntimeError(f"the import was {outcome.status}: {outcome.code}")


def told(run: Measured) -> str:
    units = run.units
    return (
        f"  {run.name:12} {run.seconds:7.1f} s"
        f"  item rows {run.items:6d} for {run.changed:6d} changed"
        f"  case rows {run.cases:5d}  entries {units.rows['HIST']:5d}  others {run.others:3d}"
        f"  read units {units.read_units:7.0f}  write units {units.write_units:7.0f}"
        f"  {'kept' if run.keeps_its_target else 'TARGET MISSED'}"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
