"""Prepare this checkout: Python environment, locked packages, WeasyPrint's native libraries.

    python3 infra/setup.py

Standard library only: it runs before anything is installed. Doing it twice costs nothing. What
cannot be done (no root, no package manager) is said with the exact command to type.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".relance-set-up"
OLDEST = (3, 11)
YOUNGEST = (3, 14)

# What WeasyPrint opens. Without the last one letters take twice the time, and nothing else.
NEEDED = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
WELCOME = ("harfbuzz-subset",)
SONAMES = {
    "gobject-2.0": "libgobject-2.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "fontconfig": "libfontconfig.so.1",
}
# manager: (its install command, packages, packages that some releases do not have)
MANAGERS = {
    "apt-get": (
        ["install", "-y", "--no-install-recommends"],
        ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libfontconfig1"],
        ["libharfbuzz-subset0"],
    ),
    "dnf": (["install", "-y"], ["pango", "harfbuzz", "fontconfig"], []),
    "zypper": (["install", "-y"], ["libpango-1_0-0", "libharfbuzz0"], ["libharfbuzz-subset0"]),
    "pacman": (["-S", "--noconfirm", "--needed"], ["pango", "harfbuzz", "fontconfig"], []),
    "apk": (["add"], ["pango", "harfbuzz", "fontconfig"], ["harfbuzz-subset"]),
    "brew": (["install"], ["pango"], []),
}


class CannotSetUp(Exception):
    """Something only the reader can do; the message is what to type."""


def main() -> None:
    use_a_recent_python()
    install_native_libraries()
    if STAMP.exists() and STAMP.read_text() == fingerprint():
        return
    make_environment()
    install_uv()
    install_packages()
    STAMP.write_text(fingerprint())
    say("ready")


def use_a_recent_python() -> None:
    """Go on with another interpreter when the one at hand is too old (or too young)."""
    if OLDEST <= sys.version_info[:2] <= YOUNGEST:
        return
    for minor in range(YOUNGEST[1], OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            os.execv(found, [found, *sys.argv])  # noqa: S606
    raise CannotSetUp(
        f"Python {platform.python_version()} does not fit: install one between 3.11 and 3.14, then "
        "make PYTHON=/path/to/it"
    )


def fingerprint() -> str:
    """Changes when the environment must be made again."""
    content = b"".join(
        (ROOT / name).read_bytes()
        for name in ("uv.lock", "pyproject.toml", "infra/tools/uv.txt", "infra/setup.py")
    )
    return hashlib.sha256(content + environment_version().encode()).hexdigest()


def environment_version() -> str:
    configuration = VENV / "pyvenv.cfg"
    return configuration.read_text() if configuration.exists() and PYTHON.exists() else ""


# --- Python ------------------------------------------------------------------------------------


def make_environment() -> None:
    if not works(PYTHON, "import sys; sys.exit(sys.version_info < (3, 11))"):
        say(f"making .venv with Python {platform.python_version()}")
        shutil.rmtree(VENV, ignore_errors=True)
        if not works(sys.executable, "import ensurepip, venv"):
            install_venv_module()
        run(sys.executable, "-m", "venv", VENV)
    # `sam build` needs pip beside the interpreter; environments made by uv have none.
    if not works(PYTHON, "import pip"):
        run(PYTHON, "-m", "ensurepip", "--upgrade")


def install_venv_module() -> None:
    """Debian and Ubuntu keep it in a package of its own."""
    package = f"python3.{sys.version_info.minor}-venv"
    if not shutil.which("apt-get"):
        raise CannotSetUp("this Python has no ensurepip: install a complete one")
    if os.geteuid() != 0:
        raise CannotSetUp(f"sudo apt-get install -y {package}")
    apt_get("install", "-y", "--no-install-recommends", package)


def install_uv() -> None:
    """uv itself, of the version and hash that this repository was locked with."""
    locked = ROOT / "infra" / "tools" / "uv.txt"
    say("installing uv")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*pip, "--require-hashes", "--only-binary=:all:", "--requirement", locked)


def install_packages() -> None:
    say("installing the locked packages")
    settings = {
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_PYTHON": str(PYTHON),
    }
    # Inexact, or it would remove pip.
    run(VENV / "bin" / "uv", "sync", "--frozen", "--inexact", "--quiet", settings=settings)


# --- native libraries ---------------------------------------------------------------------------


def install_native_libraries() -> None:
    """Nothing when they are there; a package manager when it may be used; else what to type."""
    missing = [name for name in NEEDED if not opens(name)]
    if not missing and (all(map(opens, WELCOME)) or not may_install()):
        return
    manager = next((name for name in MANAGERS if shutil.which(name)), None)
    if manager is None:
        raise CannotSetUp(f"install Pango with your system's package manager ({missing})")
    command, packages, optional = MANAGERS[manager]
    if not may_install(manager):
        typed = " ".join([manager, *command, *packages, *optional])
        raise CannotSetUp(typed if manager == "brew" else f"sudo {typed}")
    install_with(manager, command, packages if missing else [], optional)
    if still := [name for name in NEEDED if not opens(name)]:
        raise CannotSetUp(f"{manager} installed its packages, and yet these do not load: {still}")


def install_with(
    manager: str, command: list[str], packages: list[str], optional: list[str]
) -> None:
    say(f"installing Pango with {manager}")
    install = apt_get if manager == "apt-get" else (lambda *args: run(manager, *args))
    if packages:
        install(*command, *packages)
    for package in optional:
        try:
            install(*command, package)
        except (subprocess.CalledProcessError, CannotSetUp):
            say(f"{package} is not in this release: letters will take twice the time")


def apt_get(*arguments: str) -> None:
    """Lists of packages are often absent from a container: fetch them when that may be why."""
    settings = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run("apt-get", "-qq", *arguments, quiet=True, settings=settings)
    except subprocess.CalledProcessError:
        run("apt-get", "-qq", "update", settings=settings)
        run("apt-get", "-qq", *arguments, settings=settings)


def opens(name: str) -> bool:
    candidates = [SONAMES[name]] if sys.platform == "linux" else [ctypes.util.find_library(name)]
    if sys.platform == "darwin":  # Homebrew's folders are not where every Python looks
        folders = ("/opt/homebrew/lib", "/usr/local/lib")
        candidates += [path for f in folders for path in Path(f).glob(f"lib{name}*.dylib")]
    return any(loads(candidate) for candidate in candidates if candidate)


def loads(library: str | Path) -> bool:
    try:
        ctypes.CDLL(str(library))
    except OSError:
        return False
    return True


def may_install(manager: str = "") -> bool:
    """Homebrew refuses root, all the others want it."""
    return manager == "brew" or os.geteuid() == 0


# --- commands -----------------------------------------------------------------------------------


def works(python: str | Path, code: str) -> bool:
    if not Path(python).exists():
        return False
    return subprocess.run([python, "-c", code], check=False, capture_output=True).returncode == 0  # noqa: S603


def run(*command: str | Path, quiet: bool = False, settings: dict[str, str] | None = None) -> None:
    environment = {**os.environ, **(settings or {})}
    environment.pop("VIRTUAL_ENV", None)
    output = subprocess.DEVNULL if quiet else sys.stderr
    subprocess.run(  # noqa: S603
        [str(part) for part in command],
        check=True,
        env=environment,
        cwd=ROOT,
        stdout=output,
        stderr=output,
    )


def say(text: str) -> None:
    sys.stderr.write(f"setup: {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        main()
    except CannotSetUp as what_to_do:
        sys.exit(f"setup: please run\n\n    {what_to_do}\n\nthen start again.")
    except subprocess.CalledProcessError as failure:
        sys.exit(f"setup: this failed: {' '.join(map(str, failure.cmd))}")
