"""One local cloud for all end-to-end tests: the real template, deployed by SAM on MiniStack."""

from collections.abc import Iterator

import pytest

from relance.cli.local_cloud import LocalStack, down, up

SENDERS = ["acme.example"]


@pytest.fixture(scope="session")
def cloud() -> Iterator[LocalStack]:
    yield up(senders=SENDERS, fresh=True)
    down()
