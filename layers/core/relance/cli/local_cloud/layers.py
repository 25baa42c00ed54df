"""Layers that Lambda workers read where they were built.

MiniStack unpacks every layer again for every worker: a hundred megabytes of small files, several
seconds at each cold start and as many when a worker ends. So what is deployed of a layer is one
`.pth` file, which a Python worker obeys as it finds the layer, and which points to what `sam build`
made. `up(whole_layers=True)` deploys them as AWS gets them.
"""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from relance.cli.local_cloud.places import Places
from relance.cli.local_cloud.processes import in_background

# In /opt on Lambda: what is looked for there by path rather than imported.
MOUNTED = {"templates": "TemplatesLayer", "lib": "PdfLayer", "fonts": "PdfLayer"}


def arrange(places: Places, *, whole: bool) -> None:
    """After each `sam build`, which puts whole layers into the build folder."""
    throw_away(places.layers)
    places.layers.mkdir(parents=True)
    for built in sorted(places.build.glob("*Layer")):
        kept = places.layers / built.name
        if whole:
            kept.symlink_to(built)
        else:
            built.rename(kept)
            point(built, kept)
    for name, layer in MOUNTED.items():
        (places.layers / name).symlink_to(places.layers / layer / name)


def point(layer: Path, kept: Path) -> None:
    site = layer / "python" / "lib" / "local" / "site-packages"
    site.mkdir(parents=True)
    # The instant makes it another layer than the one before, or its functions would not restart.
    (site / "relance.pth").write_text(
        f"# {datetime.now(UTC).isoformat()}\n"
        f"import sys; sys.path.insert(0, {str(kept / 'python')!r})\n"
    )


def throw_away(folder: Path) -> None:
    """Out of the way at once; thousands of small files are slow to remove."""
    if folder.exists():
        trash = Path(tempfile.mkdtemp(prefix="trash-", dir=folder.parent))
        shutil.move(folder, trash)
        in_background("rm", "-rf", str(trash))
