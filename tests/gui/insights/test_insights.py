from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from al_desktop.core.events import Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.quality import Estimate, Interval
from al_desktop.core.questions import Answer, Question, Selection
from al_desktop.gui.insights import figures
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.learner.messages import Estimated


def answers(count: int, seconds_apart: float = 2.0, score: float = 0.75) -> list[Event]:
    """Three in four accepted."""
    return [
        Event(
            uid7 := uuid7(),
            EventKind.ANSWER,
            Question(uid7, "LABEL"),
            "anna",
            round(number * seconds_apart * 1000),
            Answer.REJECT if number % 4 == 3 else Answer.ACCEPT,
            selection=Selection("random", 0.1, score),
        )
        for number in range(count)
    ]


def test_the_accept_rate_is_of_the_latest_answers() -> None:
    points = figures.accept_rate(answers(80), window=20)
    assert points[-1].x == 80
    assert points[-1].y == pytest.approx(0.75)
    assert points[-1].low < 0.75 < points[-1].high


def test_a_pause_does_not_count_as_slow() -> None:
    before, after = answers(30), answers(30)
    late = [
        Event(
            event.uid,
            event.kind,
            event.question,
            event.annotator,
            event.at_ms + 10_000_000,
            event.answer,
            selection=event.selection,
        )
        for event in after
    ]
    assert all(point.y == pytest.approx(30) for point in figures.pace([*before, *late]))


def test_scores_and_calibration_are_by_tenths() -> None:
    bins = figures.score_bins(answers(40))
    assert (bins[7].accepted, bins[7].rejected) == (30, 10)
    assert sum(each.accepted + each.rejected for each in bins) == 40
    (point,) = figures.calibration(answers(40))
    assert point.y == pytest.approx(0.75)


def test_many_answers_make_few_points() -> None:
    assert len(figures.accept_rate(answers(5000))) < 900


@pytest.mark.parametrize("name", ["picture.svg", "picture.png"])
def test_pictures_are_drawn_and_saved(
    window: MainWindow, bench: Workbench, tmp_path: Path, name: str
) -> None:
    for _ in range(12):
        QTest.keyClick(window, Qt.Key.Key_A)
    window.run("screen.insights")
    plot = window.insights.cards["rate"].plot
    assert not plot._picture.is_empty
    plot.save(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 1000


def test_quality_shows_only_once_it_means_something(window: MainWindow, bench: Workbench) -> None:
    def estimate(checks: int) -> Estimate:
        middle = Interval(0.7, 0.78, 0.86)
        return Estimate(middle, middle, middle, middle, checks)

    label = window.annotate.panel._quality
    bench.learner.said.emit(Estimated((), estimate(5)))
    assert label.isHidden()
    bench.learner.said.emit(Estimated((), estimate(40)))
    assert not label.isHidden()
    assert "0.78" in label.text()
    window.run("screen.insights")
    assert not window.insights.cards["quality"].plot._picture.is_empty


def test_the_verdict_is_in_sentences(window: MainWindow, bench: Workbench) -> None:
    window.run("screen.insights")
    verdict = window.insights.verdict
    assert "isn't known yet" in verdict.headline.text()
    middle = Interval(0.7, 0.78, 0.86)
    bench.learner.said.emit(Estimated((), Estimate(middle, middle, middle, middle, 40)))
    window.insights.show_figures()
    assert "between 0.70 and 0.86" in verdict.headline.text()
    assert "about 8 are right" in verdict.sentence.text()
    bench.learner.said.emit(Estimated((), Estimate(middle, middle, middle, middle, 5)))
    window.insights.show_figures()
    assert "15 more random checks" in verdict.headline.text()


def test_the_method_is_one_click_away(window: MainWindow, bench: Workbench) -> None:
    window.run("screen.insights")
    for card in window.insights.cards.values():
        assert card._method.isHidden()
        card._how.click()
        assert card._method.text()
        assert not card._method.isHidden()


def test_the_bias_is_worked_out_and_saved_as_a_page(
    window: MainWindow, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    for _ in range(24):
        QTest.keyClick(window, Qt.Key.Key_A)
    window.run("screen.insights")
    qtbot.waitUntil(lambda: window.views.studying.bias is not None, timeout=120_000)
    card = window.insights.bias
    assert "24 of 60 texts" in card._meaning.text()
    card.save(tmp_path / "bias.html")
    assert "24 labelled texts of 60" in (tmp_path / "bias.html").read_text(encoding="utf-8")
