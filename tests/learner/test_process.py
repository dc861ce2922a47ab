"""The worker process for real: started, killed, orphaned, failing, busy, closed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import random_learner

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import AnswerLog
from al_desktop.core.questions import Answer, Kind, Text, text_key
from al_desktop.core.queue import Queue, Ranking
from al_desktop.core.session import Session
from al_desktop.learner.messages import Failed, FromWorker, Learn, Loading, Pin, Ranked, Start
from al_desktop.learner.process import LearnerProcess
from al_desktop.recipes import Build
from al_desktop.storage import ProjectFile

CONFIGURATION = Configuration(Kind.TEXTS, (Label("A", "A"), Label("B", "B")))
PATIENCE_SECONDS = 60.0

T = TypeVar("T")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[ProjectFile]:
    with ProjectFile.create(tmp_path / "p.aldesk", "p", CONFIGURATION) as file:
        contents = [f"text {number}" for number in range(40)]
        for _ in file.add_texts([[Text(text_key(content), content) for content in contents]]):
            pass
        yield file


@pytest.fixture
def workers(file: ProjectFile, tmp_path: Path) -> Iterator[Callable[..., LearnerProcess]]:
    """Starts workers, and closes them all in the end."""
    started = []

    def start(build: Build = random_learner.build, **changes: int) -> LearnerProcess:
        process = LearnerProcess(Start(file.path, CONFIGURATION, tmp_path, **changes), build)
        started.append(process)
        process.start()
        return process

    yield start
    for process in started:
        process.close()


def until(process: LearnerProcess, wanted: Callable[[FromWorker], T | None]) -> T:
    """The first thing wanted that the worker says."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        for message in process.receive(0.2):
            found = wanted(message)
            if found is not None:
                return found
    raise AssertionError("the worker did not say it")


def failure(message: FromWorker) -> Failed | None:
    return message if isinstance(message, Failed) else None


def ranking_through(sequence: int) -> Callable[[FromWorker], Ranking | None]:
    def wanted(message: FromWorker) -> Ranking | None:
        known = isinstance(message, Ranked) and message.ranking.learned_through >= sequence
        return message.ranking if known else None

    return wanted


def file_appears(path: Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not (path.exists() and path.stat().st_size) and time.monotonic() < end:
        time.sleep(0.02)
    assert path.exists()


def is_alive(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def answer_some(file: ProjectFile, ranking: Ranking, count: int) -> int:
    """Stores answers; the sequence number of the last."""
    log = AnswerLog(event for _, event in file.events())
    queue = Queue(log.is_closed)
    queue.take(ranking)
    session = Session(log, file, queue, "me")
    return [session.answer(Answer.ACCEPT, 1.0).sequence for _ in range(count)][-1]


def test_learns_answers_as_they_are_stored(file: ProjectFile, workers: Callable) -> None:
    process = workers()
    assert isinstance(process.receive(PATIENCE_SECONDS)[0], Loading)
    ranking = until(process, ranking_through(0))
    through = answer_some(file, ranking, 5)
    process.send(Learn(through))
    ranking = until(process, ranking_through(through))
    answered = {event.question.key for _, event in file.events()}
    assert not answered & {asked.question.key for asked in ranking.asked}


def test_a_killed_worker_is_reported_once_and_its_successor_catches_up(
    file: ProjectFile, workers: Callable
) -> None:
    process = workers()
    process.send(Pin("B"))
    ranking = until(process, ranking_through(0))
    os.kill(process.process_id, 9)
    failed = until(process, failure)
    assert not failed.known
    assert "saved" in failed.sentence
    assert "-9" in failed.detail
    assert not process.running
    assert process.receive(0.01) == []
    through = answer_some(file, ranking, 5)
    process.send(Learn(through))
    process.restart()
    ranking = until(process, ranking_through(through))
    assert {asked.question.label for asked in ranking.asked} == {"B"}, "the pin is remembered"


@pytest.mark.parametrize(
    ("build", "known", "words"),
    [
        (random_learner.build_missing_model, True, "en_missing"),
        (random_learner.build_broken, False, "ZeroDivisionError"),
        (random_learner.build_crashing, False, "unexpectedly"),
    ],
)
def test_a_failure_is_one_sentence(
    workers: Callable, build: Build, known: bool, words: str
) -> None:
    failed = until(workers(build), failure)
    assert failed.known is known
    assert words in failed.sentence
    assert "\n" not in failed.sentence
    if build is random_learner.build_broken:
        assert "a bug of ours" in failed.detail


def test_a_bug_leaves_its_traceback_in_the_log_folder(
    workers: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    until(workers(random_learner.build_broken), failure)
    (written,) = tmp_path.glob("**/crashes.log")
    assert "a bug of ours" in written.read_text(encoding="utf-8")


def test_a_missing_project_and_another_protocol_are_known_errors(
    file: ProjectFile, workers: Callable, tmp_path: Path
) -> None:
    assert until(workers(protocol=0), failure).known
    process = LearnerProcess(
        Start(tmp_path / "gone.aldesk", CONFIGURATION, tmp_path), random_learner.build
    )
    process.start()
    try:
        assert until(process, failure).known
    finally:
        process.close()


def test_a_learner_that_prints_is_not_heard(
    workers: Callable, capfd: pytest.CaptureFixture[str]
) -> None:
    until(workers(random_learner.build_printing), ranking_through(0))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("build", [random_learner.build, random_learner.build_slow])
def test_close_ends_it_at_once(workers: Callable, build: Build) -> None:
    process = workers(build)
    process.receive(PATIENCE_SECONDS)
    process_id = process.process_id
    process.close()
    assert not is_alive(process_id)
    process.close()
    assert process.receive(0.01) == []


def test_close_ends_it_even_in_a_long_c_call(workers: Callable, tmp_path: Path) -> None:
    process = workers(random_learner.build_stuck)
    file_appears(tmp_path / "stuck")
    time.sleep(0.2)
    process_id = process.process_id
    process.close()
    assert not is_alive(process_id)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("build", ["build", "build_slow"])
def test_the_worker_does_not_outlive_a_killed_owner(
    file: ProjectFile, tmp_path: Path, build: str
) -> None:
    script = Path(__file__).with_name("owner.py")
    path = os.pathsep.join(entry for entry in sys.path if entry)
    owner = subprocess.Popen(
        [sys.executable, str(script), file.path, tmp_path, build],
        env={**os.environ, "PYTHONPATH": path},
    )
    file_appears(tmp_path / "worker")
    worker_id = int((tmp_path / "worker").read_text())
    if build == "build_slow":
        file_appears(tmp_path / "pid")
    assert is_alive(worker_id)
    owner.kill()
    owner.wait()
    end = time.monotonic() + PATIENCE_SECONDS
    while is_alive(worker_id) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_alive(worker_id)


def test_the_window_may_write_while_the_worker_reads(file: ProjectFile, workers: Callable) -> None:
    process = workers()
    ranking = until(process, ranking_through(0))
    for _ in range(5):
        through = answer_some(file, ranking, 3)
        process.send(Learn(through))
        ranking = until(process, ranking_through(through))
    assert len(list(file.events())) == 15
