"""What is started is found again and stopped, and nothing else is."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from relance.cli.local_cloud.errors import LocalCloudError
from relance.cli.local_cloud.processes import Service

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service("sleeper", tmp_path, marker=str(tmp_path))
    yield service
    service.stop(seconds=1)


def start(service: Service, code: str = SLEEP) -> None:
    service.start([sys.executable, "-c", code, service.marker], os.environ)


def test_a_service_lives_until_it_is_stopped(service: Service) -> None:
    assert not service.alive()
    start(service)
    assert service.alive()

    service.stop(seconds=1)

    assert not service.alive()


def test_one_that_will_not_listen_is_stopped_all_the_same(service: Service) -> None:
    start(service, "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)")
    time.sleep(0.3)

    service.stop(seconds=0.2)

    assert not service.alive()


def test_a_process_that_is_not_ours_is_left_alone(service: Service, tmp_path: Path) -> None:
    """The system gave the number of a dead process to someone else."""
    stranger = subprocess.Popen([sys.executable, "-c", SLEEP])
    try:
        (tmp_path / "sleeper.pid").write_text(str(stranger.pid))

        service.stop(seconds=0.1)

        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_one_that_dies_while_starting_shows_its_log(service: Service) -> None:
    start(service, "raise SystemExit('port 4566 is taken')")

    with pytest.raises(LocalCloudError, match="port 4566 is taken"):
        service.wait_until(lambda: False, seconds=5)


def test_one_that_is_never_ready_is_given_up(service: Service) -> None:
    start(service)

    with pytest.raises(LocalCloudError, match="not ready after 0 seconds"):
        service.wait_until(lambda: False, seconds=0.2)
