"""A copy of the open project."""

from pathlib import Path

import pytest
from copies import worked_on_by_ben

from al_desktop.gui.work.workbench import Workbench


@pytest.fixture
def copy(bench: Workbench, tmp_path: Path) -> Path:
    return worked_on_by_ben(bench.project.file.path, tmp_path / "ben.aldesk", "axxa")
