import itertools
import sqlite3
import struct
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from histories import CONFIGURATION, add, answer, highlight, make, marked, texts

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.events import Event, EventKind
from al_desktop.core.gold import Gold
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Question, Selection, Text, text_key
from al_desktop.storage import ProjectFile
from al_desktop.storage.adding import Adding


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a trial? #1 %20 é.aldesk"


def test_a_new_file_says_whose_it_is_and_leaves_nothing_beside_it(path: Path) -> None:
    make(path).close()
    header = path.read_bytes()[:100]
    assert struct.unpack_from(">I", header, 68) == (0x414C4431,)
    assert struct.unpack_from(">I", header, 60) == (1,)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_everything_comes_back(path: Path) -> None:
    with make(path) as file:
        events = [
            answer(texts(1)[0]),
            Event(uuid7(), EventKind.UNDO, Question("ab" * 16, "x"), "bob", 5, retracts="cd" * 16),
            Event(
                uuid7(),
                EventKind.ANSWER,
                Question("ab" * 16, "x"),
                "b'ob",
                5,
                Answer.IGNORE,
                selection=Selection("random", 1.0),
            ),
            highlight(texts(3)[2], marked(3)),
            highlight(texts(4)[3], Gold(("DRUG",))),
        ]
        sequences = [file.append(event) for event in events]
        uid = file.uid
    with ProjectFile.open(path) as file:
        assert (file.name, file.uid, file.configuration) == ("Trial", uid, CONFIGURATION)
        assert list(file.events()) == list(zip(sequences, events, strict=True))
        assert list(file.events(after=sequences[-2])) == [(sequences[-1], events[-1])]
        assert file.text_count() == 10
        assert file.text(texts(4)[3].key) == texts(4)[3]
        with pytest.raises(KeyError):
            file.text(text_key("unknown"))
        some = texts(4)[1:3]
        assert file.texts([one.key for one in some] + [text_key("unknown")]) == {
            one.key: one for one in some
        }


def test_events_are_read_in_pages(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("al_desktop.storage.event_rows._AT_ONCE", 3)
    with make(path) as file:
        events = [answer(text) for text in texts(9)]
        for event in events:
            file.append(event)
        assert [event for _, event in file.events()] == events


def test_an_event_is_stored_once_and_never_changed(path: Path) -> None:
    with make(path) as file:
        event = answer(texts(1)[0])
        file.append(event)
        with pytest.raises(Exception, match="UNIQUE"):
            file.append(event)
    with sqlite3.connect(path) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute("UPDATE event SET answer = 'reject'")
        with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
            connection.execute("DELETE FROM event")
        with pytest.raises(sqlite3.IntegrityError, match="cannot store"):
            connection.execute("UPDATE project SET created_ms = 'yesterday'")
    connection.close()


def test_texts_known_already_are_skipped(path: Path) -> None:
    with make(path) as file:
        assert add(file, texts(12) + texts(12)) == 2
        assert file.text_count() == 12


def test_adding_texts_is_all_or_nothing(path: Path) -> None:
    with make(path) as file:
        adding = file.add_texts([texts(100, "one"), texts(100, "two")])
        assert next(adding) == Adding(100)
        # An answer given meanwhile is stored at once, and stays.
        event = answer(texts(1)[0])
        file.append(event)
        with ProjectFile.open_for_reading(path) as reader:
            assert [stored for _, stored in reader.events()] == [event]
            assert reader.text_count() == 10
        adding.close()
        assert file.text_count() == 10
        adding = file.add_texts([texts(100, "one")])
        assert list(itertools.islice(adding, 2)) == [Adding(100), Adding(100, 100)]
        adding.close()  # between storing and the end of the transaction
        assert file.text_count() == 10

        def broken() -> object:
            yield texts(100, "three")
            raise RuntimeError("unplugged")

        with pytest.raises(RuntimeError, match="unplugged"):
            for _ in file.add_texts(broken()):  # type: ignore[arg-type]
                pass
        assert file.text_count() == 10
        assert add(file, texts(3, "four")) == 3


def test_the_pool_has_all_texts_in_order(path: Path) -> None:
    with make(path, 2500) as file:
        pool = file.pool()
        assert len(pool) == 2500
        assert list(pool.keys()) == [text.key for text in texts(2500)]
        assert pool.keys()[-2:] == [text.key for text in texts(2500)[-2:]]
        assert pool.keys()[::-999] == list(pool.keys())[::-999]
        assert pool.keys()[9:7] == []
        with pytest.raises(IndexError):
            pool.keys()[2500]
        expected = texts(2500)
        assert [text for batch in pool.batches(99) for text in batch] == expected
        positions = [2400, 3, *range(1200), 3]
        assert pool.contents(positions) == [expected[at].content for at in positions]
        assert pool.contents([]) == []


def test_a_configuration_changes_only_what_changed(path: Path) -> None:
    with make(path) as file:
        renamed = Label("DRUG", "Medicine", "#aa3355")
        changed = replace(CONFIGURATION, strategy="random", labels=(Label("NEW", "New"), renamed))
        file.configure(changed)
        file.rename("Another")
        assert file.configuration == changed
    with ProjectFile.open(path) as file:
        assert (file.name, file.configuration) == ("Another", changed)
        file.configure(CONFIGURATION)
    with ProjectFile.open(path) as file:
        assert file.configuration == CONFIGURATION


def test_state_is_any_json_value(path: Path) -> None:
    with make(path) as file:
        assert file.state("pinned") is None
        assert file.state("pinned", 3) == 3
        file.set_state("pinned", {"label": ["a", None, 1.5]})
        file.set_state("pinned", {"label": ["b", None, 1.5]})
    with ProjectFile.open_for_reading(path) as file:
        assert file.state("pinned") == {"label": ["b", None, 1.5]}


def test_odd_contents_come_back(path: Path) -> None:
    contents = [
        "'; DROP TABLE text; --",
        "<b>&amp;</b>",
        "👩‍👩‍👧 \u202eright\u202c",
        "x" * 10_000_000,
    ]
    meta = {"half": "\ud800", "nested": {"deep": [1, 2.5, None, True]}}
    with make(path) as file:
        add(file, [Text(text_key(content), content, meta, "'\"", 1) for content in contents])
        for content in contents:
            assert file.text(text_key(content)) == Text(text_key(content), content, meta, "'\"", 1)


def test_creating_never_overwrites(path: Path) -> None:
    make(path).close()
    before = path.read_bytes()
    with pytest.raises(KnownError, match="exists already"):
        ProjectFile.create(path, "Other", CONFIGURATION)
    assert path.read_bytes() == before


def test_a_second_window_is_told_so(path: Path) -> None:
    with make(path) as file:
        with pytest.raises(KnownError, match="open in another window"):
            ProjectFile.open(path)
        answered = file.append(answer(texts(1)[0]))
        assert answered == 1
    ProjectFile.open(path).close()


def test_a_second_process_is_told_so_and_a_killed_one_lets_go(path: Path) -> None:
    make(path).close()
    holding = (
        "import sys, time; from pathlib import Path; from al_desktop.storage import ProjectFile\n"
        "file = ProjectFile.open(Path(sys.argv[1])); print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, path], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(KnownError, match="open in another window"):
            ProjectFile.open(path)
        with ProjectFile.open_for_reading(path) as reader:
            assert reader.text_count() == 10
        process.kill()
    with ProjectFile.open(path) as file:
        assert file.text_count() == 10


def test_a_reader_sees_what_is_committed_and_writes_nothing(path: Path) -> None:
    with make(path) as file, ProjectFile.open_for_reading(path) as reader:
        event = answer(texts(1)[0])
        sequence = file.append(event)
        assert list(reader.events()) == [(sequence, event)]
        with pytest.raises(KnownError, match="can't be written to"):
            reader.append(answer(texts(2)[1]))
        with pytest.raises(KnownError, match="can't be written to"):
            reader.configure(replace(CONFIGURATION, seed=99))
        assert reader.configuration == CONFIGURATION


def test_a_killed_process_loses_no_answer_it_was_told_is_stored(path: Path) -> None:
    make(path, 1000).close()
    burst = (
        "import sys; from pathlib import Path; from histories import *\n"
        "file = ProjectFile.open(Path(sys.argv[1]))\n"
        "for text in texts(1000):\n"
        "    event = answer(text); file.append(event); print(event.uid, flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", burst, path],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(100)]
        process.kill()
        told += [line.strip() for line in process.stdout if line.endswith("\n")]
    with ProjectFile.open(path) as file:
        stored = [event.uid for _, event in file.events()]
    assert stored[: len(told)] == told
    assert len(stored) <= len(told) + 1


def test_a_file_belongs_to_one_thread(path: Path) -> None:
    raised: list[Exception] = []

    def elsewhere(file: ProjectFile) -> None:
        try:
            file.text_count()
        except Exception as error:
            raised.append(error)

    with make(path) as file:
        thread = threading.Thread(target=elsewhere, args=(file,))
        thread.start()
        thread.join()
    assert "thread" in str(raised[0])
