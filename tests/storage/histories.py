"""Values and small files for the tests of storage."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import Event, EventKind
from al_desktop.core.gold import Gold, everything_about, gold
from al_desktop.core.identifiers import uuid7
from al_desktop.core.quality import Estimate, Interval
from al_desktop.core.questions import Answer, Kind, Question, Selection, Span, Text, text_key
from al_desktop.core.snapshots import Cut, Snapshot, about_model
from al_desktop.storage import ProjectFile

CONFIGURATION = Configuration(
    kind=Kind.SPANS,
    labels=(
        Label("DRUG", "Drug", "#aa3355", "a medicine", ("aspirin",), ('[{"LOWER": "aspirin"}]',)),
        Label("DISEASE", "Disease"),
    ),
    language="de",
    base="bundled",
    strategy="uncertain",
    exclusive=True,
    longest_span=7,
    seed=13,
)


def texts(count: int, prefix: str = "text") -> list[Text]:
    contents = [f"{prefix} {number} of aspirin" for number in range(count)]
    return [
        Text(text_key(content), content, {"number": number}, f"{prefix}.txt", number + 1)
        for number, content in enumerate(contents)
    ]


def add(file: ProjectFile, added: Sequence[Text]) -> int:
    adding = file.add_texts([added])
    while True:
        try:
            next(adding)
        except StopIteration as end:
            return int(end.value)


def make(path: Path, count: int = 10) -> ProjectFile:
    file = ProjectFile.create(path, "Trial", CONFIGURATION)
    add(file, texts(count))
    return file


def answer(text: Text, given: Answer = Answer.ACCEPT, annotator: str = "ada") -> Event:
    return Event(
        uid=uuid7(),
        kind=EventKind.ANSWER,
        question=Question(text.key, "DRUG", 0, 4),
        annotator=annotator,
        at_ms=1_700_000_000_000,
        answer=given,
        seconds=1.25,
        selection=Selection("uncertain", 0.125, 0.5, 3, True, 'term "aspirin"'),
    )


def marked(number: int) -> Gold:
    """Of one of the texts, different for different numbers."""
    return gold(["DRUG", "DISEASE"][: 1 + number % 2], [Span(0, 1 + number, "DRUG")])


def highlight(text: Text, found: Gold, annotator: str = "ada") -> Event:
    return Event(
        uid=uuid7(),
        kind=EventKind.HIGHLIGHT,
        question=everything_about(text.key),
        annotator=annotator,
        at_ms=1_700_000_000_000,
        seconds=20.5,
        selection=Selection("random", 0.25),
        gold=found,
    )


def snapshot(kind: EventKind = EventKind.SNAPSHOT, cut: Cut = (("ada", "7" * 32),)) -> Event:
    """A snapshot, or a roll back to it."""
    figures = Interval(0.5, 0.625, 0.75)
    estimate = Estimate(figures, figures, figures, figures, answers=40)
    until = cut if kind is EventKind.ROLLBACK else ()
    return Event(
        uid=uuid7(),
        kind=kind,
        question=about_model(),
        annotator="ada",
        at_ms=1_700_000_000_000,
        snapshot=Snapshot("kept", 120, cut, until, estimate, (("DRUG", estimate),)),
    )


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
