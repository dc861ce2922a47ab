from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration
from al_desktop.core.events import Event, EventKind
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.storage import ProjectFile
from al_desktop.storage.browse import text_ids
from al_desktop.storage.text_search import TextSearch, make_index

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
    assert list(make_index(path, tmp_path)) == [4]
    with TextSearch(path, tmp_path) as search:
        assert list(search.find("zurich")) == [1, 2]
        assert list(search.find("trea")) == [2, 4]
        assert list(search.find("treaty zurich")) == [2]
        assert list(search.find('"(* AND')) == []
        assert list(search.find('" *')) == []


def test_scripts_without_spaces_are_found_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "asian.aldesk"
    contents = ["并于2001年加入世界贸易组织。", "การเจรจาการค้าโลก", "世界的贸易"]
    with ProjectFile.create(path, "Asian", Configuration(Kind.TEXTS)) as file:
        for _ in file.add_texts([texts(contents)]):
            pass
    list(make_index(path, tmp_path))
    with TextSearch(path, tmp_path) as search:
        assert list(search.find("世界")) == [1, 3]
        assert list(search.find("世界贸")) == [1]
        assert list(search.find("2001年")) == [1]
        assert list(search.find("การค้า")) == [2]


def test_what_was_answered_is_found_among_the_rest(path: Path, tmp_path: Path) -> None:
    list(make_index(path, tmp_path))
    with ProjectFile.open(path) as file, TextSearch(path, tmp_path) as search:
        assert search.find_answered("treaty") == frozenset()
        for at, content in enumerate(CONTENTS[1:3]):
            question = Question(text_key(content), "A")
            file.append(Event(f"{at:032x}", EventKind.ANSWER, question, "anna", 0, Answer.ACCEPT))
        assert search.find_answered("treat") == {text_key(CONTENTS[1])}
        assert search.find_answered("zürich") == {text_key(CONTENTS[1])}
        assert search.find_answered("") == frozenset()


def test_row_numbers_with_gaps(path: Path) -> None:
    with ProjectFile.open(path) as file:
        assert text_ids(file, 4) == range(1, 5)
        file.database.execute_sql("DELETE FROM text WHERE id = 2")
        assert list(text_ids(file, 3)) == [1, 3, 4]


def test_the_index_takes_in_only_what_is_new(path: Path, tmp_path: Path) -> None:
    assert list(make_index(path, tmp_path)) == [4]
    with ProjectFile.open(path) as file:
        for _ in file.add_texts([texts(["a new pact"])]):
            pass
    assert list(make_index(path, tmp_path)) == [1]
    with TextSearch(path, tmp_path) as search:
        assert list(search.find("pact")) == [3, 5]


def test_a_damaged_index_is_made_anew(path: Path, tmp_path: Path) -> None:
    list(make_index(path, tmp_path))
    for index in tmp_path.glob("*.search*"):
        index.write_bytes(b"not a database at all, whatever it was before" * 100)
    with TextSearch(path, tmp_path) as search:
        assert list(search.find("pact")) == []
    list(make_index(path, tmp_path))
    with TextSearch(path, tmp_path) as search:
        assert list(search.find("pact")) == [3]
