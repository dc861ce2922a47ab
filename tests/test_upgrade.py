"""The program is started on what an older version left behind: settings and projects are kept, and
what's new is shown once."""

import json
import os
import shutil
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from al_desktop.core.questions import Answer
from al_desktop.gui import app
from al_desktop.gui.help.news import NewsDialog, own_version
from al_desktop.settings import FILE_NAME, Settings
from al_desktop.storage import ProjectFile

TESTS = Path(__file__).parent
PROJECTS = sorted((TESTS / "storage" / "versions").glob("*.aldesk"))
PATIENCE_MS = 120_000


@pytest.mark.parametrize("old", PROJECTS, ids=lambda path: path.name)
def test_an_old_profile_is_taken_over(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, old: Path
) -> None:
    path = tmp_path / old.name
    shutil.copy(old, path)
    stored = (TESTS / "profile" / FILE_NAME).read_text("utf-8")
    (tmp_path / FILE_NAME).write_text(stored.replace("FOLDER/1.aldesk", str(path)), "utf-8")

    application = _started(tmp_path, path)
    window = application.window
    news = window.findChild(NewsDialog)
    assert news is not None
    assert own_version() in news.text.toPlainText()
    news.accept()
    bench = window.bench
    assert bench is not None
    assert bench.annotator == "ada"
    before = bench.statistics()[1].answers
    qtbot.waitUntil(lambda: bench.current is not None, timeout=PATIENCE_MS)
    QTest.keyClick(window, Qt.Key.Key_J)  # the user's own key for accept
    assert bench.statistics()[1].answers == before + 1
    assert application.settings["theme"] == "dark"
    assert application.settings["text_size"] == 125
    _ended(application)

    with ProjectFile.open_for_reading(path) as file:
        *_, (_, last) = file.events()
    assert (last.answer, last.annotator) == (Answer.ACCEPT, "ada")
    again = _started(tmp_path, None)
    assert again.window.findChild(NewsDialog) is None
    assert str(path) in again.settings["recent_projects"]
    _ended(again)
    assert json.loads((tmp_path / FILE_NAME).read_text("utf-8"))["sounds"] == "off"


def _started(folder: Path, project: Path | None) -> app.Application:
    application = app.build(Settings(folder / FILE_NAME))
    application.window.show()
    app.begin(application, project)
    return application


def _ended(application: app.Application) -> None:
    application.window.close()
    application.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
