"""Audit questions mixed into the stream, and what their answers say about the model."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.audit import draw
from al_desktop.core.configuration import Configuration
from al_desktop.core.estimation import Draws, draws, summarise, with_missed
from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.gold import everything_about
from al_desktop.core.judging import Judge
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import Learner, TextPool
from al_desktop.core.quality import ENOUGH_ANSWERS, Estimate
from al_desktop.core.questions import AUDIT, Answer, Asked, Kind, Question, Selection
from al_desktop.core.stopping import (
    ANSWERS_BETWEEN_CHECKS,
    STABLE_CHECKS,
    Signals,
    advice,
    agreement,
)
from al_desktop.learner.label_audit import LabelAudit, LabelQuestions, Place
from al_desktop.learner.messages import Estimated, LabelQuality
from al_desktop.learner.reserving import split
from al_desktop.recipes import Build

TO_HIGHLIGHT = 10
"""Texts drawn by lot at a time, to be marked in full."""
_TEXTS_AT_ONCE = 16


def build_audited(
    configuration: Configuration,
    pool: TextPool,
    cache: Path,
    build: Build,
    evaluation: frozenset[str] = frozenset(),
) -> tuple[Learner, "Auditor | None"]:
    """The learner of a project, on its texts but for the reserved ones, and the auditor of these;
    None where no text is reserved or the learner can't be judged.

    evaluation   keys of the texts of the evaluation set, which takes the place of texts drawn
    """
    texts, reserve = split(pool, configuration, evaluation)
    learner = build(configuration, texts, cache)
    if not len(reserve) or not isinstance(learner, Judge):
        return learner, None
    return learner, Auditor(configuration, reserve, len(pool), learner, evaluation)


class Auditor:
    """Draws audit questions and judges the model by their answers.

    Nothing is drawn before all reserved texts are read and a label has a model: from then on the
    same answers judge every later model, each by the weight of the draw it came from.
    """

    def __init__(
        self,
        configuration: Configuration,
        texts: TextPool,
        population: int,
        judge: Judge,
        evaluation: frozenset[str] = frozenset(),
    ) -> None:
        """population   texts of the project, `texts` are the reserved ones among them
        evaluation   keys of those that belong to the evaluation set: all or none of them
        """
        self._configuration = configuration
        self._labels = [label.key for label in configuration.labels]
        self._texts = texts
        self._keys = list(texts.keys())
        self._reserved = frozenset(self._keys)
        self._evaluation = evaluation & self._reserved
        self._population = population
        self._judge = judge
        self._read = 0
        self._audits: dict[str, LabelAudit] = {}
        self._model_version = 0
        self._questions = {
            label: LabelQuestions(label, self._keys, self._evaluation) for label in self._labels
        }
        self._checks: dict[str, list[frozenset[Place]]] = {}
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
        questions, places = self._questions[label], self._audits[label].places
        closed = {
            questions.place(event.question)
            for event in log.answered()
            if event.question.label == label
        }
        if showing is not None and showing.label == label:
            closed.add(questions.place(showing))
        highlighted = {event.question.text_key for event in log.highlighted()}
        marked = {number for number, key in enumerate(self._keys) if key in highlighted}
        return np.array(
            [place not in closed and place[0] not in marked for place in places], np.bool_
        )

    def _draw_one(self, label: str, open_: NDArray[np.bool_], number: int) -> Asked:
        """Draws one of the open questions, and closes it."""
        found = self._audits[label]
        random = np.random.default_rng([self._configuration.seed, number, *label.encode()])
        ((index, probability),) = draw(found.chances, open_, 1, random)
        open_[index] = False
        selection = Selection(
            AUDIT, probability, float(found.score[index]), self._model_version, audit=True
        )
        return Asked(self._questions[label].question(found.places[index]), selection)

    # Judging

    def refresh(self, log: AnswerLog, model_version: int, margins: dict[str, float]) -> Estimated:
        """Judges the model as it is now by all audit answers.

        margins   by label, `stopping.margin` of the questions that would be asked next
        """
        self._audits = self._look(log)
        self._model_version = model_version
        answers = list(log.answered())
        accepts = Counter(
            event.question.label
            for event in answers
            if event.answer is Answer.ACCEPT
            and not (event.selection is not None and event.selection.audit)
        )
        self._check(len(answers))
        labels, overall = self._quality(self._audits, accepts, margins)
        to_highlight = self._to_highlight(log)
        return Estimated(labels, overall, to_highlight, evaluation=len(self._evaluation))

    def judge_again(self, log: AnswerLog) -> Estimate | None:
        """Judges the model as it is now, which is another one than before, by all audit answers;
        nothing is drawn by it. None without labels."""
        return self._quality(self._look(log), Counter(), {})[1]

    def _look(self, log: AnswerLog) -> dict[str, LabelAudit]:
        given: dict[str, list[Event]] = {label: [] for label in self._labels}
        for event in log.answered():
            audit = event.selection is not None and event.selection.audit
            if audit and event.question.label in given:
                given[event.question.label].append(event)
        marked = self._marked(log)
        return {
            label: self._questions[label].audit(judged, given[label], marked, self._population)
            for label, judged in self._judge.judged().items()
            if len(judged.score)
        }

    def _marked(self, log: AnswerLog) -> list[Event]:
        """Reserved texts, drawn by lot or of the evaluation set, that were marked in full."""
        return [
            event
            for event in log.highlighted()
            if event.question.text_key in self._evaluation
            or (
                event.question.text_key in self._reserved
                and event.selection is not None
                and event.selection.audit
            )
        ]

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
        self, audits: Mapping[str, LabelAudit], accepts: Counter[str], margins: Mapping[str, float]
    ) -> tuple[tuple[LabelQuality, ...], Estimate | None]:
        labels: list[LabelQuality] = []
        together: Draws | None = None
        spans = self._configuration.kind is Kind.SPANS
        for label, found in audits.items():
            one = draws(found.audit)
            if spans:
                one = with_missed(one, found.missed, len(self._keys))
            together = one if together is None else together + one
            estimate = summarise(one, len(found.audit.asked))
            signals = Signals(accepts[label], margins.get(label, 0.0), self._agreement(label))
            complete = not spans or len(found.missed) > 0
            curve = found.curve if estimate.answers >= ENOUGH_ANSWERS else None
            said = advice(signals, estimate)
            labels.append(LabelQuality(label, estimate, complete, said, curve))
        answers = sum(each.estimate.answers for each in labels)
        return tuple(labels), summarise(together, answers) if together else None

    def _to_highlight(self, log: AnswerLog) -> tuple[Asked, ...]:
        """Without what is marked the order stays as it was drawn."""
        if self._configuration.kind is Kind.TEXTS:
            return ()
        marked = {event.question.text_key for event in self._marked(log)}
        random = np.random.default_rng([self._configuration.seed, len(self._keys)])
        by_lot = [self._keys[number] for number in random.permutation(len(self._keys))]
        left = [key for key in by_lot if key not in marked]
        return tuple(
            Asked(everything_about(key), Selection(AUDIT, 1.0 / (len(left) - number), audit=True))
            for number, key in enumerate(left[:TO_HIGHLIGHT])
        )

    def _agreement(self, label: str) -> tuple[float, ...]:
        questions = len(self._audits[label].places)
        return tuple(agreement(a, b, questions) for a, b in pairwise(self._checks.get(label, [])))
