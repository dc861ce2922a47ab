"""A colleague's copy, opened for the first time."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Kind, Text, text_key
from al_desktop.gui.language.origins import origin_words
from al_desktop.gui.projects.receiving import ReceivedDialog
from al_desktop.gui.window import MainWindow
from al_desktop.recipes.approval import is_approved
from al_desktop.storage import ProjectFile


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    labels = (Label("P", "Person", terms=("Ada",)),)
    with ProjectFile.create(
        tmp_path / "lead.aldesk", "<b>Lead</b>", Configuration(Kind.SPANS, labels)
    ) as file:
        contents = [f"Ada went to town {number}" for number in range(6)]
        for _ in file.add_texts([[Text(text_key(one), one) for one in contents]]):
            pass
        file.save_copy(
            tmp_path / "copy.aldesk",
            by="<i>anna</i>",
            texts=[text_key(one) for one in contents[:2]],
            part="for ben",
        )
    return tmp_path / "copy.aldesk"


@pytest.fixture(autouse=True)
def approvals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("al_desktop.recipes.approval.config_folder", lambda: tmp_path / "config")


def dialogs(window: MainWindow) -> list[ReceivedDialog]:
    return [each for each in window.findChildren(ReceivedDialog) if each.isVisible()]


def test_it_says_who_made_it_and_from_what_once(window: MainWindow, copy: Path) -> None:
    window.open(copy)
    (dialog,) = dialogs(window)
    said = dialog.origin.text()
    assert said.startswith("A copy that <i>anna</i> made on ")
    assert "from lead.aldesk" in said
    assert "2 of 6 texts, 0 answers" in said
    assert said.endswith("Which texts: for ben.")
    assert dialog.origin.textFormat() == Qt.TextFormat.PlainText
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialogs(window)
    window.open(copy.with_name("lead.aldesk"))
    assert not dialogs(window)
    window.open(copy)
    assert not dialogs(window)
    window.run("project.origin")
    assert dialogs(window)


def test_a_model_is_loaded_only_after_a_yes(window: MainWindow, copy: Path) -> None:
    with ProjectFile.open(copy) as file:
        file.configure(replace(file.configuration, base="somebodys_model"))
    window.open(copy)
    (dialog,) = dialogs(window)
    assert "somebodys_model" in dialog.question.text()
    assert window.bench is not None
    assert window.bench.learner._start.configuration.base == ""
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # the safe way is the default
    assert not is_approved("somebodys_model")
    window.open(copy.with_name("lead.aldesk"))
    window.open(copy)
    assert not dialogs(window)
    window.run("project.origin")
    (dialog,) = dialogs(window)
    dialog.approved.emit("somebodys_model")
    assert is_approved("somebodys_model")
    assert window.bench.learner._start.configuration.base == "somebodys_model"


def test_a_strangers_word_on_its_origin_is_not_trusted(copy: Path) -> None:
    with ProjectFile.open(copy) as file:
        for odd in ({"by": 3}, {"by": "x", "copied_ms": 10**30}, {"by": "x", "copied_ms": 1}, {}):
            file.origin = {**odd, "texts": "many", "part": ["x"], "from": 3}
            assert isinstance(origin_words(file), str)
