from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from al_desktop.gui.tour import Tour
from al_desktop.gui.window import MainWindow
from al_desktop.gui.workbench import Workbench


def test_the_tour_has_five_steps_and_does_not_hold_up(window: MainWindow, bench: Workbench) -> None:
    window.run("help.tour")
    tour = window.findChild(Tour)
    assert tour is not None
    titles = [tour._title.text()]
    QTest.keyClick(window, Qt.Key.Key_A)  # answering goes on
    for _ in range(4):
        assert window.rect().contains(tour.geometry())
        QTest.mouseClick(tour.next, Qt.MouseButton.LeftButton)
        titles.append(tour._title.text())
    assert len(set(titles)) == 5
    assert bench.statistics()[0].accept == 1
    ended: list[bool] = []
    tour.ended.connect(lambda: ended.append(True))
    QTest.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    assert ended
    assert window._settings["window"]["toured"]
