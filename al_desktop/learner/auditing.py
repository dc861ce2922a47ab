"""Audit questions mixed into the stream, and what their answers say about the model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.audit import draw, importance
from al_desktop.core.calibration import log_odds
from al_desktop.core.configuration import Configuration
from al_desktop.core.estimation import Audit, Draws, calibration, draws, summarise
from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.judging import Judge, Judged
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import Learner, TextPool
from al_desktop.core.quality import Estimate
from al_desktop.core.questions import Answer, Asked, Question, Selection, Text
from al_desktop.core.reserve import reserved
from al_desktop.core.stopping import (
    ANSWERS_BETWEEN_CHECKS,
    STABLE_CHECKS,
    Signals,
    advice,
    agreement,
)
from al_desktop.learner.messages import Estimated, LabelQuality
from al_desktop.recipes import Build

AUDIT = "audit"
FEWEST_TEXTS = 100
"""In the project; of fewer no part is worth reserving."""
_TEXTS_AT_ONCE = 16


class PoolPart:
    """Some of the texts of a pool, as a TextPool of its own."""

    def __init__(self, pool: TextPool, positions: NDArray[np.int64]) -> None:
        self._pool = pool
        self._positions = positions
        keys = pool.keys()
        self._keys = [keys[int(position)] for position in positions]

    def __len__(self) -> int:
        return len(self._keys)

    def keys(self) -> Sequence[str]:
        return self._keys

    def contents(self, positions: Sequence[int]) -> list[str]:
        return self._pool.contents(self._positions[np.asarray(positions, np.int64)].tolist())

    def batches(self, size: int) -> Iterator[list[Text]]:
        wanted = set(self._keys)
        for batch in self._pool.batches(size):
            if kept := [text for text in batch if text.key in wanted]:
                yield kept


def split(pool: TextPool, configuration: Configuration) -> tuple[TextPool, TextPool]:
    """The texts to learn from, and the reserved ones."""
    share = configuration.reserved_share if len(pool) >= FEWEST_TEXTS else 0.0
    apart = reserved(list(pool.keys()), share, configuration.reserved_most)
    if not apart.any():
        return pool, PoolPart(pool, np.empty(0, np.int64))
    return PoolPart(pool, np.flatnonzero(~apart)), PoolPart(pool, np.flatnonzero(apart))


def build_audited(
    configuration: Configuration, pool: TextPool, cache: Path, build: Build
) -> tuple[Learner, "Auditor | None"]:
    """The learner of a project, on its texts but for the reserved ones, and the auditor of these;
    None where no text is reserved or the learner can't be judged."""
    texts, reserve = split(pool, configuration)
    learner = build(configuration, texts, cache)
    if not len(reserve) or not isinstance(learner, Judge):
        return learner, None
    return learner, Auditor(configuration, reserve, len(pool), learner)


@dataclass(slots=True)
class _LabelAudit:
    """How the model in use sees a label's reserved questions.

    questions   by index
    audit       as of the last refresh
    chances     float[n], of being drawn next
    checked     predictions at each check of the agreement, by reserved question
    """

    questions: list[Question]
    audit: Audit
    chances: NDArray[np.float64]
    score: NDArray[np.float64]
    model_version: int


class Auditor:
    """Draws audit questions and judges the model by their answers.

    Nothing is drawn before all reserved texts are read and a label has a model: from then on the
    same answers judge every later model, each by the weight of the draw it came from.
    """

    def __init__(
        self, configuration: Configuration, texts: TextPool, population: int, judge: Judge
    ) -> None:
        """`population`: texts of the project, `texts` are the reserved ones among them."""
        self._configuration = configuration
        self._labels = [label.key for label in configuration.labels]
        self._texts = texts
        self._keys = list(texts.keys())
        self._reserved = frozenset(self._keys)
        self._population = population
        self._judge = judge
        self._read = 0
        self._audits: dict[str, _LabelAudit] = {}
        self._checks: dict[str, list[NDArray[np.bool_]]] = {}
        self._checked_at = 0

    def step(self) -> Progress | None:
        """Reads a few reserved texts; None when all are read."""
        if self._read == len(self._keys):
            return None
        stop = min(self._read + _TEXTS_AT_ONCE, len(self._keys))
        self._judge.judge(
            self._keys[self._read : stop], self._texts.contents(range(self._read, stop))
        )
        self._read = stop
        return Progress("texts to check with", stop, len(self._keys))

    @property
    def reserved(self) -> frozenset[str]:
        """Keys of the texts that nothing may be learned from."""
        return self._reserved

    @property
    def is_ready(self) -> bool:
        return bool(self._keys) and self._read == len(self._keys)

    # Drawing

    def mix(
        self, asked: Sequence[Asked], log: AnswerLog, first: int, pinned: str | None, block: int
    ) -> list[Asked]:
        """The questions with audit questions among them, `audit_share` of all.

        first   number of the question that the first one will be, counted from 0 over all
        block   how many of the first questions are to be audit questions whatever the share
        """
        share = self._configuration.audit_share
        due = [
            number < block or int((first + number + 1) * share) > int((first + number) * share)
            for number in range(max(len(asked), block))
        ]
        drawn = iter(self._draw(log, sum(due), pinned, first))
        others = iter(asked)
        mixed: list[Asked] = []
        for is_audit in due:
            following = next(drawn, None) if is_audit else None
            following = following or next(others, None)
            if following is not None:
                mixed.append(following)
        return mixed

    def _draw(self, log: AnswerLog, count: int, pinned: str | None, seed: int) -> list[Asked]:
        """Audit questions of the labels in turn, those with the fewest audit answers first."""
        labels = [label for label in self._audits if pinned in (None, label)]
        labels.sort(key=lambda label: len(self._audits[label].audit.asked))
        by_label = {
            label: iter(self._draw_label(log, label, -(-count // len(labels)), seed))
            for label in labels
        }
        drawn: list[Asked] = []
        while len(drawn) < count and by_label:
            for label in list(by_label):
                following = next(by_label[label], None)
                if following is None:
                    del by_label[label]
                elif len(drawn) < count:
                    drawn.append(following)
        return drawn

    def _draw_label(self, log: AnswerLog, label: str, count: int, seed: int) -> list[Asked]:
        found = self._audits[label]
        open_ = np.array([not log.is_closed(question) for question in found.questions], np.bool_)
        random = np.random.default_rng([self._configuration.seed, seed, *label.encode()])
        return [
            Asked(
                found.questions[index],
                Selection(
                    AUDIT,
                    probability,
                    float(found.score[index]),
                    found.model_version,
                    audit=True,
                ),
            )
            for index, probability in draw(found.chances, open_, count, random)
        ]

    # Judging

    def refresh(self, log: AnswerLog, model_version: int, margins: dict[str, float]) -> Estimated:
        """Judges the model as it is now by all audit answers.

        margins   by label, `stopping.margin` of the questions that would be asked next
        """
        answers = list(log.answered())
        given: dict[str, list[Event]] = {label: [] for label in self._labels}
        accepts = dict.fromkeys(self._labels, 0)
        for event in answers:
            if event.selection is None or event.question.label not in given:
                continue
            if event.selection.audit:
                given[event.question.label].append(event)
            elif event.answer is Answer.ACCEPT:
                accepts[event.question.label] += 1
        self._audits = {
            label: self._view(label, judged, given[label], model_version)
            for label, judged in self._judge.judged().items()
            if len(judged.score)
        }
        self._check(len(answers))
        return self._quality(accepts, margins)

    def _view(
        self, label: str, judged: Judged, given: Sequence[Event], model_version: int
    ) -> _LabelAudit:
        questions = self._questions(label, judged)
        index = {question.key: number for number, question in enumerate(questions)}
        # An ignored question counts as one that can't be asked.
        counted = [
            event
            for event in given
            if event.question.key in index and event.answer is not Answer.IGNORE
        ]
        score = judged.score.astype(np.float64)
        audit = Audit(
            log_odds(score),
            judged.predicted,
            np.array([index[event.question.key] for event in counted], np.int64),
            np.array([event.answer is Answer.ACCEPT for event in counted], np.bool_),
            np.array(
                [event.selection.probability for event in counted if event.selection], np.float64
            ),
            round(len(questions) * self._population / len(self._keys)),
        )
        probabilities = calibration(audit).probabilities(audit.log_odds)
        chances = importance(probabilities, audit.predicted)
        return _LabelAudit(questions, audit, chances, score, model_version)

    def _questions(self, label: str, judged: Judged) -> list[Question]:
        keys = [self._keys[number] for number in judged.text.tolist()]
        if judged.start is None or judged.end is None:
            return [Question(key, label) for key in keys]
        places = zip(keys, judged.start.tolist(), judged.end.tolist(), strict=True)
        return [Question(key, label, start, end) for key, start, end in places]

    def _check(self, answers: int) -> None:
        """Keeps predictions every ANSWERS_BETWEEN_CHECKS answers, to see whether they settle."""
        if self._checks and answers < self._checked_at + ANSWERS_BETWEEN_CHECKS:
            return
        self._checked_at = answers
        for label, found in self._audits.items():
            kept = self._checks.setdefault(label, [])
            kept.append(found.audit.predicted)
            del kept[: -STABLE_CHECKS - 1]

    def _quality(self, accepts: dict[str, int], margins: dict[str, float]) -> Estimated:
        labels: list[LabelQuality] = []
        together: Draws | None = None
        for label, found in self._audits.items():
            one = draws(found.audit)
            together = one if together is None else together + one
            estimate = summarise(one, len(found.audit.asked))
            signals = Signals(accepts[label], margins.get(label, 0.0), self._agreement(label))
            labels.append(LabelQuality(label, estimate, advice(signals, estimate)))
        answers = sum(each.estimate.answers for each in labels)
        overall: Estimate | None = summarise(together, answers) if together else None
        return Estimated(tuple(labels), overall)

    def _agreement(self, label: str) -> tuple[float, ...]:
        checks = self._checks.get(label, [])
        return tuple(agreement(a, b) for a, b in pairwise(checks) if len(a) == len(b))
