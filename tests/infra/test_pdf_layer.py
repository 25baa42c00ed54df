"""The PDF layer refuses what would crash on Lambda."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.infra.template import ROOT


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pdf_build", ROOT / "layers/pdf/build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def library(folder: Path, *versions: str, machine: int = 0x3E) -> Path:
    """A file that has what is looked at of a shared library."""
    head = b"\x7fELF" + bytes(14) + machine.to_bytes(2, sys.byteorder)
    path = folder / "libdemo.so.1"
    path.write_bytes(head + b"\0" + b"\0".join(v.encode() for v in versions) + b"\0")
    return path


def test_the_newest_glibc_is_compared_as_a_number(build: ModuleType) -> None:
    names = b"\0GLIBC_2.4\0GLIBC_2.17\0GLIBC_2.9\0GLIBC_PRIVATE\0"

    assert build.newest_glibc(names) == (2, 17)
    assert build.newest_glibc(b"\0nothing\0") == (0, 0)


def test_a_library_too_new_for_lambda_is_refused_for_aws(build: ModuleType, tmp_path: Path) -> None:
    too_new = library(tmp_path, "GLIBC_2.2.5", "GLIBC_2.36")

    with pytest.raises(build.Refused, match=r"libdemo\.so\.1 \(2\.36\).*--use-container"):
        build.check_glibc([too_new], for_aws=True)


def test_and_tolerated_on_this_machine_with_a_word(
    build: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build.check_glibc([library(tmp_path, "GLIBC_2.36")], for_aws=False)

    assert "this machine only" in capsys.readouterr().err


def test_what_lambda_has_is_accepted_in_silence(
    build: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build.check_glibc([library(tmp_path, "GLIBC_2.34")], for_aws=True)

    assert capsys.readouterr().err == ""


def test_another_processor_is_refused(build: ModuleType, tmp_path: Path) -> None:
    intel = library(tmp_path, machine=0x3E)

    build.check_machine([intel], "x86_64")
    with pytest.raises(build.Refused, match="Architecture=x86_64"):
        build.check_machine([intel], "arm64")


def test_the_c_library_stays_home(build: ModuleType) -> None:
    ours = ["libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "libpthread.so.0"]
    theirs = ["libpango-1.0.so.0", "libcairo.so.2", "libmount.so.1", "libz.so.1"]

    assert [name for name in (*ours, *theirs) if build.PROVIDED.match(name)] == ours


def test_there_is_a_font_when_a_letter_brings_none() -> None:
    """With no font at all, Pango dies of a segmentation fault."""
    assert list((ROOT / "layers/pdf/fonts").glob("*.ttf"))
