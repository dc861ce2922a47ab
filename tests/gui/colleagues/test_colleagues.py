"""Copies out, copies back in, and what two people say of the same question."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from treaties import CONTENTS, ranking

from al_desktop.core.agreement import Agreement, AgreementReport, Figure
from al_desktop.core.configuration import Configuration
from al_desktop.core.events import AnswerLog
from al_desktop.core.questions import Answer, Kind, Text, text_key
from al_desktop.gui.colleagues.agreement import figure_words, meaning
from al_desktop.gui.colleagues.merge import MergeDialog
from al_desktop.gui.colleagues.send import SendDialog, Sending
from al_desktop.gui.widgets.work_dialog import WorkDialog
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import create_project, open_project
from al_desktop.project.carrying import carried_model
from al_desktop.storage import ProjectFile

OWN = "A text that only Ben has, <b>not bold</b>."


def worked_on_by_ben(project: Path, copy: Path, answers: str) -> Path:
    """A copy with these answers to the first questions, "a" or "x", and a text of his own."""
    with ProjectFile.open_for_reading(project) as file:
        file.save_copy(copy, by="anna")
    with open_project(copy, "ben") as opened:
        for _ in opened.file.add_texts([[Text(text_key(OWN), OWN, {}, "", 0)]]):
            pass
        opened.queue.take(ranking())
        for letter in answers:
            opened.session.answer(Answer.ACCEPT if letter == "a" else Answer.REJECT, 1.0)
    return copy


@pytest.fixture
def copy(bench: Workbench, tmp_path: Path) -> Path:
    return worked_on_by_ben(bench.project.file.path, tmp_path / "ben.aldesk", "axxa")


def preview_of(window: MainWindow, qtbot: QtBot) -> MergeDialog:
    dialog = window.findChildren(MergeDialog)[-1]
    qtbot.waitUntil(lambda: not dialog._bar.isVisibleTo(dialog), timeout=30_000)
    return dialog


def over(window: MainWindow, qtbot: QtBot) -> None:
    """Waits for the work and for the window that waits for it."""
    qtbot.waitUntil(lambda: not window.findChildren(WorkDialog), timeout=60_000)
    assert window.bench is not None


def merge(window: MainWindow, qtbot: QtBot, *copies: Path) -> None:
    window.run("screen.colleagues")
    window.colleagues.offer(list(copies))
    QTest.keyClick(preview_of(window, qtbot), Qt.Key.Key_Return)
    over(window, qtbot)


def test_a_copy_with_a_share_of_the_texts(
    window: MainWindow, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.situation().screen == "colleagues"
    window.run("colleagues.send")
    dialog = window.findChildren(SendDialog)[-1]
    dialog.share.setValue(50)
    QTest.keyClick(dialog.answers, Qt.Key.Key_Space)
    sending = Sending(tmp_path / "copy.aldesk", dialog.parcel)
    dialog.close()
    window.colleagues.write(sending)
    over(window, qtbot)
    assert "copy.aldesk" in window.colleagues.result.text()
    with ProjectFile.open_for_reading(tmp_path / "copy.aldesk") as file:
        assert file.text_count() == len(CONTENTS) // 2
        assert list(file.events()) == []


def test_texts_are_dealt_out_to_names(
    window: MainWindow,
    bench: Workbench,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.run("colleagues.send")
    dialog = window.findChildren(SendDialog)[-1]
    QTest.keyClicks(dialog.names, "ben, cleo")
    dialog.overlap.setValue(10)
    QTest.keyClick(dialog.names, Qt.Key.Key_Return)
    over(window, qtbot)
    for name in ("ben", "cleo"):
        with ProjectFile.open_for_reading(tmp_path / f"treaties-{name}.aldesk") as file:
            assert file.text_count() == 35


def test_a_copy_of_chosen_texts(
    window: MainWindow, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_A):
        QTest.keyClick(window, key)
    window.run("colleagues.send")
    dialog = window.findChildren(SendDialog)[-1]
    dialog.about.setCurrentIndex(dialog.about.findData("answered"))
    dialog.label.setCurrentIndex(dialog.label.findText("TREATY"))
    dialog.answer.setCurrentIndex(dialog.answer.findData("accept"))
    QTest.keyClicks(dialog.words, "treaty")
    sending = Sending(tmp_path / "copy.aldesk", dialog.parcel)
    dialog.about.setCurrentIndex(dialog.about.findData("disagreed"))
    assert not dialog.answer.isEnabled()
    dialog.close()
    window.colleagues.write(sending)
    over(window, qtbot)
    with ProjectFile.open_for_reading(tmp_path / "copy.aldesk") as file:
        assert file.text_count() == 2
        assert {event.answer for _, event in file.events()} == {Answer.ACCEPT}


def test_a_trained_model_goes_along(
    window: MainWindow,
    bench: Workbench,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = tmp_path / "model"
    model.mkdir()
    window.run("colleagues.send")
    dialog = window.findChildren(SendDialog)[-1]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    QTest.keyClick(dialog.model, Qt.Key.Key_Space)
    assert not dialog.model.isChecked()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(model))
    QTest.keyClick(dialog.model, Qt.Key.Key_Space)
    assert dialog.parcel.model == model
    sending = Sending(tmp_path / "copy.aldesk", dialog.parcel)
    dialog.close()
    window.colleagues.write(sending)
    over(window, qtbot)
    assert "no config.cfg" in window.colleagues.result.text()
    (model / "config.cfg").write_text("[nlp]\n")
    window.colleagues.write(sending)
    over(window, qtbot)
    with ProjectFile.open_for_reading(tmp_path / "copy.aldesk") as file:
        assert carried_model(file) is not None


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


def test_a_copy_never_replaces_a_file(
    window: MainWindow,
    bench: Workbench,
    copy: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = copy.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(copy), ""))
    window.run("colleagues.send")
    QTest.keyClick(window.findChildren(SendDialog)[-1], Qt.Key.Key_Return)
    over(window, qtbot)
    assert "exists already" in window.colleagues.result.text()
    assert copy.read_bytes() == before


def test_a_merge_is_previewed_done_and_undone(
    window: MainWindow, bench: Workbench, copy: Path, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    window.run("screen.colleagues")
    assert not window.situation().can_undo_merge
    window.colleagues.offer([copy])
    dialog = preview_of(window, qtbot)
    assert "1 text, 4 answers and corrections (ben 4)" in dialog.preview.toPlainText()
    assert bench.project.file.text_count() == len(CONTENTS)  # nothing has come in yet
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    over(window, qtbot)

    opened = window.bench
    assert opened is not None
    assert opened is not bench
    assert opened.project.file.text_count() == len(CONTENTS) + 1
    assert len(opened.project.log) == 5
    assert window.situation().screen == "colleagues"
    assert "ben.aldesk" in window.colleagues.result.text()
    assert window.situation().can_undo_merge

    window.run("colleagues.undo_merge")
    over(window, qtbot)
    assert window.bench is not None
    assert [event.annotator for event in window.bench.project.log] == ["anna"]
    assert window.bench.project.file.text_count() == len(CONTENTS)
    assert "ben.aldesk" in window.colleagues.result.text()
    assert not window.situation().can_undo_merge


def test_what_cannot_be_merged_is_explained_and_the_rest_goes_on(
    window: MainWindow, bench: Workbench, copy: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stranger, broken = tmp_path / "other.aldesk", tmp_path / "broken.aldesk"
    create_project(stranger, "<i>Other</i>", Configuration(Kind.SPANS)).close()
    broken.write_bytes(b"no project at all")
    merge(window, qtbot, stranger, broken, copy)
    assert window.bench is not None
    assert len(window.bench.project.log) == 4

    window.colleagues.offer([stranger, broken, copy])
    dialog = preview_of(window, qtbot)
    said = dialog.preview.toPlainText()
    assert 'belongs to another project, "<i>Other</i>"' in said
    assert "broken.aldesk" in said
    assert "Nothing new." in said
    assert not dialog.merge.isEnabled()
    dialog.reject()


def test_dropped_projects_are_offered_for_merging(
    window: MainWindow, bench: Workbench, copy: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    again = tmp_path / "again.aldesk"
    shutil.copyfile(copy, again)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (copy, again)])
    window.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    dialog = preview_of(window, qtbot)
    # What both bring counts once.
    assert dialog.preview.toPlainText().count("ben 4") == 1
    assert "Nothing new." in dialog.preview.toPlainText()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.bench is bench
    assert len(bench.project.log) == 0


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
