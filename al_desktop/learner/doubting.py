"""What a model says to answered questions when it has not seen their answers (out of fold)."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from al_desktop.core.configuration import Configuration
from al_desktop.core.events import Event
from al_desktop.core.judging import Judge, Judged
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import Answer, Question
from al_desktop.learner.reserving import PoolPart
from al_desktop.recipes import Build, build_learner

FOLDS = 5
_TEXTS_AT_ONCE = 32


def left_out(
    configuration: Configuration,
    pool: TextPool,
    answers: Sequence[Event],
    cache: Path,
    build: Build = build_learner,
) -> Generator[Progress, None, Mapping[str, float]]:
    """By the event's uid, the probability of accept that a model fitted to the answers about four
    fifths of the texts gives to those about the others; answers to the same text are left out
    together, for one tells the other. Yields progress.

    Empty where the learner can't be judged. Answers without any model are not in it.
    """
    given = [event for event in answers if event.answer in (Answer.ACCEPT, Answer.REJECT)]
    asked = {event.question.text_key for event in given}
    positions = [place for place, key in enumerate(pool.keys()) if key in asked]
    texts = PoolPart(pool, np.array(positions, np.int64))
    learner = build(configuration, texts, cache)
    if not isinstance(learner, Judge):
        return {}
    keys = list(texts.keys())
    while (progress := learner.step()) is not None:
        yield progress
    for first in range(0, len(keys), _TEXTS_AT_ONCE):
        part = range(first, min(first + _TEXTS_AT_ONCE, len(keys)))
        learner.judge([keys[number] for number in part], texts.contents(part))
        yield Progress("texts read", part.stop, len(keys))
    folds = np.random.default_rng(configuration.seed).permutation(len(keys)) % FOLDS
    fold_of = dict(zip(keys, folds.tolist(), strict=True))
    scores: dict[str, float] = {}
    for fold in range(FOLDS):
        yield Progress("answers compared", fold, FOLDS)
        rest = [event for event in given if fold_of.get(event.question.text_key) != fold]
        learner.learn([(event.question, event.answer) for event in rest if event.answer])
        found = {
            label: dict(_scored(label, judged, keys)) for label, judged in learner.judged().items()
        }
        for event in given:
            question = event.question
            if fold_of.get(question.text_key) == fold and question.label in found:
                # What is not proposed at all has next to no chance.
                scores[event.uid] = found[question.label].get(question.key, 0.0)
    return scores


def _scored(label: str, judged: Judged, keys: Sequence[str]) -> Iterator[tuple[str, float]]:
    for index, (number, score) in enumerate(
        zip(judged.text.tolist(), judged.score.tolist(), strict=True)
    ):
        if judged.start is None or judged.end is None:
            question = Question(keys[number], label)
        else:
            start, end = int(judged.start[index]), int(judged.end[index])
            question = Question(keys[number], label, start, end)
        yield question.key, score
