"""The dialog for an error that is ours."""

import logging
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from al_desktop import paths
from al_desktop.crashes import FILE_NAME
from al_desktop.gui.frame.problem import ProblemDialog
from al_desktop.gui.window import MainWindow


def test_it_says_where_the_details_are_and_copies_them(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path)
    (tmp_path / FILE_NAME).touch()
    logging.getLogger("al_desktop.gui.problem").disabled = True  # the log is asserted to be calm
    try:
        dialog = ProblemDialog(window.shell.look, ZeroDivisionError("by nought"), window)
    finally:
        logging.getLogger("al_desktop.gui.problem").disabled = False
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(str(tmp_path / FILE_NAME) in each for each in words)
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    buttons["Copy details"].click()
    assert "ZeroDivisionError: by nought" in QGuiApplication.clipboard().text()
    buttons["Go on"].click()
    assert not dialog.isVisible()
