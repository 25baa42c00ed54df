"""`python -m benchmarks.simulation [DEBTORS]`: a year of daily runs over 2,000 debtors.

No AWS, one process: the same code as `relance simulate`, with the made-up payment model.
"""

import sys
import time
from datetime import date, timedelta

from benchmarks.portfolio import a_trade
from relance import bootstrap
from relance.adapters.holiday_calendars import HolidayCalendars
from relance.application.simulation import simulate
from relance.application.simulation.payments import typical

FIRST = date(2026, 11, 21)
DAYS = 365
TARGET = 60.0
"""Seconds."""


def main(debtors: int) -> int:
    last = FIRST + timedelta(days=DAYS - 1)
    cases, coming = a_trade(FIRST, last, debtors=debtors)
    policy, calendar = bootstrap.policies().get("standard"), HolidayCalendars().of("FR")
    start, spent = time.perf_counter(), time.process_time()
    told = simulate(cases, policy, calendar, FIRST, last, pays=typical(1), coming=coming)
    seconds, cpu = time.perf_counter() - start, time.process_time() - spent
    totals, kept = told.totals, seconds < TARGET
    print(f"{debtors} debtors, {totals.items} items, {DAYS} days, payments typical:1")
    print(f"  {seconds:.1f} s, {cpu:.1f} s of CPU  {'kept' if kept else 'TARGET MISSED'}")
    print(f"  {totals.actions} steps, {totals.contacts}, {totals.formal_notices} formal notices")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
