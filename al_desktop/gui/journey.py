"""The whole journey in a window that nobody sees: real key events, a real worker, real files."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from al_desktop.core.errors import KnownError
from al_desktop.gui import app
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import export_answers
from al_desktop.settings import FILE_NAME, Settings

ANSWERS = 30
FIRST_QUESTION_SECONDS = 120.0
NEXT_QUESTION_SECONDS = 30.0
GRID, SHADES = 3, 40
_KEYS = (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_Space)


def play(project: Path, folder: Path) -> int:
    """Answers 30 questions of a project by key, takes one back and gives it again, and looks
    whether the window is painted.

    Leaves `window.png` and `answers.jsonl` in the folder. Returns 0 when everything happened as
    it should. Needs the offscreen platform, or a display. Raises KnownError where a question
    does not come.
    """
    application = app.build(Settings(folder / FILE_NAME))
    window = application.window
    window.resize(window.sizeHint())
    window.show()
    try:
        window.open(project)
        bench = window.bench
        assert bench is not None
        before = bench.statistics()[1].answers
        _answer_by_key(window, bench)
        QTest.keyClick(window, Qt.Key.Key_Backspace)
        undone = bench.statistics()[1].answers
        _await_question(bench, NEXT_QUESTION_SECONDS)
        QTest.keyClick(window, Qt.Key.Key_A)
        _until(lambda: bench.learned_all, NEXT_QUESTION_SECONDS)
        picture = window.grab().toImage()
        picture.save(str(folder / "window.png"))
        export_answers(bench.project, folder / "answers.jsonl")
        after = bench.statistics()[1].answers
    finally:
        window.close()
    as_answered = (undone - before, after - before) == (ANSWERS - 1, ANSWERS)
    return 0 if as_answered and is_painted(picture) else 1


def is_painted(picture: QImage) -> bool:
    """Whether there is something to see: letters have many shades, an empty window a few."""
    columns, rows = range(0, picture.width(), GRID), range(0, picture.height(), GRID)
    return len({picture.pixel(x, y) for x in columns for y in rows}) >= SHADES


def _answer_by_key(window: MainWindow, bench: Workbench) -> None:
    _await_question(bench, FIRST_QUESTION_SECONDS)
    for number in range(ANSWERS):
        QTest.keyClick(window, _KEYS[number % len(_KEYS)])
        _await_question(bench, NEXT_QUESTION_SECONDS)


def _await_question(bench: Workbench, seconds: float) -> None:
    if not _until(lambda: bench.current is not None, seconds):
        raise KnownError(
            f"No question came within {seconds:.0f} seconds. Open the project in the window to "
            "see why."
        )


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    """Lets the window work until the condition holds; whether it does."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        QTest.qWait(10)
    return condition()
