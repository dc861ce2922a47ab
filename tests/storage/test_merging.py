"""Copies of copies, worked on apart, in any order: their union, exactly."""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from histories import CONFIGURATION, add, answer, make, marked, snapshot, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Asked, Question, Selection, Text
from al_desktop.core.queue import Queue
from al_desktop.core.session import Session
from al_desktop.storage import ProjectFile

# Many small files with every write synced: in memory where there is such a place.
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
QUESTIONS = [Question(text.key, "DRUG", 0, end) for text in texts(3) for end in (2, 4)]


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that travels, free of the order it came in."""
    columns = {
        "project": "uid, name, settings, changed",
        "label": "*",
        "text": "key, content, meta, source, line",
        "event": "uid, kind, retracts, question_key, answer, gold, snapshot, annotator, at_ms",
    }
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: sorted(connection.execute(f"SELECT {what} FROM {table}").fetchall(), key=repr)
            for table, what in columns.items()
        }


def work(path: Path, annotator: str, steps: list[tuple[str, int]]) -> None:
    """What an annotator does to a copy, step by step."""
    with ProjectFile.open(path) as file:
        log = AnswerLog(event for _, event in file.events())
        queue = Queue(lambda _: False)
        session = Session(log, file, queue, annotator)
        for what, number in steps:
            question = QUESTIONS[number % len(QUESTIONS)]
            given = list(Answer)[number % 3]
            label = Label("DRUG", f"name {number}")
            match what:
                case "answer":
                    asked = Asked(question, Selection("random", 0.5))
                    queue.show(asked)
                    session.answer(given, 1.0)
                case "undo":
                    session.undo()
                case "redo":
                    session.redo()
                case "revise":
                    live = log.live(question.key)
                    if live is not None:
                        session.revise(live.uid, given)
                case "highlight":
                    session.highlight(question.text_key, marked(number), 1.0)
                case "flag":
                    session.flag(question)
                case "settle":
                    event = Event(uuid7(), EventKind.SETTLE, question, annotator, 0, given)
                    file.append(event)
                    log.append(event)
                case "rename label":
                    others = file.configuration.labels[1:]
                    file.configure(replace(file.configuration, labels=(label, *others)))
                case "add label":
                    added = Label(f"NEW {number % 3}", f"New {number}")
                    kept = [old for old in file.configuration.labels if old.key != added.key]
                    file.configure(replace(file.configuration, labels=(added, *kept)))
                case "remove label":
                    file.configure(
                        replace(file.configuration, labels=file.configuration.labels[:-1])
                    )
                case "rename":
                    file.rename(f"Name {number}")
                case "set":
                    file.configure(replace(file.configuration, seed=number))
                case "add texts":
                    some = texts(3 + number)[3:]
                    add(file, [replace(text, source=f"source {number}") for text in some])


_steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["answer"] * 4
            + ["undo", "redo", "revise", "settle", "highlight", "highlight", "flag", "flag"]
            + ["rename label", "add label", "remove label", "rename", "set", "add texts"]
        ),
        st.integers(0, 11),
    ),
    max_size=5,
)
_histories = st.lists(
    st.tuples(
        st.sampled_from(["work", "copy", "merge"]), st.integers(0, 2), st.integers(0, 2), _steps
    ),
    max_size=7,
)


@settings(max_examples=15, deadline=None)
@given(_histories)
def test_any_history_merges_in_any_order(history: list[tuple[str, int, int, list]]) -> None:
    with TemporaryDirectory(dir=_MEMORY) as folder:
        paths = [Path(folder) / f"{name}.aldesk" for name in "abc"]
        with make(paths[0], 3) as file:
            for path in paths[1:]:
                file.save_copy(path, by="lead")
        given_events: set[str] = set()
        for what, here, there, steps in history:
            if what == "work":
                work(paths[here], ["ada", "bob", "cyd"][there], steps)
            elif what == "merge" and here != there:
                with ProjectFile.open(paths[here]) as file:
                    file.merge(paths[there])
            elif what == "copy":
                between = Path(folder) / "between.aldesk"
                with ProjectFile.open(paths[here]) as file:
                    file.save_copy(between, by="lead")
                with ProjectFile.open(between) as file:
                    file.merge(paths[there])
                    if here != there:
                        file.merge(paths[here])
                between.replace(paths[there])
        for path in paths:
            with ProjectFile.open(path) as file:
                given_events |= {event.uid for _, event in file.events()}

        outcomes = []
        for number, order in enumerate(itertools.permutations(paths)):
            merged = Path(folder) / f"merged {number}.aldesk"
            with ProjectFile.open(order[0]) as file:
                file.save_copy(merged, by="lead")
            with ProjectFile.open(merged) as file:
                announced = [found for _, found in file.preview_merges(order[1:])]
                came = []
                for path in order[1:]:
                    alone = file.preview_merge(path)
                    came.append(file.merge(path))
                    assert came[-1] == alone
                assert came == announced
                for path in paths:
                    assert file.merge(path).is_empty
                log = AnswerLog(event for _, event in file.events())
                assert {event.uid for event in log} == given_events
                outcomes.append(
                    (
                        everything(merged),
                        file.configuration,
                        {event.question.key: event for event in log.answered()},
                        {event.question.text_key: event.gold for event in log.highlighted()},
                        {event.uid for event in log.standing()},
                        log.flagged(),
                    )
                )
        assert all(outcome == outcomes[0] for outcome in outcomes)

        # Associative: what b and c make together, merged into a.
        pair = Path(folder) / "pair.aldesk"
        with ProjectFile.open(paths[1]) as file:
            file.save_copy(pair, by="lead")
        with ProjectFile.open(pair) as file:
            file.merge(paths[2])
        with ProjectFile.open(paths[0]) as file:
            before = everything(paths[0])
            came = file.merge(pair)
        assert everything(paths[0]) == outcomes[0][0]
        if not came.is_empty:
            with ProjectFile.open(paths[0]) as file:
                assert file.undo_merge() == ("pair.aldesk",)
            assert everything(paths[0]) == before


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


def test_a_preview_says_what_will_come_in(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    before = everything(file.path)
    announced = file.preview_merge(copy)
    assert everything(file.path) == before
    assert (announced.texts, announced.known_texts) == (5, 10)
    assert (announced.events, announced.known_events) == (2, 1)
    assert announced.annotators == {"bob": 2}
    assert announced.labels == (
        'label "Drug" is now called "Medicine"',
        'label "Disease" is removed',
    )
    assert not announced.settings
    with ProjectFile.open_for_reading(file.path) as beside:
        assert beside.preview_merge(copy) == announced
    assert file.merge(copy) == announced
    assert file.configuration.labels == (Label("DRUG", "Medicine"),)
    assert file.merge(copy).is_empty


def test_undoing_a_merge_keeps_what_was_done_since(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    assert file.undo_merge() == ()
    assert file.last_merge == ()
    file.merge(copy)
    assert file.last_merge == (copy.name,)
    about_theirs = texts(5, "bob's own")[2]
    since = answer(about_theirs, annotator="lead")
    file.append(since)
    assert file.undo_merge() == (copy.name,)
    assert [event.annotator for _, event in file.events()] == ["lead", "lead"]
    assert file.text_count() == 11
    pool = file.pool()
    keys = pool.keys()
    assert [file.text(key).content for key in keys] == pool.contents(range(11))
    assert file.text(about_theirs.key) == about_theirs
    assert file.configuration == CONFIGURATION
    assert file.undo_merge() == ()
    assert file.merge(copy).events == 2


def test_a_copy_that_is_open_elsewhere_can_be_merged(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    with ProjectFile.open(copy) as theirs:
        theirs.append(answer(texts(4)[3], annotator="bob"))
        assert file.merge(copy).events == 3


def test_the_copy_is_left_as_it_is(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    before = copy.read_bytes(), sorted(entry.name for entry in copy.parent.iterdir())
    file.merge(copy)
    assert (copy.read_bytes(), sorted(entry.name for entry in copy.parent.iterdir())) == before


def test_a_merge_that_fails_changes_nothing(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    pages = file._database.execute_sql("PRAGMA page_count").fetchone()[0]
    with ProjectFile.open(copy) as theirs:
        add(theirs, texts(5000, "many"))
    before = everything(file.path)
    file._database.execute_sql(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(KnownError, match="disk is full"):
        file.merge(copy)
    assert everything(file.path) == before
    file.append(answer(texts(8)[7], annotator="lead"))


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


def test_previews_of_several_count_what_they_share_once(
    copies: tuple[ProjectFile, Path], tmp_path: Path
) -> None:
    file, bobs = copies
    zoes = tmp_path / "zoe.aldesk"
    with ProjectFile.open(bobs) as theirs:
        theirs.save_copy(zoes, by="bob")
    with ProjectFile.open(zoes) as theirs:
        theirs.append(answer(texts(6)[5], annotator="zoe"))
        add(theirs, [replace(text, source="a") for text in texts(7, "bob's own")])
        theirs.rename("Zoë's")
    other = tmp_path / "other.aldesk"
    ProjectFile.create(other, "Other work", CONFIGURATION).close()
    before = everything(file.path)
    order = [bobs, other, zoes, bobs]
    announced = list(file.preview_merges(order))
    assert everything(file.path) == before
    assert isinstance(announced[1][1], KnownError)
    came = [file.merge(path) for path in order if path != other]
    assert [found for path, found in announced if path != other] == came
    assert (came[0].texts, came[1].texts) == (5, 2)
    assert came[1].annotators == {"zoe": 1}
    assert came[1].settings
    assert came[2].is_empty


def test_a_merge_can_be_cancelled_inside_one_file(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    with ProjectFile.open(copy) as theirs:
        add(theirs, texts(20_000, "many"))
    before = everything(file.path)
    with pytest.raises(KnownError, match="Cancelled"):
        file.merge(copy, stop=lambda: True)
    assert everything(file.path) == before
    file.append(answer(texts(8)[7], annotator="lead"))
    asked = []
    assert file.merge(copy, stop=lambda: bool(asked.append(1))).texts == 20_005
    assert asked


def test_what_was_merged_together_is_undone_together(
    copies: tuple[ProjectFile, Path], tmp_path: Path
) -> None:
    file, bobs = copies
    start = everything(file.path)
    paths = [bobs]
    for number, name in enumerate(("zoe", "cyd")):
        paths.append(tmp_path / f"{name}.aldesk")
        file.save_copy(paths[-1], by="lead")
        with ProjectFile.open(paths[-1]) as theirs:
            theirs.append(answer(texts(5 + number)[4 + number], annotator=name))
            theirs.rename(name)
    file.merge(paths[0])
    alone = everything(file.path)
    for path in paths[1:]:
        file.merge(path, together="a word")
    assert file.last_merge == ("zoe.aldesk", "cyd.aldesk")
    assert file.undo_merge() == ("zoe.aldesk", "cyd.aldesk")
    assert everything(file.path) == alone
    assert file.undo_merge() == (bobs.name,)
    assert everything(file.path) == start
    assert file.last_merge == ()


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
