"""A label's reserved questions as one model sees them, and what is known of their answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.audit import importance
from al_desktop.core.calibration import log_odds
from al_desktop.core.estimation import Audit, calibration
from al_desktop.core.events import Event
from al_desktop.core.judging import Judged
from al_desktop.core.questions import Answer, Question

Place = tuple[int, int, int]
"""Of a question: the number of its reserved text, start and end; -1 where it is about the whole
text. Cheaper than its key, which is a hash."""


@dataclass(frozen=True, slots=True)
class LabelAudit:
    """The n questions about the reserved texts that the model lets be asked.

    chances   float[n], of being drawn next
    missed    int[k], true spans that the model doesn't propose, in each of the reserved texts
              that were drawn by lot, or all taken, and marked in full
    curve     shift and slope of the calibration
    """

    places: Sequence[Place]
    audit: Audit
    chances: NDArray[np.float64]
    score: NDArray[np.float64]
    missed: NDArray[np.int64]
    curve: tuple[float, float]

    @property
    def predicted(self) -> frozenset[Place]:
        """Of the questions the model accepts."""
        numbers = np.flatnonzero(self.audit.predicted).tolist()
        return frozenset(self.places[number] for number in numbers)


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
        self._number = {key: number for number, key in enumerate(keys)}
        self._evaluation = evaluation

    def question(self, place: Place) -> Question:
        number, start, end = place
        if start < 0:
            return Question(self._keys[number], self._label)
        return Question(self._keys[number], self._label, start, end)

    def place(self, question: Question) -> Place | None:
        """None where the text isn't reserved."""
        number = self._number.get(question.text_key)
        if number is None:
            return None
        if question.start is None or question.end is None:
            return number, -1, -1
        return number, question.start, question.end

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
        places = _places(judged)
        index = {place: number for number, place in enumerate(places)}
        told = list(self._told(places, marked))
        # All of them, so each as likely as the others.
        known = [
            (number, accepted, 1.0 / (len(places) - order))
            for order, (number, accepted) in enumerate(told)
        ]
        closed = {number for number, _ in told}
        for event in given:
            place = self.place(event.question)
            asked = index.get(place) if place is not None else None
            # An ignored question counts as one that can't be asked.
            if asked is None or asked in closed or event.answer is Answer.IGNORE:
                continue
            if event.selection is not None:
                known.append((asked, event.answer is Answer.ACCEPT, event.selection.probability))
        numbers, accepts, probability = zip(*known, strict=True) if known else ((), (), ())
        score = judged.score.astype(np.float64)
        audit = Audit(
            log_odds(score),
            judged.predicted,
            np.array(numbers, np.int64),
            np.array(accepts, np.bool_),
            np.array(probability, np.float64),
            round(len(places) * population / len(self._keys)),
        )
        curve = calibration(audit)
        chances = importance(curve.probabilities(audit.log_odds), audit.predicted)
        missed = self._missed(index, marked)
        return LabelAudit(places, audit, chances, score, missed, (curve.shift, curve.slope))

    def _told(self, places: Sequence[Place], marked: Sequence[Event]) -> Iterator[tuple[int, bool]]:
        """Number of each question that the evaluation set answers, and whether it accepts."""
        gold = {
            self._number[event.question.text_key]: {
                (span.start, span.end) for span in event.gold.spans if span.label == self._label
            }
            for event in marked
            if event.gold is not None
            and event.question.text_key in self._evaluation
            and self._label in event.gold.labels
        }
        for number, (text, start, end) in enumerate(places) if gold else ():
            if text in gold:
                there = gold[text]
                yield number, bool(there) if start < 0 else (start, end) in there

    def _missed(self, index: Mapping[Place, int], marked: Sequence[Event]) -> NDArray[np.int64]:
        return np.array(
            [
                sum(
                    span.label == self._label
                    and (self._number[event.question.text_key], span.start, span.end) not in index
                    for span in event.gold.spans
                )
                for event in marked
                if event.gold is not None and self._label in event.gold.labels
            ],
            np.int64,
        )


def _places(judged: Judged) -> list[Place]:
    if judged.start is None or judged.end is None:
        return [(number, -1, -1) for number in judged.text.tolist()]
    ends = judged.end.tolist()
    return list(zip(judged.text.tolist(), judged.start.tolist(), ends, strict=True))
