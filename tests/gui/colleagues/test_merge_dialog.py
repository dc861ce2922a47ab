"""Copies that came back, previewed and merged."""

import shutil
from pathlib import Path

from copies import merge, over, preview_of
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from treaties import CONTENTS

from al_desktop.core.configuration import Configuration
from al_desktop.core.questions import Kind
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import create_project


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
