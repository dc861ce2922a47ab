"""Training of the model to deliver, in a process of its own that can be cancelled at any time."""

import contextlib
import multiprocessing
import traceback
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog
from al_desktop.core.gold import Gold
from al_desktop.core.progress import Progress
from al_desktop.core.questions import Answer, Kind, Question
from al_desktop.core.rolling_back import Learnable
from al_desktop.learner.messages import Failed, Working
from al_desktop.learner.worker import settle_in

CLOSE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Train:
    """Train on a project's answers. `folder` is made; it must not exist."""

    project: Path
    folder: Path
    cache: Path
    keep_base: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """The folder is there. `f1` is how far the trained model agrees with the learner on
    `held_out` texts kept apart: agreement, not accuracy. `base_kept` is the share of the base's
    own entities that are still found there; None where it isn't kept, or finds none."""

    folder: Path
    texts: int
    held_out: int
    f1: float
    base_kept: float | None = None


Report = Working | Delivered | Failed


class TrainingProcess:
    """One training. All is for one thread, which waits in `receive`."""

    def __init__(self, train: Train) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe(duplex=False)
        self._process: SpawnProcess = context.Process(
            target=main, args=(theirs, train), name="AL Desktop training", daemon=True
        )
        self._process.start()
        theirs.close()

    def receive(self, timeout_seconds: float) -> list[Report]:
        """What was said, after waiting for at most so long. A process that ended without a word
        is reported as Failed."""
        reports: list[Report] = []
        try:
            wait([self._connection], timeout_seconds)
            while self._connection.poll():
                reports.append(self._connection.recv())
        except (EOFError, OSError):
            if not any(isinstance(report, Delivered | Failed) for report in reports):
                self._process.join(CLOSE_SECONDS)
                reports.append(
                    Failed(
                        "Training stopped unexpectedly; your answers are saved. Try again.",
                        f"The training process ended with exit code {self._process.exitcode}.",
                        known=False,
                    )
                )
        return reports

    def close(self) -> None:
        """Ends it within a second; the folder is made at the very end or not at all."""
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(CLOSE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._connection.close()
        self._process.close()


def main(connection: Connection, train: Train) -> None:
    """The child process."""
    settle_in()
    try:
        _train(connection, train)
    except KnownError as error:
        _report(connection, Failed(str(error), traceback.format_exc(), known=True))
    except (BrokenPipeError, ConnectionResetError):
        pass  # the parent is gone
    except Exception as error:
        sentence = (
            f"Training stopped because of an error in the program ({type(error).__name__}); "
            "your answers are saved."
        )
        _report(connection, Failed(sentence, traceback.format_exc(), known=False))


def _train(connection: Connection, train: Train) -> None:
    for step in deliver(train):
        connection.send(Working(step) if isinstance(step, Progress) else step)


def deliver(train: Train) -> Iterator[Progress | Delivered]:
    """Trains here and now: yields progress, at the end what came of it.

    Nothing is learned from what a roll back set aside, nor from the reserved texts, so that what
    their answers say of the learner holds for what it teaches. A base that nobody approved here
    is done without. Closing it early leaves nothing behind. Raises KnownError when there is
    nothing to learn from, or the folder exists.
    """
    from al_desktop.learner.reserving import evaluation_texts, split
    from al_desktop.recipes import train_model
    from al_desktop.recipes.approval import is_approved
    from al_desktop.storage import ProjectFile

    with ProjectFile.open_for_reading(train.project) as file:
        texts, _ = split(file.pool(), file.configuration, evaluation_texts(file))
        log = Learnable(AnswerLog(event for _, event in file.events())).now()
        configuration = file.configuration
        if not is_approved(configuration.base):
            configuration = replace(configuration, base="")
        for step in train_model(
            configuration,
            texts,
            answers_of(log, file.configuration.kind, frozenset(texts.keys())),
            train.folder,
            train.cache,
            train.keep_base,
            gold_of(log),
        ):
            if isinstance(step, Progress):
                yield step
            else:
                yield Delivered(step.folder, step.texts, step.held_out, step.f1, step.base_kept)


def answers_of(log: AnswerLog, kind: Kind, texts: Collection[str]) -> list[tuple[Question, Answer]]:
    """What stands about these texts; of a text marked in full, what is there and, where questions
    are about whole texts, what isn't."""
    answers: dict[Question, Answer] = {}
    for event in log.standing():
        key = event.question.text_key
        if key not in texts:
            continue
        if event.answer is not None:
            answers[event.question] = event.answer
        elif event.gold is not None:
            whole = [Question(key, label) for label in event.gold.labels]
            spans = [Question(key, span.label, span.start, span.end) for span in event.gold.spans]
            asked = spans if kind is Kind.SPANS else whole
            for question in asked:
                answers.setdefault(question, event.gold.answer(question) or Answer.REJECT)
    return list(answers.items())


def gold_of(log: AnswerLog) -> list[tuple[str, Gold]]:
    """What was marked in full, by text key."""
    return [
        (event.question.text_key, event.gold)
        for event in log.highlighted()
        if event.gold is not None
    ]


def _report(connection: Connection, failed: Failed) -> None:
    with contextlib.suppress(OSError):
        connection.send(failed)
