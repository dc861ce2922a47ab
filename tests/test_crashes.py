"""Errors that nobody expected leave a trace in the log folder."""

import faulthandler
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from al_desktop.crashes import FILE_NAME, LARGEST_BYTES, keep_crash_log


@pytest.fixture
def handlers() -> Iterator[list[logging.Handler]]:
    """Handlers to be taken away again in the end."""
    kept: list[logging.Handler] = []
    yield kept
    for handler in kept:
        logging.getLogger().removeHandler(handler)
        faulthandler.disable()
        handler.stream.close()


def test_a_logged_error_is_kept_with_its_traceback(
    tmp_path: Path, handlers: list[logging.Handler]
) -> None:
    handlers.append(keep_crash_log(tmp_path / "log", "window"))
    try:
        raise ZeroDivisionError("a bug of ours")
    except ZeroDivisionError:
        logging.getLogger("al_desktop.gui").exception("unexpected")
    written = (tmp_path / "log" / FILE_NAME).read_text(encoding="utf-8")
    assert "window: unexpected" in written
    assert "a bug of ours" in written


def test_a_large_file_is_begun_anew(tmp_path: Path, handlers: list[logging.Handler]) -> None:
    path = tmp_path / FILE_NAME
    path.write_text("x" * (LARGEST_BYTES + 1), encoding="utf-8")
    handlers.append(keep_crash_log(tmp_path, "window"))
    assert path.stat().st_size == 0


def test_no_folder_to_write_to_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert keep_crash_log(tmp_path / "file" / "log", "window") is None


def test_a_hard_crash_leaves_its_place(tmp_path: Path, environment: dict[str, str]) -> None:
    code = (
        "import ctypes, pathlib, sys\n"
        "from al_desktop.crashes import keep_crash_log\n"
        "keep_crash_log(pathlib.Path(sys.argv[1]), 'worker')\n"
        "ctypes.string_at(0)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, tmp_path / "log"], env=environment)
    assert ended.returncode == -11 or os.name == "nt"
    assert "string_at" in (tmp_path / "log" / FILE_NAME).read_text(encoding="utf-8")
