from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from al_desktop.gui.help.tour import Frame, Tour
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench


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


def test_it_goes_by_keys_and_stays_on_its_screen(window: MainWindow, bench: Workbench) -> None:
    window.run("help.tour")
    tour = window.findChild(Tour)
    assert tour is not None
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert tour._title.text() == "One key"
    window.run("screen.model")
    QTest.qWait(1)
    assert not tour.isVisible()
    window.run("screen.annotate")
    QTest.qWait(1)
    assert tour.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.helping.is_touring
    window.run("help.tour")
    assert window.helping.is_touring


def test_the_frame_follows_what_it_is_about(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    window.run("help.tour")
    frame, card = window.findChild(Frame), window.annotate.card
    assert frame is not None

    def around_the_card() -> bool:
        corner = card.mapTo(frame.parentWidget(), QPoint(0, 0))
        return frame.geometry().contains(QRect(corner, card.size()))

    qtbot.waitUntil(around_the_card)
    window.resize(900, 640)
    qtbot.waitUntil(around_the_card)
    window.annotate.row.hide()  # laid out anew without a change of the window's size
    qtbot.waitUntil(around_the_card)
