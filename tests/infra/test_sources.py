"""What the sources may import, and what was locked."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from relance.cli.local_cloud.places import uv
from tests.infra.template import FUNCTIONS, ROOT

CORE = ROOT / "layers" / "core" / "relance"
EXPORTS = {"dependencies": "--no-default-groups", "pdf": "--only-group=pdf"}
LOCKED = [*ROOT.glob("layers/*/requirements.txt"), *ROOT.glob("infra/tools/*.txt")]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_function_but_render_letter_loads_weasyprint() -> None:
    """Importing it takes longer than most of them run, and its layer is not theirs."""
    others = sorted(FUNCTIONS - {"render_letter"})
    code = (
        "import importlib, sys\n"
        f"for name in {others}: importlib.import_module(f'functions.{{name}}.app')\n"
        "sys.exit(sorted({'weasyprint', 'pypdf'} & set(sys.modules)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr


def test_few_modules_know_the_pdf_layer_and_none_at_the_door() -> None:
    users = {
        path.relative_to(CORE).as_posix()
        for path in CORE.rglob("*.py")
        if any(name.split(".")[0] in {"weasyprint", "pypdf"} for name in imports(path))
    }

    assert all(user.startswith("adapters/") for user in users), users


def test_no_amount_goes_through_a_float() -> None:
    """PynamoDB's NumberAttribute reads and writes floats."""
    users = [
        path.name
        for path in CORE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if "NumberAttribute" in {getattr(node, key, "") for key in ("id", "attr", "name")}
    ]

    assert users == []


@pytest.mark.parametrize("layer", sorted(EXPORTS))
def test_a_layer_has_the_packages_that_were_locked(layer: str) -> None:
    options = ["--frozen", "--offline", "--quiet", "--no-header", "--no-emit-project"]
    exported = subprocess.run(
        [str(uv()), "export", *options, EXPORTS[layer]],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    current = (ROOT / "layers" / layer / "requirements.txt").read_text()
    assert current == exported.stdout, "run: make lock"


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_locked_packages_have_hashes_and_come_from_no_named_place(path: Path) -> None:
    text = path.read_text()
    pins = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", text, re.MULTILINE)

    assert pins
    assert len(re.findall(r"^[\w.\[\],-]+==[^#]*?--hash=", text, re.MULTILINE)) == len(pins)
    assert "://" not in text
