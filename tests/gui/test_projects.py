"""From the home screen to a project of one's own, by keyboard and by dropping files."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from al_desktop.core.questions import Kind
from al_desktop.gui import app
from al_desktop.gui import projects as projects_module
from al_desktop.gui.history import LABEL
from al_desktop.gui.importing import ImportDialog
from al_desktop.gui.label_dialog import LabelDialog
from al_desktop.gui.new_project import NewProject, file_for
from al_desktop.gui.window import MainWindow
from al_desktop.gui.workbench import Workbench
from al_desktop.storage import ProjectFile


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


def test_the_home_screen_shows_first(window: MainWindow) -> None:
    assert window.situation().screen == "home"
    QTest.keyClick(window, Qt.Key.Key_A)  # nothing to answer
    assert window.situation().screen == "home"


def test_a_project_from_a_table_by_keyboard(
    window: MainWindow, projects: Path, table: Path, qtbot: QtBot
) -> None:
    window.take_file(table)
    made = screen(window)
    assert made.picker.choices()["format"] == "csv"
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClicks(made.labels.findChildren(type(made._name))[0], "LATE")
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert window.bench is not None
    qtbot.waitUntil(
        lambda: window.bench is not None and window.bench.project.statistics().texts == 30
    )
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
    application: app.Application, window: MainWindow, project_path: Path, tmp_path: Path
) -> None:
    source = tmp_path / "many.txt"
    source.write_text("".join(f"text {number}\n" for number in range(5000)), encoding="utf-8")
    with ProjectFile.open(project_path) as file:
        dialog = ImportDialog(application.look, file, source, {}, window)
        dialog._step()
        dialog.reject()
        assert file.text_count() == 60


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
