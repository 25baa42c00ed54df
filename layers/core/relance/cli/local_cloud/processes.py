"""Long-running processes: each with a log and a pid file, each stopped only by who started it."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from relance.cli.local_cloud.errors import LocalCloudError

# Those of this very process, whose children they are. Others are known by their pid file alone.
_started: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Service:
    """A process known by its pid file. `marker` is found in its command line and no other's."""

    name: str
    folder: Path
    marker: str

    @property
    def log(self) -> Path:
        return self.folder / "logs" / f"{self.name}.log"

    @property
    def _pid_file(self) -> Path:
        return self.folder / f"{self.name}.pid"

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            # A session of its own: the workers that it starts can be stopped with it.
            process = subprocess.Popen(  # noqa: S603
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        _started[process.pid] = process
        self._pid_file.write_text(str(process.pid))
        # For an instant a new process has no command line, which is how it is recognised.
        while process.poll() is None and not self.alive():
            time.sleep(0.01)

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.alive():
                raise LocalCloudError.with_log(f"{self.name} stopped while starting", self.log)
            if time.monotonic() > deadline:
                raise LocalCloudError.with_log(
                    f"{self.name} was not ready after {seconds:.0f} seconds", self.log
                )
            time.sleep(0.1)

    def alive(self) -> bool:
        return self._pid() is not None

    def stop(self, *, seconds: float = 2) -> None:
        """Ask, wait, then insist. A pid that the system gave to someone else is left alone."""
        for signum in (signal.SIGTERM, signal.SIGKILL):
            pid = self._pid()
            if pid is None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signum)
            self._wait_for_end(seconds)
        self._pid_file.unlink(missing_ok=True)
        _reap(seconds)

    def _wait_for_end(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.alive() and time.monotonic() < deadline:
            time.sleep(0.05)

    def _pid(self) -> int | None:
        try:
            pid = int(self._pid_file.read_text())
        except (FileNotFoundError, ValueError):
            return None
        if pid in _started and _started[pid].poll() is not None:
            del _started[pid]  # dead, and now forgotten by the system too
        return pid if self.marker in command_line(pid) else None


def _reap(seconds: float) -> None:
    """Children that ended are still the system's until somebody asks what became of them."""
    for pid, process in list(_started.items()):
        if not command_line(pid):
            process.wait(seconds)
            del _started[pid]


def command_line(pid: int) -> str:
    """The command of a living process, empty when there is none."""
    proc = Path("/proc")
    if (proc / "self").exists():
        try:
            return (proc / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
    listing = subprocess.run(  # noqa: S603
        ["ps", "-o", "command=", "-p", str(pid)],  # noqa: S607
        check=False,
        capture_output=True,
        text=True,
    )
    return listing.stdout


def in_background(*command: str) -> None:
    """Run to its end, whatever becomes of us."""
    subprocess.run(  # noqa: S603
        ["sh", "-c", '"$@" &', "sh", *command],  # noqa: S607
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=True,
    )
