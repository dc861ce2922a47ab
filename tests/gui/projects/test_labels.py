"""Labels of an open project: renamed, merged and coloured without losing an answer."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from treaties import ranking

from al_desktop.core.configuration import Label
from al_desktop.core.questions import Answer, Question
from al_desktop.gui.projects.label_dialog import LabelDialog
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench


def open_dialog(window: MainWindow) -> LabelDialog:
    window.run("project.labels")
    dialog = window.findChild(LabelDialog)
    assert isinstance(dialog, LabelDialog)
    return dialog


def save(dialog: LabelDialog) -> None:
    buttons = dialog.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Save").click()


def test_a_renamed_and_recoloured_label_keeps_its_answers(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    dialog = open_dialog(window)
    dialog.editor._rows[0].name.setText("AGREEMENT")
    dialog.editor._rows[0].swatch.colour = "#123456"
    save(dialog)
    assert window.bench is not None
    assert window.bench is not bench
    configuration = window.bench.project.file.configuration
    assert configuration.labels[0].key == "TREATY"
    assert (configuration.labels[0].name, configuration.labels[0].colour) == (
        "AGREEMENT",
        "#123456",
    )
    assert window.bench.statistics()[1].answers == 1
    assert window.bench.label_name("TREATY") == "AGREEMENT"


def test_two_labels_of_one_name_become_one(window: MainWindow, bench: Workbench) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_A):
        QTest.keyClick(window, key)
    asked = [each.question for each in ranking().asked[:3]]
    dialog = open_dialog(window)
    first, second = dialog.editor._rows
    assert not dialog._merging.isVisible()
    first.name.setText("PLACE")
    assert "TREATY" in dialog._merging.text()
    assert "PLACE" in dialog._merging.text()
    assert dialog.editor.labels() == (Label("TREATY", "PLACE", terms=("treaty of paris",)),)
    # The one above stays, here with the name of the other.
    first.name.setText("TREATY")
    second.name.setText("TREATY")
    assert dialog.editor.merged() == {"PLACE": "TREATY"}
    first.name.setText("OTHER")
    second.name.setText("OTHER ")
    save(dialog)
    after = window.bench
    assert after is not None
    assert [label.key for label in after.project.file.configuration.labels] == ["TREATY"]
    assert after.statistics()[1].answers == 3
    assert after.project.log.live(asked[0].key) is not None


def test_what_was_accepted_goes_over(window: MainWindow, bench: Workbench) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_X):
        QTest.keyClick(window, key)
    asked = [each.question for each in ranking().asked[:2]]
    window._settings["annotator"] = bench.annotator
    window.projects.set_labels((Label("PLACE", "PLACE"),), {"TREATY": "PLACE"})
    after = window.bench
    assert after is not None
    found = [
        after.project.log.live(Question(each.text_key, "PLACE", each.start, each.end).key)
        for each in asked
    ]
    assert [event and event.answer for event in found] == [Answer.ACCEPT, None]
    assert [after.project.log.live(each.key) is not None for each in asked] == [True, True]
    # What nobody was asked is no step to take back.
    target = after.project.session.to_undo
    assert target is not None
    assert target.question == asked[1]
