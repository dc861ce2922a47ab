from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration
from al_desktop.core.questions import Kind, Text, text_key
from al_desktop.storage import ProjectFile
from al_desktop.storage.text_search import TextSearch

CONTENTS = ["Der Vertrag von Zürich", "the treaty of Zurich", "a pact", "treaties, many"]


def texts(contents: list[str]) -> list[Text]:
    return [Text(text_key(content), content) for content in contents]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "some.aldesk"
    with ProjectFile.create(path, "Some", Configuration(Kind.TEXTS)) as file:
        for _ in file.add_texts([texts(CONTENTS)]):
            pass
    return path


def test_words_are_found_without_accents_and_unfinished(path: Path, tmp_path: Path) -> None:
    with TextSearch(path, tmp_path) as search:
        assert sum(search.update()) == 4
        assert list(search.find("zurich")) == [1, 2]
        assert list(search.find("trea")) == [2, 4]
        assert list(search.find("treaty zurich")) == [2]
        assert list(search.find('"(* AND')) == []
        assert list(search.all()) == [1, 2, 3, 4]


def test_the_index_takes_in_only_what_is_new(path: Path, tmp_path: Path) -> None:
    with TextSearch(path, tmp_path) as search:
        assert sum(search.update()) == 4
    with ProjectFile.open(path) as file:
        for _ in file.add_texts([texts(["a new pact"])]):
            pass
    with TextSearch(path, tmp_path) as search:
        assert sum(search.update()) == 1
        assert list(search.find("pact")) == [3, 5]


def test_a_damaged_index_is_made_anew(path: Path, tmp_path: Path) -> None:
    with TextSearch(path, tmp_path) as search:
        list(search.update())
    for index in tmp_path.glob("*.search*"):
        index.write_bytes(b"not a database at all, whatever it was before" * 100)
    with TextSearch(path, tmp_path) as search:
        list(search.update())
        assert list(search.find("pact")) == [3]
