"""What can't be merged is refused, in words, and changes nothing."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from histories import CONFIGURATION, answer, everything, make, texts

from al_desktop.core.errors import KnownError
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer
from al_desktop.storage import ProjectFile


def test_another_project_is_explained(tmp_path: Path) -> None:
    other = tmp_path / "other.aldesk"
    ProjectFile.create(other, "Other work", CONFIGURATION).close()
    with make(tmp_path / "mine.aldesk") as file:
        with pytest.raises(KnownError, match='another project, "Other work"'):
            file.preview_merge(other)
        with pytest.raises(KnownError, match="doesn't exist"):
            file.merge(tmp_path / "gone.aldesk")
        assert file.merge(file.path).is_empty


_FORGERIES = {
    "UPDATE text SET content = 'forged' WHERE id = 2": "a text under the key of another",
    "UPDATE text SET content = 'forged' WHERE id = 12": "a text under the key of another",
    "INSERT INTO event SELECT 9, zeroblob(16), kind, retracts, zeroblob(16), text_key, label, "
    '"start", "end", answer, annotator, at_ms, seconds, strategy, probability, score, '
    "model_version, audit, reason, gold, snapshot FROM event LIMIT 1": "key of another question",
    "UPDATE project SET settings = json_set(settings, '$.kind', 'texts')": "asks about texts",
    "UPDATE text SET meta = '[' WHERE id = 12": "damaged",
    "UPDATE text SET meta = '[]' WHERE id = 12": "damaged",
    "UPDATE text SET content = CAST(x'80' AS TEXT) WHERE id = 2": "damaged|another one",
    "UPDATE text SET content = CAST(x'80' AS TEXT) WHERE id = 12": "damaged|another one",
    "UPDATE label SET record = '3'": "damaged",
    "UPDATE project SET settings = json_set(settings, '$.seed', -1)": "damaged",
    "CREATE TRIGGER x AFTER INSERT ON text BEGIN DELETE FROM event; END": "another program",
}


@pytest.mark.parametrize("forgery", _FORGERIES)
def test_forgeries_are_refused(copies: tuple[ProjectFile, Path], forgery: str) -> None:
    file, copy = copies
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(forgery)
        connection.commit()
    before = everything(file.path)
    with pytest.raises(KnownError, match=_FORGERIES[forgery]):
        file.merge(copy)
    assert everything(file.path) == before


def test_the_same_answer_told_otherwise_is_refused(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    forged = replace(answer(texts(1)[0]), uid=uuid7(), answer=Answer.REJECT)
    file.append(forged)
    with ProjectFile.open(copy) as theirs:
        theirs.append(replace(forged, answer=Answer.ACCEPT))
    with pytest.raises(KnownError, match="differs from the same answer"):
        file.merge(copy)
