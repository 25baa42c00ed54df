"""Where the real inputs that nobody here wrote are; tests that need them skip visibly without."""

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def require(*parts: str) -> Path:
    """The path of a shared input; the test is skipped, and says so, where it is absent."""
    path = SHARED_DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared data not here: {'/'.join(parts)}")
    return path
