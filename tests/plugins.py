"""In CI, a test that could not run is a test that failed.

End-to-end and PDF tests need tools of the machine and skip where those are missing. `RELANCE_CI=1`
turns such skips into failures. End-to-end tests run last, and all in one worker: there is one
local cloud in a checkout.
"""

import os
from collections.abc import Generator

import pytest

MUST_RUN = ("e2e", "pdf")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.xdist_group("e2e"))
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and in_ci() and any(map(item.get_closest_marker, MUST_RUN)):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A whole module that skips itself, for want of a library."""
    report = yield
    if report.outcome == "skipped" and in_ci():
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {reason(report.longrepr)}"
    return report


def in_ci() -> bool:
    return os.environ.get("RELANCE_CI") == "1"


def reason(longrepr: object) -> str:
    """Skips say (file, line, reason)."""
    return str(longrepr[-1]) if isinstance(longrepr, tuple) else str(longrepr)
