"""A pause is hinted at after a long run of answers, and only then."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from al_desktop.gui.frame.pausing import PAUSE_SECONDS, Pausing
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_pause_is_due_after_a_run_and_over_with_a_pause() -> None:
    clock = Clock()
    limit = [30]
    pausing = Pausing(lambda: limit[0], clock)
    assert pausing.due == 0
    for _ in range(30):
        pausing.answered()
        assert pausing.due == 0
        clock.now += 60
    pausing.answered()
    assert pausing.due == 30
    limit[0] = 0
    assert pausing.due == 0
    limit[0] = 30
    clock.now += PAUSE_SECONDS
    assert pausing.due == 0
    pausing.answered()
    assert pausing.due == 0


def test_the_bottom_line_says_so_quietly(window: MainWindow, bench: Workbench) -> None:
    clock = Clock()
    window._pausing._now = clock
    window._settings["pause_hint"] = 2
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_A)
        clock.now += 60
    QTest.keyClick(window, Qt.Key.Key_A)
    assert "pause" in window.status.shown
    clock.now += PAUSE_SECONDS
    QTest.keyClick(window, Qt.Key.Key_A)
    assert "pause" not in window.status.shown
