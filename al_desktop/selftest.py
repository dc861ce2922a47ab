"""The whole journey without a display, through the real worker: project to exported answers.

It runs on a developer's machine, and inside the package that users get.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Answer, Kind
from al_desktop.core.queue import Ranking
from al_desktop.learner.messages import Failed, FromWorker, Learn, Ranked, Start
from al_desktop.learner.process import LearnerProcess
from al_desktop.learner.training import Delivered, Train, TrainingProcess
from al_desktop.project import Project, export_answers, open_project, sample_project
from al_desktop.storage import ProjectFile

ANSWERS = 20
UNDONE = 3
TRAINING_TEXTS = 90
LEARNER_PATIENCE_SECONDS = 120.0
WINDOW_PATIENCE_SECONDS = 240.0
CLOSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class StepResult:
    """`failure` is None when all went well."""

    name: str
    seconds: float
    failure: str | None = None


def run() -> Iterator[StepResult]:
    """Plays both sample projects in a folder of its own, then one in a window, yielding each step
    when it is done.

    A failed step ends the journey of its project.
    """
    with tempfile.TemporaryDirectory(prefix="al-desktop-self-test-") as name:
        folder = Path(name)
        for kind in Kind:
            yield from _Journey(kind, folder).run()
        yield _timed("window: paint it offscreen, answer by key", lambda: _paint(folder))


class _Journey:
    def __init__(self, kind: Kind, folder: Path) -> None:
        self._kind = kind
        self._folder = folder
        self._path = folder
        self._exported = folder / f"{kind.value}.jsonl"
        self._model = folder / f"{kind.value}-model"
        self._project: Project | None = None
        self._learner: LearnerProcess | None = None

    def run(self) -> Iterator[StepResult]:
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("make the project, import its texts", self._make),
            ("open it", self._open),
            ("first question from the worker", self._start_learner),
            (f"answer {ANSWERS} questions, learn each", self._answer),
            (f"undo and redo {UNDONE}", self._undo_and_redo),
            ("close the worker", self._close_learner),
            ("export", self._export),
            ("train a small model to deliver", self._train),
            ("load that model, read a text", self._load_model),
            ("open again", self._open_again),
        )
        try:
            for name, step in steps:
                result = _timed(f"{self._kind}: {name}", step)
                yield result
                if result.failure is not None:
                    return
        finally:
            if self._learner is not None:
                self._learner.close()
            if self._project is not None:
                self._project.close()

    def _make(self) -> None:
        self._path = sample_project(self._kind, self._folder)

    def _open(self) -> None:
        self._project = open_project(self._path, "self-test")
        _require(self._project.statistics().texts > 0, "the project has no texts")

    def _start_learner(self) -> None:
        project = self._opened()
        cache = self._folder / "cache"
        cache.mkdir(exist_ok=True)
        start = Start(self._path, project.file.configuration, cache)
        self._learner = LearnerProcess(start)
        self._learner.start()
        self._take_ranking(0)
        _require(project.queue.current is not None, "there is no question")

    def _answer(self) -> None:
        project, learner = self._opened(), self._running()
        for number in range(ANSWERS):
            change = project.session.answer(list(Answer)[number % 2], seconds=1.0)
            learner.send(Learn(change.sequence))
            self._take_ranking(change.sequence)
        _require(project.statistics().answers == ANSWERS, "answers are missing")

    def _undo_and_redo(self) -> None:
        project, learner = self._opened(), self._running()
        for step in (project.session.undo, project.session.redo):
            for _ in range(UNDONE):
                change = step()
                assert change is not None, "the steps before have answered"
                through = change.sequence
                learner.send(Learn(through))
            self._take_ranking(through)
        _require(project.statistics().answers == ANSWERS, "answers are missing after redo")

    def _close_learner(self) -> None:
        started = time.monotonic()
        self._running().close()
        self._learner = None
        _require(time.monotonic() - started < CLOSE_SECONDS, "the worker took too long to end")

    def _export(self) -> None:
        count = export_answers(self._opened(), self._exported)
        rows = [json.loads(line) for line in self._exported.read_text("utf-8").splitlines()]
        _require(count == len(rows) == ANSWERS, "exported answers are missing")
        _require({row["answer"] for row in rows} == {"accept", "reject"}, "answers were changed")

    def _train(self) -> None:
        project, path = self._opened(), self._folder / f"{self._kind.value}-small.aldesk"
        answered = {event.question.text_key for event in project.log}
        others = [key for key in list(project.file.pool().keys()) if key not in answered]
        texts = [project.file.text(key) for key in [*answered, *others][:TRAINING_TEXTS]]
        with ProjectFile.create(path, "small", project.file.configuration) as file:
            for _ in file.add_texts([texts]):
                pass
            for event in project.log:
                file.append(event)
        training = TrainingProcess(Train(path, self._model, self._folder / "cache"))
        try:
            _await_delivery(training)
        finally:
            training.close()

    def _load_model(self) -> None:
        from al_desktop.models.deliverable import labels_of

        project = self._opened()
        content = project.file.text(next(iter(project.file.pool().keys()))).content
        known = labels_of(self._model, content)
        names = {label.name for label in project.file.configuration.labels}
        _require(bool(names.intersection(known)), f"the model knows {known}, none of {names}")

    def _open_again(self) -> None:
        self._opened().close()
        self._project = open_project(self._path, "self-test")
        _require(self._project.statistics().answers == ANSWERS, "stored answers are missing")

    def _opened(self) -> Project:
        assert self._project is not None, "the steps before have opened it"
        return self._project

    def _running(self) -> LearnerProcess:
        assert self._learner is not None, "the steps before have started it"
        return self._learner

    def _take_ranking(self, through: int) -> None:
        """Waits for an order that knows all events up to this one, and asks by it."""
        self._opened().queue.take(_ranking(self._running(), through))


def _paint(folder: Path) -> None:
    """Starts the program anew, as it is started here, in a window that nobody sees."""
    frozen = hasattr(sys, "_MEIPASS")
    command = [sys.executable, *(() if frozen else ("-m", "al_desktop")), "sample", "texts"]
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    ended = subprocess.run(
        command,
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=WINDOW_PATIENCE_SECONDS,
    )
    _require(ended.returncode == 0, f"exit code {ended.returncode}: {ended.stdout}{ended.stderr}")
    _require(bool(list(folder.glob("*/window.png"))), "there is no picture of the window")


def _ranking(learner: LearnerProcess, through: int) -> Ranking:
    end = time.monotonic() + LEARNER_PATIENCE_SECONDS
    while time.monotonic() < end:
        for message in learner.receive(0.2):
            ranking = _ranking_in(message)
            if ranking is not None and ranking.learned_through >= through:
                return ranking
    raise KnownError("the worker did not answer in time")


def _await_delivery(training: TrainingProcess) -> None:
    end = time.monotonic() + LEARNER_PATIENCE_SECONDS
    while time.monotonic() < end:
        for report in training.receive(0.2):
            if isinstance(report, Failed):
                raise KnownError(f"{report.sentence}\n{report.detail}")
            if isinstance(report, Delivered):
                return
    raise KnownError("training took too long")


def _ranking_in(message: FromWorker) -> Ranking | None:
    if isinstance(message, Failed):
        raise KnownError(f"{message.sentence}\n{message.detail}")
    return message.ranking if isinstance(message, Ranked) else None


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise KnownError(otherwise)


def _timed(name: str, step: Callable[[], None]) -> StepResult:
    started = time.monotonic()
    failure = None
    try:
        step()
    except Exception as error:
        # Whatever goes wrong here is what the self-test is for.
        failure = f"{type(error).__name__}: {error}"
    return StepResult(name, time.monotonic() - started, failure)
