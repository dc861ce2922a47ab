"""Flags: set by one key, shown, gone through, taken away."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from treaties import CONTENTS

from al_desktop.core.gold import everything_about, gold
from al_desktop.core.questions import Answer, text_key
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.history import FLAG, LABEL
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import open_project

SHIFT = Qt.KeyboardModifier.ShiftModifier


def is_flagged(window: MainWindow) -> bool:
    return window.annotate._line.flag.isVisible()


def test_a_question_is_flagged_and_stays(window: MainWindow, bench: Workbench) -> None:
    asked = bench.current
    QTest.keyClick(window, Qt.Key.Key_F)
    assert bench.current == asked
    assert is_flagged(window)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert not is_flagged(window)
    assert bench.history.index(0).data(FLAG)
    assert "flagged" in bench.history.index(0).data()
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert is_flagged(window)
    QTest.keyClick(window, Qt.Key.Key_F)
    assert not is_flagged(window)
    assert not bench.project.log.has_flags


def test_flags_survive_a_restart(window: MainWindow, bench: Workbench, project_path: Path) -> None:
    QTest.keyClick(window, Qt.Key.Key_F)
    question = bench.current and bench.current.question
    window.projects.close()
    with open_project(project_path, "anna") as project:
        assert [event.question for event in project.log.flagged()] == [question]


def test_going_through_what_is_flagged(window: MainWindow, bench: Workbench) -> None:
    for key in (Qt.Key.Key_F, Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_F, Qt.Key.Key_X):
        QTest.keyClick(window, key)
    waiting = bench.current
    assert waiting is not None
    bench.project.session.flag(everything_about(text_key(CONTENTS[9])))
    QTest.keyClick(window, Qt.Key.Key_F, SHIFT)  # the text, the latest
    assert window.situation().is_highlighting
    assert window.highlight.passage.toPlainText() == CONTENTS[9]
    QTest.keyClick(window, Qt.Key.Key_F, SHIFT)  # the third question
    assert window.situation().is_revising
    assert window.annotate.passage.toPlainText() == CONTENTS[2]
    assert is_flagged(window)
    QTest.keyClick(window, Qt.Key.Key_F, SHIFT)  # the first
    QTest.keyClick(window, Qt.Key.Key_X)
    assert not window.situation().is_revising
    assert bench.current == waiting
    first = bench.project.log.live_by_annotator(bench.history.event_at(2).question.key)["anna"]
    assert first.answer is Answer.REJECT


def test_an_unanswered_one_is_asked_again(window: MainWindow, bench: Workbench) -> None:
    flagged = bench.current
    QTest.keyClick(window, Qt.Key.Key_F)
    bench.project.queue.advance()
    window.views.annotating.show_current()
    other = bench.current
    assert other != flagged
    QTest.keyClick(window, Qt.Key.Key_F, SHIFT)
    assert bench.current == flagged
    QTest.keyClick(window, Qt.Key.Key_A)
    assert bench.current == other


def test_a_text_marked_in_full_is_in_the_history(window: MainWindow, bench: Workbench) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    bench.highlight(text_key(CONTENTS[5]), gold(["TREATY", "PLACE"], []), 3.0, None)
    QTest.keyClick(window, Qt.Key.Key_X)
    assert [bench.history.index(row).data(LABEL) for row in range(3)] == [
        "TREATY",
        "no label",
        "TREATY",
    ]
    QTest.keyClick(window, Qt.Key.Key_Up)
    QTest.keyClick(window, Qt.Key.Key_Up)
    now = window.situation()
    assert (now.is_revising, now.can_answer) == (True, False)
    assert window.annotate.passage.toPlainText() == CONTENTS[5]
    QTest.keyClick(window, Qt.Key.Key_A)  # not an answer to anything
    assert bench.statistics()[1].answers == 2
    QTest.keyClick(window, Qt.Key.Key_Up)
    assert window.annotate.passage.toPlainText() == CONTENTS[0]
    QTest.keyClick(window, Qt.Key.Key_Down)
    QTest.keyClick(window, Qt.Key.Key_H)
    assert window.situation().is_highlighting
    assert window.highlight.passage.toPlainText() == CONTENTS[5]


def test_the_flag_of_a_text_to_mark_shows(window: MainWindow, bench: Workbench) -> None:
    window.run("screen.highlight")
    assert not window.highlight.flag.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F)
    assert window.highlight.flag.isVisible()
    QTest.keyClick(window, Qt.Key.Key_N)  # another text
    assert not window.highlight.flag.isVisible()
