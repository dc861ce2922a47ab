"""A copy that Ben went on with, and what tests do with copies in the window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from treaties import ranking

from al_desktop.core.questions import Answer, Text, text_key
from al_desktop.gui.colleagues.merge import MergeDialog
from al_desktop.gui.widgets.work_dialog import WorkDialog
from al_desktop.gui.window import MainWindow
from al_desktop.project import open_project
from al_desktop.storage import ProjectFile

OWN = "A text that only Ben has, <b>not bold</b>."


def worked_on_by_ben(project: Path, copy: Path, answers: str) -> Path:
    """A copy with these answers to the first questions, "a" or "x", and a text of his own."""
    with ProjectFile.open_for_reading(project) as file:
        file.save_copy(copy, by="anna")
    with open_project(copy, "ben") as opened:
        for _ in opened.file.add_texts([[Text(text_key(OWN), OWN, {}, "", 0)]]):
            pass
        opened.queue.take(ranking())
        for letter in answers:
            opened.session.answer(Answer.ACCEPT if letter == "a" else Answer.REJECT, 1.0)
    return copy


def preview_of(window: MainWindow, qtbot: QtBot) -> MergeDialog:
    dialog = window.findChildren(MergeDialog)[-1]
    qtbot.waitUntil(lambda: not dialog._bar.isVisibleTo(dialog), timeout=30_000)
    return dialog


def over(window: MainWindow, qtbot: QtBot) -> None:
    """Waits for the work and for the window that waits for it."""
    qtbot.waitUntil(lambda: not window.findChildren(WorkDialog), timeout=60_000)
    assert window.bench is not None


def merge(window: MainWindow, qtbot: QtBot, *copies: Path) -> None:
    window.run("screen.colleagues")
    window.colleagues.offer(list(copies))
    QTest.keyClick(preview_of(window, qtbot), Qt.Key.Key_Return)
    over(window, qtbot)
