import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Kind
from al_desktop.gui import app, journey
from al_desktop.gui.commands.key_sheet import KeySheet
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import create_project, sample_project

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_window_needs_no_model_libraries() -> None:
    code = """
import sys
from al_desktop.gui import app, journey
found = {"numpy", "spacy", "thinc", "onnxruntime", "tokenizers"} & set(sys.modules)
sys.exit(str(found) if found else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_text_size_and_theme_change_by_key_and_are_kept(
    application: app.Application, window: MainWindow, bench: Workbench
) -> None:
    before = application.look.theme
    QTest.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_T, CONTROL)
    assert application.look.theme.scale == 1.1
    assert application.settings["text_size"] == 110
    assert application.settings["theme"] == "light"
    QTest.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert application.look.theme.scale == before.scale


def test_the_last_project_and_screen_come_back(
    application: app.Application, window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    window.open(project_path)
    window.run("screen.insights")
    window.close()
    assert window.last_project == project_path
    other = app.build(application.settings)
    app.begin(other, None)
    assert other.window.bench is not None
    assert other.window.situation().screen == "insights"
    other.window.run("screen.home")
    other.window.projects.close()
    other.window.close()
    assert other.window.last_project is None
    other.window.deleteLater()


def test_the_key_sheet_shows_by_question_mark(window: MainWindow, bench: Workbench) -> None:
    QTest.keyClick(window, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)


def test_a_project_without_texts_says_so(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "empty.aldesk"
    create_project(path, "Empty", Configuration(Kind.SPANS, (Label("A", "A"),))).close()
    window.open(path)
    assert window.annotate.nothing.title.text() == "No texts yet"


def test_a_killed_worker_is_replaced_and_answering_goes_on(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    window.open(project_path)
    bench = window.bench
    assert bench is not None
    qtbot.waitUntil(lambda: bench.current is not None, timeout=60_000)
    QTest.keyClick(window, Qt.Key.Key_A)
    first = bench.learner.process_id
    assert first is not None
    os.kill(first, signal.SIGTERM)
    qtbot.waitUntil(lambda: "starts again" in window.status.shown, timeout=10_000)
    qtbot.waitUntil(lambda: bench.current is not None, timeout=10_000)
    QTest.keyClick(window, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: bench.learned_all, timeout=60_000)
    assert bench.learner.process_id != first
    assert "starts again" not in window.status.shown
    assert bench.statistics()[1].answers == 2


def test_closing_ends_the_worker(window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    window.open(project_path)
    bench = window.bench
    assert bench is not None
    qtbot.waitUntil(lambda: bench.learner.process_id is not None, timeout=10_000)
    child = bench.learner.process_id
    assert child is not None
    window.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_journey_leaves_a_picture_and_the_answers(tmp_path: Path) -> None:
    assert journey.play(sample_project(Kind.TEXTS, tmp_path), tmp_path) == 0
    assert (tmp_path / "window.png").stat().st_size > 10_000
    rows = (tmp_path / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == journey.ANSWERS
