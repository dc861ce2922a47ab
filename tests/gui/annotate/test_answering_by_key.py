from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from treaties import CONTENTS

from al_desktop.core.errors import KnownError
from al_desktop.core.events import EventKind
from al_desktop.core.questions import Answer, text_key
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.storage import ProjectFile

KEYS = {
    Qt.Key.Key_A: Answer.ACCEPT,
    Qt.Key.Key_Right: Answer.ACCEPT,
    Qt.Key.Key_X: Answer.REJECT,
    Qt.Key.Key_Left: Answer.REJECT,
    Qt.Key.Key_Space: Answer.IGNORE,
}
RUSSIAN_F = 0x424  # what the key at the place of A types on a Russian keyboard
SCAN_CODE_OF_A = 30 + 8  # as X11 counts


def stored(path: Path) -> list[tuple[EventKind, Answer | None]]:
    with ProjectFile.open_for_reading(path) as file:
        return [(event.kind, event.answer) for _, event in file.events()]


def press(window: MainWindow, key: int, scan_code: int = 0, repeated: bool = False) -> None:
    event = QKeyEvent(
        QEvent.Type.KeyPress,
        key,
        Qt.KeyboardModifier.NoModifier,
        scan_code,
        0,
        0,
        "",
        repeated,
    )
    QApplication.sendEvent(window.focusWidget() or window, event)


@pytest.mark.parametrize(("key", "answer"), KEYS.items())
def test_a_key_stores_its_answer_and_shows_the_next_question(
    window: MainWindow, bench: Workbench, project_path: Path, key: Qt.Key, answer: Answer
) -> None:
    QTest.keyClick(window, key)
    assert stored(project_path) == [(EventKind.ANSWER, answer)]
    assert bench.current is not None
    assert bench.current.question.text_key == text_key(CONTENTS[1])
    assert window.annotate.passage.toPlainText() == CONTENTS[1]


def test_a_held_key_answers_once(window: MainWindow, bench: Workbench, project_path: Path) -> None:
    press(window, Qt.Key.Key_A)
    for _ in range(5):
        press(window, Qt.Key.Key_A, repeated=True)
    assert len(stored(project_path)) == 1


def test_keys_work_on_a_cyrillic_keyboard(
    window: MainWindow, bench: Workbench, project_path: Path
) -> None:
    press(window, RUSSIAN_F, SCAN_CODE_OF_A)
    assert stored(project_path) == [(EventKind.ANSWER, Answer.ACCEPT)]


def test_undo_and_redo_agree_with_the_file(
    window: MainWindow, bench: Workbench, project_path: Path
) -> None:
    for _ in range(10):
        QTest.keyClick(window, Qt.Key.Key_A)
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_Backspace)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    kinds = [kind for kind, _ in stored(project_path)]
    assert kinds == [EventKind.ANSWER] * 10 + [EventKind.UNDO] * 5 + [EventKind.REDO] * 2
    assert bench.statistics()[0].answers == 7
    assert len(bench.history) == 7
    assert bench.current is not None
    assert bench.current.question.text_key == text_key(CONTENTS[7])


def test_revising_an_earlier_answer_takes_one_key(
    window: MainWindow, bench: Workbench, project_path: Path
) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_A):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_Up)
    QTest.keyClick(window, Qt.Key.Key_Up)
    assert window.annotate.passage.toPlainText() == CONTENTS[1]
    QTest.keyClick(window, Qt.Key.Key_X)
    assert window.annotate.passage.toPlainText() == CONTENTS[3], "back at the question"
    counts, _ = bench.statistics()
    assert (counts.accept, counts.reject) == (2, 1)
    assert [bench.history.event_at(row).answer for row in range(3)] == [
        Answer.ACCEPT,
        Answer.REJECT,
        Answer.ACCEPT,
    ]


def test_looking_back_and_leaving_changes_nothing(
    window: MainWindow, bench: Workbench, project_path: Path
) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    before = stored(project_path)
    QTest.keyClick(window, Qt.Key.Key_Up)
    QTest.keyClick(window, Qt.Key.Key_A)  # the answer it has already
    QTest.keyClick(window, Qt.Key.Key_Up)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert stored(project_path) == before
    assert window.annotate.passage.toPlainText() == CONTENTS[1]


def test_clicking_the_buttons_answers_too(
    window: MainWindow, bench: Workbench, project_path: Path
) -> None:
    for name in ("answer.accept", "answer.reject", "answer.ignore", "answer.undo"):
        QTest.mouseClick(window.annotate.buttons[name], Qt.MouseButton.LeftButton)
    kinds = [kind for kind, _ in stored(project_path)]
    assert kinds == [EventKind.ANSWER] * 3 + [EventKind.UNDO]


def test_a_focused_button_takes_the_space_bar(
    window: MainWindow, bench: Workbench, project_path: Path
) -> None:
    window.activateWindow()
    window.annotate.buttons["answer.reject"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.annotate.buttons["answer.reject"], Qt.Key.Key_Space)
    assert stored(project_path) == [(EventKind.ANSWER, Answer.REJECT)]


def test_an_answer_that_cannot_be_stored_is_not_taken(
    window: MainWindow, bench: Workbench, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(event: object) -> int:
        raise KnownError("The disk is full. Free some space and press the key again.")

    with monkeypatch.context() as patch:
        patch.setattr(bench.project.file, "append", full)
        QTest.keyClick(window, Qt.Key.Key_A)
    assert window.status.shown.startswith("The disk is full")
    assert window.annotate.passage.toPlainText() == CONTENTS[0]
    assert stored(project_path) == []
    QTest.keyClick(window, Qt.Key.Key_A)
    assert len(stored(project_path)) == 1


def test_copying_takes_the_source_text(window: MainWindow, bench: Workbench) -> None:
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == CONTENTS[0][12:27]


def test_everything_asked_says_so(window: MainWindow, bench: Workbench) -> None:
    for _ in CONTENTS:
        QTest.keyClick(window, Qt.Key.Key_A)
    assert bench.current is None
    assert not window.annotate.buttons["answer.accept"].isEnabled()
    QTest.keyClick(window, Qt.Key.Key_A)  # no question, no effect
    assert bench.statistics()[0].answers == len(CONTENTS)
