"""A simulation on all the processors of this machine: its parts in processes of their own.

The parts reach a process by `fork`, which copies nothing and pickles no payment model; only what
each of them tells comes back. Without `fork`, or with one processor, it runs here.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from sys import platform

from relance.application.simulation.parts import parts_of, together
from relance.application.simulation.result import Simulation
from relance.domain.case import Case

Simulate = Callable[[Sequence[Case]], Simulation]

_WORTH_IT = 200
"""Cases in a part: a process costs more than deciding fewer."""
_jobs: list[tuple[Simulate, list[Case]]] = []
"""What the processes find when they begin: a copy of this one's memory."""


def simulate_apart(
    cases: Sequence[Case], simulate: Simulate, *, processors: int | None = None
) -> Simulation:
    """The same as `simulate(cases)`, for who has several processors. simulate: of cases that meet
    no others, so without caps. processors: None for those of this machine.
    """
    count = min(processors or _processors(), max(1, len(cases) // _WORTH_IT))
    if count == 1:
        return simulate(cases)
    _jobs[:] = [(simulate, part) for part in parts_of(cases, count)]
    try:
        with ProcessPoolExecutor(len(_jobs), mp_context=get_context("fork")) as pool:
            return together(list(pool.map(_simulated, range(len(_jobs)))))
    finally:
        _jobs.clear()


def _simulated(number: int) -> Simulation:
    simulate, cases = _jobs[number]
    return simulate(cases)


def _processors() -> int:
    """Apple's libraries do not survive a fork."""
    if platform == "darwin" or "fork" not in get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0))
