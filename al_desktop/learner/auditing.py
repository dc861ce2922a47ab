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
from al_desktop.core.estimation import Audit, Draws, calibration, draws, summarise, with_missed
from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.gold import everything_about
from al_desktop.core.judging import Judge, Judged
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import Learner, TextPool
from al_desktop.core.quality import Estimate
from al_desktop.core.questions import AUDIT, Answer, Asked, Kind, Question, Selection, Text
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

FEWEST_TEXTS = 100
"""In the project; of fewer no part is worth reserving."""
TO_HIGHLIGHT = 10
"""Texts drawn by lot at a time, to be marked in full."""
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


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A question and its key, which takes time to work out."""

    question: Question
    key: str


@dataclass(frozen=True, slots=True)
class _LabelAudit:
    """How a model sees a label's reserved questions.

    chances   float[n], of being drawn next
    missed    int[k], true spans that the model doesn't propose, in each of the reserved texts
              that were drawn by lot and marked in full
    """

    questions: list[_Keyed]
    audit: Audit
    chances: NDArray[np.float64]
    score: NDArray[np.float64]
    missed: NDArray[np.int64]
    model_version: int

    @property
    def predicted(self) -> frozenset[str]:
        """Keys of the questions the model accepts."""
        return frozenset(self.questions[i].key for i in np.flatnonzero(self.audit.predicted))


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
        self._known: dict[str, dict[tuple[int, int, int], _Keyed]] = {
            label: {} for label in self._labels
        }
        self._checks: dict[str, list[frozenset[str]]] = {}
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
        self,
        asked: Sequence[Asked],
        log: AnswerLog,
        first: int,
        pinned: str | None = None,
        block: int = 0,
        showing: Question | None = None,
    ) -> list[Asked]:
        """The questions with audit questions among them, `audit_share` of all, where nobody can
        foresee them.

        first    number of the question that the first one will be, counted from 0 over all
        block    how many of the first questions are to be audit questions whatever the share
        showing  the question on the screen, which is not drawn again

        What is drawn for a number stays the same while the model does, so that an order which
        comes late asks nothing twice.
        """
        numbers = range(first, first + max(len(asked), block))
        due = [number for number in numbers if number < first + block or self._is_due(number)]
        drawn = dict(zip(due, self._draw(log, due, pinned, showing), strict=True))
        others = iter(asked)
        in_order = (drawn.get(number) or next(others, None) for number in numbers)
        return [each for each in in_order if each is not None]

    def _is_due(self, number: int) -> bool:
        chance = np.random.default_rng([self._configuration.seed, number]).random()
        return bool(chance < self._configuration.audit_share)

    def _draw(
        self, log: AnswerLog, numbers: Sequence[int], pinned: str | None, showing: Question | None
    ) -> Iterator[Asked | None]:
        """An audit question for each number, of the labels in turn, those with the fewest audit
        answers first; None where none is left."""
        labels = [label for label in self._audits if pinned in (None, label)] if numbers else []
        labels.sort(key=lambda label: len(self._audits[label].audit.asked))
        open_ = {label: self._open(log, label, showing) for label in labels}
        for turn, number in enumerate(numbers):
            in_turn = (labels[(turn + step) % len(labels)] for step in range(len(labels)))
            label = next((label for label in in_turn if open_[label].any()), None)
            yield None if label is None else self._draw_one(label, open_[label], number)

    def _open(self, log: AnswerLog, label: str, showing: Question | None) -> NDArray[np.bool_]:
        marked = {event.question.text_key for event in log.highlighted()}
        return np.array(
            [
                not log.is_answered(each.key)
                and each.question.text_key not in marked
                and each.question != showing
                for each in self._audits[label].questions
            ],
            np.bool_,
        )

    def _draw_one(self, label: str, open_: NDArray[np.bool_], number: int) -> Asked:
        """Draws one of the open questions, and closes it."""
        found = self._audits[label]
        random = np.random.default_rng([self._configuration.seed, number, *label.encode()])
        ((index, probability),) = draw(found.chances, open_, 1, random)
        open_[index] = False
        selection = Selection(
            AUDIT, probability, float(found.score[index]), found.model_version, audit=True
        )
        return Asked(found.questions[index].question, selection)

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
        marked = [
            event
            for event in log.highlighted()
            if event.selection is not None
            and event.selection.audit
            and event.question.text_key in self._reserved
        ]
        self._audits = {
            label: self._view(label, judged, given[label], marked, model_version)
            for label, judged in self._judge.judged().items()
            if len(judged.score)
        }
        self._check(len(answers))
        return self._quality(accepts, margins, {event.question.text_key for event in marked})

    def _view(
        self,
        label: str,
        judged: Judged,
        given: Sequence[Event],
        marked: Sequence[Event],
        model_version: int,
    ) -> _LabelAudit:
        questions = self._questions(label, judged)
        index = {each.key: number for number, each in enumerate(questions)}
        # An ignored question counts as one that can't be asked.
        counted = [
            (index[event.question.key], event.answer is Answer.ACCEPT, event.selection.probability)
            for event in given
            if event.selection is not None
            and event.question.key in index
            and event.answer is not Answer.IGNORE
        ]
        asked, accepted, probability = zip(*counted, strict=True) if counted else ((), (), ())
        score = judged.score.astype(np.float64)
        audit = Audit(
            log_odds(score),
            judged.predicted,
            np.array(asked, np.int64),
            np.array(accepted, np.bool_),
            np.array(probability, np.float64),
            round(len(questions) * self._population / len(self._keys)),
        )
        probabilities = calibration(audit).probabilities(audit.log_odds)
        missed = [
            sum(
                span.label == label
                and Question(event.question.text_key, label, span.start, span.end).key not in index
                for span in event.gold.spans
            )
            for event in marked
            if event.gold is not None and label in event.gold.labels
        ]
        return _LabelAudit(
            questions,
            audit,
            importance(probabilities, audit.predicted),
            score,
            np.array(missed, np.int64),
            model_version,
        )

    def _questions(self, label: str, judged: Judged) -> list[_Keyed]:
        known = self._known[label]
        whole = np.full(len(judged.text), -1)
        starts = whole if judged.start is None else judged.start
        ends = whole if judged.end is None else judged.end
        places = zip(judged.text.tolist(), starts.tolist(), ends.tolist(), strict=True)
        questions: list[_Keyed] = []
        for place in places:
            if place not in known:
                number, start, end = place
                question = (
                    Question(self._keys[number], label)
                    if start < 0
                    else Question(self._keys[number], label, start, end)
                )
                known[place] = _Keyed(question, question.key)
            questions.append(known[place])
        return questions

    def _check(self, answers: int) -> None:
        """Keeps predictions every ANSWERS_BETWEEN_CHECKS answers, to see whether they settle."""
        if self._checks and answers < self._checked_at + ANSWERS_BETWEEN_CHECKS:
            return
        self._checked_at = answers
        for label, found in self._audits.items():
            kept = self._checks.setdefault(label, [])
            kept.append(found.predicted)
            del kept[: -STABLE_CHECKS - 1]

    def _quality(
        self, accepts: dict[str, int], margins: dict[str, float], marked: set[str]
    ) -> Estimated:
        labels: list[LabelQuality] = []
        together: Draws | None = None
        for label, found in self._audits.items():
            one = draws(found.audit)
            if self._configuration.kind is Kind.SPANS:
                one = with_missed(one, found.missed, len(self._keys))
            together = one if together is None else together + one
            estimate = summarise(one, len(found.audit.asked))
            signals = Signals(accepts[label], margins.get(label, 0.0), self._agreement(label))
            complete = self._configuration.kind is Kind.TEXTS or len(found.missed) > 0
            labels.append(LabelQuality(label, estimate, complete, advice(signals, estimate)))
        answers = sum(each.estimate.answers for each in labels)
        overall: Estimate | None = summarise(together, answers) if together else None
        return Estimated(tuple(labels), overall, self._to_highlight(marked))

    def _to_highlight(self, marked: set[str]) -> tuple[Asked, ...]:
        """Without what is marked the order stays as it was drawn."""
        if self._configuration.kind is Kind.TEXTS:
            return ()
        random = np.random.default_rng([self._configuration.seed, len(self._keys)])
        by_lot = [self._keys[number] for number in random.permutation(len(self._keys))]
        left = [key for key in by_lot if key not in marked]
        return tuple(
            Asked(everything_about(key), Selection(AUDIT, 1.0 / (len(left) - number), audit=True))
            for number, key in enumerate(left[:TO_HIGHLIGHT])
        )

    def _agreement(self, label: str) -> tuple[float, ...]:
        questions = len(self._audits[label].questions)
        return tuple(agreement(a, b, questions) for a, b in pairwise(self._checks.get(label, [])))
