"""In CI, a test that could not run is a test that failed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra.template import ROOT

SKIPPED = """
import pytest

@pytest.mark.{marker}
def test_that_skips_itself():
    pytest.skip("no tool here")

@pytest.mark.{marker}
@pytest.mark.skipif(True, reason="no library here")
def test_that_is_skipped():
    pass
"""


def run(folder: Path, source: str, *, ci: bool) -> str:
    (folder / "test_it.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  pdf\n  e2e\n  shared_data\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.plugins", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [*command, "--rootdir", str(folder), "-c", str(folder / "pytest.ini"), str(folder)],
        env={**os.environ, "RELANCE_CI": "1" if ci else "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    return ran.stdout.splitlines()[-1]


@pytest.mark.parametrize("marker", ["pdf", "e2e"])
def test_a_skip_that_matters_fails_in_ci_and_only_there(tmp_path: Path, marker: str) -> None:
    source = SKIPPED.format(marker=marker)

    assert "2 skipped" in run(tmp_path, source, ci=False)
    assert "1 failed, 1 error" in run(tmp_path, source, ci=True)


def test_other_skips_stay_skips(tmp_path: Path) -> None:
    assert "2 skipped" in run(tmp_path, SKIPPED.format(marker="shared_data"), ci=True)


def test_a_module_that_skips_itself_fails_in_ci(tmp_path: Path) -> None:
    source = "import pytest\npytest.importorskip('no_such_module')\n"

    assert "1 error" in run(tmp_path, source, ci=True)
