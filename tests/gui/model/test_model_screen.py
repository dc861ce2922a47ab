from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from al_desktop.core.quality import Advice, Estimate, Interval
from al_desktop.core.rolling_back import Learnable, cut_of
from al_desktop.gui.model.training_card import time_left
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.learner.messages import Estimated, LabelQuality, Rejudged
from al_desktop.learner.training import Train, TrainingProcess


def test_quality_by_label_with_its_interval(window: MainWindow, bench: Workbench) -> None:
    middle = Interval(0.70, 0.78, 0.86)
    estimate = Estimate(middle, middle, middle, middle, 40)
    label = LabelQuality("TREATY", estimate, advice=Advice.ENOUGH)
    bench.learner.said.emit(Estimated((label,), estimate))
    window.run("screen.model")
    shown = [item.text() for item in window.model.findChildren(type(window.model._about))]
    assert "TREATY" in shown
    assert any("0.78  (0.70 – 0.86)" in text for text in shown)
    assert any(text.startswith("TREATY: Another 100 answers") for text in shown)


def test_quality_over_all_labels_shows_before_that_of_each(
    window: MainWindow, bench: Workbench
) -> None:
    middle = Interval(0.70, 0.78, 0.86)
    few = Estimate(middle, middle, middle, middle, 4)
    labels = tuple(LabelQuality(name, few, advice=None) for name in ("TREATY", "PERSON"))
    window.run("screen.model")
    bench.learner.said.emit(Estimated(labels, Estimate(middle, middle, middle, middle, 40)))
    shown = {item.text() for item in window.model.findChildren(type(window.model._about))}
    assert {"All labels", "0.78  (0.70 – 0.86)"} <= shown
    assert "TREATY" not in shown
    assert window.model._nothing.isHidden()


def test_a_training_that_cannot_be_says_why(
    window: MainWindow, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "model").mkdir()
    window.run("screen.model")
    window.model.training.train_into(tmp_path / "model")
    qtbot.waitUntil(lambda: not window.model.training.is_training, timeout=60_000)
    assert "model" in window.model.training._result.text()
    assert list((tmp_path / "model").iterdir()) == []


def test_training_can_be_cancelled(window: MainWindow, bench: Workbench, tmp_path: Path) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_X):
        QTest.keyClick(window, key)
    window.run("screen.model")
    window.model.training.train_into(tmp_path / "model")
    window.model.training.cancel()
    assert not window.model.training.is_training
    assert not (tmp_path / "model").exists()


def test_a_training_process_that_is_killed_is_reported(
    bench: Workbench, project_path: Path, tmp_path: Path
) -> None:
    process = TrainingProcess(Train(project_path, tmp_path / "model", tmp_path))
    process._process.kill()
    reports = []
    while not reports:
        reports = process.receive(1.0)
    process.close()
    assert "stopped unexpectedly" in reports[-1].sentence


def test_time_left_is_told_once_it_can_be() -> None:
    assert time_left(1000, 5, 10) == ""
    assert time_left(10_000, 5, 10) == " · about 10 s left"
    assert time_left(600_000, 1, 10) == " · about 90 min left"
    assert time_left(10_000, 5, None) == ""


def estimated(f1: Interval, bench: Workbench, checks: int = 40) -> Estimated:
    estimate = Estimate(f1, f1, f1, f1, checks)
    label = LabelQuality("TREATY", estimate)
    return Estimated((label,), estimate, cut=cut_of(bench.project.log))


def test_a_snapshot_is_kept_gone_back_to_and_left_again(
    window: MainWindow, bench: Workbench
) -> None:
    keeping, log = bench.keeping, bench.project.log
    QTest.keyClick(window, Qt.Key.Key_A)
    bench.learner.said.emit(estimated(Interval(0.7, 0.8, 0.9), bench))
    window.run("model.keep")
    [kept] = keeping.snapshots
    assert kept.snapshot is not None
    assert kept.snapshot.overall is not None
    QTest.keyClick(window, Qt.Key.Key_X)
    window.run("screen.model")
    back = window.model.snapshots.findChildren(QPushButton)
    next(each for each in back if each.text() == "Go back to this").click()
    assert keeping.rolled_back is not None
    assert keeping.set_aside == 1
    assert len(list(Learnable(log).now().answered())) == 1
    assert window.model.snapshots._aside.isVisibleTo(window)
    window.run("model.restore")
    assert keeping.rolled_back is None
    assert len(list(Learnable(log).now().answered())) == 2
    assert bench.project.statistics().answers == 2, "nothing was deleted"


def test_a_worse_model_is_told_of_once_by_the_same_checks(
    window: MainWindow, bench: Workbench
) -> None:
    asked: list[str] = []
    bench.learner.rejudge = asked.append
    good, bad = Interval(0.8, 0.85, 0.9), Interval(0.55, 0.6, 0.65)
    bench.learner.said.emit(estimated(good, bench))
    window.run("model.keep")
    [kept] = bench.keeping.snapshots
    bench.learner.said.emit(estimated(bad, bench))
    assert asked == [kept.uid]
    overall = estimated(good, bench).overall
    bench.learner.said.emit(Rejudged(kept.uid, overall))
    bench.learner.said.emit(estimated(bad, bench))
    assert "was better" in window.model.snapshots._warning.text()
    bench.learner.said.emit(estimated(bad, bench))
    assert asked == [kept.uid]


def test_a_model_that_is_worse_by_chance_is_not_told_of(
    window: MainWindow, bench: Workbench
) -> None:
    bench.learner.rejudge = lambda _: None
    bench.learner.said.emit(estimated(Interval(0.8, 0.85, 0.9), bench))
    window.run("model.keep")
    [kept] = bench.keeping.snapshots
    bad = estimated(Interval(0.55, 0.6, 0.65), bench)
    bench.learner.said.emit(bad)
    bench.learner.said.emit(Rejudged(kept.uid, bad.overall))
    bench.learner.said.emit(bad)
    assert window.model.snapshots._warning.text() == ""
