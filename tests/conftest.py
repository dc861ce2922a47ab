"""What journeys over several rooms share."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """For a program started in a process of its own: this source, and folders of its own."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        kept.pop(name, None)
    path = os.pathsep.join([str(ROOT), *(entry for entry in sys.path if entry)])
    return kept | {"HOME": str(home), "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
