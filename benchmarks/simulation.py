"""`python -m benchmarks.simulation [DEBTORS]`: a year of daily runs over 2,000 debtors.

No AWS: the same code as `relance simulate`, on the processors of this machine, with the made-up
payment model.
"""

import os
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta

from benchmarks.portfolio import a_trade
from relance import bootstrap
from relance.adapters.holiday_calendars import HolidayCalendars
from relance.adapters.simulation_processes import simulate_apart
from relance.application.simulation import Simulation, simulate
from relance.application.simulation.payments import typical
from relance.domain.case import Case

FIRST = date(2026, 11, 21)
DAYS = 365
TARGET = 60.0
"""Seconds."""


def main(debtors: int) -> int:
    last = FIRST + timedelta(days=DAYS - 1)
    cases, coming = a_trade(FIRST, last, debtors=debtors)
    policy, calendar = bootstrap.policies().get("standard"), HolidayCalendars().of("FR")

    def of(part: Sequence[Case]) -> Simulation:
        codes = {case.debtor.code for case in part}
        theirs = {code: items for code, items in coming.items() if code in codes}
        return simulate(part, policy, calendar, FIRST, last, pays=typical(1), coming=theirs)

    start, spent = time.perf_counter(), cpu_seconds()
    told = simulate_apart(cases, of)
    seconds, cpu = time.perf_counter() - start, cpu_seconds() - spent
    totals, kept = told.totals, seconds < TARGET
    print(f"{debtors} debtors, {totals.items} items, {DAYS} days, payments typical:1")
    print(f"  {seconds:.1f} s, {cpu:.1f} s of CPU  {'kept' if kept else 'TARGET MISSED'}")
    print(f"  {totals.actions} steps, {totals.contacts}, {totals.formal_notices} formal notices")
    return 0 if kept else 1


def cpu_seconds() -> float:
    """Of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
