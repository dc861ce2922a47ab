"""Answers worth reading again. No questions are planted; only what was answered is looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.questions import Answer

_CONTRADICTED = 0.9
_PACE_ANSWERS = 10
_HURRIED = 0.4


class Doubt(StrEnum):
    CONTRADICTED = "contradicted"
    TWICE = "twice"
    PACE = "pace"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An answer to read again. `surprise` orders the list: 0..1, the most doubtful the highest."""

    event: Event
    doubt: Doubt
    surprise: float
    reason: str


def contradicted(answers: Sequence[Event], left_out: Mapping[str, float]) -> list[Doubtful]:
    """Answers that the model fitted without them finds all but impossible.

    left_out   by the event's uid, probability of accept out of fold
    """
    found = []
    for event in answers:
        score = left_out.get(event.uid)
        if score is None or event.answer not in (Answer.ACCEPT, Answer.REJECT):
            continue
        against = 1.0 - score if event.answer is Answer.ACCEPT else score
        if against >= _CONTRADICTED:
            said = f"without this answer the model gives {score:.0%} accept"
            found.append(Doubtful(event, Doubt.CONTRADICTED, against, said))
    return sorted(found, key=lambda each: -each.surprise)


def answered_twice(log: AnswerLog) -> list[Doubtful]:
    """Questions that two annotators, or the same one before and after a revision, answered
    differently: the answer that stands now."""
    given: dict[str, set[Answer]] = {}
    for event in log:
        if event.answer in (Answer.ACCEPT, Answer.REJECT):
            given.setdefault(event.question.key, set()).add(event.answer)
    found = []
    for key, answers in given.items():
        standing = log.live(key)
        if len(answers) > 1 and standing is not None and log.verdict(key) is None:
            found.append(Doubtful(standing, Doubt.TWICE, 0.5, "answered differently before"))
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
        seconds = np.array([event.seconds for event in given])
        usual = float(np.median(seconds))
        for first in range(len(given) - _PACE_ANSWERS + 1):
            part = seconds[first : first + _PACE_ANSWERS]
            if len(given) < 3 * _PACE_ANSWERS or float(np.median(part)) >= _HURRIED * usual:
                continue
            for event in given[first : first + _PACE_ANSWERS]:
                if event.seconds < _HURRIED * usual:
                    reason = f"{event.seconds:.1f} s; usually {usual:.1f} s"
                    surprise = 1.0 - event.seconds / usual
                    found[event.uid] = Doubtful(event, Doubt.PACE, surprise, reason)
    return sorted(found.values(), key=lambda each: -each.surprise)
