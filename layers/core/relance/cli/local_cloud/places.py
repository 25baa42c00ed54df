"""Where things are: the checkout, and the folders of it that git ignores."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import relance
from relance.cli.local_cloud.errors import LocalCloudError

# relance/__init__.py -> relance -> core -> layers -> the checkout
CHECKOUT = Path(relance.__file__).resolve().parents[3]


@dataclass(frozen=True)
class Places:
    root: Path = CHECKOUT

    def __post_init__(self) -> None:
        if not self.template.exists():
            raise LocalCloudError(
                f"{self.root} is not a checkout of Relance (no infra/template.yaml): the local "
                "cloud builds and deploys the sources, so run it from a clone"
            )

    @property
    def template(self) -> Path:
        return self.root / "infra" / "template.yaml"

    @property
    def local(self) -> Path:
        return self.root / ".local"

    @property
    def logs(self) -> Path:
        return self.local / "logs"

    @property
    def outbox(self) -> Path:
        return self.local / "outbox"

    @property
    def build(self) -> Path:
        return self.local / "build"

    @property
    def layers(self) -> Path:
        """Stands for the /opt of Lambda: MiniStack does not mount layers there."""
        return self.local / "opt"

    @property
    def state(self) -> Path:
        return self.local / "cloud.json"

    @property
    def bounces(self) -> Path:
        """One address a line: messages to it bounce."""
        return self.local / "bounces.txt"

    @property
    def verdicts(self) -> Path:
        """{sender address: {verdict: status}}, for mail that fails SPF, DKIM, DMARC or a scan."""
        return self.local / "verdicts.json"

    def tool(self, name: str) -> Path:
        return self.root / ".tools" / name

    def locked(self, name: str) -> Path:
        return self.root / "infra" / "tools" / f"{name}.txt"


def uv() -> Path:
    """The `uv` beside this Python, else the one on the PATH."""
    beside = Path(sys.executable).parent / "uv"
    found = beside if beside.exists() else shutil.which("uv")
    if found is None:
        raise LocalCloudError("uv is missing; `make setup` installs it into .venv")
    return Path(found)
