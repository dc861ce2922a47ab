import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.project import create_project, importing
from al_desktop.project.background import BackgroundProcess, Came, Ended, Work
from al_desktop.storage import ProjectFile

PATIENCE_SECONDS = 30


def count(last: int) -> Generator[int, None, str]:
    yield from range(last)
    return "done"


def refuse() -> Generator[int, None, None]:
    yield 1
    raise KnownError("It can't be read.")


def stumble() -> Generator[int, None, None]:
    yield 1
    raise ZeroDivisionError


def endless(trace: Path) -> Generator[int, None, None]:
    try:
        while True:
            time.sleep(0.01)
            yield 1
    finally:
        trace.write_text("closed", encoding="utf-8")


@pytest.fixture
def process() -> Iterator[BackgroundProcess]:
    made = BackgroundProcess()
    yield made
    made.close()


def outcome(process: BackgroundProcess, ticket: int, work: Work, *arguments: object) -> Ended:
    process.start(ticket, work, *arguments)
    return until_ended(process)[-1]


def until_ended(process: BackgroundProcess) -> list[Came | Ended]:
    said: list[Came | Ended] = []
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        said += process.receive(0.1)
        if said and isinstance(said[-1], Ended):
            return said
    raise AssertionError(said)


def test_steps_and_the_end_come_in_order(process: BackgroundProcess) -> None:
    process.start(7, count, 3)
    said = until_ended(process)
    assert said == [Came(7, 0), Came(7, 1), Came(7, 2), Ended(7, "done")]
    assert outcome(process, 8, refuse) == Ended(8, problem="It can't be read.")
    assert "ZeroDivisionError" in outcome(process, 9, stumble).problem
    assert outcome(process, 10, count, 0) == Ended(10, "done")


def test_what_is_under_way_is_closed_when_cancelled_or_superseded(
    process: BackgroundProcess, tmp_path: Path
) -> None:
    process.start(1, endless, tmp_path / "first")
    process.receive(PATIENCE_SECONDS)
    process.start(2, endless, tmp_path / "second")
    said = process.receive(PATIENCE_SECONDS)
    assert {message.ticket for message in said} <= {2}
    process.cancel()
    assert until_ended(process)[-1] == Ended(2, cancelled=True)
    assert (tmp_path / "first").read_text(encoding="utf-8") == "closed"
    assert (tmp_path / "second").read_text(encoding="utf-8") == "closed"


def test_an_import_beside_an_open_project(process: BackgroundProcess, tmp_path: Path) -> None:
    path = tmp_path / "trial.aldesk"
    source = tmp_path / "texts.jsonl"
    source.write_text(
        '{"text": "fine", "label": "GOOD"}\n{"text": "bad", "label": "poor"}\nbroken\n',
        encoding="utf-8",
    )
    labels = (Label("K", "Good"),)
    with create_project(path, "Trial", Configuration(Kind.TEXTS, labels)) as project:
        order = importing.Order(
            path, source, {}, "answers", {"poor": "BAD"}, (Label("BAD", "Bad", "#ff0000"),)
        )
        ended = outcome(process, 1, importing.carry_out, order)
        report = ended.value
        assert isinstance(report, importing.ImportReport)
        assert (report.added, report.bad_count, report.annotations) == (2, 1, 2)
        assert project.file.text_count() == 2
    with ProjectFile.open_for_reading(path) as file:
        assert [label.name for label in file.configuration.labels] == ["Good", "Bad"]
        assert {event.question.label for _, event in file.events()} == {"K", "BAD"}
