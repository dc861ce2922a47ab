"""A stranger's project names a model: nothing of it is touched before the user approves."""

import sys
from pathlib import Path

import pytest

from al_desktop.cli.main import main
from al_desktop.core.configuration import BUNDLED_BASE, Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.recipes import build_learner
from al_desktop.recipes.approval import FILE_NAME, approve, is_approved
from al_desktop.storage import ProjectFile


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of its own; where the system ignores XDG, a folder for them all the same."""
    monkeypatch.setattr("al_desktop.recipes.approval.config_folder", lambda: tmp_path / "config")
    return tmp_path / "config"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that does something when it is imported; the file it makes."""
    made = tmp_path / "it ran"
    package = tmp_path / "site" / "hostile_model"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"open({str(made)!r}, 'w').close()\n")
    information = tmp_path / "site" / "hostile_model-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: hostile_model\nVersion: 1\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.delitem(sys.modules, "hostile_model", raising=False)
    return made


def configured(base: str) -> Configuration:
    return Configuration(Kind.SPANS, (Label("P", "Person"),), base=base)


def test_nothing_of_a_strangers_model_runs_unasked(tmp_path: Path, hostile: Path) -> None:
    path = tmp_path / "stranger.aldesk"
    with ProjectFile.create(path, "Stranger", configured("hostile_model")) as file:
        with pytest.raises(KnownError, match="asks to load the model"):
            build_learner(file.configuration, file.pool(), tmp_path)
        assert not hostile.exists()
        approve("hostile_model")
        with pytest.raises(KnownError, match="can't be loaded"):
            build_learner(file.configuration, file.pool(), tmp_path)
        assert hostile.exists()


def test_the_command_line_asks_for_a_word(
    tmp_path: Path, hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stranger.aldesk"
    ProjectFile.create(path, "Stranger", configured("hostile_model")).close()
    for words in (["train", str(path), "-o", str(tmp_path / "out")], ["doubts", str(path)]):
        assert main(words) == 2
        assert "--approve-model" in capsys.readouterr().err
    assert not hostile.exists()
    assert main([*words, "--approve-model"]) == 2
    assert is_approved("hostile_model")


def test_folders_are_known_by_their_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    approve("models/mine")
    assert is_approved(str(tmp_path / "models" / "mine"))
    monkeypatch.chdir("/")
    assert not is_approved("models/mine")
    assert not is_approved("mine")
    assert not is_approved(r"\\elsewhere\share\model")


def test_naming_a_model_oneself_approves_it(tmp_path: Path) -> None:
    words = ["--task", "spans", "--label", "P", "--model", "some_package"]
    assert main(["new", str(tmp_path / "mine"), *words]) == 0
    assert is_approved("some_package")


def test_the_bundled_one_and_a_broken_file(home: Path) -> None:
    assert is_approved(BUNDLED_BASE)
    assert is_approved("")
    home.mkdir()
    (home / FILE_NAME).write_text("[broken")
    assert not is_approved("a_package")
    approve("a_package")
    assert is_approved("a_package")
