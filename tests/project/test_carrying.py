"""A trained model inside a copy: taken out whole, used only when approved, never trusted."""

import base64
import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from al_desktop.cli.main import main
from al_desktop.core.configuration import BUNDLED_BASE, Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.project.carrying import (
    carried_model,
    learner_configuration,
    packed,
    take_out,
    to_approve,
)
from al_desktop.recipes.approval import approve
from al_desktop.storage import ProjectFile

SPANS = Configuration(Kind.SPANS, (Label("P", "Person"),), base=BUNDLED_BASE)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("al_desktop.recipes.approval.config_folder", lambda: tmp_path / "config")
    monkeypatch.setattr("al_desktop.paths.data_folder", lambda: tmp_path / "data")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """What a spaCy pipeline is on disk."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("ner").add_label("Person")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "model")
    return tmp_path / "model"


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_travels_and_is_used_once_approved(tmp_path: Path, model: Path) -> None:
    lead, copy = tmp_path / "lead.aldesk", tmp_path / "copy.aldesk"
    with ProjectFile.create(lead, "Lead", SPANS) as file:
        for _ in file.add_texts([[]]):
            pass
        assert to_approve(file) == ""
        file.save_copy(copy, by="anna", state=packed(model, "anna"))
    with ProjectFile.open(copy) as file:
        found = carried_model(file)
        assert found is not None
        assert found.by == "anna"
        assert to_approve(file) == str(found.folder)
        assert learner_configuration(file) == SPANS
        assert not found.folder.exists()
        approve(to_approve(file))
        assert to_approve(file) == ""
        assert learner_configuration(file) == replace(SPANS, base=str(found.folder))
        assert contents(found.folder) == contents(model)
        assert file.configuration == SPANS  # its path stays on this computer
    with ProjectFile.open(lead) as file:
        assert file.merge(copy).is_empty
        assert carried_model(file) is None
    assert main(["take-model", str(copy), "-o", str(tmp_path / "mine")]) == 0
    assert contents(tmp_path / "mine") == contents(model)
    assert main(["take-model", str(copy), "-o", str(tmp_path / "mine")]) == 2
    assert main(["take-model", str(lead), "-o", str(tmp_path / "none")]) == 2


def test_a_base_nobody_approved_is_done_without(tmp_path: Path) -> None:
    named = replace(SPANS, base="somebodys_model")
    with ProjectFile.create(tmp_path / "a.aldesk", "A", named) as file:
        assert to_approve(file) == "somebodys_model"
        assert learner_configuration(file).base == ""
        approve("somebodys_model")
        assert learner_configuration(file) == named


def test_only_a_model_can_be_sent(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"no config\.cfg"):
        packed(tmp_path, "anna")


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed_files:
        for name, content in entries.items():
            packed_files.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        archive({"config.cfg": b"", "../../outside": b"x"}),
        archive({"config.cfg": b"", "/outside": b"x"}),
        archive({"config.cfg": b"", "c:outside": b"x"}),
        archive({"other": b""}),
        b"no archive",
    ],
)
def test_hostile_models_are_refused(tmp_path: Path, content: bytes) -> None:
    with ProjectFile.create(tmp_path / "a.aldesk", "A", SPANS) as file:
        digest = hashlib.sha256(content).hexdigest()
        file.set_state("model", {"by": "eve", "packed_ms": 1, "sha256": digest})
        file.set_state("model content", base64.b64encode(content).decode())
        before = set(tmp_path.rglob("*"))
        with pytest.raises(KnownError, match="damaged"):
            take_out(file, tmp_path / "out")
        assert set(tmp_path.rglob("*")) == before
        file.set_state("model", {"by": "eve", "packed_ms": 1, "sha256": "0" * 64})
        with pytest.raises(KnownError, match="damaged"):
            take_out(file, tmp_path / "out")
        for wrong in ("x", {"by": 1}, {"by": "", "packed_ms": 1, "sha256": "../../" + "0" * 58}):
            file.set_state("model", wrong)
            assert carried_model(file) is None
