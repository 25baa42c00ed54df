"""Each function test gets a deployment of its own in moto."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from relance import bootstrap
from tests.functions.aws import REGION, Deployment


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        bootstrap.forget()
        made = Deployment()
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made
    bootstrap.forget()
