"""Copies of the project, saved to be sent."""

from pathlib import Path

import pytest
from copies import over
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from treaties import CONTENTS

from al_desktop.core.questions import Answer
from al_desktop.gui.colleagues.send import SendDialog, Sending
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project.carrying import carried_model
from al_desktop.storage import ProjectFile


def test_a_copy_with_a_share_of_the_texts(
    window: MainWindow, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.situation().screen == "colleagues"
    window.run("colleagues.send")
    dialog = window.findChildren(SendDialog)[-1]
    dialog.share.setValue(50)
    QTest.keyClick(dialog.answers, Qt.Key.Key_Space)
    sending = Sending(tmp_path / "copy.aldesk", dialog.parcel)
    dialog.close()
    window.colleagues.write(sending)
    over(window, qtbot)
    assert "copy.aldesk" in window.colleagues.result.text()
    with ProjectFile.open_for_reading(tmp_path / "copy.aldesk") as file:
        assert file.text_count() == len(CONTENTS) // 2
        assert list(file.events()) == []


def test_texts_are_dealt_out_to_names(
    window: MainWindow,
    bench: Workbench,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.run("colleagues.send")
    dialog = window.findChildren(SendDialog)[-1]
    QTest.keyClicks(dialog.names, "ben, cleo")
    dialog.overlap.setValue(10)
    QTest.keyClick(dialog.names, Qt.Key.Key_Return)
    over(window, qtbot)
    for name in ("ben", "cleo"):
        with ProjectFile.open_for_reading(tmp_path / f"treaties-{name}.aldesk") as file:
            assert file.text_count() == 35


def test_a_copy_of_chosen_texts(
    window: MainWindow, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_A):
        QTest.keyClick(window, key)
    window.run("colleagues.send")
    dialog = window.findChildren(SendDialog)[-1]
    dialog.about.setCurrentIndex(dialog.about.findData("answered"))
    dialog.label.setCurrentIndex(dialog.label.findText("TREATY"))
    dialog.answer.setCurrentIndex(dialog.answer.findData("accept"))
    QTest.keyClicks(dialog.words, "treaty")
    sending = Sending(tmp_path / "copy.aldesk", dialog.parcel)
    dialog.about.setCurrentIndex(dialog.about.findData("disagreed"))
    assert not dialog.answer.isEnabled()
    dialog.close()
    window.colleagues.write(sending)
    over(window, qtbot)
    with ProjectFile.open_for_reading(tmp_path / "copy.aldesk") as file:
        assert file.text_count() == 2
        assert {event.answer for _, event in file.events()} == {Answer.ACCEPT}


def test_a_trained_model_goes_along(
    window: MainWindow,
    bench: Workbench,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = tmp_path / "model"
    model.mkdir()
    window.run("colleagues.send")
    dialog = window.findChildren(SendDialog)[-1]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    QTest.keyClick(dialog.model, Qt.Key.Key_Space)
    assert not dialog.model.isChecked()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(model))
    QTest.keyClick(dialog.model, Qt.Key.Key_Space)
    assert dialog.parcel.model == model
    sending = Sending(tmp_path / "copy.aldesk", dialog.parcel)
    dialog.close()
    window.colleagues.write(sending)
    over(window, qtbot)
    assert "no config.cfg" in window.colleagues.result.text()
    (model / "config.cfg").write_text("[nlp]\n")
    window.colleagues.write(sending)
    over(window, qtbot)
    with ProjectFile.open_for_reading(tmp_path / "copy.aldesk") as file:
        assert carried_model(file) is not None


def test_a_copy_never_replaces_a_file(
    window: MainWindow,
    bench: Workbench,
    copy: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = copy.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(copy), ""))
    window.run("colleagues.send")
    QTest.keyClick(window.findChildren(SendDialog)[-1], Qt.Key.Key_Return)
    over(window, qtbot)
    assert "exists already" in window.colleagues.result.text()
    assert copy.read_bytes() == before
