"""Answers exported from the window: which of them, in which format."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from al_desktop.core.questions import Answer
from al_desktop.gui.projects.exporting import ExportDialog
from al_desktop.gui.widgets.work_dialog import WorkDialog
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench


def dialog_of(window: MainWindow) -> ExportDialog:
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    return window.findChildren(ExportDialog)[-1]


def export(window: MainWindow, qtbot: QtBot, dialog: ExportDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.findChildren(WorkDialog), timeout=60_000)


def test_some_answers_with_a_page_on_what_they_are(
    window: MainWindow,
    bench: Workbench,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_A):
        QTest.keyClick(window, key)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "out"), "")
    )
    dialog = dialog_of(window)
    QTest.keyClick(dialog.answers[Answer.REJECT], Qt.Key.Key_Space)
    assert dialog.wanted.answers == {Answer.ACCEPT, Answer.IGNORE}
    export(window, qtbot, dialog)
    rows = [json.loads(row) for row in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["answer"] for row in rows] == ["accept", "accept"]
    about = json.loads((tmp_path / "out.jsonl.about.json").read_text())
    assert (about["answers"], about["rows"], about["conflicts"]) == (
        ["accept", "ignore"],
        2,
        "settled",
    )
    assert "out.jsonl" in window.status.shown


def test_a_folder_for_spacy_and_what_it_loses(
    window: MainWindow,
    bench: Workbench,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "corpus"), "")
    )
    dialog = dialog_of(window)
    dialog.format.setCurrentIndex(dialog.format.findData("docbin"))
    assert "incorrect_spans" in dialog._loses.text()
    for tick in dialog.answers.values():
        tick.setChecked(False)
    assert not dialog.export.isEnabled()
    dialog.answers[Answer.ACCEPT].setChecked(True)
    export(window, qtbot, dialog)
    assert {path.name for path in (tmp_path / "corpus").iterdir()} >= {"train.spacy", "about.json"}
    dialog = dialog_of(window)
    dialog.format.setCurrentIndex(dialog.format.findData("docbin"))
    export(window, qtbot, dialog)
    assert "exists already" in window.status.shown
