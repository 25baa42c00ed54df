"""Remove each guarded line in a copy of the tree and see its test fail; write docs/guards.md.

usage: python -m tests.guards.try_guards [part of a rule's text …]
"""

import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
GUARDS = Path(__file__).with_name("guards.yaml")
PACKAGE = Path("layers") / "core" / "relance"
COPIED = ("functions", "layers/core", "templates", "tests", "infra", "events", "pyproject.toml")


@dataclass(frozen=True)
class Guard:
    rule: str
    file: str
    line: str
    without: str
    test: str


def load_guards() -> list[Guard]:
    return [Guard(**entry) for entry in yaml.safe_load(GUARDS.read_text(encoding="utf-8"))]


def main() -> int:
    wanted = [g for g in load_guards() if all(word in g.rule for word in sys.argv[1:])]
    with ThreadPoolExecutor(2) as pool:
        noticed = list(pool.map(is_noticed, wanted))
    for guard, seen in zip(wanted, noticed, strict=True):
        if not seen:
            sys.stderr.write(f"NOT NOTICED: {guard.rule} ({guard.test})\n")
    if not sys.argv[1:] and all(noticed):
        (ROOT / "docs" / "guards.md").write_text(as_markdown(wanted), encoding="utf-8")
    sys.stdout.write(f"{sum(noticed)} of {len(wanted)} guards noticed\n")
    return 0 if all(noticed) else 1


def is_noticed(guard: Guard) -> bool:
    """Whether the test passes with the line and fails without it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            _copy(ROOT / name, copy / name)
        if not _passes(copy, guard.test):
            return False
        target = copy / PACKAGE / guard.file
        text = target.read_text(encoding="utf-8")
        if text.count(f"{guard.line}\n") != 1:
            return False
        changed = text.replace(f"{guard.line}\n", f"{guard.without}\n")
        target.write_text(changed, encoding="utf-8")
        return not _passes(copy, guard.test)


def as_markdown(guards: list[Guard]) -> str:
    rows = [f"| {g.rule} | `{g.file}` | `{g.line.strip()}` | `{g.test}` |" for g in guards]
    head = (
        "# What fails when a line is removed\n\n"
        "Each row was tried by `python -m tests.guards.try_guards`: with the line the test\n"
        "passes, without it it fails. Numbers are the rules of the escalation; § are sections of\n"
        "the design. `tests/application/test_send_once.py` wraps every port call of the sender,\n"
        "so a new call is a new fault point; those of the import likewise in\n"
        "`tests/application/test_import_crashes.py`.\n\n"
        "| rule | file of `layers/core/relance` | line | test that fails without it |\n"
        "|---|---|---|---|\n"
    )
    return head + "\n".join(rows).replace("||", "\\|\\|") + "\n"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _passes(copy: Path, test: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    environment = {"PYTHONPATH": str(copy / "layers" / "core"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, timeout=120, check=False
    )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
