"""`python -m benchmarks.large [ITEMS]`: whether one large balance passes the deployed import.

Through S3, EventBridge, SQS and the function, on the embedded AWS: seconds, rows, and the peak
memory of the process that ran it, beside the function's own limits.
"""

import sys
from functools import partial
from pathlib import Path

from benchmarks import __main__ as bench
from benchmarks.sample import Sample
from relance import bootstrap
from relance.adapters.clocks import SimulatedClock
from relance.cli.deployed import Deployment
from relance.cli.local_cloud.lifecycle import up

LAMBDA_SECONDS, LAMBDA_MB = 900, 2048
"""Timeout and MemorySize of the import function (infra/template.yaml)."""


def main(items: int) -> int:
    up(say=print)
    deployment = Deployment.local()
    SimulatedClock(bootstrap.table(deployment.settings.table_name)).set(bench.MORNING)
    bench.TIMEOUT = 2 * LAMBDA_SECONDS
    sample = Sample(f"large-{items}", items, bench.TODAY)
    bench.drop(deployment, sample, "creditor.yaml", sample.creditor())
    balances = (
        ("first", "balance-1.csv", sample.balance()),
        ("unchanged", "balance-2.csv", sample.balance()),
        ("1 % changed", "balance-3.csv", sample.balance(paid_one_in=100)),
    )
    slowest = 0.0
    for name, file, content in balances:
        seconds = bench.timed(partial(bench.drop, deployment, sample, file, content))
        slowest = max(slowest, seconds)
        print(f"  {name:12} {items} items, {len(content) / 1e6:.1f} MB  {seconds:7.1f} s")
    peak = peak_memory()
    print(f"  peak memory of the busiest worker {peak} MB of {LAMBDA_MB}")
    print(f"  slowest {slowest:.0f} s of {LAMBDA_SECONDS}")
    return 0 if slowest < LAMBDA_SECONDS and peak < LAMBDA_MB else 1


def peak_memory() -> int:
    """MB, of the largest process running the functions here; 0 where /proc does not tell."""
    peaks = [0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_bytes()
            lines = status.read_text().splitlines()
        except OSError:
            continue
        high = next((line for line in lines if line.startswith("VmHWM")), None)
        if high is not None and b"lambda" in command.lower():
            peaks.append(int(high.split()[1]) // 1024)
    return max(peaks)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
