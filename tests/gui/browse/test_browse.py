from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from treaties import CONTENTS

from al_desktop.core.questions import Answer, text_key
from al_desktop.gui.browse.rows import WORDS, TextRows
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench


def rows(window: MainWindow) -> int:
    model = window.browse.list.model()
    return model.rowCount() if model is not None else -1


def test_words_find_their_texts(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.situation().screen == "browse"
    qtbot.waitUntil(lambda: rows(window) == len(CONTENTS), timeout=10_000)
    QTest.keyClicks(window.browse.filters.search, "paris 193")
    qtbot.waitUntil(lambda: rows(window) == 10, timeout=10_000)
    first = window.browse.list.model().index(0, 0)
    assert first.data(WORDS) == CONTENTS[30]


def test_answers_are_filtered_and_changed_there(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_X):
        QTest.keyClick(window, key)
    window.run("screen.browse")
    choice = window.browse.filters.what
    choice.setCurrentIndex(choice.findData(Answer.REJECT.value))
    assert rows(window) == 2
    window.browse.list.setFocus()
    QTest.keyClick(window.browse.list, Qt.Key.Key_A)
    counts, _ = bench.statistics()
    assert (counts.accept, counts.reject) == (2, 1)
    chosen = window.browse.chosen
    assert chosen is not None
    assert chosen.answer is Answer.ACCEPT


def test_typing_into_the_search_is_no_answer(window: MainWindow, bench: Workbench) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    window.run("screen.browse")
    window.activateWindow()
    window.browse.filters.search.setFocus()
    QTest.keyClicks(window.browse.filters.search, "axa")
    assert window.browse.filters.search.text() == "axa"
    assert bench.statistics()[0].accept == 1


def test_only_the_pages_looked_at_are_read(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    window.run("screen.browse")
    qtbot.waitUntil(lambda: rows(window) == len(CONTENTS), timeout=10_000)
    model = window.browse.list.model()
    assert isinstance(model, TextRows)
    assert list(model._pages) == [0]


def show(window: MainWindow, what: str) -> None:
    window.browse.filters.what.setCurrentIndex(window.browse.filters.what.findData(what))


def test_an_answer_is_taken_back_there(window: MainWindow, bench: Workbench) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_X):
        QTest.keyClick(window, key)
    window.run("screen.browse")
    show(window, "answers")
    window.run("browse.take_back")
    assert rows(window) == 1
    assert bench.statistics()[0].accept == 1
    window.run("answer.undo")
    assert bench.statistics()[0].accept == 0


def test_from_an_answer_to_its_question(window: MainWindow, bench: Workbench) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    window.run("screen.browse")
    show(window, "accept")
    window.browse.list.setFocus()
    QTest.keyClick(window.browse.list, Qt.Key.Key_Return)
    assert window.situation().screen == "annotate"
    assert window.situation().is_revising


def test_flags_are_listed_and_put_there(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F)
    window.run("screen.browse")
    show(window, "flags")
    assert rows(window) == 1
    window.run("flag.toggle")
    assert rows(window) == 0
    show(window, "")
    window.browse.list.setCurrentIndex(window.browse.list.model().index(5, 0))
    window.run("flag.toggle")
    show(window, "flags")
    assert rows(window) == 1
    window.run("highlight.this")
    assert window.situation().screen == "highlight"
    window.run("highlight.done")
    window.run("screen.browse")
    show(window, "marked")
    assert rows(window) == 1


def test_answers_are_found_by_words_of_their_texts(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_X):
        QTest.keyClick(window, key)
    window.run("screen.browse")
    qtbot.waitUntil(lambda: window.browse.is_indexed, timeout=30_000)
    show(window, "answers")
    QTest.keyClicks(window.browse.filters.search, "1901")
    qtbot.waitUntil(lambda: rows(window) == 1, timeout=10_000)
    assert window.browse.chosen is not None
    assert window.browse.chosen.question.text_key == text_key(CONTENTS[1])
