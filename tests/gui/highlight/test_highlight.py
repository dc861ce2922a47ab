"""The highlight screen by real keys and a real mouse; what it stores is read back from the file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from treaties import CONTENTS

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import AnswerLog
from al_desktop.core.gold import Gold, everything_about
from al_desktop.core.questions import Asked, Kind, Selection, Span, Text, text_key
from al_desktop.gui.highlight.highlighting import Highlighting
from al_desktop.gui.model.screen import TO_MARK
from al_desktop.gui.projects.wanted import Wanted
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.learner.messages import Estimated
from al_desktop.project import ImportReport, create_project, open_project
from al_desktop.storage import ProjectFile

K, SHIFT, CONTROL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def stored(bench: Workbench) -> list[Gold]:
    """As a reader of the file sees it now."""
    with ProjectFile.open_for_reading(bench.project.file.path) as file:
        log = AnswerLog(event for _, event in file.events())
        return [event.gold for event in log.highlighted() if event.gold is not None]


def press(window: MainWindow, *keys: Qt.Key, with_: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        QTest.keyClick(window, key, with_ or Qt.KeyboardModifier.NoModifier)


def place(window: MainWindow, position: int) -> QPoint:
    """The middle of the character at this position, on the passage's viewport."""
    passage = window.highlight.passage
    (rect,) = passage.rects(position, position + 1)
    return rect.center().toPoint() - QPoint(0, passage.verticalScrollBar().value())


@pytest.fixture
def highlighting(window: MainWindow, bench: Workbench) -> Highlighting:
    press(window, K.Key_2, with_=CONTROL)
    assert window.situation().is_highlighting
    return window.views.highlighting


def test_a_text_is_marked_by_keys_alone(
    window: MainWindow, bench: Workbench, highlighting: Highlighting
) -> None:
    shown = highlighting._text
    assert shown is not None
    press(window, K.Key_Right, K.Key_Right, K.Key_Right)
    press(window, K.Key_Right, K.Key_Right, with_=SHIFT)
    press(window, K.Key_1)
    press(window, K.Key_Right, K.Key_Left)
    press(window, K.Key_2)
    assert "Treaty of Paris" in window.highlight._problem.text()
    assert window.highlight._problem.isVisible()
    assert stored(bench) == []
    press(window, K.Key_Return)
    assert stored(bench) == [Gold(("PLACE", "TREATY"), (Span(12, 27, "TREATY"),))]
    event = bench.project.log.highlight(shown.key)
    assert event is not None
    assert event.selection is not None
    assert event.selection.strategy == "random"
    assert event.selection.probability == pytest.approx(1 / 60)
    assert highlighting._text != shown
    assert bench.project.statistics().highlights == 1


def test_what_is_done_can_be_taken_back_and_given_again(
    window: MainWindow, bench: Workbench, highlighting: Highlighting
) -> None:
    first = highlighting._text
    press(window, K.Key_2)
    press(window, K.Key_Return)
    assert len(stored(bench)) == 1
    press(window, K.Key_Z, with_=CONTROL)
    assert stored(bench) == []
    assert highlighting._text == first
    assert highlighting.marking.draft is not None
    assert highlighting.marking.draft.spans == (Span(0, 2, "PLACE"),)
    press(window, K.Key_Y, with_=CONTROL)
    assert len(stored(bench)) == 1
    assert highlighting._text != first


def test_marks_are_taken_back_before_texts(
    window: MainWindow, bench: Workbench, highlighting: Highlighting
) -> None:
    press(window, K.Key_Return)
    press(window, K.Key_1)
    press(window, K.Key_Z, with_=CONTROL)
    assert highlighting.marking.draft is not None
    assert highlighting.marking.draft.spans == ()
    assert len(stored(bench)) == 1
    press(window, K.Key_Y, with_=CONTROL)
    assert len(highlighting.marking.draft.spans) == 1
    press(window, K.Key_Backspace)
    assert highlighting.marking.draft.spans == ()
    press(window, K.Key_Backspace)
    assert window.highlight._problem.isVisible()


def test_a_text_is_marked_by_the_mouse(
    window: MainWindow, bench: Workbench, highlighting: Highlighting
) -> None:
    viewport = window.highlight.passage.viewport()
    button = Qt.MouseButton.LeftButton
    # From the middle of one word to the middle of another: whole words are taken.
    QTest.mousePress(viewport, button, pos=place(window, 14))
    QTest.mouseMove(viewport, place(window, 18))
    QTest.mouseMove(viewport, place(window, 24))
    QTest.mouseRelease(viewport, button, pos=place(window, 24))
    draft = highlighting.marking.draft
    assert draft is not None
    assert draft.spans == (Span(12, 27, "TREATY"),)
    # A click on a mark selects it, a click on a label gives it that label.
    QTest.mouseClick(viewport, button, pos=place(window, 32))
    assert draft.selection == (32, 38)
    QTest.mouseClick(viewport, button, pos=place(window, 20))
    assert draft.selection == (12, 27)
    QTest.mouseClick(window.highlight.labels.buttons[1], button)
    assert draft.spans == (Span(12, 27, "PLACE"),)
    QTest.mouseDClick(viewport, button, pos=place(window, 4))
    assert draft.spans == (Span(3, 7, "PLACE"), Span(12, 27, "PLACE"))
    press(window, K.Key_W)
    QTest.mousePress(viewport, button, pos=place(window, 40))
    QTest.mouseMove(viewport, place(window, 44))
    QTest.mouseRelease(viewport, button, pos=place(window, 44))
    assert draft.spans[-1].end - draft.spans[-1].start in (4, 5)
    QTest.mouseClick(window.highlight.buttons["highlight.done"], button)
    assert len(stored(bench)) == 1


def test_terms_mark_beforehand_only_if_wished(
    window: MainWindow, bench: Workbench, highlighting: Highlighting
) -> None:
    assert highlighting.marking.draft is not None
    assert highlighting.marking.draft.spans == ()
    press(window, K.Key_T)
    assert highlighting.marking.draft.spans == (Span(12, 27, "TREATY"),)
    press(window, K.Key_Return)
    assert highlighting.marking.draft.spans == (Span(12, 27, "TREATY"),)
    press(window, K.Key_N)
    press(window, K.Key_T)
    assert len(stored(bench)) == 1


def test_the_text_of_the_question_is_highlighted_and_the_questions_go_on(
    window: MainWindow, bench: Workbench
) -> None:
    asked = bench.current
    assert asked is not None
    press(window, K.Key_H)
    assert highlighted_key(window) == asked.question.text_key
    press(window, K.Key_Return)
    assert window.situation().is_annotating
    event = bench.project.log.highlight(asked.question.text_key)
    assert event is not None
    assert event.selection is None
    assert bench.current is not None
    assert bench.current.question.text_key != asked.question.text_key
    assert [bench.history.event_at(row) for row in range(len(bench.history))] == [event]
    press(window, K.Key_Backspace)
    assert stored(bench) == []
    press(window, K.Key_H)
    press(window, K.Key_Escape)
    assert window.situation().is_annotating
    assert stored(bench) == []


def highlighted_key(window: MainWindow) -> str:
    text = window.views.highlighting._text
    assert text is not None
    return text.key


def test_labels_of_whole_texts_are_chosen_by_number(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "topics.aldesk"
    labels = (Label("WAR", "War"), Label("TRADE", "Trade"), Label("RAIN", "Rain"))
    content = "Rain stopped the war."
    with create_project(path, "Topics", Configuration(Kind.TEXTS, labels)) as project:
        for _ in project.file.add_texts([[Text(text_key(content), content)]]):
            pass
    bench = Workbench(open_project(path, "anna"), "anna")
    window.attach(bench)
    press(window, K.Key_2, with_=CONTROL)
    press(window, K.Key_1, K.Key_2, K.Key_3, K.Key_2, K.Key_9, K.Key_Right)
    press(window, K.Key_Return)
    whole = len(content)
    assert stored(bench) == [
        Gold(("RAIN", "TRADE", "WAR"), (Span(0, whole, "RAIN"), Span(0, whole, "WAR")))
    ]
    assert window.highlight.nothing.isVisible()
    press(window, K.Key_Return)
    press(window, K.Key_Z, with_=CONTROL)
    assert stored(bench) == []
    assert window.highlight.passage.isVisible()


def test_everything_has_a_name(window: MainWindow, highlighting: Highlighting) -> None:
    names = [button.accessibleName() for button in window.highlight.labels.buttons]
    assert names == ["TREATY, 1", "PLACE, 2"]
    press(window, K.Key_1)
    assert window.highlight.labels.buttons[0].accessibleName() == "TREATY, 1, × 1"
    assert all(button.accessibleName() for button in window.highlight.buttons.values())


def test_a_new_project_starts_with_highlighting_if_wished(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workbench, "start", lambda bench: None)
    configuration = Configuration(Kind.SPANS, (Label("A", "A"),))
    window.projects.make(Wanted(tmp_path / "Cold.aldesk", configuration, highlights=True))
    assert window.situation().screen == "highlight"
    assert not window.situation().is_highlighting
    bench = window.bench
    assert bench is not None
    for _ in bench.project.file.add_texts([[Text(text_key("Rain"), "Rain")]]):
        pass
    window.projects.transfers.take_report(ImportReport(added=1))
    assert window.situation().is_highlighting


def test_a_block_of_reserved_texts_is_marked_in_full(window: MainWindow, bench: Workbench) -> None:
    """What the model does not even propose is found in no other way."""
    keys = [text_key(content) for content in CONTENTS[5:15]]
    to_mark = tuple(
        Asked(everything_about(key), Selection("audit", 0.1, audit=True)) for key in keys
    )
    bench.learner.said.emit(Estimated((), None, to_mark))
    window.run("model.mark")
    assert window.screens.current.name == "highlight"
    for _ in range(TO_MARK):
        QTest.keyClick(window, Qt.Key.Key_Return)
    marked = list(bench.project.log.highlighted())
    assert [event.question.text_key for event in marked] == keys[:TO_MARK]
    assert all(event.selection and event.selection.audit for event in marked)
    assert all(event.gold and not event.gold.spans for event in marked)
    QTest.keyClick(window, Qt.Key.Key_Return)
    last = max(bench.project.log.highlighted(), key=lambda event: event.uid)
    assert last.selection is not None
    assert not last.selection.audit
