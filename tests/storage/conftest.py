"""A lead's file and a copy that somebody went on with."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from histories import CONFIGURATION, add, answer, make, texts

from al_desktop.core.configuration import Label
from al_desktop.storage import ProjectFile


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[ProjectFile, Path]]:
    """A lead's open file with an answer, and the copy of it that bob went on with."""
    copy = tmp_path / "bob's copy; DROP TABLE.aldesk"
    with make(tmp_path / "lead.aldesk") as file:
        file.append(answer(texts(1)[0], annotator="lead"))
        file.save_copy(copy, by="lead")
        with ProjectFile.open(copy) as theirs:
            theirs.append(answer(texts(2)[1], annotator="bob"))
            theirs.append(answer(texts(3)[2], annotator="bob"))
            add(theirs, texts(5, "bob's own"))
            theirs.configure(replace(CONFIGURATION, labels=(Label("DRUG", "Medicine"),)))
        yield file, copy
