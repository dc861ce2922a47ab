"""A window on a real project file, offscreen, with a ranking as the worker would send it."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from treaties import CONTENTS, ranking

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Kind, Text, text_key
from al_desktop.gui import app
from al_desktop.gui.application import DesktopApplication
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.learner.messages import Ranked
from al_desktop.project import create_project, open_project
from al_desktop.settings import Settings


@pytest.fixture
def application(qapp: object, tmp_path: Path) -> Iterator[app.Application]:
    built = app.build(Settings(tmp_path / "settings.json"))
    yield built
    built.window.close()
    built.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(application: app.Application) -> MainWindow:
    application.window.resize(1240, 800)
    application.window.show()
    return application.window


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    path = tmp_path / "treaties.aldesk"
    labels = (Label("TREATY", "TREATY", terms=("treaty of paris",)), Label("PLACE", "PLACE"))
    with create_project(path, "Treaties", Configuration(Kind.SPANS, labels)) as project:
        texts = [
            Text(text_key(content), content, {"ward": 7}, "notes.jsonl", line)
            for line, content in enumerate(CONTENTS, start=1)
        ]
        for _ in project.file.add_texts([texts]):
            pass
    return path


@pytest.fixture
def bench(window: MainWindow, project_path: Path) -> Workbench:
    """The window's workbench, its worker not started, with all texts' questions in its queue."""
    made = Workbench(open_project(project_path, "anna"), "anna")
    window.attach(made)
    made.learner.said.emit(Ranked(ranking(), 0.01))
    return made


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """pytest-qt makes the application: ours, which takes files from the system."""
    return DesktopApplication
