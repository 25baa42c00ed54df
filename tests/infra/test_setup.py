"""Set-up installs what it may, and says what to type where it may not."""

import importlib.util
import subprocess
from types import ModuleType

import pytest

from tests.infra.template import ROOT


@pytest.fixture
def setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("relance_setup", ROOT / "infra/setup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Machine:
    """A machine without Pango, where installing works or not."""

    def __init__(self, module: ModuleType, patch: pytest.MonkeyPatch, manager: str, uid: int):
        self.module = module
        self.present = False
        self.typed: list[str] = []
        self.fails_once = False
        patch.setattr(module, "opens", lambda _name: self.present)
        patch.setattr(module.shutil, "which", lambda name: name if name == manager else None)
        patch.setattr(module.os, "geteuid", lambda: uid)
        patch.setattr(module, "run", self.run)

    def run(self, *command: str, quiet: bool = False, settings: object = None) -> None:
        self.typed.append(" ".join(command))
        if self.fails_once:
            self.fails_once = False
            raise subprocess.CalledProcessError(100, command)
        self.present = "install" in command


def test_root_installs_with_the_package_manager(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(setup, monkeypatch, "apt-get", uid=0)

    setup.install_native_libraries()

    assert "libpango-1.0-0" in machine.typed[0]
    assert machine.typed[-1].endswith("libharfbuzz-subset0")


def test_absent_lists_of_packages_are_fetched(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(setup, monkeypatch, "apt-get", uid=0)
    machine.fails_once = True

    setup.install_native_libraries()

    assert machine.typed[1] == "apt-get -qq update"
    assert machine.typed[2] == machine.typed[0]


def test_others_are_told_what_to_type(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(setup, monkeypatch, "apt-get", uid=1000)

    with pytest.raises(setup.CannotSetUp, match=r"^sudo apt-get install -y .*libpango-1.0-0"):
        setup.install_native_libraries()
    assert machine.typed == []


def test_homebrew_wants_no_root(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(setup, monkeypatch, "brew", uid=501)

    setup.install_native_libraries()

    assert machine.typed == ["brew install pango"]


def test_what_is_there_is_not_installed_again(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(setup, monkeypatch, "apt-get", uid=0)
    machine.present = True

    setup.install_native_libraries()

    assert machine.typed == []
