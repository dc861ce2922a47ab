"""Which answers to read again, and how biased what was labelled is: work for a process apart."""

from collections.abc import Generator
from pathlib import Path

from al_desktop.core.doubts import Doubtful
from al_desktop.core.events import AnswerLog
from al_desktop.core.progress import Progress
from al_desktop.project.carrying import learner_configuration
from al_desktop.project.report import ProjectBias
from al_desktop.storage import ProjectFile


def find_doubts(path: Path, cache: Path) -> Generator[Progress, None, list[Doubtful]]:
    """Reads beside whoever writes. Fits the model a few times, yielding progress; returns the
    doubtful answers, those that matter most first."""
    from al_desktop.core.doubts import doubtful
    from al_desktop.learner.doubting import left_out

    with ProjectFile.open_for_reading(path) as file:
        log = AnswerLog(event for _, event in file.events())
        answers = list(log.answered())
        scores = yield from left_out(learner_configuration(file), file.pool(), answers, cache)
        return doubtful(log, scores)


def find_bias(path: Path) -> Generator[Progress, None, ProjectBias]:
    """Reads beside whoever writes; returns how what was labelled differs from all texts."""
    from al_desktop.project.report import project_bias

    with ProjectFile.open_for_reading(path) as file:
        yield Progress("texts compared", 0, None)
        return project_bias(file, AnswerLog(event for _, event in file.events()))
