"""A disk without any room: what every command says, and that the project stays whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Kind, Text, text_key
from al_desktop.project import create_project

FULL = """
set -e
mount -t tmpfs -o size=1m tmpfs "$1"
cp "$2" "$1/p.aldesk"
cat /dev/zero > "$1/rest" 2>/dev/null || true
shift 2
"$@"
"""

pytestmark = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0,
    reason="making a small disk takes root",
)


@pytest.mark.parametrize("command", [["stats"], ["export", "-o", "out.jsonl"], ["agreement"]])
def test_a_full_disk_is_named(
    tmp_path: Path, environment: dict[str, str], command: list[str]
) -> None:
    path = tmp_path / "p.aldesk"
    with create_project(path, "p", Configuration(Kind.TEXTS, (Label("A", "A"),))) as project:
        for _ in project.file.add_texts([[Text(text_key("One"), "One")]]):
            pass
    disk = tmp_path / "disk"
    disk.mkdir()
    name, *options = command
    program = [sys.executable, "-m", "al_desktop", name, str(disk / "p.aldesk"), *options]
    ended = subprocess.run(
        ["unshare", "--mount", "sh", "-c", FULL, "sh", str(disk), str(path), *program],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"The disk is full: nothing was changed in {disk / 'p.aldesk'}")
    assert not (tmp_path / "out.jsonl").exists()
