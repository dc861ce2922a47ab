"""From the home screen to a project of one's own, by keyboard and by dropping files."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from al_desktop.core.questions import Kind
from al_desktop.gui import app
from al_desktop.gui.importing.dialog import ImportDialog
from al_desktop.gui.importing.work import ImportWork
from al_desktop.gui.projects import projects as projects_module
from al_desktop.gui.projects.label_dialog import LabelDialog
from al_desktop.gui.projects.new_project import NewProject
from al_desktop.gui.projects.wanted import file_for
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.history import LABEL
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project.importing import Order
from al_desktop.storage import ProjectFile

PATIENCE_MS = 30_000


@pytest.fixture
def projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "projects"
    folder.mkdir()
    monkeypatch.setattr(projects_module, "default_project_folder", lambda: folder)
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "complaints.csv"
    rows = "".join(f"{number},The parcel {number} is late\n" for number in range(30))
    path.write_text("id,message\n" + rows, encoding="utf-8")
    return path


def screen(window: MainWindow) -> NewProject:
    found = window.findChild(NewProject)
    assert found is not None
    return found


def look_at(made: NewProject | ImportDialog, qtbot: QtBot) -> None:
    """Waits for the first rows, or for why there are none."""
    qtbot.waitUntil(lambda: bool(made.picker.problem) or made.picker.is_ready, timeout=PATIENCE_MS)


def test_the_home_screen_shows_first(window: MainWindow) -> None:
    assert window.situation().screen == "home"
    QTest.keyClick(window, Qt.Key.Key_A)  # nothing to answer
    assert window.situation().screen == "home"


def test_a_project_from_a_table_by_keyboard(
    window: MainWindow, projects: Path, table: Path, qtbot: QtBot
) -> None:
    window.take_file(table)
    made = screen(window)
    QTest.keyClick(made, Qt.Key.Key_Return)
    look_at(made, qtbot)
    assert made.picker.choices() == {"format": "csv"}
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClicks(made.labels.findChildren(type(made._name))[0], "LATE")
    QTest.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.bench is not None, timeout=PATIENCE_MS)
    assert window.bench is not None
    assert window.bench.project.statistics().texts == 30
    path = projects / "complaints.aldesk"
    with ProjectFile.open_for_reading(path) as file:
        assert file.configuration.kind is Kind.SPANS
        assert [label.name for label in file.configuration.labels] == ["LATE"]
    assert str(path) in window._settings["recent_projects"]


def test_a_label_is_needed(window: MainWindow, projects: Path) -> None:
    window.run("project.new")
    made = screen(window)
    made.go_on()
    made.go_on()
    assert not made.next.isEnabled()
    made._name.setText("Complaints")
    rows = made.labels.findChildren(type(made._name))
    rows[0].setText("LATE")
    assert made.next.isEnabled()


def test_escape_goes_back_step_by_step(window: MainWindow, projects: Path) -> None:
    window.run("project.new")
    made = screen(window)
    made.go_on()
    QTest.keyClick(made, Qt.Key.Key_Escape)
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert window.situation().screen == "home"
    assert list(projects.iterdir()) == []


def test_recent_projects_say_how_far_they_are(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    window._settings["recent_projects"] = {str(project_path): 1, "/gone/away.aldesk": 2}
    window.run("project.new")
    window.run("screen.home")
    model = window.home._model
    qtbot.waitUntil(lambda: model.recent(1).summary is not None)
    summary = model.recent(1).summary
    assert summary is not None
    assert (summary.name, summary.texts, summary.answers) == ("Treaties", 60, 0)
    assert model.recent(0).problem == "the file is missing"


def test_a_missing_project_is_said_calmly(
    application: app.Application, window: MainWindow, tmp_path: Path
) -> None:
    app.open_or_say(application, lambda: tmp_path / "no.aldesk")
    assert "no.aldesk" in window.status.shown


def test_a_file_name_for_any_name(tmp_path: Path) -> None:
    assert file_for("a/b: c?", tmp_path).name == "a b c.aldesk"
    assert file_for("...", tmp_path).name == "project.aldesk"
    (tmp_path / "x.aldesk").touch()
    assert file_for("x", tmp_path).name == "x 2.aldesk"


def test_cancelling_an_import_leaves_the_project_as_it_was(
    window: MainWindow, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "many.txt"
    source.write_text("".join(f"text {number}\n" for number in range(80_000)), encoding="utf-8")
    work = ImportWork(window.shell.look, Order(bench.project.file.path, source, {}), window)
    work.show()
    with qtbot.waitSignal(work._files.came, timeout=PATIENCE_MS):
        pass
    with qtbot.waitSignal(work.given_up, timeout=PATIENCE_MS):
        QTest.keyClick(work, Qt.Key.Key_Escape)
    assert bench.project.file.text_count() == 60


def test_annotations_of_a_file_find_their_labels(
    window: MainWindow, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    """Into an open project: one label by name, one new, one left out; bad lines are listed."""
    window._settings["annotator"] = bench.annotator
    source = tmp_path / "marked.jsonl"
    rows = [
        '{"text": "Rome fell", "spans": [{"start": 0, "end": 4, "label": "place"}]}',
        '{"text": "Nero sang", "spans": [{"start": 0, "end": 4, "label": "PERSON"}]}',
        '{"text": "in 1648", "spans": [{"start": 3, "end": 7, "label": "YEAR"}]}',
        '{"text": 1648}',
    ]
    source.write_text("\n".join(rows), encoding="utf-8")
    window.run("project.import")
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    assert not dialog._import.isEnabled()
    dialog.choose(source)
    look_at(dialog, qtbot)
    qtbot.waitUntil(lambda: len(dialog.annotations._boxes) == 3, timeout=PATIENCE_MS)
    box = dialog.annotations._boxes["YEAR"]
    box.setCurrentIndex(box.count() - 1)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(ImportWork) is not None, timeout=PATIENCE_MS)
    work = window.findChild(ImportWork)
    assert work is not None
    qtbot.waitUntil(lambda: work._report is not None, timeout=PATIENCE_MS)
    assert work._bad.toPlainText() == '4: "text" is not a text'
    work.reject()
    assert window.bench is not None
    file = window.bench.project.file
    assert file.text_count() == 63
    labels = [(label.key, label.name) for label in file.configuration.labels]
    assert labels == [("TREATY", "TREATY"), ("PLACE", "PLACE"), ("PERSON", "PERSON")]
    answered = {event.question.label for event in window.bench.project.log.answered()}
    assert answered == {"PLACE", "PERSON"}


def test_labels_that_come_with_the_texts(
    window: MainWindow, projects: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "mails.csv"
    source.write_text('text,topic\n"where is\nmy parcel",LATE\nit broke,BROKEN\n', "utf-8")
    window.run("project.new")
    made = screen(window)
    made._texts.click()
    QTest.keyClick(made, Qt.Key.Key_Return)
    made.picker.choose(source)
    look_at(made, qtbot)
    qtbot.waitUntil(lambda: made.annotations.names == ("LATE", "BROKEN"), timeout=PATIENCE_MS)
    made.go_on()
    made.labels._rows[1].name.setText("DAMAGED")
    made.go_on()
    qtbot.waitUntil(lambda: window.bench is not None, timeout=PATIENCE_MS)
    assert window.bench is not None
    labels = window.bench.project.file.configuration.labels
    assert [(label.key, label.name) for label in labels] == [
        ("LATE", "LATE"),
        ("BROKEN", "DAMAGED"),
    ]
    assert len(list(window.bench.project.log.answered())) == 2


def test_what_is_no_text_is_said_where_it_was_chosen(
    window: MainWindow, projects: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(b"PK\3\4 and more")
    window.run("project.new")
    made = screen(window)
    made.go_on()
    made.picker.choose(source)
    look_at(made, qtbot)
    assert "Word" in made.picker._problem.text()
    assert not made.next.isEnabled()


def test_words_and_patterns_from_a_file(
    window: MainWindow, projects: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "patterns.jsonl"
    source.write_text(
        '{"label": "FOOD", "pattern": "olive oil"}\n{"label": "FOOD"}\n'
        '{"label": "DRINK", "pattern": [{"LOWER": "wine"}]}\n',
        encoding="utf-8",
    )
    window.run("project.new")
    made = screen(window)
    made.go_on()
    made.go_on()
    made.file.read(source, made.labels._rows[0])
    qtbot.waitUntil(lambda: len(made.labels.labels()) == 2, timeout=PATIENCE_MS)
    found = {label.name: label.patterns for label in made.labels.labels()}
    assert found == {"FOOD": ('"olive oil"',), "DRINK": ('[{"LOWER": "wine"}]',)}
    assert made.file._bad.toPlainText().startswith("2: ")


def test_another_language_has_no_english_model(window: MainWindow, projects: Path) -> None:
    window.run("project.new")
    made = screen(window)
    assert made.start.base.value == "bundled"
    made.start.set_language("de")
    assert made.start.base.value == ""


def test_a_renamed_label_keeps_its_answers(
    window: MainWindow, bench: Workbench, project_path: Path
) -> None:
    window._settings["annotator"] = bench.annotator
    QTest.keyClick(window, Qt.Key.Key_A)
    window.run("project.labels")
    dialog = window.findChild(LabelDialog)
    assert dialog is not None
    dialog.editor._rows[0].name.setText("PACT")
    dialog._finish()
    assert window.bench is not None
    labels = window.bench.project.file.configuration.labels
    assert [(label.key, label.name) for label in labels] == [("TREATY", "PACT"), ("PLACE", "PLACE")]
    assert window.bench.history.data(window.bench.history.index(0), LABEL) == "PACT"
