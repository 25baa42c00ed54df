"""Shared fixtures: no test may reach the network or a real AWS account."""

import os

import hypothesis
import pytest

# Busy machines are slow machines: how long an example takes says nothing about a rule.
hypothesis.settings.register_profile(
    "relance", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# The gate says the same of the same code; a developer's runs are those that look for new examples.
hypothesis.settings.register_profile(
    "gate",
    hypothesis.settings.get_profile("relance"),
    derandomize=True,
    database=None,
)
is_gate = os.environ.get("RELANCE_CI") == "1"
hypothesis.settings.load_profile("gate" if is_gate else "relance")

pytest_plugins = ["tests.plugins"]


@pytest.fixture(autouse=True)
def fake_aws_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("e2e") is None:
        from pytest_socket import disable_socket

        disable_socket(allow_unix_socket=True)


def pytest_runtest_teardown(item: pytest.Item) -> None:
    if item.get_closest_marker("e2e") is None:
        from pytest_socket import enable_socket

        enable_socket()


os.environ.setdefault("TZ", "UTC")
