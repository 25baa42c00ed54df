"""MiniStack and SAM CLI, each in a Python environment of its own under `.tools/`.

Both pin botocore and more: neither can share the project's environment. They are installed on
first use from files locked with hashes; `python -m relance.cli.local_cloud sam --version` runs one.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from relance.cli.local_cloud.places import Places, uv

STAMP = ".installed-from"


def ensure(name: str, places: Places) -> Path:
    """The tool's executable, installed first if it is absent or if its lock file changed."""
    home = places.tool(name)
    wanted = _fingerprint(places.locked(name))
    stamp = home / STAMP
    if not stamp.exists() or stamp.read_text() != wanted:
        _install(home, places.locked(name))
        stamp.write_text(wanted)
    return home / "bin" / name


def _fingerprint(locked: Path) -> str:
    """Another Python needs other wheels, so its version counts as much as the file."""
    content = locked.read_bytes() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def _install(home: Path, locked: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    environment.pop("VIRTUAL_ENV", None)
    for arguments in (
        ["venv", "--quiet", "--python", sys.executable, str(home)],
        ["pip", "sync", "--quiet", "--require-hashes", "--python", str(home), str(locked)],
    ):
        subprocess.run([str(uv()), *arguments], check=True, env=environment)  # noqa: S603


def main(arguments: list[str]) -> int:
    name, *rest = arguments
    executable = ensure(name, Places())
    return subprocess.run([str(executable), *rest], check=False).returncode  # noqa: S603
