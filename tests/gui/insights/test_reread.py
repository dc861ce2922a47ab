"""Doubtful answers read again with one key each, on a real project in a real second process."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.doubts import Doubt, Doubtful
from al_desktop.core.questions import Answer, Asked, Kind, Question, Selection, Text, text_key
from al_desktop.core.queue import Ranking
from al_desktop.gui.insights.reread import why
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import create_project, open_project

REFUND = [f"I want my money back for order number {n} please" for n in range(20)]
WEATHER = [f"It was raining all day in the valley, day {n} of the trip" for n in range(20)]
WRONG = REFUND[3]


@pytest.fixture
def letters(window: MainWindow, tmp_path: Path) -> Workbench:
    """Forty answers, one of them wrong."""
    path = tmp_path / "letters.aldesk"
    create_project(path, "letters", Configuration(Kind.TEXTS, (Label("R", "REFUND"),))).close()
    with open_project(path, "anna") as opened:
        texts = [Text(text_key(each), each) for each in REFUND + WEATHER]
        list(opened.file.add_texts([texts]))
        for content in REFUND + WEATHER:
            asked = Asked(Question(text_key(content), "R"), Selection("uncertain", 0.9, 0.5))
            opened.queue.take(Ranking(0, len(opened.log), (asked,)))
            right = Answer.ACCEPT if content in REFUND else Answer.REJECT
            opened.session.answer(Answer.REJECT if content == WRONG else right, 1.0)
    made = Workbench(open_project(path, "anna"), "anna")
    window.attach(made)
    return made


def begin(window: MainWindow, qtbot: QtBot) -> None:
    window.run("answers.reread")
    qtbot.waitUntil(lambda: window.views.studying.doubts is not None, timeout=120_000)


def test_the_wrong_answer_is_found_and_changed_with_one_key(
    window: MainWindow, letters: Workbench, qtbot: QtBot
) -> None:
    begin(window, qtbot)
    reread = window.views.reread
    assert reread.current is not None
    question = Question(text_key(WRONG), "R")
    assert reread.current.event.question == question
    assert "Keep" in reread.row.buttons["answer.reject"].text()
    QTest.keyClick(window, Qt.Key.Key_A)
    standing = letters.project.log.live(question.key)
    assert standing is not None
    assert standing.answer is Answer.ACCEPT
    assert reread.current is None
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert reread.current is not None
    QTest.keyClick(window, Qt.Key.Key_X)
    kept = letters.project.log.verdict(question.key)
    assert kept is not None
    assert kept.answer is Answer.REJECT
    assert reread.current is None, "what was kept is not asked about again"
    reread.begin()
    assert reread.current is None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.screens.current.name == "insights"


def test_a_project_of_few_answers_says_so(window: MainWindow, bench: Workbench) -> None:
    window.run("answers.reread")
    reread = window.views.reread
    assert reread.current is None
    assert "Too early" in reread._empty.title.text()
    QTest.keyClick(window, Qt.Key.Key_A)
    assert bench.project.statistics().answers == 0


@pytest.mark.parametrize("doubt", list(Doubt))
def test_each_reason_is_a_sentence(letters: Workbench, doubt: Doubt) -> None:
    event = next(iter(letters.project.log))
    said = why(Doubtful(event, doubt, 0.9, score=0.04, usual_seconds=2.5), "anna")
    assert said.startswith("You accepted this.")
    assert why(Doubtful(event, doubt, 0.9), "ben").startswith("anna accepted this.")
