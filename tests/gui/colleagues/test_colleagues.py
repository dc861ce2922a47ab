"""What two people say of the same question: how far they agree, and who is right."""

from pathlib import Path

import pytest
from copies import merge
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from treaties import CONTENTS

from al_desktop.core.agreement import Agreement, AgreementReport, Figure
from al_desktop.core.events import AnswerLog
from al_desktop.core.questions import Answer
from al_desktop.gui.colleagues.agreement import figure_words, meaning
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.storage import ProjectFile


def test_many_rows_of_agreement_are_all_within_reach(window: MainWindow) -> None:
    figure = Agreement(3, 1, Figure(0.5), None, Figure(0.5))
    by_label = {f"label {number}": figure for number in range(100)}
    table = window.colleagues.agreement
    table.show_report(AgreementReport(figure, by_label, {}), lambda key: key)
    assert "label 99" not in cells(window)
    assert table.all.text() == "Show all 101 rows"
    table.all.click()
    assert "label 99" in cells(window)
    assert not table.all.isVisibleTo(table)


def cells(window: MainWindow) -> list[str]:
    return [each.text() for each in window.colleagues.agreement.findChildren(QLabel)]


def test_agreement_by_label_and_pair(
    window: MainWindow, bench: Workbench, copy: Path, qtbot: QtBot
) -> None:
    window.run("screen.colleagues")
    table = window.colleagues.agreement
    qtbot.waitUntil(lambda: table.meaning.text().startswith("No question"), timeout=30_000)
    window.run("screen.annotate")
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_A, Qt.Key.Key_A):
        QTest.keyClick(window, key)  # of which Ben has the third otherwise
    merge(window, qtbot, copy)
    qtbot.waitUntil(lambda: "anna and ben" in cells(window), timeout=30_000)
    shown = cells(window)
    assert "All questions" in shown
    assert "TREATY" in shown
    # Observed agreement 3/4; expected by chance 1/2 from (3/4, 1/4) and (1/2, 1/2).
    assert any(cell.startswith("0.50  (") for cell in shown)
    assert any(cell.startswith("0.75  (") for cell in shown)
    assert "below 0.67" in table.meaning.text()


def test_disagreements_are_settled_one_key_each(
    window: MainWindow, bench: Workbench, copy: Path, qtbot: QtBot
) -> None:
    for key in (Qt.Key.Key_X, Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_A):
        QTest.keyClick(window, key)  # of which Ben has three otherwise
    merge(window, qtbot, copy)
    assert window.bench is not None
    log = window.bench.project.log
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    screen = window.settle
    assert screen.passage.toPlainText() == CONTENTS[0]
    assert not screen.said.isVisible()
    screen.blind.setChecked(False)
    assert screen.said.text() == "anna: rejected  ·  ben: accepted"
    assert window.focusWidget() is not screen.blind
    assert not window.situation().can_undo  # her own answers are not undone from here
    QTest.keyClick(window, Qt.Key.Key_F)
    assert screen._line.flag.isVisible()

    asked = []
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_Space):
        assert screen.current is not None
        asked.append(screen.current.question)
        QTest.keyClick(window, key)
        assert not screen._line.flag.isVisible()
    assert log.flags(asked[0].key)
    assert not screen._open
    verdicts = [log.verdict(question.key) for question in asked]
    expected = [Answer.ACCEPT, Answer.REJECT, Answer.IGNORE]
    assert [each.answer for each in verdicts if each] == expected

    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert screen._open[0].question == asked[2]
    assert log.verdict(asked[2].key) is None
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert screen._open[0].question == asked[1]
    with ProjectFile.open_for_reading(window.bench.project.file.path) as file:
        stored = AnswerLog(event for _, event in file.events())
    assert [stored.verdict(question.key) is not None for question in asked] == [True, False, False]

    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.situation().screen == "colleagues"
    qtbot.waitUntil(lambda: window.colleagues.to_settle.text().startswith("2 "), timeout=30_000)


@pytest.mark.parametrize(
    ("value", "low", "says", "doubts"),
    [
        (0.85, 0.81, "relied on", False),
        (0.85, 0.60, "relied on", True),
        (0.70, 0.68, "tentative", False),
        (0.50, 0.30, "below 0.67", False),
        (None, None, "chance", False),
    ],
)
def test_what_the_figures_mean(
    value: float | None, low: float | None, says: str, doubts: bool
) -> None:
    alpha = Figure(value, low, value)
    sentence = meaning(Agreement(30, 5, Figure(0.9), None, alpha))
    assert says in sentence
    assert ("may be lower" in sentence) is doubts


def test_figures_in_words() -> None:
    assert figure_words(Figure(-0.001, -0.3, 0.2)) == "0.00  (-0.30 – 0.20)"
    assert figure_words(Figure(1.0)) == "1.00"
    assert figure_words(Figure(None)) == "not defined"
