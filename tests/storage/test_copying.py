"""Copies to send: with what was chosen, and nothing else."""

from pathlib import Path

import pytest
from histories import CONFIGURATION, answer, make, snapshot, texts

from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog, EventKind
from al_desktop.core.questions import Text
from al_desktop.storage import ProjectFile


def test_a_copy_without_answers_or_with_some_texts(tmp_path: Path) -> None:
    with make(tmp_path / "lead.aldesk") as file:
        for text in texts(4):
            file.append(answer(text))
        file.set_state("pinned", "a secret of the lead's")
        file.save_copy(tmp_path / "bare.aldesk", by="lead", answers=False)
        kept = [text.key for text in texts(10)[2:5]]
        file.save_copy(tmp_path / "part.aldesk", by="lead", texts=kept)
        with pytest.raises(KnownError, match="exists already"):
            file.save_copy(tmp_path / "part.aldesk", by="lead")
    for name, count, events in (("bare", 10, 0), ("part", 3, 2)):
        path = tmp_path / f"{name}.aldesk"
        assert b"secret" not in path.read_bytes()
        with ProjectFile.open(path) as copy:
            assert copy.text_count() == count
            assert len(list(copy.events())) == events
            assert copy.configuration == CONFIGURATION
            assert copy.origin["by"] == "lead"
            assert (copy.origin["texts"], copy.origin["events"]) == (count, events)
            copy.append(answer(Text(texts(10)[4].key, ""), annotator="ada"))
    with ProjectFile.open(tmp_path / "lead.aldesk") as file:
        came = [file.merge(tmp_path / f"{name}.aldesk") for name in ("bare", "part")]
        assert [one.events for one in came] == [1, 1]
        assert len(list(file.events())) == 6
    assert not [entry for entry in tmp_path.iterdir() if entry.name.startswith(".")]


def test_snapshots_and_going_back_travel_with_copies_and_merges(tmp_path: Path) -> None:
    """They are about no text, and are taken along all the same."""
    copy = tmp_path / "part.aldesk"
    with make(tmp_path / "lead.aldesk") as file:
        file.append(answer(texts(1)[0], annotator="lead"))
        file.append(snapshot())
        file.save_copy(copy, by="lead", texts=[texts(3)[2].key])
        with ProjectFile.open(copy) as theirs:
            assert [event.kind for _, event in theirs.events()] == [EventKind.SNAPSHOT]
            theirs.append(snapshot(EventKind.ROLLBACK))
        file.merge(copy)
        log = AnswerLog(event for _, event in file.events())
        assert [event.kind for event in log.about_model()] == ["snapshot", "rollback"]
        file.undo_merge()
        log = AnswerLog(event for _, event in file.events())
        assert [event.kind for event in log.about_model()] == ["snapshot"]
