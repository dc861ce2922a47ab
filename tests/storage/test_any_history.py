"""Copies of copies, worked on apart, in any order: their union, exactly."""

import itertools
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from histories import add, everything, make, marked, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.core.configuration import Label
from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Asked, Question, Selection
from al_desktop.core.queue import Queue
from al_desktop.core.session import Session
from al_desktop.storage import ProjectFile

# Many small files with every write synced: in memory where there is such a place.
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
QUESTIONS = [Question(text.key, "DRUG", 0, end) for text in texts(3) for end in (2, 4)]


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
