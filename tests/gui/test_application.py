"""Files that the system hands over, and starts that find nothing to draw a window on."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from al_desktop.gui import app
from al_desktop.gui.application import NO_WINDOW, DesktopApplication, why_no_window
from al_desktop.gui.window import MainWindow


@pytest.fixture
def hand_over(
    qapp: DesktopApplication, application: app.Application, window: MainWindow
) -> Iterator[Callable[[Path], None]]:
    """Has the system hand a file to the program."""
    app.take_files(application)

    def post(path: Path) -> None:
        QApplication.postEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(path))))
        QApplication.sendPostedEvents()

    yield post
    qapp.file_opened.disconnect()


def test_a_double_clicked_project_opens(
    hand_over: Callable[[Path], None], window: MainWindow, project_path: Path
) -> None:
    hand_over(project_path)
    assert window.bench is not None
    assert window.bench.project.file.path == project_path
    assert window.situation().screen == "annotate"


def test_one_that_cannot_be_opened_is_told(
    hand_over: Callable[[Path], None], window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "no.aldesk").write_text("no project", encoding="utf-8")
    hand_over(tmp_path / "no.aldesk")
    assert window.bench is None
    assert "no.aldesk" in window.status.shown


@pytest.mark.parametrize(
    ("set_to", "word"),
    [
        ({"DISPLAY": ":987", "QT_QPA_PLATFORM": "xcb"}, "QT_QPA_PLATFORM"),
        ({"DISPLAY": ":987", "QT_QPA_PLATFORM": ""}, "“:987” does not answer"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "nonsense"}, "“nonsense”; unset it"),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are Linux's")
def test_no_display_is_a_sentence_and_no_crash(
    environment: dict[str, str], set_to: dict[str, str], word: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "al_desktop"],
        env=environment | set_to,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == NO_WINDOW
    assert word in ended.stderr
    assert "al-desktop --help" in ended.stderr


def test_what_to_do_depends_on_what_there_is() -> None:
    assert "XWayland" in why_no_window({"WAYLAND_DISPLAY": "wayland-0"}, [])
    assert "install AL Desktop again" in why_no_window({}, ["libfoo is missing"])
    assert why_no_window({}, ["libfoo is missing"]).endswith("libfoo is missing")
