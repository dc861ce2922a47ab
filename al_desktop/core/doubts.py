"""Answers worth reading again. No questions are planted; only what was answered is looked at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, median

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.questions import Answer

_CONTRADICTED = 0.9
CONTRADICTED_CHECK = 0.5
CHECKS_SHARE = 0.1
"""Of the answers to audit questions, those to read again at most: enough to find nearly all
that mislead where one in twenty is wrong (docs/trust.md)."""
_FEWEST_CHECKS = 5
_PACE_ANSWERS = 10
_HURRIED = 0.4
_CHANGES = 2


class Doubt(StrEnum):
    CONTRADICTED = "contradicted"
    TWICE = "twice"
    PACE = "pace"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An answer to read again.

    surprise       0..1, how doubtful it is
    influence      of an answer to an audit question: how much it weighs in the estimates against
                   the others of its label, 1 on average; 0 of all other answers
    score          probability of accept that a model fitted without the answer gives; of
                   CONTRADICTED only
    usual_seconds  that the annotator takes for an answer; of PACE only
    """

    event: Event
    doubt: Doubt
    surprise: float
    influence: float = 0.0
    score: float = 0.0
    usual_seconds: float = 0.0

    @property
    def is_check(self) -> bool:
        return self.event.selection is not None and self.event.selection.audit

    @property
    def reason(self) -> str:
        if self.doubt is Doubt.CONTRADICTED:
            return f"without this answer the model gives {self.score:.0%} accept"
        if self.doubt is Doubt.PACE:
            return f"{self.event.seconds:.1f} s; usually {self.usual_seconds:.1f} s"
        return "answered differently before"


def doubtful(log: AnswerLog, left_out: Mapping[str, float]) -> list[Doubtful]:
    """All answers to read again, each once. Those to audit questions come first, a tenth of them
    at most, by how much they could mislead the estimates: one wrong accept among a thousand clear
    rejects stands for many.

    left_out   by the event's uid, probability of accept out of fold

    What was settled, and so read again, isn't among them.
    """
    answers = list(log.answered())
    weight = influences(answers)
    found: dict[str, Doubtful] = {}
    for each in (
        *contradicted(answers, left_out),
        *answered_twice(log),
        *sudden_pace(answers),
    ):
        if log.verdict(each.event.question.key) is None:
            weighed = replace(each, influence=weight.get(each.event.uid, 0.0))
            found.setdefault(each.event.question.key, weighed)
    checks = [each for each in found.values() if each.is_check]
    checks.sort(key=misleading, reverse=True)
    most = max(_FEWEST_CHECKS, round(CHECKS_SHARE * len(weight)))
    others = [each for each in found.values() if not each.is_check]
    return checks[:most] + sorted(others, key=lambda each: -each.surprise)


def misleading(doubtful: Doubtful) -> float:
    """How much a check would mislead the estimates if it were wrong, times how likely that is."""
    return doubtful.surprise * doubtful.influence


def influences(answers: Iterable[Event]) -> dict[str, float]:
    """By uid of each answer to an audit question, how much it stands for: the less likely it was
    to be drawn the more; 1 on average over its label."""
    drawn: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for event in answers:
        if event.selection is not None and event.selection.audit:
            drawn[event.question.label][event.uid] = 1.0 / event.selection.probability
    return {
        uid: stands_for / fmean(by_uid.values())
        for by_uid in drawn.values()
        for uid, stands_for in by_uid.items()
    }


def contradicted(answers: Sequence[Event], left_out: Mapping[str, float]) -> list[Doubtful]:
    """Answers that the model fitted without them finds all but impossible; of answers to audit
    questions all that it would have given otherwise."""
    found = []
    for event in answers:
        score = left_out.get(event.uid)
        if score is None or event.answer not in (Answer.ACCEPT, Answer.REJECT):
            continue
        against = 1.0 - score if event.answer is Answer.ACCEPT else score
        is_check = event.selection is not None and event.selection.audit
        if against >= (CONTRADICTED_CHECK if is_check else _CONTRADICTED):
            found.append(Doubtful(event, Doubt.CONTRADICTED, against, score=score))
    return sorted(found, key=lambda each: -each.surprise)


def answered_twice(log: AnswerLog) -> list[Doubtful]:
    """Questions that two annotators answered differently, or that one changed their mind about
    more than once: the answer that stands now. A single revision is a correction."""
    given: dict[str, dict[str, list[Answer]]] = {}
    for event in log:
        if event.kind is EventKind.ANSWER and event.answer in (Answer.ACCEPT, Answer.REJECT):
            by_annotator = given.setdefault(event.question.key, {})
            by_annotator.setdefault(event.annotator, []).append(event.answer)
    found = []
    for key, by_annotator in given.items():
        latest = {answers[-1] for answers in by_annotator.values()}
        changes = max(
            sum(now is not before for before, now in pairwise(answers))
            for answers in by_annotator.values()
        )
        standing = log.live(key)
        if (len(latest) > 1 or changes >= _CHANGES) and standing is not None:
            found.append(Doubtful(standing, Doubt.TWICE, 0.5))
    return found


def sudden_pace(events: Iterable[Event]) -> list[Doubtful]:
    """Answers of a stretch much faster than the annotator's own pace: of ten in a row, the
    median took less than 0.4 of that annotator's median.

    events   live answers in the order given
    """
    by_annotator: dict[str, list[Event]] = {}
    for event in events:
        if event.seconds > 0:
            by_annotator.setdefault(event.annotator, []).append(event)
    found: dict[str, Doubtful] = {}
    for given in by_annotator.values():
        usual = median(event.seconds for event in given)
        if len(given) < 3 * _PACE_ANSWERS:
            continue
        for first in range(len(given) - _PACE_ANSWERS + 1):
            part = given[first : first + _PACE_ANSWERS]
            if median(event.seconds for event in part) >= _HURRIED * usual:
                continue
            for event in part:
                if event.seconds < _HURRIED * usual:
                    surprise = 1.0 - event.seconds / usual
                    found[event.uid] = Doubtful(event, Doubt.PACE, surprise, usual_seconds=usual)
    return sorted(found.values(), key=lambda each: -each.surprise)
