"""A label's reserved questions as one model sees them, and what is known of their answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.audit import importance
from al_desktop.core.calibration import log_odds
from al_desktop.core.estimation import Audit, calibration
from al_desktop.core.events import Event
from al_desktop.core.judging import Judged
from al_desktop.core.questions import Answer, Question


@dataclass(frozen=True, slots=True)
class Keyed:
    """A question and its key, which takes time to work out."""

    question: Question
    key: str


@dataclass(frozen=True, slots=True)
class LabelAudit:
    """chances   float[n], of being drawn next
    missed    int[k], true spans that the model doesn't propose, in each of the reserved texts
              that were drawn by lot, or all taken, and marked in full
    curve     shift and slope of the calibration
    """

    questions: Sequence[Keyed]
    audit: Audit
    chances: NDArray[np.float64]
    score: NDArray[np.float64]
    missed: NDArray[np.int64]
    curve: tuple[float, float]

    @property
    def predicted(self) -> frozenset[str]:
        """Keys of the questions the model accepts."""
        return frozenset(
            self.questions[i].key for i in np.flatnonzero(self.audit.predicted).tolist()
        )


class LabelQuestions:
    """The questions of one label about the reserved texts."""

    def __init__(
        self, label: str, keys: Sequence[str], evaluation: frozenset[str] = frozenset()
    ) -> None:
        """keys      of the reserved texts, in the order in which the model numbers them
        evaluation  of those that belong to the evaluation set
        """
        self._label = label
        self._keys = keys
        self._evaluation = evaluation
        self._known: dict[tuple[int, int, int], Keyed] = {}

    def audit(
        self,
        judged: Judged,
        given: Sequence[Event],
        marked: Sequence[Event],
        population: int,
    ) -> LabelAudit:
        """given    the audit answers about this label, in the order of drawing
        marked      reserved texts marked in full; all questions about one that belongs to the
                    evaluation set are answered by that
        population  texts in the project
        """
        questions = self._questions(judged)
        index = {each.key: number for number, each in enumerate(questions)}
        told = list(self._told(questions, marked))
        # All of them, so each as likely as the others.
        known = [
            (number, accepted, 1.0 / (len(questions) - place))
            for place, (number, accepted) in enumerate(told)
        ]
        closed = {number for number, _ in told}
        # An ignored question counts as one that can't be asked.
        known += [
            (index[event.question.key], event.answer is Answer.ACCEPT, event.selection.probability)
            for event in given
            if event.selection is not None
            and event.answer is not Answer.IGNORE
            and index.get(event.question.key, -1) not in closed | {-1}
        ]
        asked, accepted, probability = zip(*known, strict=True) if known else ((), (), ())
        score = judged.score.astype(np.float64)
        audit = Audit(
            log_odds(score),
            judged.predicted,
            np.array(asked, np.int64),
            np.array(accepted, np.bool_),
            np.array(probability, np.float64),
            round(len(questions) * population / len(self._keys)),
        )
        curve = calibration(audit)
        chances = importance(curve.probabilities(audit.log_odds), audit.predicted)
        missed = self._missed(index, marked)
        shape = curve.shift, curve.slope
        return LabelAudit(questions, audit, chances, score, missed, shape)

    def _told(
        self, questions: Sequence[Keyed], marked: Sequence[Event]
    ) -> Iterator[tuple[int, bool]]:
        """Number of each question that the evaluation set answers, and whether it accepts."""
        gold = {
            event.question.text_key: {
                (span.start, span.end) for span in event.gold.spans if span.label == self._label
            }
            for event in marked
            if event.gold is not None
            and event.question.text_key in self._evaluation
            and self._label in event.gold.labels
        }
        for number, each in enumerate(questions) if gold else ():
            question = each.question
            if question.text_key in gold:
                there = gold[question.text_key]
                whole = question.start is None
                yield number, bool(there) if whole else (question.start, question.end) in there

    def _missed(self, index: dict[str, int], marked: Sequence[Event]) -> NDArray[np.int64]:
        return np.array(
            [
                sum(
                    span.label == self._label
                    and Question(event.question.text_key, self._label, span.start, span.end).key
                    not in index
                    for span in event.gold.spans
                )
                for event in marked
                if event.gold is not None and self._label in event.gold.labels
            ],
            np.int64,
        )

    def _questions(self, judged: Judged) -> list[Keyed]:
        known = self._known
        whole = np.full(len(judged.text), -1)
        starts = whole if judged.start is None else judged.start
        ends = whole if judged.end is None else judged.end
        places = zip(judged.text.tolist(), starts.tolist(), ends.tolist(), strict=True)
        questions: list[Keyed] = []
        for place in places:
            if place not in known:
                number, start, end = place
                question = (
                    Question(self._keys[number], self._label)
                    if start < 0
                    else Question(self._keys[number], self._label, start, end)
                )
                known[place] = Keyed(question, question.key)
            questions.append(known[place])
        return questions
